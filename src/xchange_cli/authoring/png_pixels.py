"""Whether a PNG has the picture that its header speaks of."""

import zlib
from collections.abc import Iterator

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""By the type of colour (PNG specification, 11.2.1): grey, colour, palette, and the first two with transparency."""

_DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Of an interlaced image (8.2): the first column and row of each pass, and the steps between them."""

_PIECE = 1_000_000
_ENOUGH = 1_000_000_000
"""Bytes of pixels that are looked at; what is behind them is taken on trust."""


def has_all_pixels(header: bytes, pixels: bytes | bytearray) -> bool:
    """Tell whether the content of the chunks IDAT is as long as the content of the chunk IHDR says."""
    width, height = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big")
    depth, colour, *methods, interlace = header[8:13]
    if depth not in _DEPTHS.get(colour, ()) or any(methods) or interlace > 1:
        return False
    bits = depth * _CHANNELS[colour]
    parts = _passes(width, height) if interlace else iter([(width, height)])
    needed = sum(rows * (1 + (columns * bits + 7) // 8) for columns, rows in parts if columns)
    return _has_bytes(pixels, min(needed, _ENOUGH))


def _passes(width: int, height: int) -> Iterator[tuple[int, int]]:
    for x, y, across, down in _PASSES:
        yield max(0, width - x + across - 1) // across, max(0, height - y + down - 1) // down


def _has_bytes(compressed: bytes | bytearray, needed: int) -> bool:
    """Tell whether so many bytes come out; no more than a piece of them is held at once."""
    inflate, found, rest = zlib.decompressobj(), 0, bytes(compressed)
    try:
        while found < needed and not inflate.eof:
            piece = inflate.decompress(rest, _PIECE)
            if not piece:
                return False
            found, rest = found + len(piece), inflate.unconsumed_tail
    except zlib.error:
        return False
    return found >= needed
