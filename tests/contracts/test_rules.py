"""Every rule's own cases: silent where valid, exactly at the carets where not, with all rules switched on."""

import pytest

from xchange_cli.components.catalog import Catalog
from xchange_cli.source import Source
from xchange_cli.validation.cases import complete, expectations, observed
from xchange_cli.validation.rule import rules
from xchange_cli.validation.validate import validate

CATALOG = Catalog.load()

VALID = [pytest.param(case, id=f"{rule.slug}-{n}") for rule in rules() for n, case in enumerate(rule.valid)]
INVALID = [
    pytest.param(rule.slug, case, id=f"{rule.slug}-{n}")
    for rule in rules()
    for n, case in enumerate(rule.invalid)
]


@pytest.mark.parametrize("case", VALID)
def test_a_valid_case_has_no_finding(case):
    report = validate(Source("case.yml", complete(case)), CATALOG)
    assert [observed(found) for found in report.diagnostics] == []


@pytest.mark.parametrize(("slug", "case"), INVALID)
def test_an_invalid_case_is_found_exactly_at_its_carets(slug, case):
    text = complete(case)
    report = validate(Source("case.yml", text), CATALOG)
    expected = expectations(text)
    assert slug in {finding.rule for finding in expected}
    assert sorted(observed(found) for found in report.diagnostics) == expected


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.slug)
def test_a_rule_documents_what_it_checks_why_and_how_to_fix(rule):
    assert rule.summary.endswith(".")
    for heading in ("What it checks", "Why it matters", "How to fix"):
        assert f"\n{heading}\n    " in rule.documentation
    assert rule.valid
    assert rule.invalid


def test_an_error_found_in_one_case_leaves_nothing_behind_for_the_next():
    for case in [parameter.values[1] for parameter in INVALID]:
        validate(Source("case.yml", complete(case)), CATALOG)
    for case in [parameter.values[0] for parameter in VALID]:
        assert validate(Source("case.yml", complete(case)), CATALOG).diagnostics == ()
