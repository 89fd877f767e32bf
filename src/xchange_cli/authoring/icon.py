"""The icon of an integration: a square PNG, judged by the bytes of the file itself."""

import zlib
from pathlib import Path
from typing import NamedTuple

from xchange_cli.authoring.limited_file import read_limited, size_words
from xchange_cli.authoring.png_pixels import has_all_pixels
from xchange_cli.errors import ErrorCode, XchangeError

FILE_NAME = "icon.png"
NARROWEST = 400
"""Pixels: what the hosted builder asks for."""

MAX_BYTES = 10_000_000

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER_LENGTH = 13
_OTHERS = (
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a WebP image"),
    (b"BM", "a BMP image"),
    (b"<svg", "an SVG image"),
    (b"<?xml", "an XML file"),
)


class Icon(NamedTuple):
    """An image as its file has it; width and height are pixels."""

    data: bytes
    width: int
    height: int


def read_icon(path: Path, name: str) -> Icon:
    """Read an image that can be an icon.

    Raises:
        XchangeError: NOT_FOUND or UNREADABLE; INVALID when it is no whole PNG, or not square, or too small.

    """
    found = read_limited(path, name, MAX_BYTES)
    if found.data is None:
        raise _unfit(f"{name} has {size_words(found.size)}; an icon may have {size_words(MAX_BYTES)}")
    return checked_icon(found.data, name)


def checked_icon(data: bytes, name: str) -> Icon:
    """Make an icon of the bytes of a file.

    Raises:
        XchangeError: INVALID.

    """
    if not data.startswith(_SIGNATURE):
        raise _unfit(f"{name} is {_kind(data)}, not a PNG image")
    width, height = _size(data, name)
    if width != height or width < NARROWEST:
        need = f"it has to be square and at least {NARROWEST} wide"
        raise _unfit(f"{name} is {width:,} x {height:,} pixels; {need}")
    return Icon(data, width, height)


def icon_size(data: bytes) -> tuple[int, int] | None:
    """Give width and height of a whole PNG, None where the bytes are none."""
    try:
        return _size(data, FILE_NAME) if data.startswith(_SIGNATURE) else None
    except XchangeError:
        return None


def _size(data: bytes, name: str) -> tuple[int, int]:
    """Read all chunks (PNG specification, 5.3): the first has the size, and the last one has to be there."""
    position = len(_SIGNATURE)
    kinds: list[bytes] = []
    header, pixels = b"", bytearray()
    while b"IEND" not in kinds:
        length = int.from_bytes(data[position : position + 4], "big")
        end = position + 12 + length
        if len(data) < end:
            raise _unfit(f"{name} is cut off: {len(data):,} bytes, and the image goes on")
        kind, content = data[position + 4 : position + 8], data[position + 8 : end - 4]
        if zlib.crc32(kind + content) != int.from_bytes(data[end - 4 : end], "big"):
            raise _unfit(f"{name} is damaged: a checksum in it does not fit")
        if not kinds:
            header = _header(kind, content, name)
        if kind == b"IDAT":
            pixels += content
        kinds.append(kind)
        position = end
    if b"IDAT" not in kinds:
        raise _unfit(f"{name} is damaged: there is no picture in it")
    width, height = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big")
    if not has_all_pixels(header, pixels):
        raise _unfit(f"{name} is damaged: it says {width:,} x {height:,} pixels and does not have them")
    return width, height


def _header(kind: bytes, content: bytes, name: str) -> bytes:
    if kind != b"IHDR" or len(content) != _HEADER_LENGTH:
        raise _unfit(f"{name} is damaged: it does not begin with the size of the image")
    return content


def _kind(data: bytes) -> str:
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    return next((what for mark, what in _OTHERS if start.startswith(mark)), "some other file")


def _unfit(message: str) -> XchangeError:
    return XchangeError(ErrorCode.INVALID, message, hint="Nothing was changed.")
