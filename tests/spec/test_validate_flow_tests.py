"""Files of flow tests beside integrations: every name leads somewhere, and the parts of a test go together."""

import json

import pytest

from xchange_cli.schemas import schema

PLACE = "integrations/orders"
INTEGRATION = """\
definitionVersion: 7
name: Orders
description: ''
configPages:
  - {name: Page, elements: [{type: configVar, value: Page Size}]}
requiredConfigVars:
  - {key: Page Size, dataType: number, defaultValue: '50', orgOnly: false}
flows:
  - name: Take Order
    steps:
      - name: Received
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Each Line
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs: {items: {type: reference, value: received.results.body.data.lines}}
        steps:
          - name: Sum Up
            action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
            inputs:
              code:
                type: value
                value: 'module.exports = async (context) => ({ data: context.configVars["Page Size"] })'
      - name: Which
        action: {key: branchOnValue, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          inputValue: {type: reference, value: received.results.pathFragment}
          branchValues: {type: complex, value: [{name: {type: value, value: Big}, type: value, value: big}]}
        branches: [{name: Big, steps: []}, {name: Else, steps: []}]
"""
NIGHTLY = """\
  - name: Nightly
    steps:
      - name: Clock
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: value, value: '0 6 * * *', meta: {scheduleType: custom, timeZone: ''}}
        inputs: {}
      - name: Pause
        action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
        inputs: {ms: {type: value, value: '10'}}
"""
TWO_FLOWS = INTEGRATION + NIGHTLY


@pytest.fixture
def check(xchange, project):
    """Validate a file of tests; give place, rule and message of each finding, an error unless it says otherwise."""

    def run(text, integration=INTEGRATION):
        folder = project(
            {
                f"{PLACE}/integration.yml": integration,
                f"{PLACE}/configs/dev.yml": "values: {}\n",
                f"{PLACE}/payloads/order.json": "{}",
                f"{PLACE}/tests/a.test.yml": text,
            }
        )
        ran = xchange("validate", f"{PLACE}/tests/a.test.yml", "--output", "json", cwd=folder)
        return [told(found) for found in json.loads(ran.out)["findings"]]

    return run


def told(found):
    assert found["file"] == f"{PLACE}/tests/a.test.yml"
    mild = () if found["severity"] == "error" else (found["severity"],)
    return (f"{found['start']['line']}:{found['start']['column']}", *mild, found["rule"], found["message"])


def test_all_that_a_test_may_say_is_right(check):
    text = """\
config: dev
variables: {Page Size: 5}
mocks: {Sum Up: [1]}
tests:
  takes an order:
    flow: Take Order
    payload: order.json
    mocks:
      sumUp[2]: {error: too many}
      Take Order/which: {branch: Big, result: 1}
    expect:
      status: success
      response: {statusCode: 200, contentType: {$matches: json}, headers: {}, body: {a: {$type: number}}}
      steps: {'eachLine': {status: success}, 'sumUp[0]': {result: {$exactly: {$a: 1}}}, Which: {status: not-run}}
      state: {instanceState: {cursor: {$bytes: aGk=}}}
      logs: [a part, {level: INFO, message: {$matches: '^all'}}]
  fails:
    flow: Take Order
    payload: {lines: []}
    mocks: {which: Else, received: {noChanges: true}}
    expect: {error: {kind: mocked, message: {$matches: a|b}, path: 'eachLine[0]/sumUp'}}
  at night:
    flow: nightly
    trigger: schedule
    at: next
  on sunday: {flow: Nightly, trigger: schedule, at: '2026-05-17T09:30'}
"""
    assert check(text, TWO_FLOWS) == []


def test_the_example_in_the_schema_fits_its_own_format(check):
    example = schema("flow-test")["examples"][0]
    rules = {rule for _, rule, _ in check(json.dumps(example))}
    assert rules == {"unknown-name-in-test"}  # they are names of another integration


