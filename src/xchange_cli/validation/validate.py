"""One source → one report: syntax, schema, model, rules; sorted, each with its place and fingerprint."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.document.locate import locate
from xchange_cli.document.parse import Document, parse
from xchange_cli.expression.step_names import step_ref
from xchange_cli.model.build import build
from xchange_cli.model.integration import Flow, Integration, Step
from xchange_cli.source import Source, Span
from xchange_cli.validation.facts import ConfigUse, Facts, FlowFacts, StepFacts, config_values, references
from xchange_cli.validation.rule import Check, Problem, Rule, checks
from xchange_cli.validation.schema_findings import schema_findings

SURE = {Severity.ERROR: Severity.WARNING}


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one file. `integration` is None where the file is no mapping."""

    source: Source
    diagnostics: tuple[Diagnostic, ...]
    integration: Integration | None = None

    @property
    def has_errors(self) -> bool:
        return any(found.severity is Severity.ERROR for found in self.diagnostics)


@dataclass(frozen=True, slots=True)
class _Where:
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
    finished = {finish(diagnostic, document, key) for diagnostic in found}
    return Report(source, tuple(sorted(finished, key=lambda diagnostic: diagnostic.order)), integration)


def rule_findings(integration: Integration, catalog: Catalog) -> Iterator[Diagnostic]:
    facts = Facts(integration, catalog)
    yield from _run("check_integration", _Where(), facts)
    for variable in integration.config_vars:
        yield from _run("check_config_var", _Where(), variable, facts)
        for given, value, in_template in config_values(iter(variable.inputs.values())):
            use = ConfigUse(None, variable, given, value, in_template)
            yield from _run("check_config_value", _Where(), use, facts)
    for flow in facts.flows:
        yield from _flow_findings(flow, facts)


def _flow_findings(flow: FlowFacts, facts: Facts) -> Iterator[Diagnostic]:
    yield from _run("check_flow", _Where(flow.flow), flow, facts)
    for step in flow.steps:
        where = _Where(flow.flow, step.step)
        yield from _run("check_step", where, step, facts)
        yield from _use_findings(step, where, facts)


def _use_findings(step: StepFacts, where: _Where, facts: Facts) -> Iterator[Diagnostic]:
    for use in references(step):
        yield from _run("check_reference", where, use, facts)
    for given, value, in_template in config_values(iter(step.step.inputs.values())):
        yield from _run("check_config_value", where, ConfigUse(step, None, given, value, in_template), facts)


def _run(hook: str, where: _Where, *arguments: object) -> Iterator[Diagnostic]:
    for rule, check in checks(hook):
        yield from _guarded(rule, check, where, arguments)


def _guarded(rule: Rule, check: Check, where: _Where, arguments: tuple[object, ...]) -> Iterator[Diagnostic]:
    """A rule that crashes becomes a finding, and the others go on."""
    try:
        for problem in check(*arguments):
            yield _diagnostic(rule, problem, where)
    except Exception as error:  # noqa: BLE001 - whatever a rule raises must not hide what the others find
        facts = next(argument for argument in arguments if isinstance(argument, Facts))
        message = f"the rule {rule.slug} failed: {type(error).__name__}: {error}"
        hint = "This is a bug in xchange; please report it with the file."
        span = facts.integration.node.span
        span = Span(span.source, span.start, span.start)
        yield _diagnostic(rule, Problem(span, message, hint), where, "internal-rule-error")


def _diagnostic(rule: Rule, problem: Problem, where: _Where, slug: str = "") -> Diagnostic:
    severity = rule.severity if problem.sure else SURE.get(rule.severity, rule.severity)
    return Diagnostic(
        rule=slug or rule.slug,
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
    location = locate(document.root, diagnostic.span.start, diagnostic.span.end)
    parts = (diagnostic.rule, key, diagnostic.flow, step_ref(diagnostic.step), *location.names)
    text = "\0".join((*parts, diagnostic.subject))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return replace(diagnostic, pointer=location.pointer, integration=key, fingerprint=digest[:12])


def _empty(source: Source) -> Diagnostic:
    return Diagnostic(
        "empty-file",
        Severity.ERROR,
        "the file is empty",
        Span(source, 0, 0),
        hint="An integration file has at least definitionVersion, name, description and flows.",
    )
