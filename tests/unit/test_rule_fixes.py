"""What the fix of each rule writes, in every notation that a value can have."""

import pytest

from terminals import Terminal
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.edit import apply
from xchange_cli.formats import fixes_diff
from xchange_cli.project.targets import Target
from xchange_cli.source import Source
from xchange_cli.validation.cases import TRIGGER, complete
from xchange_cli.validation.checker import Checker
from xchange_cli.validation.fixing import Fixer

CATALOG = Catalog.load()
STDIN = Target("<stdin>", "", None)

STEP = """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: %s
"""
SCHEDULE = """\
    steps:
      - name: Nightly
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: value, value: 0 3 * * *, meta: {scheduleType: day, timeZone: %s}}
"""
LITERAL = STEP % "{type: value, value: %s}"
TEMPLATE = STEP % "{type: template, value: %s}"
REFERENCE = STEP % "{type: reference, value: %s}"
TOP = "definitionVersion: 7\n%sflows:\n  - name: Flow\n" + TRIGGER


def fix_of(rule, case):
    """Give whether the fix of the only finding of a rule is safe and the text with it; None without a fix."""
    source = Source("case.yml", complete(case))
    result = Checker(CATALOG, {}).check_source(STDIN, source)
    (found,) = [found for found in result.diagnostics if found.rule == rule]
    if not found.fixes:
        return None
    fix = found.fixes[0]
    return fix.safe, apply(source, fix.edits)


def check(rule, case, broken, mended, kind):
    expected = None if mended is None else (kind == "safe", complete(case % mended))
    assert fix_of(rule, case % broken) == expected


@pytest.mark.parametrize(
    ("broken", "mended", "kind"),
    [
        ("10", "'10'", "safe"),
        ("-1.5", "'-1.5'", "safe"),
        ("true", "'true'", "safe"),
        ("1.50", "'1.50'", "unsafe"),
        ("1.0", "'1.0'", "unsafe"),
        ("0x1F", "'0x1F'", "unsafe"),
        ("True", "'True'", "unsafe"),
        ("null", "''", "unsafe"),
        ("&n 10", None, ""),
        ("!!int '10'", None, ""),
        ("!!null ''", None, ""),
    ],
)
def test_a_literal_is_quoted_as_it_is_written(broken, mended, kind):
    check("not-text", LITERAL, broken, mended, kind)


def test_an_alias_of_a_number_is_left_to_the_author():
    case = LITERAL % "'10'" + "          level: {type: value, value: *n}\n"
    assert fix_of("not-text", case.replace("name: Greet", "name: &n 10", 1)) is None


def test_a_value_that_is_left_out_becomes_an_empty_text_behind_its_colon():
    empty, mended = LITERAL % "", LITERAL.replace("value: %s}", "value: '' }")
    assert fix_of("not-text", empty) == (False, complete(mended))


@pytest.mark.parametrize(
    ("broken", "mended", "kind"),
    [
        ("'Hello {{ $trigger.results.flow }}'", "'Hello {{$trigger.results.flow}}'", "safe"),
        ("&t '{{# Greeting}}!'", "&t '{{#Greeting}}!'", "safe"),
        ('"\\u0048i {{ $trigger.results.flow }}"', '"\\u0048i {{$trigger.results.flow}}"', "safe"),
        ('"{{ $trigger.results\\u002eflow }}"', None, ""),
    ],
)
def test_blanks_in_braces_are_removed_where_the_text_stands_as_it_is(broken, mended, kind):
    check("template-blanks", TEMPLATE, broken, mended, kind)


@pytest.mark.parametrize(
    ("broken", "mended", "kind"),
    [
        ("europe/berlin", "Europe/Berlin", "safe"),
        ("'europe/berlin'", "'Europe/Berlin'", "safe"),
        ("&zone 'Europe/berlin'", "&zone 'Europe/Berlin'", "safe"),
        ('!!str "Europe/Berln"', '!!str "Europe/Berlin"', "unsafe"),
        ('"Europe/B\\u0065rln"', None, ""),
        ("UTC+2", None, ""),
    ],
)
def test_a_time_zone_keeps_its_quotes_anchor_and_tag(broken, mended, kind):
    check("unknown-time-zone", SCHEDULE, broken, mended, kind)


@pytest.mark.parametrize(
    ("broken", "mended", "kind"),
    [
        ("triger.results", "trigger.results", "unsafe"),
        ('"triger.results[0]"', '"trigger.results[0]"', "unsafe"),
        ("'tri\n            ger.results'", None, ""),
    ],
)
def test_a_step_of_a_reference_is_renamed_in_its_place(broken, mended, kind):
    check("unknown-reference", REFERENCE, broken, mended, kind)


@pytest.mark.parametrize(
    ("broken", "mended"),
    [("trigger.result.flow", "trigger.results.flow"), ("'trigger.flow'", "'trigger.results.flow'")],
)
def test_the_word_that_a_reference_leaves_out_is_put_in(broken, mended):
    check("reference-form", REFERENCE, broken, mended, "unsafe")


