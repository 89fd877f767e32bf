"""Reading many integration files for their facts, in more than one process where that pays."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from xchange_cli.errors import XchangeError
from xchange_cli.overview.entry import Facts, Problem
from xchange_cli.overview.index_stamp import FileStamp
from xchange_cli.project.file_bytes import read_bytes

Told = Callable[[int, int], None]
"""Is told how many files of how many are read."""

_BATCH = 64


class ToRead(NamedTuple):
    """A file and its name for messages."""

    path: Path
    name: str


class Content(NamedTuple):
    """What was in a file; `stamp` was taken before it was read."""

    stamp: FileStamp | None
    digest: str
    data: bytes


class FactsRead(NamedTuple):
    """`digest` names the content that the facts are of; it is empty where there was none to read."""

    stamp: FileStamp | None
    digest: str
    facts: Facts


def content(file: ToRead) -> Content:
    """Read a file.

    Raises:
        XchangeError: NOT_FOUND or UNREADABLE.

    """
    seen = FileStamp.of(file.path)
    data = read_bytes(file.path, file.name, "file")
    return Content(seen, hashlib.blake2b(data, digest_size=16).hexdigest(), data)


def read_facts(file: ToRead) -> FactsRead:
    """Read a file and find its facts; one that cannot be read has its problem for a fact."""
    from xchange_cli.overview.entry_facts import facts_of

    try:
        found = content(file)
    except XchangeError as error:
        return FactsRead(None, "", unreadable(error))
    return FactsRead(found.stamp, found.digest, facts_of(found.data))


def unreadable(error: XchangeError) -> Facts:
    return Facts(problem=Problem(error.message), is_known=False)


def read_many(files: Sequence[ToRead], told: Told) -> Iterator[FactsRead]:
    """Yield the facts of each file, in their order; `told` hears of it between batches."""
    from xchange_cli.processes import can_fork, processes_for, share_out

    forks = can_fork()
    processes = processes_for(len(files))
    size = _BATCH if processes == 1 or forks else len(files)
    for start in range(0, len(files), size):
        told(start, len(files))
        batch = files[start : start + size]
        yield from map(read_facts, batch) if processes == 1 else share_out(read_facts, batch, processes)
