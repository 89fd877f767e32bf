"""Repeats the steps below over items or a number of times."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.conversions import to_integer
from xchange_cli.components.inputs import read_required
from xchange_cli.components.limits import MOST_PASSES, TOO_LARGE
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult, Example, Implementation
from xchange_cli.javascript.values import describe, parse_if_json


def loop_over_items(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Repeat over a list, over a text that is JSON for a list, or over the entries of an object."""
    given = inputs.get("items")
    items = parse_if_json(given)
    if isinstance(items, list):
        return ActionResult(items=items)
    if isinstance(given, dict):
        context.warn(
            "loop over an object: how the platform shows its entries is not documented; "
            "here each item is an object with key and value"
        )
        return ActionResult(items=[{"key": key, "value": value} for key, value in given.items()])
    raise ActionError(f"items must be a list or an object, not {describe(given)}", input_key="items")


def loop_n_times(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Repeat so many times; a negative number means not at all."""
    count = read_required(inputs, "iterationCount", to_integer)
    if count > MOST_PASSES:
        raise ActionError(
            f"iterationCount: {describe(count)} is more than the {MOST_PASSES} passes that a loop may have here",
            kind=TOO_LARGE,
            input_key="iterationCount",
        )
    return ActionResult(items=range(count))


def break_loop(_context: ActionContext, _inputs: Mapping[str, Any]) -> ActionResult:
    return ActionResult(break_loop=True)


COMPONENT = Implementation(
    actions={"loopOverItems": loop_over_items, "loopNTimes": loop_n_times, "breakLoop": break_loop},
    examples=(
        Example("loopOverItems", {"items": ["a", "b"]}, ActionResult(items=["a", "b"])),
        Example("loopOverItems", {"items": "[1, 2]"}, ActionResult(items=[1, 2])),
        Example("loopOverItems", {"items": []}, ActionResult(items=[])),
        Example("loopOverItems", {"items": {"a": 1}}, ActionResult(items=[{"key": "a", "value": 1}])),
        Example("loopOverItems", {"items": None}, None, error="items must be a list or an object, not null"),
        Example(
            "loopOverItems",
            {"items": "abc"},
            None,
            error='items must be a list or an object, not the text "abc"',
        ),
        Example("loopNTimes", {"iterationCount": "3"}, ActionResult(items=range(3))),
        Example("loopNTimes", {"iterationCount": "-1"}, ActionResult(items=range(0))),
        Example("breakLoop", {}, ActionResult(break_loop=True)),
    ),
)
