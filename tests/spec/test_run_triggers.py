"""The whole of what a trigger shows, for each way in which a flow is started."""

import json

import pytest

from runs import code, flow, integration, step

SCHEDULE = "schedule: {type: value, value: '*/5 * * * *', meta: {scheduleType: minute, timeZone: ''}}\n"
NOTHING = {"data": None, "contentType": ""}
URL = "https://hooks.xchange.invalid/"
AT = "2024-05-17T09:30:00.000Z"


def trigger(component, action, more="", **inputs):
    return step("Trigger", component, action, is_trigger=True, more=more, **inputs)


def document_of(project, xchange, *flows, arguments=(), stdin="", ends_with=0):
    project({"integration.yml": integration(*flows), "configs/acme.yml": "values: {}\n"})
    ran = xchange("run", "integration.yml", "--config", "acme", "--output", "json", *arguments, input=stdin)
    assert ran.code == ends_with
    return json.loads(ran.out)


@pytest.fixture
def start(project, xchange):
    """Start a flow; gives what its trigger shows, and the run's id."""

    def go(*flows, **more):
        document = document_of(project, xchange, *flows, **more)
        [one] = [one for one in document["steps"] if one["path"] == "trigger"]
        return one["result"], document["run"]

    return go


def shown(run, name="Flow", names=("Flow",), started=AT, **request):
    """Give the object of section "Trigger result" of the platform's documentation."""
    acme = {"id": "acme", "name": "acme"}
    ref = {"Flow": "flow", "Callee": "callee", "Remove": "remove"}
    return {
        "headers": {},
        "queryParameters": None,
        "rawBody": NOTHING,
        "body": NOTHING,
        "pathFragment": "",
        **request,
        "executionId": run,
        "startedAt": started,
        "invokeUrl": URL + ref[name],
        "webhookUrls": {one: URL + ref[one] for one in names},
        "webhookApiKeys": {one: [] for one in names},
        "globalDebug": False,
        "customer": {**acme, "externalId": "acme"},
        "instance": acme,
        "user": {"id": None, "email": None, "name": None, "externalId": None},
        "integration": {
            "id": "test",
            "name": "Test",
            "versionSequenceId": None,
            "externalVersion": None,
        },
        "flow": {"id": ref[name], "name": name, "stableId": ref[name]},
    }


def test_a_webhook(start):
    got, run = start(flow(), arguments=("--payload", "-"), stdin='{"id": 1}')

    assert got == shown(
        run,
        started=got["startedAt"],
        headers={"Content-Type": "application/json", "prismatic-invoke-type": "Integration Flow Test"},
        rawBody={"data": '{"id":1}', "contentType": "application/json"},
        body={"data": {"id": 1}, "contentType": "application/json"},
    )


def test_a_webhook_without_a_payload(start):
    got, run = start(flow())

    assert got == shown(
        run, started=got["startedAt"], headers={"prismatic-invoke-type": "Integration Flow Test"}
    )


def test_a_captured_request_of_a_customer(start):
    captured = {
        "headers": {"X-Shop": "a", "prismatic-invoke-type": "Webhook"},
        "queryParameters": {"q": "1"},
        "body": {"data": "<a/>", "contentType": "text/xml"},
        "pathFragment": "orders",
        "executionId": "then",
        "startedAt": "then",
        "customer": {"id": "1", "externalId": "c-1", "name": "Customer"},
        "paginationState": {"page": 2},
    }
    got, run = start(flow(), arguments=("--payload", "-"), stdin=json.dumps(captured))

    request = {key: captured[key] for key in ("headers", "queryParameters", "body", "pathFragment")}
    assert got == {
        **shown(run, started=got["startedAt"], **request, rawBody=captured["body"]),
        "customer": captured["customer"],
        "paginationState": {"page": 2},
    }


def test_a_schedule(start):
    scheduled = flow(trigger=trigger("schedule-triggers", "schedule", SCHEDULE), synchronous=False)
    got, run = start(scheduled, arguments=("--trigger", "schedule", "--at", AT))

    assert got["startedAt"].startswith("2024-05-17T09:30:00.")
    assert got == shown(run, started=got["startedAt"], headers={"prismatic-invoke-type": "Scheduled"})


@pytest.mark.parametrize(
    ("action", "option", "word"),
    [("instanceDeploy", "--deploy", "Deploy Flow"), ("instanceRemove", "--remove", "Tear Down Flow")],
)
def test_the_life_of_an_instance(action, option, word, start):
    managed = flow(trigger=trigger("management-triggers", action), synchronous=False)
    got, run = start(managed, arguments=(option,))

    assert got == shown(run, started=got["startedAt"], headers={"prismatic-invoke-type": word})


def test_another_flow(project, xchange):
    numbers = code("Numbers", "return { data: [1, 2] };")
    calling = step(
        "Call",
        "cross-flow",
        "invokeFlow",
        flowName="Callee",
        data="{type: reference, value: numbers.results}",
    )
    callee = flow(name="Callee", trigger=trigger("cross-flow", "crossFlow"), synchronous=False)
    document = document_of(project, xchange, flow(numbers, calling), callee, arguments=("--flow", "Flow"))

    [child] = document["executions"]
    got, parent = child["steps"][0]["result"], document["run"]
    assert got == shown(
        child["run"],
        "Callee",
        ("Flow", "Callee"),
        started=got["startedAt"],
        headers={
            "Content-Type": "application/json",
            "prismatic-invoked-by": f'{{"executionId":"{parent}","flowName":"Flow","stepName":"call"}}',
            "prismatic-invoke-type": "Cross Flow",
            "prismatic-executionid": parent,
        },
        rawBody={"data": "[1,2]", "contentType": "application/json"},
        body={"data": [1, 2], "contentType": "application/json"},
    )


def test_the_flow_itself(project, xchange):
    once = code("Once", "if (stepResults.trigger.results.body.data) throw new Error('called'); return {};")
    recursive = flow(
        once,
        step("Set", "recursive-flow", "setCursor", cursor="2"),
        step("Again", "recursive-flow", "invokeRecursive"),
        trigger=trigger("recursive-flow", "recursiveTrigger"),
        synchronous=False,
    )
    document = document_of(project, xchange, recursive, ends_with=10)

    [child] = document["executions"]
    got, parent = child["steps"][0]["result"], document["run"]
    assert got == shown(
        child["run"],
        started=got["startedAt"],
        headers={
            "Content-Type": "application/json",
            "prismatic-invoked-by": f'{{"executionId":"{parent}","flowName":"Flow","stepName":"again"}}',
            "prismatic-invoke-type": "Cross Flow",
            "prismatic-executionid": parent,
        },
        rawBody={"data": '{"cursor":"2"}', "contentType": "application/json"},
        body={"data": {"cursor": "2"}, "contentType": "application/json"},
    )


# --- polling: the trigger of an app without local code, and one of one's own

POLLING = trigger(
    "salesforce", "pollChangesTrigger", SCHEDULE, connection="{type: configVar, value: Salesforce}"
)
AFTER = code("After", "return { data: 1 };")
OWN = trigger("erp", "poll", SCHEDULE).replace("isPublic: true", "isPublic: false")
OWN_FILES = {
    "xchange.yaml": "",
    "components/erp.yml": "key: erp\ntitle: ERP\nactions: []\ntriggers:\n- {key: poll, effect: reads}\n",
    "components/erp.py": """from xchange_cli.sdk import ActionResult


def poll(context, inputs):
    seen = context.state("instanceState").get("seen", 0)
    if seen:
        return ActionResult(no_changes=True)
    body = {"data": [{"id": 7}], "contentType": "application/json"}
    return ActionResult({**context.payload, "body": body}, state={"instanceState": {"seen": 7}})
""",
}


def polled(project, xchange, trigger, *arguments, stdin="", **files):
    project({"integration.yml": integration(flow(AFTER, trigger=trigger, synchronous=False)), **files})
    payload = ("--payload", "-") if stdin else ()
    ran = xchange("run", "integration.yml", "--output", "json", *payload, *arguments, input=stdin)
    document = json.loads(ran.out)
    return ran, document["status"], [(one["ref"], one["status"]) for one in document["steps"]]


def test_what_was_polled_is_the_payload_of_a_trigger_without_local_code(project, xchange):
    ran, status, steps = polled(project, xchange, POLLING, stdin='{"records": []}')

    assert (ran.code, status, steps) == (0, "success", [("trigger", "success"), ("after", "success")])
    got = json.loads(ran.out)["steps"][0]["result"]
    assert got["body"] == {"data": {"records": []}, "contentType": "application/json"}


@pytest.mark.parametrize("value", ["POLLED_NO_CHANGES", "no changes", '{"noChanges": true}'])
def test_a_header_tells_that_nothing_new_was_polled_and_no_other_step_runs(value, project, xchange):
    stdin = json.dumps({"headers": {"Prismatic-Simulated-Trigger-Result": value}})
    ran, status, steps = polled(project, xchange, POLLING, stdin=stdin)

    assert (ran.code, status, steps) == (0, "no_changes", [("trigger", "success")])


def test_a_value_of_that_header_that_nobody_knows_is_told(project, xchange):
    stdin = json.dumps({"headers": {"prismatic-simulated-trigger-result": "perhaps"}})
    ran, status, _ = polled(project, xchange, POLLING, stdin=stdin)

    assert (ran.code, status) == (0, "success")
    assert "`prismatic-simulated-trigger-result` has a value that is not known here" in " ".join(
        ran.err.split()
    )


def test_a_mock_wins_over_the_header(project, xchange):
    stdin = json.dumps({"headers": {"prismatic-simulated-trigger-result": "POLLED_NO_CHANGES"}})
    _, status, _ = polled(project, xchange, POLLING, "--mock", "trigger=1", stdin=stdin)

    assert status == "success"


def test_a_mock_may_tell_that_nothing_new_was_polled(project, xchange):
    ran, status, steps = polled(project, xchange, POLLING, "--mock", 'trigger={"noChanges": true}')

    assert (ran.code, status, steps) == (0, "no_changes", [("trigger", "success")])


def test_a_trigger_of_ones_own_polls_and_keeps_where_it_was(project, xchange):
    ran, status, steps = polled(project, xchange, OWN, **OWN_FILES)
    assert (ran.code, status, steps) == (0, "success", [("trigger", "success"), ("after", "success")])

    ran, status, steps = polled(project, xchange, OWN)
    assert (ran.code, status, steps) == (0, "no_changes", [("trigger", "success")])
