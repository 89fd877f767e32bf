"""Which files of a project have changed since a git revision."""

import os
import subprocess
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.beside import FILES, FOLDERS
from xchange_cli.project.patterns import matches
from xchange_cli.project.project import FILE_NAME, Project
from xchange_cli.project.targets import Target
from xchange_cli.project.waiting import WAITING

_QUIET = {"GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
"""Git fetches nothing and writes nothing."""


def changed_since(revision: str, project: Project, targets: Iterable[Target]) -> tuple[Target, ...]:
    """Keep the targets that a change since the merge base with `revision` concerns, committed or not.

    An integration is concerned by its file and by what the folders beside it hold; all are by a change of the project
    file, an own component or a house rule. Standard input always counts as changed.

    Raises:
        XchangeError: USAGE when git does not know the revision; UNREADABLE where git or a repository is missing.

    """
    changed = changed_files(revision, project.root)
    if any(_concerns_all(path, project) for path in changed):
        return tuple(targets)
    changed |= {folder for path in changed for folder in path.parents}
    return tuple(target for target in targets if _is_concerned(target, changed))


def changed_files(revision: str, folder: Path) -> frozenset[Path]:
    """Give the files of the repository around a folder that differ from the merge base, new ones too.

    Raises:
        XchangeError: as `changed_since` does.

    """
    top = Path(os.fsdecode(_ask(folder, "rev-parse", "--show-toplevel").rstrip(b"\r\n")))
    base = _merge_base(revision, top)
    tracked = _ask(top, "diff", "--name-only", "--no-renames", "--no-relative", "-z", base, "--")
    untracked = _ask(top, "ls-files", "--others", "--exclude-standard", "-z")
    names = (tracked + untracked).split(b"\0")
    return frozenset(top / os.fsdecode(name) for name in names if name)


def _merge_base(revision: str, top: Path) -> str:
    commit = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit.returncode:
        raise XchangeError(
            ErrorCode.USAGE,
            f"git knows no revision {revision}",
            hint="Name a branch, tag or commit. In CI it may have to be fetched first (fetch-depth: 0).",
        )
    base = _git(top, "merge-base", commit.stdout.decode().strip(), "HEAD")
    if base.returncode:
        raise XchangeError(
            ErrorCode.USAGE,
            f"{revision} and the current branch have no commit in common",
            hint="If the repository was cloned without its history, fetch it (fetch-depth: 0).",
        )
    return base.stdout.decode().strip()


def _ask(folder: Path, *arguments: str) -> bytes:
    answer = _git(folder, *arguments)
    if answer.returncode:
        reason = answer.stderr.decode(errors="replace").strip().removeprefix("fatal: ").partition("\n")[0]
        raise XchangeError(
            ErrorCode.UNREADABLE,
            f"git cannot tell what has changed: {reason}",
            hint="Only files of a git repository can be compared with a revision.",
        )
    return answer.stdout


def _git(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    command: Sequence[str] = ("git", "-c", "core.fsmonitor=false", *arguments)
    try:
        return subprocess.run(  # noqa: S603 - git itself, with a revision that cannot be an option
            command,
            cwd=folder,
            env={**os.environ, **_QUIET},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        message = f"git cannot be started: {error.strerror or error}"
        raise XchangeError(
            ErrorCode.UNREADABLE, message, hint="Install git, or leave --since out."
        ) from error


def _concerns_all(path: Path, project: Project) -> bool:
    root = _real(project.root)
    if path == root / FILE_NAME:
        return True
    return any(matches(path, root, pattern) for pattern in (*project.components, *project.rules))


def _is_concerned(target: Target, changed: AbstractSet[Path]) -> bool:
    """`changed` holds files and the folders around them."""
    if target.path is None:
        return True
    file = _real(target.path)
    return file in changed or any(file.parent / name in changed for name in (*FOLDERS, *FILES, WAITING))


def _real(path: Path) -> Path:
    """Name a path as git does, without links."""
    return Path(os.path.realpath(path))
