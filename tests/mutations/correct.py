"""Correct files, and what the families of mistakes ask about them."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.spec import ActionSpec, InputSpec
from xchange_cli.diagnostics import Edit
from xchange_cli.document.node import Mapping, Scalar, Sequence
from xchange_cli.document.parse import parse
from xchange_cli.expression.ast import Expression, Literal, Reference, Template
from xchange_cli.model.build import build
from xchange_cli.model.integration import ConfigVar, Flow, Input, Integration, Step
from xchange_cli.source import Source, Span
from xchange_cli.validation.facts import Facts, FlowFacts, StepFacts, expressions


class Breakage(NamedTuple):
    """One way to break one file: the edits, and where a person would look; both are places of the correct text.

    Without places a person looks at what the edits wrote; with `at_edits` there, too.
    """

    edits: tuple[Edit, ...]
    places: tuple[Span, ...] = ()
    at_edits: bool = False


def broken(*edits: Edit, at: tuple[Span, ...] = (), at_edits: bool = False) -> Breakage:
    return Breakage(edits, at, at_edits)


class Written(NamedTuple):
    """An expression, the input of the step that holds it, and the step."""

    step: StepFacts
    input: Input
    expression: Expression


class Correct:
    """A correct integration file."""

    def __init__(self, source: Source, catalog: Catalog) -> None:
        self.source = source
        document = parse(source)
        integration = build(document.root)
        assert isinstance(document.root, Mapping)
        assert integration is not None
        self.root = document.root
        self.integration: Integration = integration
        self.facts = Facts(integration, catalog)

    @property
    def text(self) -> str:
        return self.source.text

    @property
    def flows(self) -> tuple[FlowFacts, ...]:
        return self.facts.flows

    @property
    def variables(self) -> tuple[ConfigVar, ...]:
        return self.integration.config_vars

    @cached_property
    def steps(self) -> tuple[StepFacts, ...]:
        return tuple(step for flow in self.flows for step in flow.steps)

    @cached_property
    def written(self) -> tuple[Written, ...]:
        """All expressions of the inputs of steps but literals, in the order of the file."""
        return tuple(
            Written(step, given, part) for step in self.steps for given, part in expressions(step.step.inputs)
        )

    @cached_property
    def literals(self) -> tuple[tuple[StepFacts, Input, Literal], ...]:
        return tuple(
            (step, given, given.expression)
            for step in self.steps
            for given in step.step.inputs.values()
            if isinstance(given.expression, Literal)
        )

    def references(self) -> Iterator[tuple[StepFacts, Reference]]:
        """Yield references that stand alone or in lists and conditions, and those in templates."""
        for step, _, part in self.written:
            if isinstance(part, Reference):
                yield step, part

    def readers(self, step: StepFacts) -> tuple[Span, ...]:
        """Give the places of the references that read a step."""
        return tuple(
            reference.node.span
            for reader, reference in self.references()
            if reader.flow is step.flow and reference.step == step.step.ref
        )

    def templates(self) -> Iterator[tuple[StepFacts, Template]]:
        """Yield templates that stand alone or in lists."""
        for step, _, part in self.written:
            if isinstance(part, Template):
                yield step, part

    def codes(self) -> Iterator[tuple[StepFacts, Scalar]]:
        """Yield the text of each code step."""
        for step in self.named("code", "runCode"):
            code = step.step.inputs.get("code")
            if code is not None and isinstance(code.value_node, Scalar):
                yield step, code.value_node

    def named(self, component: str, *actions: str) -> Iterator[StepFacts]:
        """Yield the steps that perform an action of a component, any action if none is named."""
        for step in self.steps:
            action = step.step.action
            if (
                action is not None
                and action.component == component
                and (not actions or action.key in actions)
            ):
                yield step

    def list_of(self, step: StepFacts) -> Sequence:
        """Give the list that a step stands in."""
        holder = self._holder(step)
        found = holder.sequence("steps")
        assert found is not None
        return found

    def _holder(self, step: StepFacts) -> Mapping:
        if step.placed.branch is not None:
            return step.placed.branch.node
        return step.placed.containers[-1].node if step.placed.containers else step.flow.flow.node


def around(step: Step) -> tuple[Span, ...]:
    """Give where a person looks for what is missing in a step: the lines of its name, action and inputs."""
    keys = ("name", "action", "inputs", "schedule", "isTrigger")
    entries = [step.node.entries[key] for key in keys if key in step.node.entries]
    return tuple(Span(step.node.source, entry.key.start, entry.value.end) for entry in entries)


def flow_head(flow: Flow) -> tuple[Span, ...]:
    """Give the lines of a flow's name and of its keys."""
    return (*tuple(entry.key.span for entry in flow.node.entries.values()), flow.name_node.span)


def inputs_with_spec(step: StepFacts) -> Iterator[tuple[Input, InputSpec, ActionSpec]]:
    """Yield the inputs of a step that the catalogue knows for sure."""
    if step.spec is None:
        return
    for key, given in step.step.inputs.items():
        spec = step.spec.inputs.get(key)
        if spec is not None and spec.basis.is_sure:
            yield given, spec, step.spec


def within(node: Scalar, piece: str) -> Iterator[Span]:
    """Yield the places of a piece in the value of a scalar."""
    start = node.value.find(piece)
    while start >= 0:
        yield node.span_of(start, start + len(piece))
        start = node.value.find(piece, start + len(piece))


def misspelt(word: str) -> str:
    """Leave out a letter, as hasty fingers do: `results` → `resuts`."""
    middle = len(word) // 2 + 1
    return word[:middle] + word[middle + 1 :] if len(word) > middle else word + "x"
