"""What rules ask about a file, found once: specifications, names, and which step sees which."""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from functools import cached_property
from typing import NamedTuple

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.spec import ActionSpec, ComponentSpec
from xchange_cli.document.node import Scalar
from xchange_cli.expression.ast import ConfigValue, Expression, Literal, Reference
from xchange_cli.model.integration import ActionRef, ConfigVar, Flow, Input, Integration, Step
from xchange_cli.model.walk import Placed, walk_flow
from xchange_cli.nearest import nearest
from xchange_cli.shapes.flow_shapes import FlowShapes, Surroundings
from xchange_cli.shapes.samples import Sample
from xchange_cli.source import Span
from xchange_cli.validation.step_inputs import StepInputs, inputs_of, parts_of


class Sight(Enum):
    """How a step sees the step that a reference names."""

    EARLIER = auto()  # it has run: `results` may be read
    LOOP_AROUND = auto()  # a loop around it: `currentItem` and `index` may be read
    CONTAINER_AROUND = auto()  # a branching step or trigger around it: `results` may be read
    LATER = auto()  # it runs later, also where it stands in a branch or loop
    ITSELF = auto()
    CLOSED = auto()  # inside of a loop that has ended, or of a branch that has ended or is another one
    UNKNOWN = auto()


class StepFacts(NamedTuple):
    """A step in its place. `spec` is None where the catalogue does not know the action."""

    placed: Placed
    flow: "FlowFacts"
    component: ComponentSpec | None
    spec: ActionSpec | None
    step: Step
    inputs: StepInputs

    @property
    def is_loop(self) -> bool:
        action = self.step.action
        if action is not None and action.component == "loop":
            return action.key != "breakLoop"
        return self.step.steps is not None

    @property
    def may_branch(self) -> bool:
        """Whether it has branches, or its action asks for some."""
        spec = self.spec
        return "branches" in self.step.node.entries or (
            spec is not None and bool(spec.branches or spec.branch_input)
        )

    @property
    def may_loop(self) -> bool:
        """Whether it is of the component `loop`, or has steps of its own."""
        action = self.step.action
        return "steps" in self.step.node.entries or (action is not None and action.component == "loop")

    @property
    def may_trigger(self) -> bool:
        """Whether it is marked as a trigger, has the action of one, or a schedule."""
        entries = self.step.node.entries
        return (
            "isTrigger" in entries
            or "schedule" in entries
            or (self.spec is not None and self.spec.is_trigger)
        )


class ReferenceUse(NamedTuple):
    """A reference in an input of a step, directly, in a list, in a condition or in a template."""

    step: StepFacts
    input: Input
    reference: Reference

    @property
    def may_be_closed(self) -> bool:
        """Whether the input may read steps of branches and loops that have ended."""
        return self.step.spec is not None and self.step.spec.key == "selectExecutedStepResult"


class ConfigUse(NamedTuple):
    """A config variable that an input of a step, or of another config variable (`step` is None), names."""

    step: StepFacts | None
    variable: ConfigVar | None
    input: Input
    value: ConfigValue


class Dialect(Enum):
    """What JavaScript in an input is: a module that exports a function, by who calls it, or a function."""

    STEP = auto()  # (context, stepResults)
    TRIGGER = auto()  # (context, payload)
    DATA_SOURCE = auto()  # (context, inputs of the data source)
    FUNCTION = auto()


class CodeUse(NamedTuple):
    """JavaScript in an input of a step, or of a config variable (`step` is None); `code` is the value of `node`.

    `is_sure` is False where the catalogue only guesses that the input is JavaScript.
    """

    step: StepFacts | None
    variable: ConfigVar | None
    input: Input
    node: Scalar
    code: str
    dialect: Dialect
    is_sure: bool = True

    def span(self, start: int, end: int) -> Span:
        """Give the place of `code[start:end]` in the file."""
        return self.node.span_of(start, end)


