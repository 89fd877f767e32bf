"""Gzip in memory, with a bound on what comes out."""

import gzip
import zlib
from typing import Final

from xchange_cli.components.exchange_formats.contents import refuse_more_bytes
from xchange_cli.components.spec import ActionError

MAGIC: Final = b"\x1f\x8b"

_PIECE = 16 * 1024
_MOST_AT_ONCE = 1024 * 1024
_GZIP_ONLY = 16 + zlib.MAX_WBITS


def compress(data: bytes) -> bytes:
    """Compress as Node does: level 6, and no time in the header."""
    return gzip.compress(data, compresslevel=6, mtime=0)


def decompress(data: bytes, input_key: str) -> bytes:
    """Decompress all members one after the other; what follows the last one and is no member counts for nothing."""
    parts: list[bytes] = []
    size = at = 0
    while at == 0 or data.startswith(MAGIC, at):
        member = zlib.decompressobj(_GZIP_ONLY)
        try:
            while not member.eof:
                piece = member.unconsumed_tail or data[at : at + _PIECE]
                at += 0 if member.unconsumed_tail else len(piece)
                part = member.decompress(piece, _MOST_AT_ONCE)
                if not piece and not part and not member.eof:
                    raise ActionError("the gzip data ends too early")
                size += len(part)
                refuse_more_bytes(size, input_key)
                parts.append(part)
        except zlib.error as error:
            raise ActionError(f"not gzip data: {error}") from error
        at -= len(member.unused_data)
    return b"".join(parts)
