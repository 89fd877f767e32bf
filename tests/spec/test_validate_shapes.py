"""Worked pairs of a file and what is found about the values that its references lead to.

A case is a file `NN-name.yml`, or a folder with `integration.yml` and sample payloads beside it. Caret lines say what
is found; a case without any is silent on purpose.
"""

from pathlib import Path

import pytest

from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Severity
from xchange_cli.project.targets import Target
from xchange_cli.validation.cases import expectations, observed
from xchange_cli.validation.checker import Checker

FOLDER = Path(__file__).parent / "validate" / "shapes"
CASES = sorted([*FOLDER.glob("*.yml"), *FOLDER.glob("*/integration.yml")])
RULES = {
    "payload-path",
    "unknown-field",
    "list-as-object",
    "not-an-object",
    "object-in-template",
    "loop-items",
}
CHECKER = Checker(Catalog.load(), {})


def name_of(case):
    return case.stem if case.parent == FOLDER else case.parent.name


def found_in(case):
    return CHECKER.check(Target(name_of(case), "case", case)).diagnostics


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_what_is_found_stands_exactly_at_the_carets(case):
    found = [observed(finding) for finding in found_in(case) if finding.rule in RULES]
    assert found == expectations(case.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_case_has_no_other_error(case):
    errors = [finding for finding in found_in(case) if finding.severity is Severity.ERROR]
    assert [finding.message for finding in errors if finding.rule not in RULES] == []