class FlowFacts:
    def __init__(self, flow: Flow, facts: "Facts") -> None:
        self.flow = flow
        self._integration = facts.integration
        self._samples = facts.samples
        self.steps = tuple(_step_facts(placed, self, facts) for placed in walk_flow(flow))
        self.by_ref: dict[str, list[StepFacts]] = {}
        self._nearest: dict[str, str | None] = {}
        self._places: dict[int, tuple[int, int]] = {}
        self._sights: dict[tuple[int, str], tuple[Sight, StepFacts | None]] = {}
        for step in self.steps:
            self.by_ref.setdefault(step.step.ref, []).append(step)
            self._places[id(step.step)] = (id(step.placed.siblings), step.placed.index)

    @cached_property
    def shapes(self) -> FlowShapes:
        """What references of the flow look like."""
        specs = {
            id(step.step): (step.spec, step.component) for step in self.steps if step.spec and step.component
        }
        return FlowShapes(self.flow, Surroundings(self._integration, specs, self._samples))

    def look(self, step: StepFacts, ref: str) -> tuple[Sight, StepFacts | None]:
        """Find the step that `ref` names and how `step` sees it; the best sight wins where names repeat."""
        key = (id(step.step), ref)
        if key not in self._sights:
            self._sights[key] = self._look(step, ref)
        return self._sights[key]

    def _look(self, step: StepFacts, ref: str) -> tuple[Sight, StepFacts | None]:
        best: tuple[Sight, StepFacts | None] = (Sight.UNKNOWN, None)
        for target in self.by_ref.get(ref, ()):
            sight = self._sight(step.placed, target)
            if sight.value < best[0].value:
                best = (sight, target)
        return best

    def nearest_in_sight(self, name: str, step: StepFacts) -> str | None:
        """Find the step key that `name` most likely stands for, among those that `step` may refer to."""
        if name not in self._nearest:
            self._nearest[name] = nearest(name, self.by_ref)
        best = self._nearest[name]
        if best is None or self.look(step, best)[0].value <= Sight.CONTAINER_AROUND.value:
            return best
        return nearest(name, self.names_in_sight(step))

    def names_in_sight(self, step: StepFacts) -> Iterator[str]:
        """Yield the step keys that `step` may refer to, nearest last."""
        for target in self.steps:
            if self._sight(step.placed, target).value <= Sight.CONTAINER_AROUND.value:
                yield target.step.ref

    def forget(self) -> None:
        """Let go of the steps, which know their flow: only the slow collector could tell that nobody needs them."""
        self.steps = ()
        self.by_ref = {}
        self._sights = {}

    def _sight(self, viewer: Placed, target: StepFacts) -> Sight:
        ours = (*viewer.containers, viewer.step)
        theirs = (*target.placed.containers, target.step)
        parting = next((pair for pair in zip(ours, theirs, strict=False) if pair[0] is not pair[1]), None)
        if parting is not None:
            return self._sight_beside(*parting, target)
        if len(theirs) > len(ours):
            return Sight.LATER
        if len(theirs) == len(ours):
            return Sight.ITSELF
        return Sight.LOOP_AROUND if target.is_loop else Sight.CONTAINER_AROUND

    def _sight_beside(self, ours: Step, theirs: Step, target: StepFacts) -> Sight:
        """Judge by where the ways to the two steps part: in one list of steps, or in two branches."""
        our_list, our_index = self._places[id(ours)]
        their_list, their_index = self._places[id(theirs)]
        if our_list != their_list:
            return Sight.CLOSED
        if their_index > our_index:
            return Sight.LATER
        return Sight.EARLIER if theirs is target.step else Sight.CLOSED


class Facts:
    """Everything about one integration that more than one rule needs.

    `key` is the integration's key; `samples` are its sample payloads.
    """

    def __init__(
        self, integration: Integration, catalog: Catalog, samples: Sequence[Sample] = (), key: str = ""
    ) -> None:
        self.integration = integration
        self.key = key
        self.samples = samples
        self.catalog = catalog
        self.flow_names = [flow.name for flow in integration.flows if flow.name]
        self.config_vars: dict[str, ConfigVar] = {}
        for variable in integration.config_vars:
            self.config_vars.setdefault(variable.key, variable)

    @cached_property
    def flows(self) -> tuple[FlowFacts, ...]:
        return tuple(FlowFacts(flow, self) for flow in self.integration.flows)

    def forget(self) -> None:
        """Let go of what is only needed while rules are asked."""
        for flow in self.flows:
            flow.forget()

    def component(self, action: ActionRef | None) -> ComponentSpec | None:
        if action is None or not action.component:
            return None
        return self.catalog.component(action.component, is_public=action.is_public)


def expressions(inputs: Mapping[str, Input]) -> Iterator[tuple[Input, Expression]]:
    """Yield what inputs say and everything inside of it; a literal says nothing that needs a look.

    Those of a step are at hand: `step.inputs.spoken`.
    """
    return (pair for pair in parts_of(inputs) if not isinstance(pair[1], Literal))


def _step_facts(placed: Placed, flow: FlowFacts, facts: Facts) -> StepFacts:
    action = placed.step.action
    component = facts.component(action)
    spec = None
    if component is not None and action is not None:
        likely, other = component.actions, component.triggers
        if placed.step.is_trigger:
            likely, other = other, likely
        spec = likely.get(action.key) or other.get(action.key)
    return StepFacts(placed, flow, component, spec, placed.step, inputs_of(placed.step.inputs, spec))
