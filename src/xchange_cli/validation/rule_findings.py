"""Asks every rule about every part of an integration."""

from collections.abc import Iterable
from typing import NamedTuple

from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.expression.ast import ConfigValue, Malformed, Reference, Template
from xchange_cli.model.integration import ConfigVar, Flow, Step
from xchange_cli.source import Span
from xchange_cli.validation.code_inputs import codes_of_config_var, codes_of_step
from xchange_cli.validation.facts import (
    ConfigUse,
    Facts,
    FlowFacts,
    ReferenceUse,
    StepFacts,
    expressions,
)
from xchange_cli.validation.rule import HOOKS, NO_HOUSE_RULES, Check, HouseRules, Problem, Rule, checks
from xchange_cli.validation.settings import flow_settings
from xchange_cli.validation.step_inputs import Part

Asked = tuple[tuple[Rule, Check], ...]

_WHEN_UNSURE = {Severity.ERROR: Severity.WARNING}


class _Where(NamedTuple):
    flow: Flow | None = None
    step: Step | None = None


_OUTSIDE = _Where()


def rule_findings(facts: Facts, house: HouseRules = NO_HOUSE_RULES) -> list[Diagnostic]:
    """Give what the rules find, and those of the project itself."""
    hearing = Hearing(facts)
    hearing.ask_all()
    if house.rules:
        _ask_house(house, hearing)
    facts.forget()
    return hearing.found


class Hearing:
    """Asks the rules about one file and notes what they find. A rule that crashes becomes a finding, too."""

    def __init__(self, facts: Facts) -> None:
        self.found: list[Diagnostic] = []
        self.facts = facts
        self._checks = {hook: checks(hook) for hook in HOOKS}

    def ask_all(self) -> None:
        facts = self.facts
        self.ask(self._checks["check_integration"], _OUTSIDE, facts.integration)
        self._ask_of_parts(expressions(facts.integration.routing), _OUTSIDE)
        for variable in facts.integration.config_vars:
            self.ask(self._checks["check_config_var"], _OUTSIDE, variable)
            self._ask_of_variable_parts(variable)
        for flow in facts.flows:
            self._ask_of_flow(flow)

    def ask(self, asked: Asked, where: _Where, subject: object) -> None:
        """Ask rules by one of their hooks, which is about `subject`; the others go on where one crashes."""
        facts = self.facts
        for rule, check in asked:
            try:
                for problem in check(subject, facts):
                    self.found.append(_diagnostic(rule, problem, where))
            except Exception as error:  # noqa: BLE001 - whatever a rule raises must not hide what the others find
                self.found.append(_crash(rule, error, where, facts))

    def _ask_of_variable_parts(self, variable: ConfigVar) -> None:
        self._ask_of_parts(expressions(variable.inputs), _OUTSIDE)
        for given, part in expressions(variable.inputs):
            if isinstance(part, ConfigValue) and part.key:
                use = ConfigUse(None, variable, given, part)
                self.ask(self._checks["check_config_value"], _OUTSIDE, use)
        for code in codes_of_config_var(variable, self.facts):
            self.ask(self._checks["check_code"], _OUTSIDE, code)

    def _ask_of_flow(self, flow: FlowFacts) -> None:
        where = _Where(flow.flow)
        self.ask(self._checks["check_flow"], where, flow)
        settings = {given.key: given for given in flow_settings(flow.flow)}
        self._ask_of_parts(expressions(settings), where)
        for step in flow.steps:
            self._ask_of_step(step, _Where(flow.flow, step.step))

    def _ask_of_step(self, step: StepFacts, where: _Where) -> None:
        checks = self._checks
        self.ask(checks["check_step"], where, step)
        if step.inputs.conditions:
            self.ask(checks["check_conditions"], where, step)
        if step.may_branch:
            self.ask(checks["check_branching"], where, step)
        if step.may_loop:
            self.ask(checks["check_looping"], where, step)
        if step.may_trigger:
            self.ask(checks["check_trigger"], where, step)
        self._ask_of_step_parts(step, where)
        for code in codes_of_step(step):
            self.ask(checks["check_code"], where, code)

    def _ask_of_step_parts(self, step: StepFacts, where: _Where) -> None:
        of_reference, of_value = self._checks["check_reference"], self._checks["check_config_value"]
        self._ask_of_parts(step.inputs.spoken, where)
        for given, part in step.inputs.spoken:
            if isinstance(part, Reference):
                self.ask(of_reference, where, ReferenceUse(step, given, part))
            elif isinstance(part, ConfigValue) and part.key:
                self.ask(of_value, where, ConfigUse(step, None, given, part))

    def _ask_of_parts(self, parts: Iterable[Part], where: _Where) -> None:
        asked = self._checks["check_expression"]
        for _, part in parts:
            if isinstance(part, (Template, Malformed)):
                self.ask(asked, where, part)


def _ask_house(house: HouseRules, hearing: Hearing) -> None:
    facts = hearing.facts
    hearing.ask(house.checks("check_integration"), _OUTSIDE, facts.integration)
    of_variable, of_step = house.checks("check_config_var"), house.checks("check_step")
    for variable in facts.integration.config_vars:
        hearing.ask(of_variable, _OUTSIDE, variable)
    for flow in facts.flows:
        hearing.ask(house.checks("check_flow"), _Where(flow.flow), flow)
        for step in flow.steps:
            hearing.ask(of_step, _Where(flow.flow, step.step), step)


def _crash(rule: Rule, error: Exception, where: _Where, facts: Facts) -> Diagnostic:
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
        is_secret=problem.is_secret,
    )
