"""A house rule at work: from parts of an integration to problems."""

from collections.abc import Iterator
from typing import NamedTuple

from xchange_cli.document.node import Mapping, Node
from xchange_cli.model.integration import ConfigVar, Integration
from xchange_cli.source import Span
from xchange_cli.validation.facts import Facts, FlowFacts, StepFacts
from xchange_cli.validation.house.around import Around
from xchange_cli.validation.house.conditions import Condition, text_of
from xchange_cli.validation.house.selection import Selection
from xchange_cli.validation.house.words import filled, shortened
from xchange_cli.validation.rule import Check, Problem


class HouseRule(NamedTuple):
    """What the file says. `asks_catalogue` tells that the rule depends on what the catalogue knows of actions."""

    message: str
    hint: str
    match: Selection
    unless: tuple[Selection, ...] = ()
    where: tuple[Condition, ...] = ()
    require: tuple[Condition, ...] = ()
    forbid: tuple[Condition, ...] = ()
    asks_catalogue: bool = False

    @property
    def hooks(self) -> tuple[tuple[str, Check], ...]:
        """The hooks that a rule of this kind has."""
        kinds = self.match.kinds
        match self.match.looks_at:
            case "integration":
                return (("check_integration", self.check_integration),)
            case "flow":
                return (("check_flow", self.check_flow),)
            case "configVar":
                return (("check_config_var", self.check_config_var),)
            case "step" | "trigger":
                return (("check_step", self.check_step),)
            case _:
                of_step = (("check_step", self.check_inputs_of_step),)
                of_variable = (("check_config_var", self.check_inputs_of_config_var),)
                if "configVar" in kinds:
                    return of_variable
                return of_step if kinds & {"flow", "step", "trigger"} else (*of_variable, *of_step)

    def check_integration(self, _integration: Integration, facts: Facts) -> Iterator[Problem]:
        node = facts.integration.node
        name = node.get("name")
        place = name.span if name is not None else Span(node.source, node.start, node.start)
        yield from self._look(Around(facts), node, place)

    def check_flow(self, flow: FlowFacts, facts: Facts) -> Iterator[Problem]:
        yield from self._look(Around(facts, flow), flow.flow.node, flow.flow.name_node.span)

    def check_step(self, step: StepFacts, facts: Facts) -> Iterator[Problem]:
        yield from self._look(Around(facts, step.flow, step), step.step.node, step.step.name_node.span)

    def check_config_var(self, variable: ConfigVar, facts: Facts) -> Iterator[Problem]:
        around = Around(facts, variable=variable)
        yield from self._look(around, variable.node, variable.key_node.span)

    def check_inputs_of_step(self, step: StepFacts, facts: Facts) -> Iterator[Problem]:
        if not self.match.may_take_inputs(Around(facts, step.flow, step)):
            return
        for given in step.step.inputs.values():
            around = Around(facts, step.flow, step, None, given)
            yield from self._look(around, given.node, given.key_node.span)

    def check_inputs_of_config_var(self, variable: ConfigVar, facts: Facts) -> Iterator[Problem]:
        if not self.match.may_take_inputs(Around(facts, variable=variable)):
            return
        for given in variable.inputs.values():
            around = Around(facts, variable=variable, input=given)
            yield from self._look(around, given.node, given.key_node.span)

    def _look(self, around: Around, node: Node, name: Span) -> Iterator[Problem]:
        """Judge one part; `name` is the place where something is missing in it."""
        if not self.match.takes(around) or any(other.takes(around) for other in self.unless):
            return
        if not all(condition.look(node).holds for condition in self.where):
            return
        if not self.require and not self.forbid:
            yield self._problem(around, name, name.text)
        for condition in self.forbid:
            look = condition.look(node)
            if look.holds:
                yield from self._problems(around, look.passing, name, condition)
        for condition in self.require:
            look = condition.look(node)
            if not look.holds:
                only = look.found if len(look.found) == 1 else ()
                yield from self._problems(around, only, name, condition)

    def _problems(
        self, around: Around, values: tuple[Node, ...], name: Span, condition: Condition
    ) -> Iterator[Problem]:
        """Report values, or where there are none that nothing is at the condition's path."""
        for value in values:
            span = _first_key(value) if isinstance(value, Mapping) else value.span
            yield self._problem(around, span, text_of(value) or "")
        if not values:
            yield self._problem(around, name, "", condition.path.text)

    def _problem(self, around: Around, span: Span, value: str, subject: str = "") -> Problem:
        return Problem(
            span,
            filled(self.message, around, value),
            hint=filled(self.hint, around, value),
            subject=subject or shortened(value),
            sure=not self.asks_catalogue or _is_sure(around),
        )


def _is_sure(around: Around) -> bool:
    spec = around.step and around.step.spec
    return spec is None or spec.basis.is_sure


def _first_key(node: Mapping) -> Span:
    """Give a place for a whole mapping: its lines would be too many."""
    return next((entry.key.span for entry in node.entries.values()), node.span)
