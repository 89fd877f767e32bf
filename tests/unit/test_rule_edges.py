"""What rules do that a case cannot show: certainty, fixes, and how they fail."""

import pytest

from xchange_cli.components import conditions
from xchange_cli.components.catalog import Catalog
from xchange_cli.components.load import component_from_data
from xchange_cli.diagnostics import Severity
from xchange_cli.document.parse import parse
from xchange_cli.model.build import build
from xchange_cli.source import Source
from xchange_cli.validation import operators
from xchange_cli.validation.cases import complete
from xchange_cli.validation.facts import Facts
from xchange_cli.validation.rule import HouseRules, Problem, Rule
from xchange_cli.validation.rule_findings import rule_findings
from xchange_cli.validation.validate import validate

CATALOG = Catalog.load()


def findings(case, catalog=CATALOG):
    return validate(Source("case.yml", complete(case)), catalog).diagnostics


def own(**parts):
    return Catalog.load([component_from_data({"key": "acme", "title": "Acme", **parts}, is_own=True)])


def test_the_operators_that_are_checked_are_those_that_can_be_evaluated():
    assert set(operators.UNARY) == set(conditions.UNARY)
    assert set(operators.BINARY) == set(conditions.BINARY)
    assert set(operators.SYMBOLS.values()) <= {
        *operators.GROUPS,
        *operators.UNARY,
        *operators.BINARY,
    }


ACME_STEP = """\
      - name: Ask
        action: {key: ask, component: {key: acme, isPublic: false, version: LATEST}}
"""
ACME_TRIGGER = """\
    steps:
      - name: Ask
        isTrigger: true
        action: {key: ask, component: {key: acme, isPublic: false, version: LATEST}}
"""


@pytest.mark.parametrize("case", [ACME_STEP, ACME_TRIGGER])
def test_a_component_may_have_an_action_and_a_trigger_of_the_same_key(case):
    both = own(actions=[{"key": "ask"}], triggers=[{"key": "ask"}])
    assert findings(case, both) == ()


@pytest.mark.parametrize(
    ("basis", "severity"),
    [("source", Severity.ERROR), ("docs", Severity.WARNING), ("inferred", Severity.WARNING)],
)
def test_what_the_catalogue_only_guesses_is_a_warning(basis, severity):
    catalog = own(triggers=[{"key": "ask", "basis": basis}])
    (found,) = findings(ACME_STEP, catalog)
    assert (found.rule, found.severity) == ("trigger-action", severity)


def test_branches_of_an_action_are_not_refused_where_the_catalogue_only_guesses():
    catalog = own(actions=[{"key": "ask", "basis": "docs"}])
    assert findings(ACME_STEP + "        branches:\n          - {name: Yes, steps: []}\n", catalog) == ()


VALUES = [
    ("1000", "'1000'", True),
    ("true", "'true'", True),
    ("TRUE", "'TRUE'", False),
    ("1.50", "'1.50'", False),
    ("0x1F", "'0x1F'", False),
    ("null", "''", False),
    ("~", "''", False),
]


@pytest.mark.parametrize(("value", "quoted", "safe"), VALUES)
def test_quotes_are_safe_where_every_program_writes_the_value_the_same(value, quoted, safe):
    step = f"""\
      - name: Greet
        action: {{key: writeLog, component: {{key: log, isPublic: true, version: LATEST}}}}
        inputs:
          message: {{type: value, value: {value}}}
"""
    (found,) = [found for found in findings(step) if found.rule == "not-text"]
    (fix,) = found.fixes
    assert [(edit.span.text, edit.text) for edit in fix.edits] == [(value, quoted)]
    assert fix.safe is safe


def test_text_that_may_be_a_json_list_is_only_a_warning():
    step = """\
      - name: Get Orders
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: https://api.example.com/orders}
          headers: {type: value, value: '[]'}
"""
    (found,) = findings(step)
    assert (found.rule, found.severity) == ("collection-shape", Severity.WARNING)


def test_a_rule_that_breaks_down_becomes_a_finding_and_keeps_what_it_has_found():
    facts = Facts(build(parse(Source("case.yml", complete(ACME_STEP))).root), CATALOG)

    def check_integration(integration, facts):
        yield Problem(integration.flows[0].name_node.span, "found before")
        message = "no such key"
        raise KeyError(message)

    hooks = (("check_integration", check_integration),)
    rule = Rule("shaky", Severity.ERROR, "Shaky.", "Shaky.", (), (), hooks)
    found = rule_findings(facts, HouseRules((rule,)))[-2:]
    assert [(finding.rule, finding.severity, finding.message) for finding in found] == [
        ("shaky", Severity.ERROR, "found before"),
        ("internal-rule-error", Severity.ERROR, "the rule shaky failed: KeyError: 'no such key'"),
    ]
    assert found[1].span.first == (1, 1)
