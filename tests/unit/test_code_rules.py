"""What cases of rules cannot say about code: hints, related places, fixes, severities, every notation of YAML."""

import subprocess
import sys

import pytest

from xchange_cli.components.catalog import Catalog
from xchange_cli.source import Source
from xchange_cli.validation.cases import complete
from xchange_cli.validation.validate import validate

CATALOG = Catalog.load()

STEP = """\
      - name: Code
        action: {{key: runCode, component: {{key: code, isPublic: true, version: LATEST}}}}
        inputs:
          code: {}
"""


def check(text):
    """Give the findings about code of one file."""
    found = validate(Source("case.yml", complete(text)), CATALOG).diagnostics
    return [one for one in found if one.rule.startswith("code-") or one.rule == "unknown-flow"]


def check_code(written):
    return check(STEP.format(written))


def fixed(written):
    """Give the code as the only fix of its only finding writes it."""
    text = complete(STEP.format(written))
    (found,) = [one for one in validate(Source("case.yml", text), CATALOG).diagnostics if one.fixes]
    assert not found.fixes[0].safe
    for edit in sorted(found.fixes[0].edits, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text[text.index("          code: ") + len("          code: ") :].rstrip("\n")


LITERAL = """
            type: value
            value: |
              module.exports =
                (c, { tigger }) => ({ data: tigger.results });"""
FOLDED = """
            type: value
            value: >-
              module.exports
              = (c, r) =>
              ({ data: r.tigger.results });"""
PLAIN = """
            type: value
            value: module.exports
              = (c, r) => r.tigger"""
SINGLE = "{type: value, value: 'module.exports = (c, r) => ({ data: r[''tigger''].results });'}"
DOUBLE = r'{type: value, value: "module.exports =\n (c, r) => ({ data: r.tigger.results\x20});"}'


@pytest.mark.parametrize(
    ("written", "place"),
    [(LITERAL, (18, 23)), (FOLDED, (19, 26)), (PLAIN, (17, 29)), (SINGLE, (14, 79)), (DOUBLE, (14, 79))],
)
def test_a_name_is_found_at_its_place_in_every_notation(written, place):
    found = [one for one in check_code(written) if one.rule == "code-unknown-step"]
    assert [(one.span.text, tuple(one.span.first)) for one in found] == [("tigger", place)]


@pytest.mark.parametrize(
    ("code", "rule", "severity", "hint"),
    [
        ("(c, r) => ({ data: r.tigger.results })", "code-unknown-step", "error", "Did you mean `trigger`?"),
        ("(c, r) => ({ data: r.tigger?.results })", "code-unknown-step", "warning", "Did you mean `trigger`?"),
        ("(c, r) => ({ data: r.configVars.A })", "code-unknown-step", "error",
         "`configVars` is a member of the context, the first parameter."),
        ("(c, r) => ({ data: r.zzz.results })", "code-unknown-step", "error", ""),
        ("(c) => ({ data: c.configVars.A })", "code-unknown-config-var", "error",
         "Add it to `requiredConfigVars` and to a config page."),
        ("(c) => ({ data: c.configVars.A ?? 1 })", "code-unknown-config-var", "warning",
         "Add it to `requiredConfigVars` and to a config page."),
        ("(c, r) => ({ data: r.trigger.body })", "code-step-form", "error", "Did you mean `trigger.results.body`?"),
        ("(c, r) => ({ data: r.code?.results })", "code-out-of-reach", "warning", "A step has no result before it has run."),
        ("(c) => ({ data: c.webhookUrls.Flo })", "unknown-flow", "error", "Did you mean `Flow`?"),
        ("(c) => ({ data: fetch(1).status })", "code-missing-await", "warning", "Make the function `async` and await it."),
        ("5", "code-no-export", "error", "Write `module.exports = async (context, stepResults) => { … };`."),
        ("() => ({ result: 1 })", "code-no-data", "warning", "Write `return { data: … };`."),
        ("() => ({ data: 1 )", "code-syntax", "error", ""),
    ],
)  # fmt: skip
def test_severity_and_hint_say_how_sure_it_is_and_what_to_do(code, rule, severity, hint):
    found = check_code(f"{{type: value, value: 'module.exports = {code};'}}")
    assert [(one.rule, one.severity, one.hint) for one in found] == [(rule, severity, hint)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("(c, r) => ({ data: r.tigger.results })", "(c, r) => ({ data: r.trigger.results })"),
        ('(c, { "tigger": t }) => ({ data: t.results })', '(c, { "trigger": t }) => ({ data: t.results })'),
        (
            "(c, { tigger }) => ({ data: tigger.results })",
            "(c, { trigger: tigger }) => ({ data: tigger.results })",
        ),
        ("(c, r) => ({ data: r.trigger.result })", "(c, r) => ({ data: r.trigger.results })"),
        ("(c) => ({ data: c.webhookUrls.flow })", "(c) => ({ data: c.webhookUrls.Flow })"),
        ("async () => ({ data: fetch(1) })", "async () => ({ data: await fetch(1) })"),
        ("async () => ({ data: fetch(1).status })", "async () => ({ data: (await fetch(1)).status })"),
    ],
)
def test_a_fix_exchanges_the_wrong_word_only(before, after):
    block = "\n            type: value\n            value: |\n              module.exports = {};"
    flow = "{{type: value, value: 'module.exports = {};'}}"
    assert fixed(block.format(before)) == block.format(after)
    assert fixed(flow.format(before)) == flow.format(after)


