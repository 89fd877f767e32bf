"""One integration as one side of a comparison has it; nothing is read before it is needed."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.keys import key_of
from xchange_cli.project.targets import Target
from xchange_cli.source import Source

if TYPE_CHECKING:
    from xchange_cli.project.integration_file import IntegrationFile


class Copy(NamedTuple):
    """`name` is what messages call it; `path` is None unless it is a file of the working tree.

    `blob` is git's name for its bytes, empty where git has not got them, or nobody asked. `inner` is the path in
    the project's folder. `load` gives the bytes of what is neither a file nor in git. `is_fork` tells that git has the
    origin of a fork beside it.
    """

    key: str
    name: str
    path: Path | None = None
    blob: str = ""
    inner: str = ""
    load: Callable[[], bytes] | None = None
    is_named: bool = False
    is_fork: bool = False


class Whole(NamedTuple):
    """All integrations of a project as one side has them, by key; `name` is what messages call the side.

    `commit` is that of a side that git has, `root` the folder of the project on disk.
    """

    name: str
    root: Path
    copies: Mapping[str, Copy]
    commit: str = ""


def by_key(copies: Iterable[Copy]) -> dict[str, Copy]:
    """Sort copies under their keys; those that share one stand under their paths in the project."""
    found = list(copies)
    counts = Counter(one.key for one in found)
    return {one.key if counts[one.key] == 1 else one.inner: one for one in found}


def file_copy(path: Path, name: str, *, inner: str = "", is_named: bool = False) -> Copy:
    return Copy(key_of(path), name, path, inner=inner, is_named=is_named)


def source_of(copy: Copy, blobs: Mapping[str, bytes]) -> Source:
    """Read a side; `blobs` are contents that were read from git, by their names.

    Raises:
        XchangeError: NOT_FOUND or UNREADABLE; else as the registry does.

    """
    if copy.load is not None:
        return Source.decode(copy.name, copy.load())
    if copy.path is not None:
        return Source.read(copy.path, copy.name, is_named=copy.is_named)
    return Source.decode(copy.name, blobs[copy.blob])


def integration_in(copy: Copy, source: Source) -> "IntegrationFile":
    """Open what was read.

    Raises:
        XchangeError: UNREADABLE, with the place, where it is no YAML mapping; CONFLICT where it has the marks of a merge.

    """
    from xchange_cli.project.integration_file import opened

    try:
        return opened(Target(copy.name, copy.key, copy.path or Path(copy.name)), source)
    except XchangeError as error:
        if error.code is not ErrorCode.INVALID:
            raise
        raise XchangeError(ErrorCode.UNREADABLE, error.message, hint=error.hint, place=error.place) from error
