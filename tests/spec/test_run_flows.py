"""Flows that call each other: as executions of their own, with answers, failures and limits."""

import json

import pytest

from runs import code, flow, integration, loop, step

CROSS_FLOW = step("Called", "cross-flow", "crossFlow", is_trigger=True)
RECURSIVE = step("Start", "recursive-flow", "recursiveTrigger", is_trigger=True, defaultCursor="1")
IGNORED = "errorConfig: {errorHandlerType: ignore}\n"
SENT = "{type: reference, value: trigger.results.body.data}"


def call(name, more="", **inputs):
    return step("Call", "cross-flow", "invokeFlow", more=more, flowName=name, **inputs)


def callee(*steps, name="Callee", synchronous=True):
    return flow(*steps, name=name, trigger=CROSS_FLOW, synchronous=synchronous)


@pytest.fixture
def run(project, xchange):
    """Run the first flow; gives the exit code and the whole object of the output."""

    def go(*flows, arguments=(), stdin="", no_record=True):
        project({"integration.yml": integration(*flows)})
        more = ("--no-record",) if no_record else ()
        payload = ("--payload", "-") if stdin else ()
        ran = xchange(
            "run",
            "integration.yml",
            "--flow",
            "Flow",
            "--output",
            "json",
            *more,
            *payload,
            *arguments,
            input=stdin,
        )
        return ran.code, json.loads(ran.out)

    return go


def told(document):
    """Give what can be said of the executions that another one led to."""
    return [(one["flow"], one["cause"], one["status"]) for one in document.get("executions", [])]


def result(document, path):
    return next(one["result"] for one in document["steps"] if one["path"] == path)


# --- calls that wait


def test_a_synchronous_flow_is_waited_for_and_its_answer_is_the_result(run):
    answering = code(
        "Answer", "return { data: stepResults.called.results.body.data.map((n) => n * 2), statusCode: 201 };"
    )
    status, document = run(flow(call("Callee", data=SENT)), callee(answering), stdin="[1, 2]")

    assert status == 0
    assert told(document) == [("Callee", "cross-flow", "success")]
    assert document["response"] == {
        "statusCode": 201,
        "contentType": "application/json",
        "headers": {},
        "body": [2, 4],
    }
    assert document["executions"][0]["parent"] == document["run"]
    assert document["executions"][0]["calledAt"] == "call"


def test_a_flow_is_called_by_a_name_that_is_known_only_at_run_time(run):
    name = "{type: reference, value: trigger.results.body.data.flow}"
    flows = (callee(name="One"), callee(code("Two", "return { data: 2 };"), name="Two"))

    assert told(run(flow(call(name)), *flows, stdin='{"flow": "Two"}')[1]) == [
        ("Two", "cross-flow", "success")
    ]


def test_a_flow_that_is_not_there_fails_the_step_at_its_input_with_the_nearest_name(run):
    name = "{type: reference, value: trigger.results.body.data}"
    status, document = run(flow(call(name)), callee(), stdin="Calle")

    assert status == 10
    assert document["error"] == {
        "path": "call",
        "kind": "no-flow",
        "message": "no flow is called `Calle`; did you mean `Callee`?",
        "file": "integration.yml",
        "start": document["error"]["start"],
        "end": document["error"]["end"],
    }
    line = integration(flow(call(name))).splitlines()[document["error"]["start"]["line"] - 1]
    assert line.strip().startswith("flowName:")


def test_a_called_flow_that_fails_fails_the_step(run):
    failing = callee(code("Fail", "throw new Error('no lines');"))
    status, document = run(flow(call("Callee")), failing)

    assert status == 10
    assert told(document) == [("Callee", "cross-flow", "error")]
    assert (document["error"]["path"], document["error"]["kind"]) == ("call", "flow-failed")
    assert document["error"]["message"] == "the flow `Callee` failed: Error: no lines"


def test_the_error_handling_of_the_step_covers_the_called_flow(run):
    failing = callee(code("Fail", "throw new Error('no lines');"))
    retried = "errorConfig: {errorHandlerType: retry, maxAttempts: 2, delaySeconds: 1}\n"

    status, document = run(flow(call("Callee", IGNORED), code("On", "return { data: 1 };")), failing)
    assert (status, told(document)) == (0, [("Callee", "cross-flow", "error")])
    status, document = run(flow(call("Callee", retried)), failing, arguments=("--no-wait",))
    assert (status, told(document)) == (10, [("Callee", "cross-flow", "error")] * 3)


def test_a_called_flow_ends_with_its_caller_when_the_time_is_up(run):
    sleeping = step("Sleep", "sleep", "sleep", ms="20000")
    status, document = run(flow(call("Callee", IGNORED)), callee(sleeping), arguments=("--timeout", "0.2"))

    assert (status, document["status"]) == (12, "timeout")
    assert told(document) == [("Callee", "cross-flow", "timeout")]


# --- calls that do not wait


