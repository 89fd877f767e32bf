"""Looks values up in a table."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.conversions import to_object, to_string
from xchange_cli.components.inputs import read, read_list, read_required
from xchange_cli.components.spec import ActionContext, ActionResult, Example, Implementation
from xchange_cli.javascript.values import describe, parse_if_json

_STATES = [{"key": "1", "value": "Open"}, {"key": "2", "value": "Closed"}]


def map_value(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Look one value up; null where it is unknown, which is likely, not documented."""
    table = read_required(inputs, "valueMap", _to_table)
    return ActionResult(_looked_up(context, table, [read(inputs, "inputValue", to_string)])[0])


def map_values(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Look each value of a list up; null in the place of an unknown one."""
    table = read_required(inputs, "valueMap", _to_table)
    read_list(inputs, "inputValueList")
    return ActionResult(_looked_up(context, table, read(inputs, "inputValueList", _to_texts)))


def _looked_up(context: ActionContext, table: Mapping[str, Any], names: list[str]) -> list[Any]:
    unknown = next((name for name in names if name not in table), None)
    if unknown is not None:
        context.warn(f"{describe(unknown)} is not in valueMap; what comes out is not documented, here null")
    return [table.get(name) for name in names]


def _to_texts(items: list[Any] | None) -> list[str]:
    return [to_string(item) for item in items or ()]


def _to_table(value: Any) -> dict[str, Any]:
    """Read a list of keys and values, or an object."""
    given = parse_if_json(value)
    return given if isinstance(given, dict) else to_object(given)


COMPONENT = Implementation(
    actions={"valueMapper": map_value, "valueListMapper": map_values},
    examples=(
        Example("valueMapper", {"inputValue": 1, "valueMap": _STATES}, "Open"),
        Example("valueMapper", {"inputValue": "3", "valueMap": _STATES}, None),
        Example(
            "valueMapper",
            {"inputValue": "1", "valueMap": "Open"},
            None,
            error='valueMap: the text "Open" is not a list of keys and values',
        ),
        Example(
            "valueListMapper",
            {"inputValueList": ["2", "9", 1], "valueMap": _STATES},
            ["Closed", None, "Open"],
        ),
        Example(
            "valueListMapper",
            {"inputValueList": "2", "valueMap": _STATES},
            None,
            error='inputValueList must be a list, not the text "2"',
        ),
    ),
)