UNKNOWN = "unknown-name-in-test"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("flow: Take Ordr\ntests: {a: {}}", "1:7", "no flow is called `Take Ordr`"),
        ("tests: {a: {flow: Refund}}", "1:19", "no flow is called `Refund`"),
        ("config: prod\ntests: {a: {}}", "1:9", "there is no config set `prod`"),
        ("tests: {a: {payload: ordr}}", "1:22", "there is no payload `ordr`"),
        ("tests: {a: {payload: ../order}}", "1:22", "there is no payload `../order`"),
        ("tests: {a: {mocks: {sumUpp: 1}}}", "1:21", "the flow `Take Order` has no step `sumUpp`"),
        ("tests: {a: {mocks: {'sumUpp[2]': 1}}}", "1:22", "the flow `Take Order` has no step `sumUpp`"),
        (
            "tests: {a: {mocks: {Take Order/sumUpp: 1}}}",
            "1:32",
            "the flow `Take Order` has no step `sumUpp`",
        ),
        ("mocks: {sumUpp: 1}\ntests: {a: {}}", "1:9", "the flow `Take Order` has no step `sumUpp`"),
        ("tests: {a: {mocks: {which: Small}}}", "1:28", "the step `Which` has no branch `Small`"),
        (
            "tests: {a: {mocks: {which: {branch: Small, result: 1}}}}",
            "1:37",
            "the step `Which` has no branch `Small`",
        ),
        (
            "tests: {a: {expect: {steps: {Sum: {status: success}}}}}",
            "1:30",
            "the flow `Take Order` has no step `Sum`",
        ),
        (
            "tests: {a: {expect: {error: {path: 'eachLine[0]/sumIt'}}}}",
            "1:49",
            "no step has the key `sumIt`",
        ),
    ],
)
def test_a_name_that_leads_nowhere_is_an_error_at_its_place(check, text, place, message):
    assert check(text) == [(place, UNKNOWN, message)]


def test_a_shared_mock_is_for_the_flows_that_have_the_step(check):
    tests = "tests: {a: {flow: Take Order}, b: {flow: Nightly}}"
    assert check(f"mocks: {{pause: 1, sumUp: 2}}\n{tests}", TWO_FLOWS) == []
    found = check(f"mocks: {{puase: 1}}\n{tests}", TWO_FLOWS)
    assert found == [("1:9", UNKNOWN, "no flow of these tests has a step `puase`")]


def test_of_a_test_whose_flow_is_not_there_no_steps_are_judged(check):
    assert len(check("tests: {a: {flow: Refund, mocks: {nothing: 1}, expect: {steps: {no: {}}}}}")) == 1


def test_the_nearest_name_is_told_and_can_be_put_there(xchange, project):
    files = {
        f"{PLACE}/integration.yml": INTEGRATION,
        f"{PLACE}/tests/a.test.yml": "tests: {a: {mocks: {'sumUpp[2]': 1}}}",
    }
    ran = xchange("validate", f"{PLACE}/tests/a.test.yml", "--output", "json", cwd=project(files))
    [found] = json.loads(ran.out)["findings"]
    [edit] = found["fix"][0]["edits"]
    assert (found["hint"], edit["text"]) == ("Did you mean `sumUp`?", "sumUp")
    assert (edit["start"]["column"], edit["end"]["column"]) == (22, 28)


def test_values_of_config_variables_are_judged_as_in_a_config_set(check):
    found = check("variables: {Page Size: many}\ntests: {a: {variables: {Page Sise: 5}}}")
    assert found == [
        ("1:24", "bad-config-value", "`Page Size` needs a number"),
        ("2:25", "warning", "unknown-config-value", "the integration has no config variable `Page Sise`"),
    ]