@pytest.mark.parametrize(
    ("rule", "broken", "mended", "kind"),
    [
        ("missing-key", "name: Case # why\n", "name: Case # why\ndescription: ''\n", "safe"),
        ("missing-key", "nAme: Case\ndescription: ''\n", "name: Case\ndescription: ''\n", "safe"),
        ("missing-key", "nme: Case\ndescription: ''\n", "name: Case\ndescription: ''\n", "unsafe"),
        ("wrong-type", "name: 7\ndescription: ''\n", "name: '7'\ndescription: ''\n", "safe"),
        ("wrong-type", "name: Case\ndescription: 1.50\n", "name: Case\ndescription: '1.50'\n", "safe"),
        ("wrong-type", "name: &n 7\ndescription: ''\n", None, ""),
        ("duplicate-key", "name: A\ndescription: ''\nname: A\n", "name: A\ndescription: ''\n", "safe"),
        ("duplicate-key", "name: A\ndescription: ''\nname: B\n", None, ""),
        ("duplicate-key", "name: A\ndescription: ''\nname: A # why\n", None, ""),
        ("duplicate-key", "name: A\ndescription: ''\nname: &n A\n", None, ""),
        ("unknown-key", "name: A\ndescription: ''\ncatgory: B\n", "name: A\ndescription: ''\ncategory: B\n", "unsafe"),
        ("unknown-key", "name: A\ndescription: ''\nwhatever: B\n", None, ""),
        (
            "wrong-value",
            "name: A\ndescription: ''\nendpointType: Flow-Specific\n",
            "name: A\ndescription: ''\nendpointType: flow_specific\n",
            "safe",
        ),
        (
            "wrong-value",
            "name: A\ndescription: ''\nendpointType: 'flow_specifc'\n",
            "name: A\ndescription: ''\nendpointType: 'flow_specific'\n",
            "unsafe",
        ),
    ],
)  # fmt: skip
def test_what_the_schema_says_is_mended_where_only_one_thing_can_be_meant(rule, broken, mended, kind):
    check(rule, TOP, broken, mended, kind)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [("'true'", "true"), ('"false"', "false"), ("yes", "true"), ("Off", "false"), ("&b 'true'", None)],
)
def test_a_truth_value_loses_its_quotes(written, wanted):
    check("wrong-type", "    isSynchronous: %s # why\n" + TRIGGER, written, wanted, "safe")


def test_a_trigger_is_marked_as_one_and_a_step_that_is_none_loses_the_mark():
    unmarked = TRIGGER.replace("        isTrigger: true\n", "")
    marked = (
        STEP.replace("        action", "        isTrigger: true\n        action")
        % "{type: value, value: Hello}"
    )
    assert fix_of("trigger-action", unmarked) == (False, complete(TRIGGER))
    assert fix_of("trigger-action", marked) == (False, complete(LITERAL % "Hello"))
    denied = TRIGGER.replace("isTrigger: true", "isTrigger: false")
    assert fix_of("trigger-action", denied) == (False, complete(TRIGGER))


def test_a_schedule_of_a_trigger_that_has_none_is_removed():
    schedule = "        schedule:\n          type: value\n          value: 0 3 * * *\n"
    case = TRIGGER + schedule + LITERAL % "Hello"
    assert fix_of("unexpected-schedule", case) == (False, complete(TRIGGER + LITERAL % "Hello"))


def test_a_public_component_that_is_marked_as_private_gets_its_mark():
    case = LITERAL % "Hello"
    assert fix_of("unknown-component", case.replace("isPublic: true", "isPublic: false")) == (
        False,
        complete(case),
    )


def test_a_variable_on_two_pages_leaves_the_second_one():
    pages = """\
configPages:
  - name: One
    elements: [{type: configVar, value: Greeting}]
  - name: Two
    elements:
      - {type: configVar, value: Level}
%s\
requiredConfigVars:
  - {key: Greeting, dataType: string, defaultValue: Hello}
  - {key: Level, dataType: string, defaultValue: info}
"""
    case = STEP % "{type: template, value: '{{#Greeting}} {{#Level}}'}" + pages
    again = "      - {type: configVar, value: Greeting}\n"
    assert fix_of("config-page-elements", case % again) == (False, complete(case % ""))


def test_a_diff_on_a_terminal_is_painted_and_cannot_steer_it(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    text = complete(LITERAL % "10").replace("name: Greet", "name: Greet # \u202e")
    result = Fixer(Checker(CATALOG, {}, text.encode()), unsafe=False).check(STDIN)
    out = Terminal()
    fixes_diff.render([result.fix] if result.fix else [], out)
    lines = out.getvalue().splitlines()
    assert lines[:2] == ["\x1b[1m--- <stdin>\x1b[0m", "\x1b[1m+++ <stdin>\x1b[0m"]
    assert lines[2].startswith("\x1b[1;36m@@ -")
    assert "name: Greet # \N{REPLACEMENT CHARACTER}\n" in out.getvalue()
