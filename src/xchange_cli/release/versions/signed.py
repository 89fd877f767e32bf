"""Who signed a version, and what that is worth."""

from collections.abc import Sequence
from typing import NamedTuple

from xchange_cli.registry.signatures import Signature, Trust, check


class Signed(NamedTuple):
    """`signer` is the public key that made the signature, with the name that `trustedKeys` has behind it.

    It is empty without a signature.
    """

    trust: Trust
    signer: str


def signed(signature: Signature | None, data: bytes, trusted: Sequence[str]) -> Signed:
    """Check the signature of some bytes; `trusted` is `trustedKeys` of the project.

    Raises:
        XchangeError: INVALID when a trusted key is none.

    """
    trust = check(signature, data, trusted)
    if signature is None:
        return Signed(trust, "")
    named = (text for text in trusted if text.split(maxsplit=1)[:1] == [signature.key])
    return Signed(trust, next(named, signature.key))
