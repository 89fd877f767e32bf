"""The Whirlpool message digest (ISO/IEC 10118-3), which newer builds of OpenSSL lack."""

from functools import cache
from operator import xor

_E = (0x1, 0xB, 0x9, 0xC, 0xD, 0x6, 0xF, 0x3, 0xE, 0x8, 0x7, 0x4, 0xA, 0x2, 0x5, 0x0)
_R = (0x7, 0xC, 0xB, 0xD, 0xE, 0x4, 0x9, 0xF, 0x6, 0x3, 0x8, 0xA, 0x2, 0x5, 0x1, 0x0)
_DIFFUSION = (1, 1, 4, 1, 8, 5, 2, 9)
_POLYNOMIAL = 0x11D
_ROUNDS = 10
_BLOCK = 64


def whirlpool(message: bytes) -> bytes:
    """Give the digest, 64 bytes."""
    padding = b"\x80" + bytes(-(len(message) + 33) % _BLOCK) + (len(message) * 8).to_bytes(32, "big")
    padded = message + padding
    state = [0] * 8
    for start in range(0, len(padded), _BLOCK):
        rows = [int.from_bytes(padded[at : at + 8], "big") for at in range(start, start + _BLOCK, 8)]
        mixed = _encrypted(state, rows)
        state = [a ^ b ^ c for a, b, c in zip(state, rows, mixed, strict=True)]
    return b"".join(row.to_bytes(8, "big") for row in state)


def _encrypted(key: list[int], block: list[int]) -> list[int]:
    tables, constants = _tables()
    rows = list(map(xor, block, key))
    for constant in constants:
        key = _round(tables, key)
        key[0] ^= constant
        rows = list(map(xor, _round(tables, rows), key))
    return rows


def _round(tables: tuple[tuple[int, ...], ...], rows: list[int]) -> list[int]:
    """Substitute bytes, shift columns and mix rows, all by the tables."""
    t0, t1, t2, t3, t4, t5, t6, t7 = tables
    return [
        t0[rows[i] >> 56]
        ^ t1[rows[i - 1] >> 48 & 255]
        ^ t2[rows[i - 2] >> 40 & 255]
        ^ t3[rows[i - 3] >> 32 & 255]
        ^ t4[rows[i - 4] >> 24 & 255]
        ^ t5[rows[i - 5] >> 16 & 255]
        ^ t6[rows[i - 6] >> 8 & 255]
        ^ t7[rows[i - 7] & 255]
        for i in range(8)
    ]


@cache
def _tables() -> tuple[tuple[tuple[int, ...], ...], tuple[int, ...]]:
    """Give the eight tables of a round, and the constants of all rounds."""
    box = [_substitute(byte) for byte in range(256)]
    first = [int.from_bytes(bytes(_product(byte, factor) for factor in _DIFFUSION), "big") for byte in box]
    tables = tuple(
        tuple((row >> 8 * turn | row << (64 - 8 * turn)) & (2**64 - 1) for row in first) for turn in range(8)
    )
    constants = tuple(int.from_bytes(bytes(box[8 * at : 8 * at + 8]), "big") for at in range(_ROUNDS))
    return tables, constants


def _substitute(byte: int) -> int:
    high, low = _E[byte >> 4], _E.index(byte & 15)
    middle = _R[high ^ low]
    return _E[high ^ middle] << 4 | _E.index(low ^ middle)


def _product(a: int, b: int) -> int:
    """Multiply in the field of 256 elements."""
    result = 0
    while b:
        result ^= a if b & 1 else 0
        a = a << 1 ^ (_POLYNOMIAL if a & 128 else 0)
        b >>= 1
    return result
