"""What cases of rules cannot say about references: hints, related places, fixes and the finer points of scope."""

import pytest

from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Severity
from xchange_cli.source import Source
from xchange_cli.validation.cases import complete
from xchange_cli.validation.validate import validate

CATALOG = Catalog.load()

FLOW = """\
definitionVersion: 7
name: Case
description: ''
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: slack, isPublic: true, version: LATEST}}
        inputs: {}
        branches:
          - name: Notification
            steps:
              - {name: In Trigger, action: &log {key: writeLog, component: {key: log, isPublic: true}}, inputs: {}}
      - name: Outer
        action: &loop {key: loopOverItems, component: {key: loop, isPublic: true}}
        inputs: {}
        steps:
          - name: Choose
            action: {key: branchOnExpression, component: {key: branch, isPublic: true}}
            inputs: {}
            branches:
              - name: Left
                steps:
                  - {name: In Left, action: *log, inputs: {}}
                  - name: Inner
                    action: *loop
                    inputs: {}
                    steps:
                      - {name: In Inner, action: *log, inputs: {}}
              - name: Else
                steps:
                  - {name: In Else, action: *log, inputs: {}}
          - {name: After Choose, action: *log, inputs: {}}
      - {name: After All, action: *log, inputs: {}}
"""


def report(text):
    return validate(Source("case.yml", text), CATALOG).diagnostics


def seen_from(step, reference):
    """Put a reference into a step of FLOW and say what the rules about references find."""
    start = FLOW.index("inputs: {}", FLOW.index(f"name: {step}"))
    given = f"inputs: {{message: {{type: reference, value: {reference}}}}}"
    text = FLOW[:start] + given + FLOW[start + len("inputs: {}") :]
    return [(found.rule, found.hint) for found in report(text) if "reference" in found.rule]


@pytest.mark.parametrize(
    ("step", "reference"),
    [
        ("In Trigger", "trigger.results"),
        ("In Left", "trigger.results"),
        ("In Left", "choose.results"),
        ("In Left", "outer.currentItem.name"),
        ("In Inner", "outer.index"),
        ("In Inner", "inner.currentItem"),
        ("In Inner", "inLeft.results"),
        ("Inner", "inLeft.results"),
        ("After Choose", "choose.results"),
        ("After All", "outer.results.0"),
    ],
)
def test_a_step_sees_what_has_run_and_what_is_around_it(step, reference):
    assert seen_from(step, reference) == []


LATER = ("reference-out-of-reach", "Move it up, or name an earlier step.")
ITSELF = ("reference-out-of-reach", "A step has no result before it has run.")
SELECT = (
    "reference-out-of-reach",
    "After the branches, use the action `selectExecutedStepResult` of the component `branch`.",
)
OTHER_BRANCH = ("reference-out-of-reach", "Only one of the branches runs each time.")


@pytest.mark.parametrize(
    ("step", "reference", "finding"),
    [
        ("Trigger", "trigger.results", ITSELF),
        ("Trigger", "inTrigger.results", LATER),
        ("Outer", "inLeft.results", LATER),
        ("In Left", "afterChoose.results", LATER),
        ("In Left", "inInner.results", LATER),
        ("In Else", "inLeft.results", OTHER_BRANCH),
        ("In Left", "inElse.results", OTHER_BRANCH),
        ("After Choose", "inElse.results", SELECT),
        ("After Choose", "inInner.results", SELECT),
        ("Outer", "inTrigger.results", SELECT),
        (
            "After All",
            "inElse.results",
            (
                "reference-out-of-reach",
                "After the loop, `outer.results` is the list of what its last step gave each time.",
            ),
        ),
    ],
)
def test_a_step_does_not_see_what_is_later_or_closed(step, reference, finding):
    assert seen_from(step, reference) == [finding]