def test_a_fix_makes_an_export_of_a_name():
    assert fixed("{type: value, value: 'exports = () => ({ data: 1 });'}") == (
        "{type: value, value: 'module.exports = () => ({ data: 1 });'}"
    )


def test_text_that_the_quotes_cannot_hold_is_not_offered():
    (found,) = check_code(
        '{type: value, value: "module.exports = (c, r) => ({ data: r[\\"tig\\x67er\\"].results });"}'
    )
    assert (found.rule, found.fixes) == ("code-unknown-step", ())


def test_a_later_step_is_shown_beside_the_finding():
    later = STEP.format("{type: value, value: 'module.exports = () => ({ data: 1 });'}").replace(
        "Code", "Later"
    )
    (found,) = check(
        STEP.format("{type: value, value: 'module.exports = (c, { later }) => ({ data: later.results });'}")
        + later
    )
    assert [(one.span.text, one.message) for one in found.related] == [("Later", "`later` is here")]


LOOP = """\
      - name: Each
        action: {key: loopNTimes, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          iterationCount: {type: value, value: '2'}
        steps:
          - name: First
            action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
            inputs:
              code: {type: value, value: 'module.exports = (c, r) => ({ data: r.second?.results });'}
          - name: Second
            action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
            inputs:
              code: {type: value, value: 'module.exports = (c, r) => ({ data: r.first.results });'}
"""


def test_in_a_loop_the_result_of_the_turn_before_may_be_asked_for():
    assert check(LOOP) == []


def test_without_a_question_mark_the_first_turn_fails():
    found = check(LOOP.replace("second?", "second"))
    assert [(one.rule, one.severity, one.message) for one in found] == [
        ("code-out-of-reach", "error", "`second` runs after this step")
    ]


DATA_SOURCE = """\
definitionVersion: 7
name: Case
description: ''
configPages:
  - {name: Settings, elements: [{type: configVar, value: Mapper}]}
requiredConfigVars:
  - key: Mapper
    dataType: jsonForm
    dataSource: {key: runCodeJsonForm, component: {key: code, isPublic: true, version: LATEST}}
    inputs:
      code: {type: value, value: CODE}
flows: []
"""


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("module.exports = async (context, { connection }) => ({ schema: connection.fields });", []),
        (
            "module.exports = (context) => ({ schema: context.configVars.Maper });",
            ["code-unknown-config-var"],
        ),
        ("async (context) => ({ schema: 1 })", ["code-no-export"]),
        ("module.exports = async () => {", ["code-syntax"]),
    ],
)
def test_code_of_data_sources_is_read_as_what_it_is(code, found):
    text = DATA_SOURCE.replace("CODE", f"'{code}'")
    assert [one.rule for one in check(text)] == found


def test_functions_of_a_guessed_input_only_warn():
    step = """\
      - name: Sort
        action: {key: sort, component: {key: collection-tools, isPublic: true, version: LATEST}}
        inputs:
          listInput: {type: reference, value: trigger.results.body.data}
          sortCodeInput: {type: value, value: '(a, b) => a.size - '}
"""
    assert [(one.rule, one.severity) for one in check(step)] == [("code-syntax", "warning")]


@pytest.mark.parametrize("written", ["{type: value, value: ''}", "{type: template, value: 'exports {{#A}}'}"])
def test_code_that_is_blank_or_made_from_a_template_is_not_read(written):
    assert check_code(written) == []


def test_the_parser_is_loaded_for_files_with_code_only():
    program = (
        "import sys; from xchange_cli.components.catalog import Catalog; from xchange_cli.source import Source;"
        "from xchange_cli.validation.validate import validate;"
        "validate(Source('case.yml', sys.argv[1]), Catalog.load()); print('tree_sitter' in sys.modules)"
    )
    without = complete(
        "      - name: Log\n        action: {key: writeLog, component: {key: log, isPublic: true}}\n"
    )
    texts = [without, complete(STEP.format("{type: value, value: 'module.exports = () => ({ data: 1 });'}"))]
    runs = [
        subprocess.run([sys.executable, "-c", program, text], capture_output=True, text=True, check=True)
        for text in texts
    ]
    assert [run.stdout.strip() for run in runs] == ["False", "True"]
