"""Encodes and decodes MessagePack."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.blame import blaming
from xchange_cli.components.exchange_formats.contents import OCTETS, read_bytes
from xchange_cli.components.exchange_formats.messages import decode, encode
from xchange_cli.components.spec import ActionContext, ActionResult, Example, Implementation


def decode_message(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Decode the one value of a message."""
    return ActionResult(blaming("message", decode, read_bytes(inputs, "message")))


def encode_message(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Encode a value; null has an encoding, too."""
    return ActionResult(blaming("data", encode, inputs.get("data")), content_type=OCTETS)


COMPONENT = Implementation(
    actions={"decodeMessage": decode_message, "encodeMessage": encode_message},
    examples=(
        Example("decodeMessage", {"message": b"\x81\xa4data\x91\x01"}, {"data": [1]}),
        Example(
            "decodeMessage",
            {"message": {"data": b"\xa2hi", "contentType": "application/msgpack"}},
            "hi",
        ),
        Example("decodeMessage", {"message": b"\xc1"}, None, error="message: not MessagePack: "),
        Example(
            "encodeMessage",
            {"data": {"a": [1.0, "ä", None]}},
            ActionResult(b"\x81\xa1a\x93\x01\xa2\xc3\xa4\xc0", content_type=OCTETS),
        ),
    ),
)
