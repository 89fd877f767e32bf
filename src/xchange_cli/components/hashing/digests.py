"""Message digests and keyed hashes by the names that Node's `crypto` has for them."""

import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, NamedTuple

from xchange_cli.components.conversions import to_string
from xchange_cli.components.hashing.md4 import md4
from xchange_cli.components.hashing.whirlpool import whirlpool
from xchange_cli.components.inputs import read
from xchange_cli.components.limits import TOO_LARGE
from xchange_cli.components.spec import ActionError
from xchange_cli.javascript.values import describe

MOST_BYTES_IN_PYTHON: Final = 1024 * 1024
"""Of a message whose digest OpenSSL lacks: more would take seconds."""


class Digest(NamedTuple):
    """A digest: the function, the bytes of its block, and whether newer versions of Node lack it."""

    compute: Callable[[bytes], bytes]
    block: int
    is_legacy: bool = False


def find_digest(name: str) -> Digest:
    """Find a digest by name, in any case, also by the names that Node has for those of RSA signatures."""
    plain = name.lower().removeprefix("rsa-")
    digest = DIGESTS.get(plain)
    if digest is None:
        raise ActionError(f"{describe(name)} is not a hash function that is known here: {', '.join(DIGESTS)}")
    return digest


def read_digest(inputs: Mapping[str, Any], key: str) -> Digest:
    """Read the name of a digest; SHA-256 where it is not set."""
    return read(inputs, key, lambda value: find_digest(to_string(value) or "sha256"))


def hmac(digest: Digest, key: bytes, message: bytes) -> bytes:
    """Give the keyed hash (RFC 2104)."""
    short = digest.compute(key) if len(key) > digest.block else key
    padded = short.ljust(digest.block, b"\0")
    inner = digest.compute(bytes(byte ^ 0x36 for byte in padded) + message)
    return digest.compute(bytes(byte ^ 0x5C for byte in padded) + inner)


def _of_openssl(name: str, message: bytes) -> bytes:
    try:
        return hashlib.new(name, message, usedforsecurity=False).digest()
    except ValueError as error:
        raise ActionError(f"the OpenSSL of this Python has no {name}") from error


def _in_python(compute: Callable[[bytes], bytes], message: bytes) -> bytes:
    if len(message) > MOST_BYTES_IN_PYTHON:
        raise ActionError(
            f"here this hash function takes at most {MOST_BYTES_IN_PYTHON} bytes; the message has {len(message)}",
            kind=TOO_LARGE,
        )
    return compute(message)


def _md5_sha1(message: bytes) -> bytes:
    return _of_openssl("md5", message) + _of_openssl("sha1", message)


def _digest(name: str, block: int) -> Digest:
    return Digest(partial(_of_openssl, name), block)


DIGESTS: Final = {
    "blake2b512": _digest("blake2b", 128),
    "blake2s256": _digest("blake2s", 64),
    "md4": Digest(partial(_in_python, md4), 64, is_legacy=True),
    "md5": _digest("md5", 64),
    "md5-sha1": Digest(_md5_sha1, 64),
    "ripemd160": _digest("ripemd160", 64),
    "sha1": _digest("sha1", 64),
    "sha224": _digest("sha224", 64),
    "sha256": _digest("sha256", 64),
    "sha3-224": _digest("sha3_224", 144),
    "sha3-256": _digest("sha3_256", 136),
    "sha3-384": _digest("sha3_384", 104),
    "sha3-512": _digest("sha3_512", 72),
    "sha384": _digest("sha384", 128),
    "sha512": _digest("sha512", 128),
    "sha512-224": _digest("sha512_224", 128),
    "sha512-256": _digest("sha512_256", 128),
    "sm3": _digest("sm3", 64),
    "whirlpool": Digest(partial(_in_python, whirlpool), 64, is_legacy=True),
}
"""All digests by name."""
