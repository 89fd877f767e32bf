"""Text with places: a file's characters, its line table, and spans inside it."""

import os
import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, Place, XchangeError

MAX_BYTES = 16 * 1024 * 1024
"""No integration seen comes near it; a larger file is a mistake that would only be slow to report."""

_LINE_END = re.compile(r"\r\n|\r|\n")


class Position(NamedTuple):
    """A point in a text; line and column are 1-based and count characters (code points)."""

    line: int
    column: int


class Source:
    """One text under the name that messages show for it.

    `text` has no byte order mark; `encoding` and `has_bom` say how to write it back. A private text may hold
    secrets: messages tell places in it, but never show its lines.
    """

    def __init__(
        self,
        name: str,
        text: str,
        *,
        encoding: str = "utf-8",
        has_bom: bool = False,
        is_private: bool = False,
    ) -> None:
        self.name = name
        self.text = text
        self.encoding = encoding
        self.has_bom = has_bom
        self.is_private = is_private

    @classmethod
    def read(
        cls, path: Path, name: str | None = None, *, is_private: bool = False, is_named: bool = False
    ) -> "Source":
        """Read a file; a pipe or a device only where the user named it (`is_named`), for it may never end.

        Raises:
            XchangeError: NOT_FOUND or UNREADABLE, with the reason that the system gives.

        """
        shown = name or path.as_posix()
        try:
            status = path.stat()
            if S_ISDIR(status.st_mode):
                os.listdir(path)  # noqa: PTH208 - the reason of a system that refuses it comes first
                raise XchangeError(ErrorCode.UNREADABLE, f"{shown} is a folder, not a file")
            if not is_named:
                require_file(shown, status.st_mode)
            if status.st_size > MAX_BYTES:
                raise _too_large(shown, status.st_size)
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)  # devices and pipes have no size
        except FileNotFoundError as error:
            dangling = path.is_symlink()
            message = (
                f"{shown} is a link to a file that does not exist" if dangling else f"{shown} does not exist"
            )
            raise XchangeError(ErrorCode.NOT_FOUND, message, hint="Check the path.") from error
        except (OSError, ValueError) as error:  # ValueError: a NUL in the path
            reason = getattr(error, "strerror", None) or str(error)
            raise XchangeError(ErrorCode.UNREADABLE, f"{shown} cannot be read: {reason}") from error
        return cls.decode(shown, data, is_private=is_private)

    @classmethod
    def decode(cls, name: str, data: bytes, *, is_private: bool = False) -> "Source":
        """Make text of bytes: UTF-8 or UTF-16, with or without a byte order mark.

        Raises:
            XchangeError: UNREADABLE with the place of the first byte that is not text.

        """
        if len(data) > MAX_BYTES:
            raise _too_large(name, len(data))
        encoding, mark = _encoding_of(data)
        try:
            text = data[mark:].decode(encoding)
        except UnicodeDecodeError as error:
            before = data[mark : mark + error.start].decode(encoding, "replace")
            position = Source(name, before).position(len(before))
            raise XchangeError(
                ErrorCode.UNREADABLE,
                f"not {encoding.upper()} text: byte 0x{error.object[error.start]:02x}",
                hint="Save the file as UTF-8.",
                place=Place(name, *position),
            ) from error
        return cls(name, text, encoding=encoding, has_bom=mark > 0, is_private=is_private)

    @cached_property
    def line_starts(self) -> Sequence[int]:
        """Offset of each line's first character; a line ends at LF, CR LF or CR and at nothing else."""
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    @cached_property
    def private(self) -> "Source":
        """The same text as a private one; it is always the same copy."""
        return Source(self.name, self.text, encoding=self.encoding, has_bom=self.has_bom, is_private=True)

    def position(self, offset: int) -> Position:
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """Give the text of a 1-based line without its end."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def span(self, start: int, end: int) -> "Span":
        return Span(self, start, end)

    def __repr__(self) -> str:
        return f"Source({self.name!r}, {len(self.text)} characters)"


class Span(NamedTuple):
    """Half-open range of characters of one source."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    @property
    def first(self) -> Position:
        return self.source.position(self.start)

    @property
    def last(self) -> Position:
        """The position just behind the span."""
        return self.source.position(self.end)

    @property
    def concealed(self) -> "Span":
        """The same place in a private copy of the source: messages tell it, but never show its line."""
        return self if self.source.is_private else Span(self.source.private, self.start, self.end)

    @property
    def place(self) -> Place:
        return Place(self.source.name, *self.first)


def require_file(name: str, mode: int) -> None:
    """Refuse what nobody named and is neither a file nor a folder: reading it may wait for ever.

    Raises:
        XchangeError: UNREADABLE.

    """
    if not S_ISREG(mode) and not S_ISDIR(mode):
        raise XchangeError(ErrorCode.UNREADABLE, f"{name} is a pipe or a device, not a file")


def _encoding_of(data: bytes) -> tuple[str, int]:
    """Find the encoding and the length of the byte order mark; a file without one starts with ASCII."""
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8", 3
    if data.startswith(b"\xff\xfe"):
        return "utf-16-le", 2
    if data.startswith(b"\xfe\xff"):
        return "utf-16-be", 2
    if len(data) >= 2 and data[0] != 0 and data[1] == 0:
        return "utf-16-le", 0
    if len(data) >= 2 and data[0] == 0 and data[1] != 0:
        return "utf-16-be", 0
    return "utf-8", 0


def _too_large(name: str, size: int) -> XchangeError:
    return XchangeError(
        ErrorCode.UNREADABLE,
        f"{name} is too large: {size / 1_048_576:.1f} MiB; a file may have {MAX_BYTES // 1_048_576} MiB",
        hint="Is this really an integration file?",
    )
