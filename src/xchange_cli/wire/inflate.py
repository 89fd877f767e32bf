"""Undoes content codings piece by piece, so that nobody holds more than he wants to take."""

import zlib
from collections.abc import Callable, Iterator

CODINGS = frozenset({"gzip", "x-gzip", "deflate"})
MOST_CODINGS = 5
"""Of one body; nobody has a good reason for two."""

_MOST_AT_ONCE = 256 * 1024
_GZIP = zlib.MAX_WBITS | 16


class BrokenCodingError(Exception):
    """A body is not coded as its header says; the text says how."""


def codings_of(header: str) -> tuple[str, ...]:
    """Read `Content-Encoding`, in the order in which the codings were applied.

    Raises:
        BrokenCodingError: when one is not known here.

    """
    named = (word.strip().lower() for word in header.split(","))
    codings = tuple(word for word in named if word not in {"", "identity"})
    unknown = next((word for word in codings if word not in CODINGS), None)
    if unknown is not None:
        raise BrokenCodingError(f"its body is encoded as {unknown}, which was not asked for")
    if len(codings) > MOST_CODINGS:
        raise BrokenCodingError(f"its body is encoded {len(codings)} times")
    return codings


def inflated(pieces: Iterator[bytes], codings: tuple[str, ...], check: Callable[[], None]) -> Iterator[bytes]:
    """Yield the decoded body in pieces of at most 256 KiB; `check` is called again and again, and may raise.

    Raises:
        BrokenCodingError: when the body is not what `codings` say, or ends too early.

    """
    for coding in reversed(codings):
        pieces = _inflated(pieces, coding, check)
    return pieces


def _inflated(pieces: Iterator[bytes], coding: str, check: Callable[[], None]) -> Iterator[bytes]:
    inflater = None
    for piece in pieces:
        rest = piece
        while rest and (inflater is None or not inflater.eof or _is_gzip_again(coding, rest)):
            if inflater is None or inflater.eof:
                inflater = zlib.decompressobj(_window(coding, rest))
            yield from _drained(inflater, rest, coding, check)
            rest = inflater.unused_data
    if inflater is not None and not inflater.eof:
        raise BrokenCodingError(f"its {coding} body ends too early")


def _drained(
    inflater: "zlib._Decompress", data: bytes, coding: str, check: Callable[[], None]
) -> Iterator[bytes]:
    """Yield all that some data decodes to."""
    while True:
        check()
        try:
            piece = inflater.decompress(data, _MOST_AT_ONCE)
        except zlib.error as error:
            raise BrokenCodingError(f"its body is not {coding} as its header says") from error
        if piece:
            yield piece
        data = inflater.unconsumed_tail
        if inflater.eof or (not data and len(piece) < _MOST_AT_ONCE):
            return


def _is_gzip_again(coding: str, data: bytes) -> bool:
    """Tell whether what follows a gzip member is another one; whatever else follows does not count."""
    return coding != "deflate" and data.startswith(b"\x1f")


def _window(coding: str, start: bytes) -> int:
    """Find how zlib reads it: what is called deflate comes with and without the header of zlib."""
    if coding != "deflate":
        return _GZIP
    has_header = start[0] & 0x0F == 8 and (len(start) < 2 or (start[0] << 8 | start[1]) % 31 == 0)
    return zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS
