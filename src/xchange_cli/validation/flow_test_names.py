"""Names in flow tests: flows, steps, branches, config sets, payloads and config variables that have to be there."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from xchange_cli.configset.bind import bind
from xchange_cli.configset.placeholders import reader_in
from xchange_cli.configset.read import ConfigSet, Given
from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.document.locate import node_at
from xchange_cli.document.node import Entry, Mapping, Node, Scalar
from xchange_cli.errors import XchangeError
from xchange_cli.model.find import find_flow, find_step
from xchange_cli.model.integration import Flow, Integration
from xchange_cli.model.mocked_steps import meant, misfit, outside_of_loops, split_pass, split_step
from xchange_cli.model.walk import walk_flow
from xchange_cli.nearest import nearest
from xchange_cli.project.beside import CONFIG_SUFFIXES, CONFIGS, PAYLOADS
from xchange_cli.project.looking import names_in
from xchange_cli.source import Span
from xchange_cli.validation.file_findings import report
from xchange_cli.validation.fixes import did_you_mean, use_word
from xchange_cli.validation.kind import Beside
from xchange_cli.validation.mistaken_payload import mistaken


def flow_name(part: Mapping, integration: Integration) -> Iterator[Diagnostic]:
    name = part.text("flow")
    if name is None or not name.value:
        return
    try:
        find_flow(integration, name.value)
    except XchangeError as error:
        near = nearest(name.value, [flow.name for flow in integration.flows])
        yield _unknown(name, error.message, near, error.hint)


def file_names(part: Mapping, beside: Beside) -> Iterator[Diagnostic]:
    """Yield a finding where a config set or a payload is not there, or a payload is not what it looks like."""
    config = part.text("config")
    if config is not None and config.value:
        files = _names(beside.place / CONFIGS)
        known = {file.stem for file in files if file.suffix in CONFIG_SUFFIXES}
        if config.value not in known:
            message = f"there is no config set `{config.value}`"
            yield _not_there(config, message, known, f"{CONFIGS}/NAME.yml")
    payload = part.get("payload")
    if isinstance(payload, Mapping):
        yield from mistaken(payload)
    elif isinstance(payload, Scalar) and isinstance(payload.data, str) and payload.value:
        files = _names(beside.place / PAYLOADS)
        known = {file.stem for file in files}
        if payload.value not in known | {file.name for file in files}:
            message = f"there is no payload `{payload.value}`"
            yield _not_there(payload, message, known, f"{PAYLOADS}/NAME.json")


def variables(part: Mapping, beside: Beside, integration: Integration) -> Iterator[Diagnostic]:
    """Yield what is wrong with values of config variables, which are those of a config set in all respects."""
    given = part.mapping("variables")
    if given is None:
        return
    values = {key: Given(entry.key, entry.value, "") for key, entry in given.entries.items()}
    binding = bind(
        integration,
        ConfigSet("", part.source, values, {}),
        catalog=beside.catalog,
        overrides={},
        environment=None,
        read_file=reader_in(Path()),
        needed=(),
    )
    yield from (found for found in binding.diagnostics if found.span.source is part.source)


def mocked(part: Mapping, integration: Integration, flows: Sequence[Flow]) -> Iterator[Diagnostic]:
    """Yield what is wrong with mocks for steps of `flows`, one of which has to have the step."""
    mocks = part.mapping("mocks")
    for entry in mocks.entries.values() if mocks is not None else ():
        yield from _mock(entry, integration, flows)


def expected(expect: Mapping, integration: Integration, flows: Sequence[Flow]) -> Iterator[Diagnostic]:
    """Yield a finding for each step that a run is expected to reach and that is not there."""
    steps = expect.mapping("steps")
    for entry in steps.entries.values() if steps is not None else ():
        for flow, name in meant(entry.key.value, integration, flows):
            yield from _step(entry.key, name, flow, flows)
    error = expect.mapping("error")
    path = error.text("path") if error is not None else None
    if path is not None:
        yield from _path(path, flows)


def _mock(entry: Entry, integration: Integration, flows: Sequence[Flow]) -> Iterator[Diagnostic]:
    for flow, name in meant(entry.key.value, integration, flows):
        wrong = list(_step(entry.key, name, flow, flows))
        yield from wrong
        fault = None if wrong else misfit(entry.value.data, find_step(flow, split_step(name, flow)[0]))
        if fault is None:
            continue
        node = _named_branch(entry.value)
        if not isinstance(node.data, str):
            yield Diagnostic("wrong-type", Severity.ERROR, fault.message, node.span, hint=fault.hint)
        elif isinstance(node, Scalar):
            yield _unknown(node, fault.message, None, fault.hint)


def _named_branch(value: Node) -> Node:
    return node_at(value, ("error",)) or node_at(value, ("branch",)) or value


def _step(key: Scalar, name: str, flow: Flow, flows: Sequence[Flow]) -> Iterator[Diagnostic]:
    """Judge the name of a step in `flow`; one that none of several `flows` has may be meant for any of them."""
    step_name, number = split_step(name, flow)
    try:
        step = find_step(flow, step_name)
    except XchangeError as error:
        is_any = name == key.value and len(flows) > 1
        known = _refs(flows if is_any else (flow,))
        message = f"no flow of these tests has a step `{step_name}`" if is_any else error.message
        start = len(key.value) - len(name)
        is_whole = step_name == key.value
        span = key.span if is_whole else key.span_of(start, start + len(step_name))
        yield _unknown(key, message, nearest(step_name, known), _listed(known), span)
        return
    fault = outside_of_loops(step, number, flow)
    if fault:
        hint = f"Write `{step.ref}`."
        yield report("contradictory-test", fault, key.span, hint=hint, subject=key.value)


def _path(path: Scalar, flows: Sequence[Flow]) -> Iterator[Diagnostic]:
    known = _refs(flows)
    start = 0
    for part in path.value.split("/"):
        ref = split_pass(part)[0]
        if ref not in known and part:
            near = nearest(ref, known)
            span = path.span_of(start, start + len(ref))
            yield _unknown(path, f"no step has the key `{ref}`", near, _listed(known), span)
        start += len(part) + 1


def _refs(flows: Sequence[Flow]) -> list[str]:
    return [placed.step.ref for flow in flows for placed in walk_flow(flow)]


def _listed(refs: Sequence[str]) -> str:
    return f"There are: {', '.join(f'`{ref}`' for ref in refs)}." if refs else ""


def _names(folder: Path) -> list[Path]:
    return [folder / name for name in names_in(folder) if not name.startswith(".")]


def _not_there(node: Scalar, message: str, known: Collection[str], place: str) -> Diagnostic:
    there = f"There are: {', '.join(sorted(known))}." if known else f"Write {place} beside the integration."
    return _unknown(node, message, nearest(node.value, known), there)


def _unknown(
    node: Scalar, message: str, near: str | None, otherwise: str, span: Span | None = None
) -> Diagnostic:
    """Report a name; `span` is the part of the node that is wrong, by default all of it."""
    return report(
        "unknown-name-in-test",
        message,
        span or node.span,
        hint=did_you_mean(near, otherwise),
        subject=node.value,
        fixes=use_word(near, node, span or node.span),
    )
