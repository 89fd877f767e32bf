"""Message digests, keyed hashes, and a trigger that checks the signature of a request."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from xchange_cli.components.exchange_formats.contents import any_bytes
from xchange_cli.components.hashing.digests import DIGESTS, Digest, hmac, read_digest
from xchange_cli.components.hashing.hash_examples import EXAMPLES
from xchange_cli.components.hashing.signatures import hmac_webhook, to_key
from xchange_cli.components.inputs import read_required
from xchange_cli.components.spec import ActionContext, ActionResult, Implementation, Perform

_FUNCTIONS = (
    "BLAKE2b512",
    "BLAKE2s256",
    "MD4",
    "MD5",
    "MD5-SHA1",
    "RIPEMD160",
    "SHA1",
    "SHA224",
    "SHA256",
    "SHA3-224",
    "SHA3-256",
    "SHA3-384",
    "SHA3-512",
    "SHA384",
    "SHA512-224",
    "SHA512-256",
    "SHA512",
    "SM3",
    "whirlpool",
)
"""As the keys of the actions spell them."""


def hash_with(digest: Digest, context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Give the digest of text, of a file or bytes, or of the JSON of an object, in hexadecimal digits.

    That the platform writes digests so is likely, not documented.
    """
    _warn_of_legacy(context, digest)
    return ActionResult(digest.compute(read_required(inputs, "message", any_bytes)).hex())


def compute_hash(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    return hash_with(read_digest(inputs, "hashFunction"), context, inputs)


def compute_hmac(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Give the keyed hash in hexadecimal digits; the key is text, bytes or a list of bytes."""
    digest = read_digest(inputs, "hashFunction")
    _warn_of_legacy(context, digest)
    key = read_required(inputs, "secretKey", to_key)
    message = read_required(inputs, "message", any_bytes)
    return ActionResult(hmac(digest, key, message).hex())


def _warn_of_legacy(context: ActionContext, digest: Digest) -> None:
    if digest.is_legacy:
        context.warn("newer versions of Node.js lack this hash function; on the platform the step may fail")


_ACTIONS: dict[str, Perform] = {
    "computeHash": compute_hash,
    "computeHmac": compute_hmac,
    "hmacWebhookTrigger": hmac_webhook,
    **{f"compute{name}": partial(hash_with, DIGESTS[name.lower()]) for name in _FUNCTIONS},
}

COMPONENT = Implementation(actions=_ACTIONS, examples=EXAMPLES)
