"""The file that keeps the facts of a project's integrations between two commands.

Its first line is a checksum and the version of the program that wrote it; the second is JSON. It is replaced as a whole,
so that of two commands that write at once one wins, which costs the other's work and nothing else.
"""

import gc
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple
from zlib import crc32

from xchange_cli.content_cache.stamp import stamp
from xchange_cli.overview.entry import Facts
from xchange_cli.overview.index_stamp import FileStamp


class Kept(NamedTuple):
    """The facts of a content, which `digest` names; `stamp` is of a file that certainly has it, None if none is."""

    stamp: FileStamp | None
    digest: str
    facts: Facts


def read_index(path: Path) -> dict[str, Kept]:
    """Give what is kept, by the names of files; nothing where the file is absent, damaged or of another program."""
    try:
        if not S_ISREG(path.stat().st_mode):
            return {}
        head, _, body = path.read_bytes().partition(b"\n")
        if head != _head(body):
            return {}
        with _collector_paused():
            return {name: _kept(*row) for name, row in json.loads(body).items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def write_index(path: Path, kept: Mapping[str, Kept]) -> None:
    """Replace the file; where the system refuses, nothing is kept."""
    body = json.dumps(kept, separators=(",", ":")).encode("ascii")
    beside = path.with_name(f"{path.name}-{os.getpid()}")
    try:
        beside.write_bytes(_head(body) + b"\n" + body)
        beside.chmod(0o600)
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Thousands of small objects that all live on: looking for circles in between would take most of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _head(body: bytes) -> bytes:
    return b"%08x %b" % (crc32(body), stamp().encode())


def _kept(seen: list[int] | None, digest: str, facts: list[object]) -> Kept:
    return Kept(None if seen is None else FileStamp(*seen), digest, Facts.of_row(facts))
