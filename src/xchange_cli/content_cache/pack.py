"""One file of answers, each under the digest of what it was made of: nothing in it can be out of date.

A line is `KEY CRC VALUE`. Several processes may use a pack at once: each reads it once and adds its own lines by one
write; a torn line fails its checksum and is as good as absent. Losing a line, or the file, costs only time.
"""

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from zlib import crc32

MOST_BYTES = 64 * 1024 * 1024
"""A pack that has grown beyond it begins anew."""

KEY_LENGTH = 32


class Pack:
    """`path` is the file; it and its folder need not exist. Whatever the system refuses is as if nothing was kept."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines = dict(_lines(_read(path)))
        self._used: set[bytes] = set()
        self._new: dict[bytes, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """Give the value of a key of 32 hex digits."""
        name = key.encode()
        line = self._lines.get(name)
        if line is None:
            return None
        self._used.add(name)
        return line[KEY_LENGTH + 10 :]

    def put(self, key: str, value: bytes) -> None:
        """Keep a value without line breaks until `save`."""
        if len(key) != KEY_LENGTH or b"\n" in value:
            raise ValueError("a key has 32 hex digits and a value one line")
        name = key.encode()
        self._new[name] = b"%b %08x %b" % (name, crc32(value), value)

    def save(self, *, used_all: bool) -> None:
        """Write what is new. `used_all` says that what was not asked for now is most likely never needed again."""
        unused = len(self._lines) - len(self._used)
        with suppress(OSError):
            if used_all and unused > len(self._used) + len(self._new):
                _replace(self._path, [*(self._lines[name] for name in self._used), *self._new.values()])
            elif self._new:
                _append(self._path, self._new.values())


def _read(path: Path) -> bytes:
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):
            return b""
        if status.st_size > MOST_BYTES:
            path.unlink()
            return b""
        return path.read_bytes()
    except OSError:
        return b""


def _lines(data: bytes) -> Iterable[tuple[bytes, bytes]]:
    for line in data.split(b"\n"):
        key, _, rest = line.partition(b" ")
        checksum, _, value = rest.partition(b" ")
        if len(key) == KEY_LENGTH and checksum == b"%08x" % crc32(value):
            yield key, line


def _append(path: Path, lines: Iterable[bytes]) -> None:
    """Add lines by one write at the end; a line that was torn before is closed by the first break."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if path.exists() and not path.is_file():
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, b"\n" + b"\n".join(lines) + b"\n")
    finally:
        os.close(descriptor)


def _replace(path: Path, lines: Iterable[bytes]) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(b"\n".join(lines) + b"\n")
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
