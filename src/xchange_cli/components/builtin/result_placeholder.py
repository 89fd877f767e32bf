"""Gives a fixed result, for trying out the steps that follow."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.spec import ActionContext, ActionResult, Example, Implementation
from xchange_cli.javascript.values import parse_if_json


def mock_result(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Give the value of JSON; text that is no JSON, and what is no text, as it is."""
    return ActionResult(parse_if_json(inputs.get("code")))


COMPONENT = Implementation(
    actions={"actions": mock_result},
    examples=(
        Example("actions", {"code": '{"a": 1}'}, {"a": 1}),
        Example("actions", {"code": "{a: 1}"}, "{a: 1}"),
        Example("actions", {"code": "12"}, 12),
    ),
)
