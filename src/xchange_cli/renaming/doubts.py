"""Places that may name what is renamed, or tell people of it: they are shown, and left as they are."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path

from xchange_cli.document.node import Mapping, Node, Scalar, Sequence
from xchange_cli.document.parse import Document
from xchange_cli.expression.ast import Literal
from xchange_cli.expression.step_names import step_ref
from xchange_cli.project.keys import shown
from xchange_cli.renaming.beside import SETS, Sibling
from xchange_cli.renaming.in_sets import patterns_for
from xchange_cli.renaming.kind import Kind
from xchange_cli.renaming.lookup import Lookup
from xchange_cli.renaming.names import Named
from xchange_cli.renaming.result import Certainty, Doubt
from xchange_cli.renaming.scalars import scalars
from xchange_cli.renaming.subject import Subject
from xchange_cli.renaming.words import Words
from xchange_cli.shapes.samples import is_named_after
from xchange_cli.source import Source
from xchange_cli.validation.code_inputs import codes_of_config_var, codes_of_step
from xchange_cli.validation.facts import Facts
from xchange_cli.validation.step_inputs import parts_of

_PROSE = frozenset({"description", "documentation", "tagline"})
_HTML = "htmlElement"

_LITERAL = "a text that may mean it, and is no reference"
_VALUE = "a value that may be the name of the flow"
_TEXT = "text for people"
_COMMENT = "a comment"
_SHARED = "steps of several flows are meant by this name"
_PATTERN = "a pattern that matches the old name"
_CALLER = "callers name the flow by this field: they have to use the new name"
_PAYLOAD = "this file's name begins with the flow's: it is for that flow"
_RECORDING = "runs find this recording by the flow's name: rename the file, too"
_PAGE = "a file that names it"


def doubts_in_file(
    subject: Subject, lookup: Lookup, document: Document, words: Words, changed: set[tuple[int, int]]
) -> Iterator[Doubt]:
    """Yield places of the integration file, but for those in code."""
    for node in _literals(lookup.facts):
        if words.is_meant_by(node.value) and (id(node), 0) not in changed:
            yield Doubt(node.span, Certainty.UNSURE, _LITERAL)
    for node in _prose(document.root):
        for start, end in words.found_in(node.value):
            yield Doubt(node.span_of(start, end), Certainty.MENTION, _TEXT)
    yield from comments(document, words)
    if subject.target.kind is Kind.FLOW:
        yield from _values_of_flows(lookup, words)


def doubts_beside(sibling: Sibling, subject: Subject, words: Words) -> Iterator[Doubt]:
    """Yield places of a config set or a file of tests."""
    yield from comments(sibling.document, words)
    if sibling.kind.name != SETS:
        return
    for item in patterns_for(sibling.root, words.exact):
        yield Doubt(item.span, Certainty.UNSURE, _PATTERN)
    values = sibling.root.mapping("values")
    for entry in values.entries.values() if values is not None else ():
        if subject.target.kind is Kind.FLOW and entry.value.data == words.name:
            yield Doubt(entry.value.span, Certainty.UNSURE, _VALUE)


def shared(named: Iterable[Named], subject: Subject) -> Iterator[Doubt]:
    """Yield the names that mean what is renamed, and others."""
    for one in named:
        if one.is_shared and one.target == subject.target:
            yield Doubt(one.span, Certainty.UNSURE, _SHARED)


def payloads(paths: Iterable[Path], subject: Subject, lookup: Lookup, folder: Path) -> Iterator[Doubt]:
    """Yield the files that are a flow's by their names."""
    for path in paths if subject.target.kind is Kind.FLOW else ():
        if is_named_after(path.stem, lookup.flow_of(subject.target).flow):
            source = Source(shown(path, folder), "")
            yield Doubt(source.span(0, 0), Certainty.MENTION, _PAYLOAD)


def recording(path: Path | None, subject: Subject, folder: Path) -> Iterator[Doubt]:
    """Yield the file that runs of the flow look for by its name, where the new name makes them look for another."""
    is_found_no_more = step_ref(subject.old) != step_ref(subject.new.name)
    if path is not None and subject.target.kind is Kind.FLOW and is_found_no_more:
        source = Source(shown(path, folder), "")
        yield Doubt(source.span(0, 0), Certainty.UNSURE, _RECORDING)


def mentions(source: Source, words: Words) -> Iterator[Doubt]:
    for start, end in words.found_in(source.text):
        yield Doubt(source.span(start, end), Certainty.MENTION, _PAGE)


def comments(document: Document, words: Words) -> Iterator[Doubt]:
    """Yield what stands neither in keys nor in values."""
    hits = list(words.found_in(document.source.text))
    spans = sorted((node.start, node.end) for node in scalars(document.root)) if hits else []
    starts = [start for start, _ in spans]
    for start, end in hits:
        before = bisect_right(starts, start)
        if not before or spans[before - 1][1] <= start:
            yield Doubt(document.source.span(start, end), Certainty.MENTION, _COMMENT)


def _values_of_flows(lookup: Lookup, words: Words) -> Iterator[Doubt]:
    """Yield default values that are the name, and the field by which requests name flows."""
    integration = lookup.facts.integration
    for variable in integration.config_vars:
        node = variable.node.text("defaultValue")
        if node is not None and node.value == words.name:
            yield Doubt(node.span, Certainty.UNSURE, _VALUE)
    field = integration.routing.get("flowNameField")
    if field is not None and integration.endpoint_type != "flow_specific" and len(lookup.facts.flows) > 1:
        yield Doubt(field.value_node.span, Certainty.UNSURE, _CALLER)


def _literals(facts: Facts) -> Iterator[Scalar]:
    """Yield the texts in inputs but code."""
    steps = [step for flow in facts.flows for step in flow.steps]
    codes = {id(use.node) for step in steps for use in codes_of_step(step)}
    codes |= {
        id(use.node) for one in facts.integration.config_vars for use in codes_of_config_var(one, facts)
    }
    parts = (part for step in steps for _, part in parts_of(step.step.inputs))
    for part in parts:
        if isinstance(part, Literal) and isinstance(part.node, Scalar) and id(part.node) not in codes:
            yield part.node


def _prose(node: Node | None) -> Iterator[Scalar]:
    match node:
        case Mapping():
            kind = node.get("type")
            for key, entry in node.entries.items():
                is_html = key == "value" and kind is not None and kind.data == _HTML
                if isinstance(entry.value, Scalar) and (key in _PROSE or is_html):
                    yield entry.value
                elif key != "inputs":
                    yield from _prose(entry.value)
        case Sequence():
            for item in node.items:
                yield from _prose(item)
