"""Makes UUIDs."""

import uuid
from collections.abc import Mapping
from typing import Any

from xchange_cli.components.conversions import to_boolean, to_string
from xchange_cli.components.inputs import read
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult, Example, Implementation
from xchange_cli.javascript.values import describe


def generate(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Make a random UUID (version 4)."""
    case = read(inputs, "case", to_string) or "lower"
    if case not in {"lower", "upper"}:
        raise ActionError(f"case: {describe(case)} is neither lower nor upper", input_key="case")
    made = str(uuid.UUID(bytes=context.random_bytes(16), version=4))
    text = made.replace("-", "") if read(inputs, "removeDashes", to_boolean) else made
    return ActionResult(text.upper() if case == "upper" else text)


def empty(_context: ActionContext, _inputs: Mapping[str, Any]) -> ActionResult:
    return ActionResult(str(uuid.UUID(int=0)))


COMPONENT = Implementation(
    actions={"generateUuid": generate, "emptyUuid": empty},
    examples=(
        Example("generateUuid", {}, "00010203-0405-4607-8809-0a0b0c0d0e0f"),
        Example(
            "generateUuid", {"case": "upper", "removeDashes": "true"}, "000102030405460788090A0B0C0D0E0F"
        ),
        Example("generateUuid", {"case": "title"}, None, error='case: the text "title" is neither lower nor'),
        Example("emptyUuid", {}, "00000000-0000-0000-0000-000000000000"),
    ),
)
