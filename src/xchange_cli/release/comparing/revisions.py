"""Integrations as a commit has them, and which of the working tree differ from it."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from xchange_cli.document.node import Mapping, Scalar
from xchange_cli.document.parse import parse
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.beside import FORK
from xchange_cli.project.inside import is_of_registry
from xchange_cli.project.keys import FILE_NAMES, key_in, key_of
from xchange_cli.project.patterns import fits
from xchange_cli.project.project import FILE_NAME, INTEGRATIONS, Project
from xchange_cli.release.comparing.copies import Copy, Whole, by_key
from xchange_cli.release.git.command import GitAnswer, act, look, top_of
from xchange_cli.source import Source

_REGULAR = ("100644", "100755")


class Blob(NamedTuple):
    """A file of a commit: its path from the folder that was asked, with `/`, and git's name for its bytes."""

    path: str
    name: str


def commit_of(revision: str, folder: Path) -> str:
    """Give the commit that a revision means; empty where git knows none, and where there is no git."""
    if not revision or revision.startswith("-") or top_of(folder) is None:
        return ""
    answer = look(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return answer.text if answer.ok else ""


def whole_at(project: Project, commit: str, name: str) -> Whole:
    """List the integrations that the project has in a commit, by the patterns that hold there; none is read.

    `name` is what messages call the commit.

    Raises:
        XchangeError: UNREADABLE when git does not answer.

    """
    blobs = list(blobs_in(project.root, commit))
    prefix = _prefix(project.root)
    patterns = _patterns(project.root, blobs)
    found = [blob for blob in blobs if _is_one(blob.path, patterns)]
    own = found or [blob for blob in blobs if blob.path in FILE_NAMES]
    forks = {blob.path.rpartition("/")[0] for blob in blobs if blob.path.rpartition("/")[2] == FORK}
    copies = (
        Copy(
            key_in(f"{project.root.name}/{blob.path}"),
            f"{name}:{prefix}{blob.path}",
            blob=blob.name,
            inner=blob.path,
            is_fork=blob.path.rpartition("/")[0] in forks,
        )
        for blob in own
    )
    return Whole(name, project.root, by_key(copies), commit)


def changed_since(commit: str, root: Path) -> frozenset[Path]:
    """Give the files below a folder that git has and that are not as a commit has them, whether they are still there or not.

    Raises:
        XchangeError: UNREADABLE when git does not answer.

    """
    answer = look(
        root, "diff", "--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z", commit, "--"
    )
    return frozenset(root / os.fsdecode(name) for name in _said(answer).split(b"\0") if name)


def contents(folder: Path, blobs: Iterable[str]) -> dict[str, bytes]:
    """Read contents by git's names for them, all at once.

    Raises:
        XchangeError: UNREADABLE when git has not got one of them.

    """
    wanted = list(dict.fromkeys(blobs))
    if not wanted:
        return {}
    answer = act(folder, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in wanted).encode())
    rest, found = _said(answer), {}
    for blob in wanted:
        head, _, rest = rest.partition(b"\n")
        if not head.split(b" ")[-1].isdigit():
            raise _unanswered(f"{blob} is missing")
        size = int(head.split(b" ")[-1])
        found[blob], rest = rest[:size], rest[size + 1 :]
    return found


def file_at(revision: str, commit: str, path: str, folder: Path) -> Copy | None:
    """Find a file in a commit by its path from a folder, else from the top of the repository; None where there is none.

    A folder stands for the integration in it.

    Raises:
        XchangeError: UNREADABLE when git does not answer.

    """
    top = top_of(folder)
    assert top is not None
    wished = path.rstrip("/")
    from_here = os.path.relpath(os.path.realpath(folder / wished), os.path.realpath(top))
    for start in (Path(from_here).as_posix(), wished.removeprefix("./")):
        for inner in (start, *(PurePosixPath(start, name).as_posix() for name in FILE_NAMES)):
            found = _blob_at(top, commit, inner)
            if found:
                place = top / inner
                return Copy(key_of(place), f"{revision}:{inner}", blob=found, inner=place.as_posix())
    return None


def _blob_at(top: Path, commit: str, path: str) -> str:
    answer = look(top, "--literal-pathspecs", "ls-tree", "-z", "--full-tree", commit, "--", path)
    rows = list(_rows(answer.output)) if answer.ok else []
    return rows[0].name if len(rows) == 1 and rows[0].path == path else ""


def blobs_in(folder: Path, commit: str) -> Iterator[Blob]:
    """Yield the regular files that a commit has in a folder and below it.

    Raises:
        XchangeError: UNREADABLE when git does not answer.

    """
    yield from _rows(_said(look(folder, "ls-tree", "-r", "-z", commit)))


def _rows(listed: bytes) -> Iterator[Blob]:
    for row in filter(None, listed.split(b"\0")):
        facts, _, path = row.partition(b"\t")
        mode, _, name = facts.decode("ascii").split()
        if mode in _REGULAR:
            yield Blob(os.fsdecode(path), name)


def _prefix(root: Path) -> str:
    """Give the path of a folder from the top of its repository, with `/` at its end; empty for the top."""
    return _said(look(root, "rev-parse", "--show-prefix")).decode(errors="surrogateescape").rstrip("\n")


def _patterns(root: Path, blobs: Iterable[Blob]) -> tuple[str, ...]:
    """Give the patterns of integrations that the project file of the commit has, else the usual ones."""
    name = next((blob.name for blob in blobs if blob.path == FILE_NAME), "")
    if not name:
        return INTEGRATIONS
    try:
        document = parse(Source.decode(FILE_NAME, contents(root, [name])[name])).root
    except XchangeError:  # a project file of old that is no text says nothing
        return INTEGRATIONS
    listed = document.sequence("integrations") if isinstance(document, Mapping) else None
    if listed is None:
        return INTEGRATIONS
    return tuple(one.value for one in listed.items if isinstance(one, Scalar) and isinstance(one.data, str))


def _is_one(path: str, patterns: Iterable[str]) -> bool:
    """Tell whether patterns mean a file: by its own path, or by that of a folder around it that stands for it."""
    folder, _, name = path.rpartition("/")
    if name not in FILE_NAMES and not name.endswith((".yml", ".yaml")):
        return False
    if path.startswith(".") or "/." in path or is_of_registry(path):
        return False
    if any(fits(path, pattern) for pattern in patterns):
        return True
    parts = folder.split("/") if name in FILE_NAMES and folder else []
    folders = ("/".join(parts[:size]) for size in range(1, len(parts) + 1))
    return any(fits(one, pattern) for one in folders for pattern in patterns)


def _said(answer: GitAnswer) -> bytes:
    if not answer.ok:
        raise _unanswered(answer.reason)
    return answer.output


def _unanswered(reason: str) -> XchangeError:
    return XchangeError(
        ErrorCode.UNREADABLE,
        f"git cannot tell what another revision has: {reason}",
        hint="Only a git repository has revisions.",
    )
