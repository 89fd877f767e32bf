"""Checks the keyed hash that the sender of a request has put in a header."""

import base64
import re
from collections.abc import Mapping
from hmac import compare_digest
from typing import Any

from xchange_cli.components.conversions import to_integer, to_object, to_string
from xchange_cli.components.exchange_formats.contents import any_bytes, utf8
from xchange_cli.components.hashing.digests import hmac, read_digest
from xchange_cli.components.inputs import read, read_required
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult
from xchange_cli.javascript.values import stringify

WRONG_SIGNATURE = "wrong-signature"

_PREFIX = re.compile(r"[A-Za-z0-9-]{1,12}=(?=.)")


def hmac_webhook(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Show the request if its signature is right; the other inputs shape the answer, as those of a webhook.

    A wrong or missing signature makes the trigger fail; how the platform answers then is not documented. Neither is
    how it expects the digest: here hexadecimal digits and Base64 are right, also behind a prefix such as `sha256=`.
    """
    _check(context, inputs)
    headers = read(inputs, "headers", to_object)
    has_status = inputs.get("statusCode") is not None
    return ActionResult(
        data=dict(context.payload),
        content_type=read(inputs, "contentType", to_string) or None,
        status_code=read(inputs, "statusCode", to_integer) if has_status else None,
        headers={name: to_string(value) for name, value in headers.items()} or None,
        answer=inputs.get("body"),
    )


def to_key(value: Any) -> bytes:
    """Read a secret key: text, bytes or a list of the numbers of bytes."""
    if isinstance(value, list):
        try:
            return bytes(value)
        except (TypeError, ValueError) as error:
            raise ActionError("the list holds something else than bytes") from error
    return any_bytes(value)


def _check(context: ActionContext, inputs: Mapping[str, Any]) -> None:
    digest = read_digest(inputs, "hmacHashFunction")
    name = read_required(inputs, "hmacHeaderName", to_string)
    key = read_required(inputs, "secretKey", to_key)
    if not key:
        raise ActionError("secretKey is empty: anyone could make the signature", input_key="secretKey")
    expected = hmac(digest, key, _body(context.payload))
    headers = context.payload.get("headers") or {}
    given = next((text for key, text in headers.items() if key.lower() == name.lower()), None)
    if given is None:
        raise ActionError(f"the request has no header {stringify(name)}", kind=WRONG_SIGNATURE)
    signature = to_string(given).strip()
    if _is_hex_of(signature, expected):
        return
    bare = _PREFIX.sub("", signature)
    if not (_is_hex_of(bare, expected) or _is_base64_of(bare, expected)):
        raise ActionError(
            f"the header {stringify(name)} is not the signature of the body", kind=WRONG_SIGNATURE
        )
    context.warn("the signature is right, but the platform may expect nothing but its hexadecimal digits")


def _is_hex_of(text: str, digest: bytes) -> bool:
    return compare_digest(utf8(text.lower()), digest.hex().encode())


def _is_base64_of(text: str, digest: bytes) -> bool:
    plain = text.replace("-", "+").replace("_", "/")
    return compare_digest(utf8(plain), base64.b64encode(digest))


def _body(payload: Mapping[str, Any]) -> bytes:
    """Give the body as it was sent, where it is known; else what it says as JSON."""
    sent = payload.get("rawBody") or payload.get("body") or {}
    data = sent.get("data") if isinstance(sent, Mapping) else sent
    return b"" if data is None else any_bytes(data)
