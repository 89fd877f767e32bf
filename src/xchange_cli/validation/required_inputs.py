"""Inputs that an action requires and a step does not set."""

from collections.abc import Iterator
from typing import NamedTuple

from xchange_cli.components.spec import InputSpec
from xchange_cli.document.node import Mapping
from xchange_cli.expression.ast import ConfigValue, Expression, Literal, Template
from xchange_cli.model.integration import Input, Step
from xchange_cli.source import Span
from xchange_cli.validation.certainty import same_key
from xchange_cli.validation.facts import StepFacts


class Unset(NamedTuple):
    """`given` is None where the step has no such key."""

    spec: InputSpec
    given: Input | None
    step: Step

    @property
    def span(self) -> Span:
        """The empty value, or what asks for it: the key of the action."""
        if self.given is not None:
            return self.given.value_node.span
        assert self.step.action is not None
        return self.step.action.key_node.span

    @property
    def message(self) -> str:
        assert self.step.action is not None
        kind = "trigger" if self.step.is_trigger else "action"
        if self.given is not None:
            return f"`{self.spec.key}` is empty, but the {kind} `{self.step.action.key}` needs it"
        return f"the {kind} `{self.step.action.key}` needs the input `{self.spec.key}`"

    @property
    def is_sure(self) -> bool:
        """Whether the catalogue knows it from source or usage.

        Inputs of type code often come with a sample as default, which the catalogue does not repeat: one that is
        left out may have it, one that is empty has not.
        """
        return self.spec.basis.is_sure and (self.given is not None or self.spec.type != "code")


def unset_inputs(step: StepFacts) -> Iterator[Unset]:
    """Yield the required inputs that have no default and no value.

    An empty list is a value: an action may get its items in another way. Where `inputs` is no mapping, nobody knows
    what is set.
    """
    if step.spec is None or not step.spec.needed:
        return
    written = step.step.node.get("inputs")
    if written is not None and not isinstance(written, Mapping):
        return
    for spec in step.spec.needed:
        given = _given(step.step, spec)
        if given is None or is_empty(given.expression):
            yield Unset(spec, given, step.step)


def _given(step: Step, spec: InputSpec) -> Input | None:
    found = step.inputs.get(spec.key)
    if found is not None:
        return found
    return next((step.inputs[key] for key in step.inputs if same_key(key, spec)), None)


def is_empty(expression: Expression) -> bool:
    """Tell whether an input says nothing: empty text, no variable, a template without parts."""
    if isinstance(expression, Literal):
        return bool(expression.value == "")
    if isinstance(expression, ConfigValue):
        return expression.key == ""
    return isinstance(expression, Template) and not expression.parts