@pytest.mark.parametrize(
    ("step", "reference", "hint"),
    [
        ("In Left", "outer.results", "Here it has `outer.currentItem` or `outer.index`."),
        ("After All", "outer.currentItem", "Here it has `outer.results`."),
        ("In Left", "choose.currentItem", "Here it has `choose.results`."),
        ("In Left", "outer.item", "Did you mean `outer.currentItem.item`?"),
        ("In Left", "trigger.body", "Did you mean `trigger.results.body`?"),
        ("In Left", "trigger.result", "Did you mean `results`?"),
        ("In Left", "trigger", "Write `trigger.results`, then the path into it."),
    ],
)
def test_a_reference_asks_a_step_for_what_it_has(step, reference, hint):
    assert seen_from(step, reference) == [("reference-form", hint)]


def test_select_executed_step_result_may_name_closed_steps_but_not_later_ones():
    text = complete("""\
      - name: Each
        action: {key: loopNTimes, component: {key: loop, isPublic: true}}
        inputs: {}
        steps:
          - {name: Count, action: {key: emptyUuid, component: {key: uuid, isPublic: true}}, inputs: {}}
      - name: Pick
        action: {key: selectExecutedStepResult, component: {key: branch, isPublic: true}}
        inputs:
          stepResults:
            type: complex
            value: [{type: reference, value: count.results}, {type: reference, value: last.results}]
      - {name: Last, action: {key: emptyUuid, component: {key: uuid, isPublic: true}}, inputs: {}}
""")
    found = [(finding.rule, finding.subject) for finding in report(text) if "reference" in finding.rule]
    assert found == [("reference-out-of-reach", "last")]


def test_a_finding_about_reach_shows_where_the_other_step_is():
    start = FLOW.index("inputs: {}")
    text = FLOW[:start] + "inputs: {x: {type: reference, value: afterAll.results}}" + FLOW[start + 10 :]
    (finding,) = [found for found in report(text) if found.rule == "reference-out-of-reach"]
    assert [(other.span.text, other.message) for other in finding.related] == [
        ("After All", "`afterAll` is here")
    ]


def log(message, more=""):
    return complete(
        "      - name: Note\n        action: {key: writeLog, component: {key: log, isPublic: true}}\n"
        f"        inputs: {{message: {message}}}\n{more}"
    )


VARIABLE = """\
configPages:
  - {name: Page, elements: [{type: configVar, value: Page Size}]}
requiredConfigVars:
  - {key: Page Size, dataType: number, defaultValue: '5'}
"""


