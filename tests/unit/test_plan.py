"""What can be said about a run before it starts."""

import json

import pytest

from flows import built, integration, items, step, value
from xchange_cli.components.implementations import Implementations
from xchange_cli.engine.plan import (
    branch_names,
    needed_config,
    trigger_taking_payload,
    unperformable,
)
from xchange_cli.model.mocked_steps import split_pass

LIVE = Implementations()
UPPER, SHEET, LOOP, BRANCH = (
    "text-manipulation.upperCase",
    "google-sheets.appendRow",
    "loop.loopOverItems",
    "branch.branchOnValue",
)


def config(key):
    return {"type": "configVar", "value": key}


def flow_of(*steps, config_vars=()):
    variables = [{"key": key, "dataType": "string"} for key in config_vars]
    whole = built(
        json.dumps({"name": "T", "requiredConfigVars": variables, "flows": [{"name": "F", "steps": steps}]})
    )
    return whole, whole.flows[0]


def missing(steps, mocked=()):
    return [found.ref for found in unperformable(flow_of(*steps)[1], LIVE, mocked)]


def needed(steps, mocked=(), config_vars=()):
    return needed_config(*flow_of(*steps, config_vars=config_vars), LIVE, mocked)


# --- steps that cannot be performed

SHEETS = [
    step("Trigger", action="slack.slackTrigger", isTrigger=True),
    step("Shout", action=UPPER),
    step("Rows", action=LOOP, steps=[step("Add Row", action=SHEET)]),
    step("Check", action=BRANCH, branches=[{"name": "Else", "steps": [step("Last Row", action=SHEET)]}]),
    {"name": "Bare"},
]


def test_steps_without_code_are_found_wherever_they_stand():
    assert missing(SHEETS) == ["trigger", "addRow", "lastRow", "bare"]


def test_a_mock_stands_for_the_code():
    assert missing(SHEETS, {"addRow", "trigger", "bare"}) == ["lastRow"]


def test_the_mock_of_one_pass_leaves_the_others():
    assert missing(SHEETS, {"addRow[0]"}) == ["trigger", "addRow", "lastRow", "bare"]


def test_the_steps_inside_a_mocked_loop_are_not_run():
    assert missing(SHEETS, {"rows"}) == ["trigger", "lastRow", "bare"]


def test_the_steps_in_the_branches_of_a_mocked_step_may_run():
    assert missing(SHEETS, {"check"}) == ["trigger", "addRow", "lastRow", "bare"]


# --- config variables that are needed


def test_config_variables_are_found_in_every_kind_of_input():
    steps = [
        step("A", {"text": config("Plain")}, UPPER),
        step("B", {"text": {"type": "template", "value": "{{#In Text}} {{$a.results}}"}}, UPPER),
        step("C", {"strings": items(config("In List"), value("x"))}, "text-manipulation.join"),
        step(
            "Rows", {"items": config("Of Loop")}, LOOP, steps=[step("D", {"text": config("In Loop")}, UPPER)]
        ),
    ]

    assert needed(steps) == {"Plain", "In Text", "In List", "Of Loop", "In Loop"}


@pytest.mark.parametrize(
    ("mocked", "keys"),
    [
        (set(), {"Items", "Text"}),
        ({"shout"}, {"Items"}),
        ({"shout[0]"}, {"Items", "Text"}),
        ({"rows"}, set()),
    ],
)
def test_steps_that_are_not_performed_need_no_config(mocked, keys):
    inner = [
        step("Shout", {"text": config("Text")}, UPPER),
        step("Add", {"connection": config("Google")}, SHEET),
    ]

    assert needed([step("Rows", {"items": config("Items")}, LOOP, steps=inner)], mocked) == keys


def test_code_needs_the_variables_whose_keys_it_contains():
    code = "module.exports = async ({ configVars }) => ({ data: configVars['API Base'] });"
    steps = [
        step("Run", {"code": value(code)}, "code.runCode"),
        step("Say", {"text": value("Page Size")}, UPPER),
    ]

    assert needed(steps, config_vars=("API Base", "Page Size", "")) == {"API Base"}


# --- triggers, branches, mocks


@pytest.mark.parametrize(
    ("action", "mocked", "keys"),
    [
        ("slack.slackTrigger", set(), ("trigger",)),
        ("slack.slackTrigger", {"trigger"}, ()),
        ("webhook-triggers.webhook", set(), ()),
    ],
)
def test_a_payload_stands_for_a_trigger_that_cannot_be_performed(action, mocked, keys):
    _, flow = flow_of(step("Trigger", action=action, isTrigger=True))

    assert trigger_taking_payload(flow, LIVE, mocked) == keys


def test_a_flow_without_trigger_has_none_to_take_a_payload():
    assert trigger_taking_payload(flow_of(step("Shout", action=UPPER))[1], LIVE, set()) == ()


def test_branches_are_known_by_step_key():
    [flow] = integration(
        """
        Trigger
          ? Notification
          ? URL Verify
        Each
          Check
            ? Big
            ? Else
        After
        """
    ).flows

    assert branch_names(flow) == {"trigger": ("Notification", "URL Verify"), "check": ("Big", "Else")}


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("createRow", ("createRow", "")),
        ("createRow[2]", ("createRow", "[2]")),
        ("Create Row[12]", ("Create Row", "[12]")),
        ("[CRM] Query[0]", ("[CRM] Query", "[0]")),
        ("odd[x]", ("odd[x]", "")),
        ("", ("", "")),
    ],
)
def test_the_key_of_a_mock_may_name_one_pass(key, parts):
    assert split_pass(key) == parts
