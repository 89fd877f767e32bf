"""Worked examples of the actions that keep values; each action has them at all four scopes."""

from typing import Any

from xchange_cli.components.spec import ActionResult, Example

_TIME = "2024-05-17T09:30:15.123Z"


def _keeping(kind: str, value: Any, data: Any) -> ActionResult:
    return ActionResult(data, state={kind: {"a": value}})


def _at(word: str, kind: str) -> tuple[Example, ...]:
    return (
        Example(
            f"add{word}ValueToSet",
            {"keyInput": "a", "valueInput": "x"},
            _keeping(kind, ["x"], {"value": "x"}),
        ),
        Example(
            f"append{word}ValuesToList",
            {"keyInput": "a", "dynamicValues": "[1, [2]]", "values": [9], "flattenValues": True},
            _keeping(kind, [1, 2], {"value": [1, 2]}),
        ),
        Example(
            f"append{word}ValuesToList",
            {"keyInput": "a", "dynamicValues": "", "values": [9]},
            _keeping(kind, [9], {"value": [9]}),
        ),
        Example(
            f"append{word}ValueToList",
            {"keyInput": "a", "valueInput": [1, 2]},
            _keeping(kind, [[1, 2]], {"value": [1, 2]}),
        ),
        Example(f"remove{word}State", {}, ActionResult(state={kind: {}})),
        Example(f"decrement{word}Value", {"keyInput": "a"}, _keeping(kind, -1, {"value": -1})),
        Example(f"get{word}Value", {"keyInput": "a", "defaultValueInput": "0"}, "0"),
        Example(
            f"increment{word}Value",
            {"keyInput": "a", "amountInput": "50"},
            _keeping(kind, 50, {"value": 50}),
        ),
        Example(f"list{word}Keys", {}, []),
        Example(f"remove{word}Value", {"keyInput": "a"}, _keeping(kind, None, None)),
        Example(f"remove{word}ValueFromList", {"keyInput": "a", "valueInput": 1}, {"value": []}),
        Example(f"remove{word}ValueFromSet", {"keyInput": "a", "valueInput": 1}, {"value": []}),
        Example(f"save{word}CurrentTime", {"keyInput": "a"}, _keeping(kind, _TIME, _TIME)),
        Example(
            f"save{word}Value",
            {"keyInput": "a", "valueInput": {"id": 1}},
            _keeping(kind, {"id": 1}, {"value": {"id": 1}}),
        ),
        Example(
            f"save{word}Value",
            {"keyInput": "b", "valueInput": "x", "dynamicValues": [{"key": "a", "value": "y"}]},
            _keeping(kind, "y", {"value": {"a": "y"}}),
        ),
        Example(
            f"save{word}Value",
            {"keyInput": "a", "valueInput": b"\x00"},
            None,
            error='"a" cannot be kept: JSON cannot hold binary data (1 bytes)',
        ),
    )


EXAMPLES = (
    *_at("CrossFlow", "crossFlowState"),
    *_at("Execution", "executionState"),
    *_at("Instance", "instanceState"),
    *_at("Integration", "integrationState"),
    Example("getUsage", {}, {"usedBytes": 0, "limitBytes": 67108864}),
)
