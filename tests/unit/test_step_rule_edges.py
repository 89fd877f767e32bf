"""What rules about inputs and conditions say in places that their cases do not show."""

import pytest

from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Diagnostic
from xchange_cli.source import Source
from xchange_cli.validation.cases import complete
from xchange_cli.validation.literals import is_number, is_truth_value
from xchange_cli.validation.placeholders import Known, is_result_path, look_alikes, placeholders
from xchange_cli.validation.validate import validate

CATALOG = Catalog.load()
KNOWN = Known({"listFiles", "eachFile"}, {"API Base"})

CONDITION = """\
      - name: Check Code
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - name: Error
                type: complex
                value:
                  - and
%s
        branches:
          - name: Error
            steps:
%s
          - {name: Else, steps: []}
"""
SWAPPED = """\
                  - - startsWith
                    - name: ''
                      type: reference
                      value: trigger.results.body.data.code
                    - name: ''
                      type: value
                      value: ERR # why
"""
INNER = """\
              - name: Check Again
                action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
                inputs:
                  conditions:
                    type: complex
                    value:
                      - name: Empty
                        type: complex
                        value: [and, [isEmpty, {type: reference, value: trigger.results.body.data.code}]]
                branches:
                  - {name: Empty, steps: []}
                  - {name: Else, steps: []}
"""


def findings(case: str) -> tuple[Diagnostic, ...]:
    return validate(Source("case.yml", complete(case)), CATALOG).diagnostics


def greeting(expression: str) -> str:
    return f"""\
      - name: Greet
        action: {{key: writeLog, component: {{key: log, isPublic: true, version: LATEST}}}}
        inputs:
          message: {expression}
"""


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("{{listFiles.results.0}}", ["{{$listFiles.results.0}}"]),
        ("{{ $listFiles.results }}", []),
        ("{{API Base}}", ["{{#API Base}}"]),
        ("{{#API Base}/orders", ["{{#API Base}}"]),
        ("{{$listFiles.results and more", ["{{$listFiles.results}}"]),
        ("{$eachFile.currentItem.id}", ["{{$eachFile.currentItem.id}}"]),
        ("${eachFile.index}", ["{{$eachFile.index}}"]),
        ("{{anything}}", [""]),
        ("${anything} {$1}", []),
        ('{"a": {"b": {{$listFiles.results}}}}', []),
        ("{{", []),
    ],
)
def test_a_look_alike_knows_which_placeholder_was_meant(text, meant):
    assert [found.meant for found in look_alikes(text, KNOWN)] == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("{{$listFiles.results}} {{#API Base}}", ["{{$listFiles.results}}", "{{#API Base}}"]),
        ("{{listFiles.results[0]}}", ["{{$listFiles.results[0]}}"]),
        ("{{#each items}} {{name}} {{$other.results}} {{listFiles.name}}", []),
    ],
)
def test_placeholders_in_literals_are_those_of_known_steps_and_variables(text, meant):
    assert [found.meant for found in placeholders(text, KNOWN)] == meant


def test_only_a_whole_path_into_a_known_step_is_a_result_path():
    texts = ("listFiles.results", "eachFile.currentItem.a", "listFiles.name", "other.results", "API Base")
    assert [is_result_path(text, KNOWN) for text in texts] == [True, True, False, False, False]


@pytest.mark.parametrize("text", ["1", "-2.5", "1e3", " 7 ", ".5"])
def test_numbers_are_read_in_all_their_spellings(text):
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "5s", "1,000", "Infinity", "0x10"])
def test_what_has_a_unit_or_a_comma_is_no_number(text):
    assert not is_number(text)


def test_zero_and_off_are_no_truth_values_since_they_count_as_true():
    assert [is_truth_value(text) for text in ("TRUE", "no", "1", "0", "off")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_swapping_the_terms_of_a_comparison_keeps_how_each_is_written():
    case = CONDITION % (SWAPPED.rstrip("\n"), "              []")
    case = case.replace("            steps:\n              []", "            steps: []")
    (found,) = findings(case)
    text = found.span.source.text
    for edit in sorted(found.fixes[0].edits, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert (
        """\
                  - - startsWith
                    - name: ''
                      type: value
                      value: ERR
                    - name: ''
                      type: reference
                      value: trigger.results.body.data.code # why
"""
        in text
    )
    assert validate(Source("case.yml", text), CATALOG).diagnostics == ()


def test_a_test_for_existence_in_the_branch_around_guards_an_empty_check():
    guard = "                  - [exists, {type: reference, value: trigger.results.body.data.code}]"
    other = guard.replace("data.code", "data.id")
    assert findings(CONDITION % (guard, INNER.rstrip("\n"))) == ()
    (found,) = findings(CONDITION % (other, INNER.rstrip("\n")))
    assert found.rule == "unguarded-empty-check"


def test_a_field_that_a_schema_of_the_flow_may_require_counts_as_there():
    case = CONDITION % (
        "                  - [isEmpty, {type: reference, value: t.results.body.data.code}]",
        "",
    )
    head = """\
    schemas: {invoke: {type: object, properties: {code: {type: string}}, required: [code]}}
    steps:
      - name: T
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
"""
    assert findings(head + case.replace("            steps:\n\n", "            steps: []\n")) == ()


def test_a_connection_of_another_family_is_only_a_warning_for_a_tool_of_many_systems():
    case = """\
      - name: Fetch
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          connection: {type: configVar, value: Slack Connection}
          url: {type: value, value: https://api.example.com}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Slack Connection}
requiredConfigVars:
  - key: Slack Connection
    dataType: connection
    connection: {key: oauth2, component: {key: slack, isPublic: true, version: LATEST}}
"""
    assert [(found.rule, found.severity.value) for found in findings(case)] == [
        ("connection-mismatch", "warning")
    ]


@pytest.mark.parametrize(
    "what", ["{type: template, value: 'a{{#Key}}'}", "{type: complex, value: [{type: value, value: a}]}"]
)
def test_a_connection_input_takes_neither_a_template_nor_a_list(what):
    case = f"""\
      - name: List Users
        action: {{key: listUsers, component: {{key: slack, isPublic: true, version: LATEST}}}}
        inputs:
          connection: {what}
"""
    assert "not-a-connection" in {found.rule for found in findings(case)}


def test_words_of_another_template_language_are_left_alone():
    case = """\
      - name: Fill In
        action: {key: transform, component: {key: liquid-template, isPublic: true, version: LATEST}}
        inputs:
          data: {type: reference, value: trigger.results.body.data}
          liquidTemplate: {type: template, value: '{{ name }} {{#API}}'}
"""
    assert [found.rule for found in findings(case)] == ["unknown-config-var"]


def test_a_placeholder_that_nothing_is_called_like_has_a_hint_but_no_fix():
    (found,) = findings(greeting("{type: template, value: '{{name}}'}"))
    assert (found.rule, found.hint, found.fixes) == (
        "unread-placeholder",
        "Write `$` before a step, `#` before a config variable.",
        (),
    )