def test_a_payload_in_the_test_itself_is_judged_as_one_in_a_file(check):
    [found] = check("tests: {a: {payload: {haeders: {}, body: {data: 1}}}}")
    assert found[:3] == ("1:23", "warning", "payload-taken-for-body")


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("tests: {a: {}}", "1:9", "the test `a` does not say which of 2 flows it runs"),
        (
            "tests: {a: {flow: Nightly, trigger: schedule, payload: order}}",
            "1:47",
            "a flow that its schedule starts gets no payload",
        ),
        (
            "payload: order\ntests: {a: {flow: Nightly, trigger: schedule}}",
            "1:1",
            "a flow that its schedule starts gets no payload",
        ),
        ("tests: {a: {flow: Nightly, at: next}}", "1:28", "`at` is for schedules"),
        (
            "tests: {a: {flow: Take Order, trigger: schedule}}",
            "1:40",
            "the flow `Take Order` has no schedule",
        ),
        ("tests: {a: {trigger: schedule, at: tomorrow}}", "1:36", "`tomorrow` is no time"),
        (
            "tests: {a: {trigger: schedule, at: '1066-10-14'}}",
            "1:36",
            "`at` takes years from 1971 to 2998",
        ),
        (
            "tests: {a: {flow: Take Order, mocks: {'which[1]': Big}}}",
            "1:39",
            "the step `Which` is in no loop, so there is no which[1]",
        ),
        (
            "tests: {a: {flow: Nightly, expect: {status: no_changes, error: {kind: mocked}}}}",
            "1:57",
            "a run that ends with `no_changes` has no error",
        ),
    ],
)
def test_what_does_not_go_together_is_an_error_at_its_place(check, text, place, message):
    assert check(text, TWO_FLOWS) == [(place, "contradictory-test", message)]


def test_a_request_to_a_shared_url_finds_its_flow_by_itself(check):
    shared = TWO_FLOWS.replace("description: ''\n", "description: ''\nendpointType: shared_instance\n")
    assert check("tests: {a: {payload: order}}", shared) == []


@pytest.mark.parametrize(
    ("value", "place", "message"),
    [
        ("{$match: x}", "1:47", "there is no `$match`"),
        (
            "{$matches: '('}",
            "1:57",
            "this is no regular expression: missing ), unterminated subpattern at position 0",
        ),
        ("{$matches: 5}", "1:57", "`$matches` needs text"),
        ("{a: [{$type: texte}]}", "1:59", "there is no type `texte`"),
        ("{$type: text, b: 1}", "1:47", "`$type` stands among other keys"),
    ],
)
def test_a_matcher_that_nobody_can_read_is_an_error(check, value, place, message):
    text = f"tests: {{a: {{expect: {{steps: {{sumUp: {{result: {value}}}}}}}}}}}"
    assert check(text) == [(place, "bad-matcher", message)]


@pytest.mark.parametrize(
    ("text", "place", "rule", "message"),
    [
        ("", "1:1", "empty-file", "the file is empty"),
        ("flow: Take Order", "1:1", "missing-key", "`tests` is missing in this file of flow tests"),
        ("tests: {}", "1:8", "empty", "`tests` must not be empty"),
        ("tests: [a]", "1:8", "wrong-type", "`tests` must be a mapping, not a list"),
        ("tests: {a: {expct: {}}}", "1:13", "unknown-key", "unknown key `expct` in this test"),
        (
            "tests:\n  a: {}\n  a: {payload: order}",
            "3:3",
            "duplicate-key",
            "`a` is here twice; the first one counts",
        ),
        (
            "tests: {a: {trigger: cron}}",
            "1:22",
            "wrong-value",
            "`trigger` is `cron`; it must be `schedule`",
        ),
        (
            "tests: {a: {mocks: {sumUp: {error: 5}}}}",
            "1:36",
            "wrong-type",
            "the `error` in the mock of `Sum Up` is no text",
        ),
    ],
)
def test_the_form_of_a_file_is_checked(check, text, place, rule, message):
    assert check(text) == [(place, rule, message)]


def test_beside_a_broken_integration_only_the_file_itself_is_judged(check):
    found = check("tests: {a: {flow: Nothing, config: prod, mocks: {no: 1}}}", "- no mapping\n")
    assert found == [("1:36", UNKNOWN, "there is no config set `prod`")]


def test_a_comment_silences_a_finding(check):
    text = "tests:\n  a:\n    config: prod # xchange: ignore[unknown-name-in-test] made by a script\n"
    assert check(text) == []
