"""Four times the mistakes take about four times the work, not sixteen times."""

import sys
from functools import partial
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Diagnostic, Edit, Fix, Severity
from xchange_cli.document.edit import collide
from xchange_cli.formats.findings_text import render
from xchange_cli.project.targets import Target
from xchange_cli.source import Source
from xchange_cli.validation.checker import Checker
from xchange_cli.validation.fix_choice import choose
from xchange_cli.validation.fixing import Fixer
from xchange_cli.validation.validate import validate

CATALOG = Catalog.load()
STDIN = Target("<stdin>", "", None)
SMALL = 60
HEAD = """\
definitionVersion: 7
name: Big
description: ''
%sflows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
"""
LOG = "action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}"
CODE = "action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}"


def step(number, message, *, more=""):
    return (
        f"      - name: Step {number}\n        {LOG}\n{more}        inputs:\n"
        f"          level: {{type: value, value: info}}\n          message: {message}\n"
    )


def many_steps(count, message, *, more="", before=""):
    return HEAD % before + "".join(step(number, message % number, more=more) for number in range(count))


def templates_in_a_line(count):
    return HEAD % "" + step(1, "{type: template, value: '" + "{{#gone}}" * count + "'}")


def lines_of_code(count):
    lines = "".join(f"              x.push(stepResults.gone{number}.results);\n" for number in range(count))
    return (
        HEAD % ""
        + f"      - name: Code\n        {CODE}\n        inputs:\n          code:\n            type: value\n"
        + "            value: |\n              module.exports = async (context, stepResults) => {\n"
        + f"              const x = [];\n{lines}              return {{data: x}};\n              }};\n"
    )


def comments(count):
    used = "        colour: red # xchange: ignore[unknown-key] because\n"
    return many_steps(count, "{type: value, value: 'no %d'}", more=used)


def useless_comments(count):
    unused = "        # xchange: ignore[unknown-key] because\n        # xchange: ignore\n"
    return many_steps(count, "{type: value, value: 'no %d'}", more=unused)


def near_misses(count):
    variables = "".join(f"  - {{key: Var {number}, dataType: string}}\n" for number in range(count))
    return many_steps(
        count, "{type: configVar, value: Vor %d}", before=f"configPages: []\nrequiredConfigVars:\n{variables}"
    )


def work(task):
    """Count the calls of functions, which is the same on every machine."""
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        task()
    finally:
        sys.setprofile(before)
    return calls


def check(text):
    render(validate(Source("<stdin>", text), CATALOG).diagnostics, StringIO())


@pytest.mark.parametrize(
    "made", [templates_in_a_line, lines_of_code, comments, useless_comments, near_misses]
)
def test_a_mistake_costs_the_same_in_a_large_file(made):
    check(made(3))
    small, large = (work(partial(check, made(size))) for size in (SMALL, 4 * SMALL))
    assert large < 6 * small


def checks_to_fix(text):
    """Count how often a file is checked until all is mended that can be, and what is mended."""
    checker, checked = Checker(CATALOG, {}, b""), []

    def judge(source):
        checked.append(source)
        return checker.check_source(STDIN, source)

    result = Fixer(checker, unsafe=True).mend(None, Source("<stdin>", text), judge)
    return len(checked), len(result.fix.fixed)


def steps_to_mend(count):
    return many_steps(count, "{type: value, value: 'no %d'}", more="        descriptionz: ''\n")


def test_good_fixes_take_one_check_a_round():
    assert checks_to_fix(steps_to_mend(20)) == (2, 20)


def test_many_bad_fixes_among_good_ones_are_found_out_together():
    """The right name of an action makes its inputs known, and one of them has a value that it cannot have."""
    text = (
        steps_to_mend(40).replace("key: writeLog,", "key: writeLogg,").replace("value: info", "value: inof")
    )
    checks, fixed = checks_to_fix(text)
    assert fixed == 40
    assert checks < 10


def test_more_findings_than_are_told_at_once_can_be_mended():
    assert checks_to_fix(steps_to_mend(130)) == (3, 130)


spans = st.tuples(st.integers(0, 30), st.integers(0, 4)).map(lambda place: (place[0], sum(place)))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.lists(spans, min_size=1, max_size=1), max_size=12))
def test_the_fixes_chosen_are_those_that_collide_with_none_chosen_before(places):
    source = Source("a.yml", "x" * 40)
    fixes = [Fix(tuple(Edit(source.span(*place), "y") for place in one), safe=True) for one in places]
    found = [Diagnostic("rule", Severity.ERROR, "bad", source.span(0, 1), fixes=(fix,)) for fix in fixes]
    wanted = []
    for fix in fixes:
        if not any(collide(edit, other) for edit in fix.edits for one in wanted for other in one.edits):
            wanted.append(fix)
    assert [one.fix for one in choose(found, unsafe=False)] == wanted
