"""What of a project is only of this machine: the schemas for editors, and that git leaves `.xchange` alone."""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from xchange_cli import schemas
from xchange_cli.authoring.offer import Fate, Ground, Offer, read_bytes, read_text
from xchange_cli.local_folder import FOLDER_NAME
from xchange_cli.project.looking import is_folder
from xchange_cli.project.writing import FileChange, rewritten
from xchange_cli.source import Source

SCHEMAS = ("component", "config-set", "flow-test", "house-rules", "integration", "project")
"""The schemas of the files that people write."""

_IGNORED = f"{FOLDER_NAME}/"
_SAME = frozenset({FOLDER_NAME, _IGNORED, f"/{FOLDER_NAME}", f"/{_IGNORED}"})
_MERGE = "<<<<<<< "
_GITIGNORE = ".gitignore"


def schema_files(ground: Ground) -> Offer:
    """Offer the schemas that this program comes with; older ones are its own copies, and replaced."""
    folder = ground.root / FOLDER_NAME
    files = {folder / _GITIGNORE: b"*\n"} if not os.path.lexists(folder / _GITIGNORE) else {}
    files |= {schema_file(ground.root, name): schemas.schema_text(name).encode() for name in SCHEMAS}
    changes = []
    for path, data in files.items():
        before = read_bytes(ground, path)
        if before != data:
            changes.append(FileChange(path, ground.name(path), before, data))
    name = f"{ground.name(folder / 'schemas')}/"
    if not changes:
        return Offer(name, Fate.LEFT)
    is_new = not (folder / "schemas").exists()
    return Offer(name, Fate.MADE if is_new else Fate.EXTENDED, tuple(changes), "the JSON Schemas for editors")


def schema_file(root: Path, name: str) -> Path:
    return root / FOLDER_NAME / "schemas" / f"{name}.schema.json"


def ignore_rule(ground: Ground) -> Offer:
    """Offer the line that keeps `.xchange` out of git; what else is in the file stays byte for byte."""
    path = ground.root / _GITIGNORE
    name = ground.name(path)
    if not os.path.lexists(path):
        if ground.has_git and _git_ignores(ground.root):
            return Offer(name, Fate.LEFT, why=f"{_IGNORED} is ignored already")
        return Offer(name, Fate.MADE, (FileChange(path, name, None, f"{_IGNORED}\n".encode()),))
    source = extensible(ground, path)
    if source is None:
        return Offer(name, Fate.BY_HAND, why="it cannot be extended safely", text=_IGNORED)
    lines = [line.strip() for line in source.text.splitlines()]
    is_ignored = bool(_SAME.intersection(lines)) or (ground.has_git and _git_ignores(ground.root))
    if is_ignored:
        return Offer(name, Fate.LEFT, why=f"{_IGNORED} is ignored already")
    change = rewritten(path, source, with_lines(source.text, [_IGNORED]))
    return Offer(name, Fate.EXTENDED, (change,), f"{_IGNORED} is added")


def extensible(ground: Ground, path: Path) -> Source | None:
    """Read a file of git's that there is already; None where lines cannot be added safely.

    Raises:
        XchangeError: UNREADABLE when the system refuses.

    """
    source = read_text(ground, path)
    return None if source is None or source.encoding != "utf-8" or _MERGE in source.text else source


def with_lines(text: str, lines: Iterable[str]) -> str:
    """Give a text with more lines at its end, which end as the others do."""
    end = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text or text.endswith(("\n", "\r")) else end
    return f"{text}{gap}{''.join(f'{line}{end}' for line in lines)}"


def _git_ignores(root: Path) -> bool:
    """Ask git whether a file that everybody has ignores the folder: settings of this user do not count.

    Without git nothing is known to be ignored.
    """
    asked = FOLDER_NAME if is_folder(root / FOLDER_NAME) else _IGNORED
    command = ("git", "-c", "core.fsmonitor=false", "check-ignore", "-v", "-z", "--stdin")
    try:
        answer = subprocess.run(  # noqa: S603 - git itself, with nothing that the user said
            command, cwd=root, input=asked.encode(), capture_output=True, check=False
        )
    except OSError:
        return False
    source, _, pattern, *_ = (*answer.stdout.decode(errors="replace").split("\0"), "", "", "")
    return PurePosixPath(source).name == _GITIGNORE and not pattern.startswith("!")
