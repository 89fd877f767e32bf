"""Signatures of versions: Ed25519, over the bytes of a manifest without its signature."""

import base64
import binascii
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError

ALGORITHM = "ed25519"
_PREFIX = f"{ALGORITHM}:"


class Signature(NamedTuple):
    """`key` is the public key as `trustedKeys` has it, `ed25519:BASE64`; `value` is base64, too."""

    algorithm: str
    key: str
    value: str


class SigningKey(NamedTuple):
    """`private` is a PEM file (PKCS 8, not encrypted); `public` is what `trustedKeys` takes."""

    private: bytes
    public: str


class Trust(StrEnum):
    """What a signature is worth."""

    TRUSTED = "trusted"
    STRANGER = "stranger"
    WRONG = "wrong"
    UNSIGNED = "unsigned"


def new_key() -> SigningKey:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return SigningKey(private, _text_of(key.public_key().public_bytes_raw()))


def signer(pem: bytes) -> Callable[[bytes], Signature]:
    """Give what signs with a private key.

    Raises:
        XchangeError: UNREADABLE when this is no Ed25519 private key without a password.

    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(pem, password=None)
    except TypeError as error:
        raise _no_key("the key has a password") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _no_key("this is no private key in PEM form") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key("the key is no Ed25519 key")
    public = _text_of(key.public_key().public_bytes_raw())

    def sign(data: bytes) -> Signature:
        return Signature(ALGORITHM, public, base64.b64encode(key.sign(data)).decode())

    return sign


def check(signature: Signature | None, data: bytes, trusted: Iterable[str]) -> Trust:
    """Say what a signature of some bytes is worth; `trusted` are public keys, each may be followed by a name.

    Raises:
        XchangeError: INVALID when a trusted key is none.

    """
    keys = [public_key(text) for text in trusted]
    if signature is None:
        return Trust.UNSIGNED
    key = _decoded(signature.key.removeprefix(_PREFIX))
    if signature.algorithm != ALGORITHM or not _is_by(key, _decoded(signature.value), data):
        return Trust.WRONG
    return Trust.TRUSTED if key in keys else Trust.STRANGER


def public_key(text: str) -> bytes:
    """Give the 32 bytes of a public key such as `ed25519:BASE64`, which a blank and a name may follow.

    Raises:
        XchangeError: INVALID when it is none.

    """
    word = text.split(maxsplit=1)[0] if text.strip() else ""
    key = _decoded(word.removeprefix(_PREFIX))
    if not word.startswith(_PREFIX) or len(key) != 32:
        raise XchangeError(
            ErrorCode.INVALID,
            "a trusted key is no Ed25519 public key",
            hint="Write it as `ed25519:` and its 44 characters of base64, as `xchange keys new` shows it.",
        )
    return key


def _is_by(key: bytes, value: bytes, data: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(value, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def _text_of(key: bytes) -> str:
    return _PREFIX + base64.b64encode(key).decode()


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _no_key(reason: str) -> XchangeError:
    return XchangeError(
        ErrorCode.UNREADABLE,
        f"versions cannot be signed with it: {reason}",
        hint="`xchange keys new` makes one.",
    )
