"""Steps that read or write values kept between steps, flows and executions (the component `persist-data`)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from xchange_cli.expression.ast import Items, Literal
from xchange_cli.source import Span
from xchange_cli.validation.facts import FlowFacts, StepFacts

_ACTION = re.compile(r"[a-z]+?(?P<kind>CrossFlow|Execution|Instance|Integration)[A-Z]\w*")


class KeptUse(NamedTuple):
    """`kind` is CrossFlow, Execution, Instance or Integration, as action keys have it; Instance means one flow.

    `key` is None where it is not known before the flow runs, or where the action concerns all values of its kind.
    """

    step: StepFacts
    action: str
    kind: str
    key: str | None
    span: Span
    has_default: bool

    @property
    def is_read(self) -> bool:
        return self.action.startswith("get")

    @property
    def is_write(self) -> bool:
        return not self.action.startswith(("get", "list", "remove"))


def kept_uses(flow: FlowFacts) -> Iterator[KeptUse]:
    """Yield the uses in the order of the steps."""
    for step in flow.steps:
        action = step.step.action
        if action is None or action.component != "persist-data" or not action.is_public:
            continue
        match = _ACTION.fullmatch(action.key)
        if match is not None:
            yield _use(step, action.key, match["kind"])


def _use(step: StepFacts, action: str, kind: str) -> KeptUse:
    inputs = step.step.inputs
    given, default, several = (inputs.get(key) for key in ("keyInput", "defaultValueInput", "dynamicValues"))
    is_several = several is not None and not (
        isinstance(several.expression, Items) and not several.expression.items
    )
    expression = given.expression if given is not None and not is_several else None
    value = expression.value if isinstance(expression, Literal) else None
    has_default = default is not None and not (
        isinstance(default.expression, Literal) and not default.expression.value
    )
    span = (given.value_node if given is not None else step.step.name_node).span
    return KeptUse(step, action, kind, value if isinstance(value, str) and value else None, span, has_default)
