"""Flows and steps by the names that people give them."""

import pytest

from xchange_cli.document.parse import parse
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.model.build import build
from xchange_cli.model.find import find_flow, find_step
from xchange_cli.model.integration import Integration
from xchange_cli.source import Source

NESTED = """
flows:
  - name: First Flow
    steps:
      - name: Every Hour
      - name: Each File
        steps:
          - {name: Choose, branches: [{name: Yes, steps: [{name: In Yes}]}]}
          - {name: Behind}
      - name: Last
  - {name: second, steps: []}
"""


def model(text) -> Integration:
    integration = build(parse(Source("a.yml", text)).root)
    assert integration is not None
    return integration


FLOWS = model("flows: [{name: My Flow}, {name: myFlow}, {name: Other}]")


@pytest.mark.parametrize(
    ("name", "index"), [("My Flow", 0), ("myFlow", 1), ("Other", 2), ("other", 2), ("myflow", 1)]
)
def test_a_flow_is_found_by_its_name_or_else_by_its_normalised_name(name, index):
    assert find_flow(FLOWS, name) is FLOWS.flows[index]


def test_the_only_flow_needs_no_name():
    integration = model("flows: [{name: A}]")
    assert find_flow(integration, "") is integration.flows[0]


def refused(find, *arguments):
    with pytest.raises(XchangeError) as caught:
        find(*arguments)
    assert caught.value.code is ErrorCode.USAGE
    return caught.value.message, caught.value.hint


def test_without_a_name_several_flows_are_a_question():
    hint = "Choose one with --flow: `My Flow`, `myFlow`, `Other`."
    assert refused(find_flow, FLOWS, "") == ("which flow?", hint)


@pytest.mark.parametrize("name", ["", "A"])
def test_an_integration_without_flows_says_so(name):
    assert refused(find_flow, model("name: A"), name) == ("the integration has no flow", "")


def test_an_unknown_flow_is_refused_with_the_nearest_or_with_all_names():
    assert refused(find_flow, FLOWS, "Othr") == ("no flow is called `Othr`", "Did you mean `Other`?")
    hint = "There are: `My Flow`, `myFlow`, `Other`."
    assert refused(find_flow, FLOWS, "salesforce") == ("no flow is called `salesforce`", hint)


def test_a_step_is_found_by_its_name_or_else_by_its_key_at_any_depth():
    flow = model(NESTED).flows[0]
    names = {"In Yes": "In Yes", "inYes": "In Yes", "Each File": "Each File", "last": "Last"}
    assert {name: find_step(flow, name).name for name in names} == names


def test_a_step_of_that_very_name_wins_over_one_with_that_key():
    [flow] = model("flows: [{steps: [{name: Get It}, {name: getIt}]}]").flows
    assert find_step(flow, "getIt") is flow.steps[1]


def test_an_unknown_step_is_refused_with_the_nearest_or_with_all_keys():
    first, second = model(NESTED).flows
    message = "the flow `First Flow` has no step `eachFil`"
    assert refused(find_step, first, "eachFil") == (message, "Did you mean `eachFile`?")
    message, hint = refused(find_step, first, "salesforce")
    assert hint == "There are: `everyHour`, `eachFile`, `choose`, `inYes`, `behind`, `last`."
    assert refused(find_step, second, "x") == ("the flow `second` has no step `x`", "There are: none.")
