"""A part of an integration that a rule looks at, and what stands around it."""

from collections.abc import Callable
from operator import attrgetter
from typing import NamedTuple

from xchange_cli.model.integration import ConfigVar, Input, Integration
from xchange_cli.validation.facts import Facts, FlowFacts, StepFacts
from xchange_cli.validation.house.conditions import text_of

Read = Callable[["Around"], str]


class Around(NamedTuple):
    """What is None is not there: an input is one of a step or of a config variable."""

    facts: Facts
    flow: FlowFacts | None = None
    step: StepFacts | None = None
    variable: ConfigVar | None = None
    input: Input | None = None

    @property
    def integration(self) -> Integration:
        return self.facts.integration


def category(around: Around) -> str:
    node = around.integration.node.get("category")
    return (node and text_of(node)) or ""


def component(around: Around) -> str:
    action = around.step and around.step.step.action
    return action.component if action else ""


def action(around: Around) -> str:
    action = around.step and around.step.step.action
    return action.key if action else ""


def version(around: Around) -> str:
    action = around.step and around.step.step.action
    return action.version if action else ""


def effect(around: Around) -> str:
    """Give what the catalogue knows: pure, reads or writes; empty where it does not know the action."""
    spec = around.step and around.step.spec
    return spec.effect.value if spec else ""


def in_loop(around: Around) -> str:
    containers = around.step.placed.containers if around.step else ()
    return _truth(any(container.steps is not None for container in containers))


def is_of_flow(around: Around) -> str:
    return _truth(around.flow is not None)


def is_of_step(around: Around) -> str:
    return _truth(around.step is not None)


def is_of_variable(around: Around) -> str:
    return _truth(around.variable is not None)


def is_trigger(around: Around) -> str:
    return _truth(around.step is not None and around.step.step.is_trigger)


def _truth(value: bool) -> str:
    return "true" if value else "false"


_STEP: dict[str, Read] = {
    "component": component,
    "action": action,
    "name": attrgetter("step.step.name"),
    "key": attrgetter("step.step.ref"),
    "version": version,
    "effect": effect,
    "inLoop": in_loop,
}
READERS: dict[str, dict[str, Read]] = {
    "integration": {
        "key": attrgetter("facts.key"),
        "name": attrgetter("integration.name"),
        "category": category,
    },
    "flow": {"name": attrgetter("flow.flow.name")},
    "step": _STEP,
    "trigger": _STEP,
    "configVar": {"key": attrgetter("variable.key"), "dataType": attrgetter("variable.data_type")},
    "input": {"key": attrgetter("input.key")},
}
"""What a selection may ask about each kind of part; those that tell most apart come first."""

THERE: dict[str, Read] = {
    "flow": is_of_flow,
    "step": is_of_step,
    "trigger": is_trigger,
    "configVar": is_of_variable,
}
"""What to ask before anything else about a part that need not be there."""

BY_ITSELF = {
    "integration": "key",
    "flow": "name",
    "step": "name",
    "trigger": "name",
    "configVar": "key",
    "input": "key",
}
"""What a pattern that stands for a whole selection is compared with."""
