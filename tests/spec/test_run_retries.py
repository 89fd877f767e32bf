"""`--retry`: a flow that fails is run again as its `retryConfig` says."""

import json

import pytest

from runs import code, flow, integration, step
from servers import answer, server

__all__ = ["server"]
RETRY = "retryConfig: {maxAttempts: 2, delayMinutes: 5, usesExponentialBackoff: %s}\n"
CROSS_FLOW = step("Called", "cross-flow", "crossFlow", is_trigger=True)
CALL = step("Call", "cross-flow", "invokeFlow", flowName="Callee")


@pytest.fixture
def run(project, xchange):
    def go(*flows, arguments=("--retry", "--no-wait"), output="json", payload=None):
        project({"integration.yml": integration(*flows)})
        given = ("--payload", "-") if payload else ()
        ran = xchange(
            "run",
            "integration.yml",
            "--flow",
            "Flow",
            "--output",
            output,
            *given,
            *arguments,
            input=payload or "",
        )
        lines = ran.out.splitlines()
        return ran.code, [json.loads(line) for line in lines] if output == "jsonl" else json.loads(ran.out)

    return go


def get(url, more=""):
    return step("Get", "http", "httpGet", url=url, maxRetries="0", more=more)


def retried(*steps, exponential="false", synchronous=False, **more):
    return flow(*steps, more=RETRY % exponential, synchronous=synchronous, **more)


def executions(document):
    """Give all executions; the object is about the last attempt and lists the others."""
    return sorted([document, *document.get("executions", [])], key=lambda one: one["run"])


def attempts(document):
    return [(one["cause"], one["attempt"], one["status"]) for one in executions(document)]


ONLY_ONE = [("command", 1, "error")]


FAIL = answer(500, {"error": "busy"})


def test_the_second_attempt_succeeds_and_so_does_the_command(run, server):
    url = server.on("/orders", FAIL, answer(200, {"id": 1}))
    status, document = run(retried(get(url)), payload='{"page": 1}')

    assert (status, attempts(document)) == (0, [("command", 1, "error"), ("retry", 2, "success")])
    assert len(server.requests) == 2
    first, retry = executions(document)
    assert (retry["parent"], retry["calledAt"]) == (first["run"], None)
    assert retry["steps"][0]["result"]["body"] == first["steps"][0]["result"]["body"]
    assert retry["steps"][0]["result"]["executionId"] == retry["run"]


def test_when_all_attempts_have_failed_so_has_the_command(run, server):
    status, document = run(retried(get(server.on("/orders", FAIL))))

    assert (status, attempts(document)) == (10, [*ONLY_ONE, ("retry", 2, "error"), ("retry", 3, "error")])
    assert len(server.requests) == 3


@pytest.mark.parametrize(("exponential", "delays"), [("false", [300, 300]), ("true", [300, 600])])
def test_the_delays_are_minutes_that_may_double(exponential, delays, run, server):
    _, events = run(retried(get(server.on("/", FAIL)), exponential=exponential), output="jsonl")

    assert [one["seconds"] for one in events if one["event"] == "waiting"] == delays
    assert {one["reason"] for one in events if one["event"] == "waiting"} == {"flow-retry"}


def test_without_the_option_nothing_is_run_again(run, server):
    status, document = run(retried(get(server.on("/", FAIL))), arguments=())

    assert (status, attempts(document), len(server.requests)) == (10, ONLY_ONE, 1)


def test_a_flow_without_retries_is_not_run_again(run, server):
    status, document = run(flow(get(server.on("/", FAIL)), synchronous=False))

    assert (status, attempts(document)) == (10, ONLY_ONE)


def test_a_caller_who_waits_gets_the_failure(run, server):
    asking = json.dumps({"headers": {"prismatic-synchronous": "true"}})
    status, document = run(retried(get(server.on("/", FAIL))), payload=asking)

    assert (status, attempts(document)) == (10, ONLY_ONE)


def test_what_would_fail_again_for_sure_is_not_run_again(run):
    unknown = step("Create Row", "google-sheets", "createRow")
    writing = step("Post", "http", "httpPost", url="https://api.acme.test", data="x=1")

    for failing, kind in ((unknown, "not-implemented"), (writing, "write-blocked")):
        status, document = run(retried(failing))
        assert (status, document["error"]["kind"], attempts(document)) == (10, kind, ONLY_ONE)


def test_a_flow_that_is_out_of_time_is_not_run_again(run):
    sleeping = step("Sleep", "sleep", "sleep", ms="20000")
    status, document = run(retried(sleeping), arguments=("--retry", "--timeout", "0.2"))

    assert (status, document["status"], attempts(document)) == (12, "timeout", [("command", 1, "timeout")])


def test_a_called_flow_that_nobody_waits_for_is_run_again_too(run, server):
    url = server.on("/orders", FAIL, answer(200, {"id": 1}))
    calling = flow(CALL, synchronous=False)
    status, document = run(calling, retried(get(url), name="Callee", trigger=CROSS_FLOW))

    caller, first, retry = executions(document)
    assert (status, caller["status"]) == (0, "success")
    assert attempts(document)[1:] == [("cross-flow", 1, "error"), ("retry", 2, "success")]
    assert (first["parent"], retry["parent"]) == (caller["run"], first["run"])


def test_what_a_failed_attempt_kept_is_not_there_in_the_next(run, server):
    url = server.on("/orders", FAIL, answer(200, {"id": 1}))
    counting = code(
        "Count", "const n = (context.instanceState.n ?? 0) + 1; return { data: n, instanceState: { n } };"
    )
    _, document = run(retried(counting, get(url)))

    assert executions(document)[1]["state"] == {"instanceState": {"n": 1}}