def test_an_asynchronous_flow_begins_when_its_caller_has_ended(run):
    status, document = run(
        flow(call("Callee", data=SENT), code("After", "return { data: stepResults.call.results };")),
        callee(code("Show", "return { data: stepResults.called.results.body.data };"), synchronous=False),
        stdin='{"id": 7}',
    )

    assert status == 0
    [child] = document["executions"]
    assert document["response"]["body"] == {"executionId": child["run"]}
    assert result(child, "show") == {"id": 7}
    assert child["response"]["body"] == {"executionId": child["run"]}


def test_an_asynchronous_flow_that_fails_fails_the_command_but_not_its_caller(run):
    failing = callee(code("Fail", "throw new Error('no');"), synchronous=False)
    status, document = run(flow(call("Callee")), failing)

    assert (status, document["status"], told(document)) == (
        10,
        "success",
        [("Callee", "cross-flow", "error")],
    )


def test_a_flow_that_was_called_runs_even_when_its_caller_fails_later(run):
    status, document = run(
        flow(call("Callee"), code("Fail", "throw new Error('no');")), callee(synchronous=False)
    )

    assert (status, told(document)) == (10, [("Callee", "cross-flow", "success")])


def test_executions_that_wait_in_line_run_in_the_order_of_the_calls(run):
    calling = loop(
        "Each", "trigger.results.body.data", call("Callee", data="{type: reference, value: each.currentItem}")
    )
    showing = code("Show", "return { data: stepResults.called.results.body.data };")
    _, document = run(flow(calling), callee(showing, synchronous=False), stdin="[1, 2, 3]")

    assert [result(child, "show") for child in document["executions"]] == [1, 2, 3]


# --- recursion


NEXT = code(
    "Next",
    "const cursor = Number(stepResults.get.results);\n"
    "return { data: { cursor: String(cursor + 1), isLast: cursor >= 3 } };",
)
UNTIL_THREE = (
    step("Get", "recursive-flow", "getCursor"),
    NEXT,
    step("Set", "recursive-flow", "setCursor", cursor="{type: reference, value: next.results.cursor}"),
    step(
        "Check",
        "branch",
        "branchOnValue",
        inputValue="{type: reference, value: next.results.isLast}",
        branchValueMappings="{type: complex, value: [{name: Done, type: value, value: 'true'}]}",
        more="branches:\n- {name: Done, steps: []}\n- name: Else\n  steps:\n"
        "  - name: Again\n    action: {key: invokeRecursive, component: "
        "{key: recursive-flow, isPublic: true, version: LATEST}}\n    inputs: {}\n",
    ),
)


def test_a_flow_calls_itself_with_a_cursor_until_it_is_done(run):
    status, document = run(flow(*UNTIL_THREE, trigger=RECURSIVE, synchronous=False))

    assert status == 0
    assert told(document) == [("Flow", "recursion", "success")] * 2
    executions = [document, *document["executions"]]
    assert [result(one, "get") for one in executions] == ["1", "2", "3"]
    assert [one.get("parent") for one in executions[1:]] == [executions[0]["run"], executions[1]["run"]]


def test_a_recursive_flow_starts_where_its_payload_says(run):
    _, document = run(flow(*UNTIL_THREE, trigger=RECURSIVE, synchronous=False), stdin='{"cursor": "3"}')

    assert (result(document, "get"), told(document)) == ("3", [])


# --- limits


def test_flows_that_wait_for_each_other_without_end_are_ended(run):
    status, document = run(flow(call("Callee")), callee(call("Callee")))

    assert status == 10
    assert len(document["executions"]) == 24
    assert document["error"]["message"].count("the flow `Callee` failed: ") == 24
    assert document["error"]["message"].endswith(
        "24 flows wait for one another already; do they call each other without end?"
    )


def test_flows_that_start_each_other_without_end_are_ended(run):
    again = step("Again", "recursive-flow", "invokeRecursive")
    status, document = run(flow(again, trigger=RECURSIVE, synchronous=False))

    assert status == 10
    assert len(document["executions"]) == 999
    assert document["executions"][-1]["error"]["message"] == (
        "this run has started 1,000 executions, which is all that it may"
    )


# --- mocks


@pytest.mark.parametrize("name", ["Callee/Get Order", "callee/getOrder"])
def test_a_mock_may_be_for_a_step_of_a_called_flow(name, run):
    getting = step("Get Order", "http", "httpGet", url="https://api.acme.test")
    status, document = run(flow(call("Callee")), callee(getting), arguments=("--mock", f'{name}={{"id": 7}}'))

    assert (status, document["response"]["body"]) == (0, {"id": 7})


def test_a_mock_of_a_step_that_the_called_flow_does_not_have_is_refused(project, xchange):
    project({"integration.yml": integration(flow(call("Callee")), callee(code("Get Order", "return {};")))})
    ran = xchange("run", "--flow", "Flow", "--mock", "Callee/getOrdr=1")

    assert (ran.code, ran.err) == (
        2,
        "error: the flow `Callee` has no step `getOrdr`\nhint: Did you mean `getOrder`?\n",
    )


def test_a_mocked_call_calls_nobody(run):
    status, document = run(flow(call("Callee")), callee(), arguments=("--mock", 'call={"executionId": "1"}'))

    assert (status, told(document), document["response"]["body"]) == (0, [], {"executionId": "1"})