@pytest.mark.parametrize(
    ("message", "mended"),
    [
        ("{type: reference, value: Trigger.results}", "{type: reference, value: trigger.results}"),
        (
            "{type: template, value: 'a {{$triger.results}} b {{$trigger.result.x}}'}",
            "{type: template, value: 'a {{$trigger.results}} b {{$trigger.results.x}}'}",
        ),
        ("{type: configVar, value: PageSize}", "{type: configVar, value: Page Size}"),
        ('{type: template, value: "\\t{{#page size}}"}', '{type: template, value: "\\t{{#Page Size}}"}'),
        ("{type: template, value: 'a {{ #Page Size }}'}", "{type: template, value: 'a {{#Page Size}}'}"),
    ],
)
def test_fixes_put_the_right_word_in_place_of_the_wrong_one(message, mended):
    text = log(message, VARIABLE)
    edits = [edit for found in report(text) for fix in found.fixes for edit in fix.edits]
    for edit in sorted(edits, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert text == log(mended, VARIABLE)


def test_only_the_fix_of_blanks_is_safe():
    text = log("{type: template, value: '{{ $triger.results }}'}")
    fixes = {found.rule: [fix.safe for fix in found.fixes] for found in report(text)}
    assert fixes == {"template-blanks": [True], "unknown-reference": [False]}


def test_a_word_that_would_need_quotes_is_hinted_at_but_not_put_in():
    variable = VARIABLE.replace("Page Size", "'Page: Size'")
    found = report(log("{type: configVar, value: Page Size}", variable))
    assert [(finding.rule, finding.hint, finding.fixes) for finding in found if finding.hint] == [
        ("unknown-config-var", "Did you mean `Page: Size`?", ())
    ]


def test_a_reference_that_names_a_config_variable_is_told_how_to_name_one():
    variable = VARIABLE.replace("Page Size", "Locale")
    found = report(log("{type: reference, value: Locale.x}", variable))
    assert [finding.hint for finding in found if finding.rule == "unknown-reference"] == [
        "`Locale` is a config variable: use the type `configVar`, or `{{#Locale}}` in a template."
    ]


def test_a_reference_to_a_step_of_another_flow_is_told_so():
    steps = log("{type: reference, value: shipOrder.results}")
    other = steps[steps.index("  - name: Flow") :].replace("Flow", "Other").replace("Note", "Ship Order")
    found = report(steps + other.replace("shipOrder.results", "trigger.results"))
    assert [(finding.flow, finding.hint) for finding in found] == [
        ("Flow", "The flow `Other` has such a step, but references see their own flow only.")
    ]


@pytest.mark.parametrize(
    ("name", "subjects"),
    [("mystep.results", []), ("myStep.results", []), ("otherStep.results", ["otherStep"])],
)
def test_settings_of_a_flow_may_name_its_trigger_with_inner_capitals(name, subjects):
    text = complete(f"""\
    queueConfig: {{usesFifoQueue: true, dedupeIdField: {{type: reference, value: {name}}}}}
    steps:
      - name: MyStep
        isTrigger: true
        action: {{key: webhook, component: {{key: webhook-triggers, isPublic: true}}}}
        inputs: {{}}
""")
    assert [found.subject for found in report(text) if found.rule == "unknown-reference"] == subjects


def test_flow_names_with_dots_stand_in_brackets():
    text = log("""{type: reference, value: 'trigger.results.webhookUrls.["Flow 2.0"]'}""")
    assert [found.rule for found in report(text)] == ["unknown-flow"]
    assert report(text.replace("- name: Flow", "- name: Flow 2.0")) == ()


def test_a_flow_of_an_unlisted_component_is_nobodys_business():
    text = complete("""\
      - name: Start
        action: {key: startFlow, component: {key: power-automate, isPublic: true}}
        inputs: {flowName: {type: value, value: Approve}}
""")
    assert [(found.rule, found.severity) for found in report(text)] == [
        ("unknown-component", Severity.WARNING)
    ]


def test_a_shared_connection_may_be_on_no_page():
    text = log("{type: value, value: a}", "requiredConfigVars: [{key: C, dataType: connection, VALUE}]\n")
    shared = report(text.replace("VALUE", "useScopedConfigVar: shared"))
    own = report(text.replace("VALUE", "connection: {key: basic, component: {key: http, isPublic: true}}"))
    assert "config-page-elements" not in {found.rule for found in shared}
    assert [found.severity for found in own if found.rule == "config-page-elements"] == [Severity.ERROR]


@pytest.mark.parametrize(
    "name", ["Step 2", "Get a Queue's URL", "[CRM] Query", "S3 Copy", "Ünique", "e\u0301"]
)
def test_names_outside_of_ascii_are_doubted(name):
    text = log("{type: value, value: a}").replace(
        "name: Note", f"name: '{name.replace(chr(39), chr(39) * 2)}'"
    )
    rules = [found.rule for found in report(text)]
    assert rules == ([] if name.isascii() else ["unsure-step-name"])


def test_a_step_that_is_out_of_reach_is_not_suggested():
    steps = "".join(
        f"      - {{name: {name}, action: {{key: emptyUuid, component: {{key: uuid, isPublic: true}}}}, {inputs}}}\n"
        for name, inputs in [
            ("Send Order", "inputs: {}"),
            ("Use", "inputs: {x: {type: reference, value: sendOrdes.results}}"),
            ("Send Orders", "inputs: {}"),
        ]
    )
    hints = [found.hint for found in report(complete(steps)) if found.rule == "unknown-reference"]
    assert hints == ["Did you mean `sendOrder`?"]
