"""What rules advise, where that depends on the place, and how certain they are of it."""

import pytest

from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Severity
from xchange_cli.shapes.samples import Sample
from xchange_cli.source import Source
from xchange_cli.validation.cases import HEADER, TRIGGER, complete
from xchange_cli.validation.validate import validate

CATALOG = Catalog.load()
CALLED = """\
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
"""
CONNECTION = """\
configPages: [{name: Page, elements: [{type: configVar, value: Shop}]}]
requiredConfigVars:
  - key: Shop
    dataType: connection
    orgOnly: false
    connection: {key: basic, component: {key: http, isPublic: true, version: LATEST}}
    inputs:
      password: {type: value, value: correct horse}
"""
LIST = """\
requiredConfigVars:
  - {key: Sizes, dataType: picklist, pickList: [S, M], collectionType: valuelist, defaultValue: '["c"]'}
"""


def one(case, rule, samples=()):
    """Give the only finding of a rule."""
    report = validate(Source("case.yml", complete(case)), CATALOG, samples=samples)
    (found,) = [found for found in report.diagnostics if found.rule == rule]
    return found


def step(value):
    return f"""\
      - name: Note
        action: {{key: writeLog, component: {{key: log, isPublic: true, version: LATEST}}}}
        inputs:
          message: {{{value}}}
"""


def test_a_secret_of_a_connection_is_left_to_the_deployment_or_a_config_set():
    assert one(HEADER + TRIGGER + CONNECTION, "secret-in-clear").hint == (
        "Write `''` here, and give the value at deployment, or in a config set as `${env:NAME}`. "
        "Replace the secret if the file was shared."
    )


@pytest.mark.parametrize(
    ("default", "hint"), [("c", "It may be `S`, `M`."), ("s", "Did you mean `S`?")], ids=["far", "near"]
)
def test_a_wrong_entry_of_a_list_is_told_the_options(default, hint):
    assert one(HEADER + TRIGGER + LIST.replace('"c"', f'"{default}"'), "bad-default").hint == hint


def test_a_wrong_number_in_a_list_is_told_how_numbers_are_written():
    text = LIST.replace("picklist, pickList: [S, M]", "number")
    assert one(HEADER + TRIGGER + text, "bad-default").hint == "Write digits, with a dot before decimals."


def test_a_flow_that_is_like_no_other_is_told_those_that_there_are():
    found = one(step("type: reference, value: trigger.results.webhookUrls.Orders"), "unknown-flow")
    assert found.hint == "The file has `Flow`."


def test_a_field_that_points_into_the_request_excludes_a_preprocess_flow():
    routing = """\
endpointType: instance_specific
preprocessFlowName: Flow
flowNameField: {type: reference, value: payload.results.headers.x-flow}
"""
    assert one(CALLED + routing, "setting-reference").hint == (
        "Fields that point into the request and a preprocess flow exclude one another: "
        "refer to a step of that flow, or remove `preprocessFlowName`."
    )


@pytest.mark.parametrize(
    ("preprocess", "hint"),
    [
        (
            "",
            "Add it: a reference into the request, such as `payload.results.headers.x-customer`.",
        ),
        (
            "preprocessFlowName: Flow\n",
            "Add it: a reference to a step of the preprocess flow, such as `findCustomer.results.id`.",
        ),
    ],
    ids=["request", "preprocess flow"],
)
def test_the_customer_is_told_where_to_be_found(preprocess, hint):
    assert one(f"{CALLED}endpointType: shared_instance\n{preprocess}", "endpoint-routing").hint == hint


def test_a_wrong_value_in_a_condition_is_named_by_its_branch():
    found = one(
        """\
      - name: Choose
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - name: Large
                type: complex
                value:
                  - and
                  - - equal
                    - {name: '', type: reference, value: trigger.results.body.data.size}
                    - {name: '', type: value, value: 1}
        branches:
          - {name: Large, steps: []}
          - {name: Else, steps: []}
""",
        "not-text",
    )
    assert found.message == "a value of `Large` in `conditions` must be text, not a number"


def test_a_field_that_no_sample_has_may_be_added_to_one():
    found = one(
        step("type: reference, value: trigger.results.body.data.total"),
        "unknown-field",
        samples=(Sample("payloads/order.json", {"id": 1}),),
    )
    assert found.hint == (
        "It has `id`. If it is sent at times, add it to a sample payload, or write `schemas.invoke` of the flow."
    )


def test_that_an_agent_flow_is_not_retried_is_certain():
    text = """\
    isAgentFlow: true
    schemas: {invoke: {type: object}}
    retryConfig: {maxAttempts: 3, delayMinutes: 1, usesExponentialBackoff: false}
"""
    assert one(text + CALLED, "synchronous-flow").severity is Severity.ERROR


@pytest.mark.parametrize(
    ("version", "rule", "severity"),
    [
        ("6", "deprecated", Severity.WARNING),
        ("1", "deprecated", Severity.WARNING),
        ("0", "wrong-format", Severity.ERROR),
        ("8", "wrong-format", Severity.ERROR),
        ("'6'", "wrong-type", Severity.ERROR),
        ("true", "wrong-type", Severity.ERROR),
    ],
)
def test_only_the_numbers_of_older_versions_are_old(version, rule, severity):
    text = (HEADER + TRIGGER).replace("definitionVersion: 7", f"definitionVersion: {version}")
    assert one(text, rule).severity is severity
