"""What steps keep from run to run: under which key, and who finds it again."""

from collections.abc import Iterator

from xchange_cli.changes.comparison.part import Part, PartKind
from xchange_cli.changes.facts.effects import STATE, public_action, step_of
from xchange_cli.expression.ast import Literal

KEY = "keyInput"
SCOPES = {
    "Execution": "the run",
    "CrossFlow": "all flows of the instance",
    "Integration": "the integration",
    "Instance": "the flow",
}
"""Words in action keys, and for whom such a step keeps its value."""


def keeps(part: Part | None) -> bool:
    return public_action(part)[0] == STATE


def scope_of(part: Part | None) -> str:
    """Give the word for the scope of a step that keeps or reads a value; empty for all others."""
    component, action = public_action(part)
    return next((scope for scope in SCOPES if scope in action), "") if component == STATE else ""


def lasts(part: Part | None) -> bool:
    """Tell whether a step has to do with what outlasts the run."""
    return scope_of(part) not in {"", "Execution"}


def key_of(part: Part | None) -> str:
    """Give the key of a step where the file says it; empty where it comes up in a run."""
    step = step_of(part)
    given = step.inputs.get(KEY) if step is not None else None
    value = given.expression.value if given is not None and isinstance(given.expression, Literal) else ""
    return value if isinstance(value, str) else ""


def users(part: Part, whole: Part) -> Iterator[Part]:
    """Yield the steps of an integration that have to do with the same kept value, but for the step itself."""
    scope, key = scope_of(part), key_of(part)
    flow = part.within(PartKind.FLOW)
    for one in whole.walk():
        if one is part or one.kind is not PartKind.STEP or scope_of(one) != scope or key_of(one) != key:
            continue
        around = one.within(PartKind.FLOW)
        if scope != "Instance" or (flow is not None and around is not None and flow.name == around.name):
            yield one
