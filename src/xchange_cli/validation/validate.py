"""One source → one report: syntax, schema, model, rules; sorted, each with its place and fingerprint."""

from collections.abc import Iterator
from typing import NamedTuple

from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.document.locate import Location, locate
from xchange_cli.document.parse import Document, parse
from xchange_cli.expression.ast import ConfigValue, Reference
from xchange_cli.expression.step_names import step_ref
from xchange_cli.model.build import build
from xchange_cli.model.integration import Flow, Integration, Step
from xchange_cli.source import Source, Span
from xchange_cli.validation.facts import ConfigUse, Facts, FlowFacts, ReferenceUse, expressions
from xchange_cli.validation.rule import Check, Problem, Rule, checks
from xchange_cli.validation.schema_findings import schema_findings

_WHEN_UNSURE = {Severity.ERROR: Severity.WARNING}


class Report(NamedTuple):
    """All findings of one file. `integration` is None where the file is no mapping."""

    source: Source
    diagnostics: tuple[Diagnostic, ...]
    integration: Integration | None = None

    @property
    def has_errors(self) -> bool:
        return any(found.severity is Severity.ERROR for found in self.diagnostics)


class _Where(NamedTuple):
    flow: Flow | None = None
    step: Step | None = None


def validate(source: Source, catalog: Catalog, *, key: str = "") -> Report:
    """Check one integration file; `key` is the integration's key, part of each fingerprint."""
    document = parse(source)
    found = list(document.diagnostics)
    integration = None
    if document.root is None and not found:
        found.append(_empty(source))
    if document.root is not None:
        found += schema_findings(document)
        integration = build(document.root)
    if integration is not None:
        found += rule_findings(integration, catalog)
    finished = dict.fromkeys(finish(diagnostic, document, key) for diagnostic in found)
    return Report(source, tuple(sorted(finished, key=lambda diagnostic: diagnostic.order)), integration)


def rule_findings(integration: Integration, catalog: Catalog) -> Iterator[Diagnostic]:
    facts = Facts(integration, catalog)
    yield from _run("check_integration", _Where(), facts)
    for variable in integration.config_vars:
        yield from _run("check_config_var", _Where(), variable, facts)
        for given, part in expressions(variable.inputs):
            yield from _run("check_expression", _Where(), part, facts)
            if isinstance(part, ConfigValue) and part.key:
                use = ConfigUse(None, variable, given, part)
                yield from _run("check_config_value", _Where(), use, facts)
    for flow in facts.flows:
        yield from _flow_findings(flow, facts)
    facts.forget()


def _flow_findings(flow: FlowFacts, facts: Facts) -> Iterator[Diagnostic]:
    yield from _run("check_flow", _Where(flow.flow), flow, facts)
    for step in flow.steps:
        where = _Where(flow.flow, step.step)
        yield from _run("check_step", where, step, facts)
        for given, part in expressions(step.step.inputs):
            yield from _run("check_expression", where, part, facts)
            if isinstance(part, Reference):
                yield from _run("check_reference", where, ReferenceUse(step, given, part), facts)
            elif isinstance(part, ConfigValue) and part.key:
                yield from _run("check_config_value", where, ConfigUse(step, None, given, part), facts)


def _run(hook: str, where: _Where, *arguments: object) -> Iterator[Diagnostic]:
    return _ask(checks(hook), where, arguments)


def _ask(
    asked: tuple[tuple[Rule, Check], ...], where: _Where, arguments: tuple[object, ...]
) -> Iterator[Diagnostic]:
    """A rule that crashes becomes a finding, and the others go on."""
    for rule, check in asked:
        try:
            for problem in check(*arguments):
                yield _diagnostic(rule, problem, where)
        except Exception as error:  # noqa: BLE001 - whatever a rule raises must not hide what the others find
            yield _crash(rule, error, where, arguments)


def _crash(rule: Rule, error: Exception, where: _Where, arguments: tuple[object, ...]) -> Diagnostic:
    facts = next(argument for argument in arguments if isinstance(argument, Facts))
    node = facts.integration.node
    problem = Problem(
        Span(node.source, node.start, node.start),
        f"the rule {rule.slug} failed: {type(error).__name__}: {error}",
        "This is a bug in xchange; please report it with the file.",
    )
    return _diagnostic(rule, problem, where)._replace(rule="internal-rule-error", severity=Severity.ERROR)


def _diagnostic(rule: Rule, problem: Problem, where: _Where) -> Diagnostic:
    severity = rule.severity if problem.sure else _WHEN_UNSURE.get(rule.severity, rule.severity)
    return Diagnostic(
        rule=rule.slug,
        severity=severity,
        message=problem.message,
        span=problem.span,
        hint=problem.hint,
        subject=problem.subject,
        flow=where.flow.name if where.flow else "",
        step=where.step.name if where.step else "",
        related=problem.related,
        fixes=problem.fixes,
    )


def finish(diagnostic: Diagnostic, document: Document, key: str) -> Diagnostic:
    """Add what needs the whole document: pointer, flow, step and fingerprint."""
    import hashlib

    location = locate(document.root, diagnostic.span.start, diagnostic.span.end)
    around = _around(location)
    flow, step = diagnostic.flow or around.flow, diagnostic.step or around.step
    parts = (diagnostic.rule, key, flow, step_ref(step), *around.path, diagnostic.subject)
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return diagnostic._replace(
        pointer=location.pointer,
        flow=flow,
        step=step,
        integration=key,
        fingerprint=digest[:12],
    )


class _Around(NamedTuple):
    """Names of the flow and of the innermost step that a place is in, and the path inside of them."""

    flow: str
    step: str
    path: tuple[str, ...]


def _around(location: Location) -> _Around:
    """Moving a step into a loop or a branch changes neither its name nor the path inside of it."""
    keys = location.pointer.split("/")[1:]
    if len(keys) < 2 or keys[0] != "flows":
        return _Around("", "", location.names)
    flow, step, position = _named(location, 1, keys), "", 2
    while position + 1 < len(keys) and keys[position] in {"steps", "branches"}:
        if keys[position] == "steps":
            step = _named(location, position + 1, keys)
        position += 2
    return _Around(flow, step, location.names[position:])


def _named(location: Location, position: int, keys: list[str]) -> str:
    """Give the name of a list entry; one without a name goes by its position, which is no name."""
    name = location.names[position]
    return "" if name == keys[position] else name


def _empty(source: Source) -> Diagnostic:
    return Diagnostic(
        "empty-file",
        Severity.ERROR,
        "the file is empty",
        Span(source, 0, 0),
        hint="An integration file has at least definitionVersion, name, description and flows.",
    )
