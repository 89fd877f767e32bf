"""The MD4 message digest (RFC 1320), which newer builds of OpenSSL lack."""

import struct
from collections.abc import Callable, Sequence

_ROUNDS: tuple[tuple[Callable[[int, int, int], int], int, Sequence[int], Sequence[int]], ...] = (
    (lambda x, y, z: (x & y) | (~x & z), 0x00000000, range(16), (3, 7, 11, 19)),
    (lambda x, y, z: (x & y) | (x & z) | (y & z), 0x5A827999, (0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15), (3, 5, 9, 13)),
    (lambda x, y, z: x ^ y ^ z, 0x6ED9EBA1, (0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15), (3, 9, 11, 15)),
)  # fmt: skip
_MASK = 0xFFFFFFFF


def md4(message: bytes) -> bytes:
    """Give the digest, 16 bytes."""
    state = (0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476)
    padding = b"\x80" + bytes(-(len(message) + 9) % 64) + struct.pack("<Q", len(message) * 8 % 2**64)
    for words in struct.iter_unpack("<16I", message + padding):
        state = _mixed(state, words)
    return struct.pack("<4I", *state)


def _mixed(state: tuple[int, int, int, int], words: tuple[int, ...]) -> tuple[int, int, int, int]:
    a, b, c, d = state
    for mix, constant, order, shifts in _ROUNDS:
        for step, word in enumerate(order):
            total = (a + mix(b, c, d) + words[word] + constant) & _MASK
            shift = shifts[step % 4]
            a, b, c, d = d, (total << shift | total >> (32 - shift)) & _MASK, b, c
    return (
        (state[0] + a) & _MASK,
        (state[1] + b) & _MASK,
        (state[2] + c) & _MASK,
        (state[3] + d) & _MASK,
    )
