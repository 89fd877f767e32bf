"""The names of flows, steps and config variables in an integration file, with what each means."""

from collections.abc import Iterable, Iterator

from xchange_cli.document.node import Mapping, Scalar
from xchange_cli.expression.ast import ConfigValue, Expression, Items, Literal, Reference, Template
from xchange_cli.model.integration import Input
from xchange_cli.renaming.in_code import names_in_code
from xchange_cli.renaming.kind import Kind
from xchange_cli.renaming.lookup import Lookup
from xchange_cli.renaming.names import Form, Named, Target, whole
from xchange_cli.validation.facts import FlowFacts, StepFacts, expressions
from xchange_cli.validation.settings import flow_settings

BY_FLOW = ("webhookUrls", "webhookApiKeys")
_RENAMED = {"flows": Kind.FLOW, "requiredConfigVars": Kind.CONFIG_VAR}


def names_in_file(lookup: Lookup) -> Iterator[Named]:
    """Yield every use of a name, also those that lead nowhere; where things get their names is not among them."""
    root = lookup.facts.integration.node
    yield from _routing(lookup)
    yield from _renamed(root, _RENAMED, lookup)
    for page in lookup.facts.integration.config_pages:
        for element in page.elements:
            if element.kind == "configVar":
                yield from _text(element.node, "value", lookup, Kind.CONFIG_VAR)
    for variable in lookup.facts.integration.config_vars:
        yield from _outside(variable.inputs.values(), lookup, None)
    yield from names_in_code(lookup)
    for flow in lookup.facts.flows:
        yield from _in_flow(flow, lookup)


def _routing(lookup: Lookup) -> Iterator[Named]:
    """Yield the preprocess flow, and what the fields read of its steps; without one they read the request."""
    integration = lookup.facts.integration
    yield from _text(integration.node, "preprocessFlowName", lookup, Kind.FLOW)
    name = integration.preprocess_flow
    flow = next((flow for flow in lookup.facts.flows if flow.flow.name == name), None) if name else None
    yield from _outside(integration.routing.values(), lookup, flow)


def _in_flow(flow: FlowFacts, lookup: Lookup) -> Iterator[Named]:
    for item in _renames(flow.flow.node, "steps"):
        yield whole(lookup.step_called(flow, item.value), item)
    yield from _outside(flow_settings(flow.flow), lookup, flow)
    for step in flow.steps:
        yield from _in_step(step, lookup)


def _in_step(step: StepFacts, lookup: Lookup) -> Iterator[Named]:
    for _, part in step.inputs.spoken:
        if isinstance(part, Reference):
            yield from _reference(part, step, lookup)
        elif isinstance(part, ConfigValue):
            yield from _config_value(part, lookup)
    for given, spec in step.inputs.specified:
        if spec.type == "flow":
            for node in _literals(given.expression):
                yield whole(lookup.flow(node.value), node)
    schedule = step.step.schedule
    if schedule is not None and schedule.kind == "configVar":
        yield from _text(schedule.node, "value", lookup, Kind.CONFIG_VAR)


def _reference(reference: Reference, step: StepFacts, lookup: Lookup) -> Iterator[Named]:
    """Yield the step, and the flow in `….results.webhookUrls.<flow>` of a trigger."""
    first, path = reference.segments[0], reference.path
    target, is_trigger = lookup.seen(step, path[0])
    yield Named(target, reference.node, first.start, first.end, Form.KEY)
    if is_trigger and len(path) > 3 and path[1] == "results" and path[2] in BY_FLOW:
        part = reference.segments[3]
        yield Named(lookup.flow(path[3]), reference.node, part.start, part.end, Form.PATH_PART)


def _outside(inputs: Iterable[Input], lookup: Lookup, flow: FlowFacts | None) -> Iterator[Named]:
    """Yield the names in inputs of no step; what is read is read of steps of `flow`."""
    for _, part in expressions({str(number): given for number, given in enumerate(inputs)}):
        if isinstance(part, ConfigValue):
            yield from _config_value(part, lookup)
        elif isinstance(part, Reference) and flow is not None:
            first = part.segments[0]
            yield Named(lookup.step(flow, part.step), part.node, first.start, first.end, Form.KEY)


def _config_value(value: ConfigValue, lookup: Lookup) -> Iterator[Named]:
    if value.key:
        is_whole = value.start == 0 and value.end == len(value.node.value)
        form = Form.WHOLE if is_whole else Form.PLACEHOLDER
        yield Named(lookup.config_var(value.key), value.node, value.start, value.end, form)


def _literals(expression: Expression) -> Iterator[Scalar]:
    match expression:
        case Literal(str(value), Scalar() as node) if value:
            yield node
        case Items(items):
            for item in items:
                yield from _literals(item.value)
        case Template(parts, node) if len(parts) == 1 and isinstance(parts[0], str):
            yield node


def _renamed(node: Mapping, kinds: dict[str, Kind], lookup: Lookup) -> Iterator[Named]:
    for key, kind in kinds.items():
        for item in _renames(node, key):
            yield whole(lookup.called(kind, item.value), item)


def _renames(node: Mapping, key: str) -> Iterator[Scalar]:
    """Yield the new names in `renameAttributes`, which have to exist."""
    renames = node.mapping("renameAttributes")
    listed = renames.sequence(key) if renames is not None else None
    for item in listed.mappings() if listed is not None else ():
        name = item.text("newName")
        if name is not None and name.value:
            yield name


def _text(node: Mapping, key: str, lookup: Lookup, kind: Kind) -> Iterator[Named]:
    text = node.text(key)
    if text is not None and text.value:
        yield whole(lookup.called(kind, text.value), text)


def definition(lookup: Lookup, target: Target) -> Named:
    """Give the place where something gets its name."""
    return whole(target, lookup.name_node(target))
