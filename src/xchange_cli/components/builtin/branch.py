"""Chooses which branch of a flow is followed."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.conditions import holds
from xchange_cli.components.conversions import to_string
from xchange_cli.components.inputs import read, read_list
from xchange_cli.components.limits import refusing_depth
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult, Example, Implementation
from xchange_cli.javascript.comparison import loose_equal
from xchange_cli.javascript.values import UNDEFINED, describe, parse_if_json


def branch_on_expression(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Follow the first branch whose condition holds.

    In a file, a value that is no condition makes an entry `{key, value}`: that, too, names its branch.
    """
    for number, condition in enumerate(read_list(inputs, "conditions"), start=1):
        if not isinstance(condition, Mapping) or condition.keys().isdisjoint(("name", "key")):
            message = f"condition {number} is {describe(condition)}, without the name of a branch"
            raise ActionError(message, input_key="conditions")
        name = to_string(condition.get("name", condition.get("key")))
        try:
            if holds(condition.get("value")):
                return _follow(name)
        except ActionError as error:
            message = f'condition of branch "{name}": {error.message}'
            raise ActionError(message, kind=error.kind, input_key="conditions") from error
    return _follow("Else")


def branch_on_value(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Follow the first branch whose value equals the input, both taken as text.

    How the platform compares numbers with the texts of the mapping is not documented; a branch that only a
    comparison as numbers would have chosen is worth a warning.
    """
    value, mappings = inputs.get("inputValue"), _mappings(inputs)
    text = read(inputs, "inputValue", to_string)
    for branch, known in mappings:
        if to_string(known) == text:
            return _follow(branch)
    for branch, known in mappings:
        if _equal_as_json(known, value):
            context.warn(
                f'{describe(value)} and {describe(known)} of branch "{branch}" differ '
                "as texts but are equal as JSON; here Else is followed, the platform may follow the branch"
            )
    return _follow("Else")


def _mappings(inputs: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Read branches and the values that lead to them."""
    mappings = []
    for number, mapping in enumerate(read_list(inputs, "branchValueMappings"), start=1):
        if not isinstance(mapping, Mapping) or "key" not in mapping:
            message = f"mapping {number} is {describe(mapping)}, without the name of a branch"
            raise ActionError(message, input_key="branchValueMappings")
        mappings.append((to_string(mapping["key"]), mapping.get("value")))
    return mappings


@refusing_depth
def _equal_as_json(left: Any, right: Any) -> bool:
    return loose_equal(parse_if_json(left), parse_if_json(right))


def select_executed_step_result(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Give the first result that is not null; null if all are."""
    results = read_list(inputs, "stepResults")
    return ActionResult(
        next((result for result in results if result is not None and result is not UNDEFINED), None)
    )


def _follow(branch: str) -> ActionResult:
    return ActionResult(data=branch, branch=branch)


COMPONENT = Implementation(
    actions={
        "branchOnExpression": branch_on_expression,
        "branchOnValue": branch_on_value,
        "selectExecutedStepResult": select_executed_step_result,
    },
    examples=(
        Example(
            "branchOnExpression",
            {
                "conditions": [
                    {"name": "Large", "value": ["and", ["greaterThan", "250", "100"]]},
                    {"name": "Small", "value": ["and", ["exists", "250"]]},
                ]
            },
            ActionResult(data="Large", branch="Large"),
        ),
        Example(
            "branchOnExpression",
            {"conditions": [{"name": "Empty", "value": ["or", ["isEmpty", [1]], ["isEmpty", ""]]}]},
            ActionResult(data="Empty", branch="Empty"),
        ),
        Example(
            "branchOnExpression",
            {"conditions": [{"name": "Open", "value": ["and", ["equal", "closed", "open"]]}]},
            ActionResult(data="Else", branch="Else"),
        ),
        Example(
            "branchOnExpression",
            {"conditions": [{"name": "Known", "value": ["and", ["in", "x", None]]}]},
            None,
            error='condition of branch "Known": in: needs a text, a list or an object to look in, but found null',
        ),
        Example(
            "branchOnValue",
            {
                "inputValue": 2,
                "branchValueMappings": [{"key": "Two", "value": "2"}, {"key": "Also", "value": "2"}],
            },
            ActionResult(data="Two", branch="Two"),
        ),
        Example(
            "branchOnValue",
            {"inputValue": "b", "branchValueMappings": [{"key": "Capital", "value": "B"}]},
            ActionResult(data="Else", branch="Else"),
        ),
        Example("selectExecutedStepResult", {"stepResults": [None, {"id": 1}, {"id": 2}]}, {"id": 1}),
        Example("selectExecutedStepResult", {"stepResults": [None, None]}, None),
    ),
)
