"""`xchange run --resume RUN` goes on with all that a run has led to: called flows, retries, further flows."""

import shutil

from resumed_runs import FAIL, PASS, asked, call, callee, get, runs, server, told
from runs import code, flow, step
from servers import answer

__all__ = ["runs", "server"]


# --- called flows


def test_a_flow_that_had_still_to_be_run_is_run(runs, server):
    runs.write(
        flow(call("Audit"), get(server.url("/ok?main"))),
        callee("Audit", call("Archive"), get(server.url("/ok?audit"))),
        callee("Archive", get(server.url("/ok?archive"))),
    )
    assert runs.run("--flow", "Flow")[0] == 0
    shutil.rmtree(runs.record_of("Archive"))
    code, document = runs.resume()
    assert (code, asked(server)) == (0, ["main", "audit", "archive", "archive"])
    assert told(document) == [
        (name, cause, "success")
        for name, cause in (("Flow", "command"), ("Audit", "cross-flow"), ("Archive", "cross-flow"))
    ]

    shutil.rmtree(runs.record_of("Archive"))
    runs.kill("Audit", 2)
    assert runs.resume()[0] == 0
    assert asked(server)[4:] == ["audit", "archive"]

    assert runs.resume()[0] == 2


def test_a_called_flow_goes_on_alone_with_the_mocks_that_were_for_its_caller(runs):
    slow = code("Slow", "return { data: 1 };")
    main = flow(slow, call("Sub"), name="Main")
    sub = (code("Own", "return { data: 1 };"), code("End", "return { data: stepResults.own.results };"))
    runs.write(main, callee("Sub", sub[0], FAIL, sub[1]))
    assert runs.run("--flow", "Main", "--mock", "slow=5", "--mock", "Sub/own=6")[0] == 10
    runs.write(main, callee("Sub", sub[0], PASS, sub[1]))

    child = runs.record_of("Sub").name
    code_, document = runs.resume(run=child)

    assert (code_, document["flow"], document["steps"][-1]["result"]) == (0, "Sub", 6)
    assert runs.resume()[0] == 2


def test_what_a_flow_that_was_waited_for_has_started_is_run_too(runs, server):
    runs.write(
        flow(call("Ask"), get(server.url("/ok?main"))),
        callee("Ask", call("Archive"), get(server.url("/ok?ask")), synchronous=True),
        callee("Archive", get(server.url("/ok?archive"))),
    )
    assert runs.run("--flow", "Flow")[0] == 0
    shutil.rmtree(runs.record_of("Archive"))
    runs.kill("Flow", 4)

    assert runs.resume()[0] == 0
    assert asked(server) == ["ask", "main", "archive", "main", "archive"]


def test_a_flow_that_failed_while_nobody_waited_goes_on_with_the_run_that_started_it(runs, server):
    audit = (get(server.url("/ok?1")), FAIL)
    runs.write(flow(call("Audit")), callee("Audit", *audit))
    assert runs.run("--flow", "Flow")[0] == 10
    runs.write(flow(call("Audit")), callee("Audit", audit[0], PASS))

    code, document = runs.resume()

    assert (code, asked(server)) == (0, ["1"])
    assert told(document) == [("Flow", "command", "success"), ("Audit", "cross-flow", "success")]


def test_a_flow_that_failed_while_it_was_waited_for_goes_on_inside_its_caller(runs, server):
    asking = flow(
        get(server.url("/ok?main")), call("Ask"), code("End", "return { data: stepResults.callAsk.results };")
    )
    runs.write(asking, callee("Ask", get(server.url("/ok?ask")), FAIL, synchronous=True))
    assert runs.run("--flow", "Flow")[1]["error"]["path"] == "callAsk"
    runs.write(asking, callee("Ask", get(server.url("/ok?ask")), PASS, synchronous=True))

    code_, document = runs.resume()

    assert (code_, document["response"]["body"], asked(server)) == (0, "checked", ["main", "ask"])
    assert len(runs.records_of("Ask")) == 1


def test_a_call_that_failed_and_would_ask_for_something_else_today_is_made_anew(runs, server):
    ask = callee(
        "Ask",
        get(server.url("/ok?ask")),
        code(
            "Check",
            "const { data } = stepResults.called.results.body; if (data === 'bad') throw new Error('no'); return { data };",
        ),
        synchronous=True,
    )
    runs.write(flow(call("Ask", "bad")), ask)
    assert runs.run("--flow", "Flow")[0] == 10
    runs.write(flow(call("Ask", "good")), ask)

    code_, document = runs.resume()

    assert (code_, document["response"]["body"], asked(server)) == (0, "good", ["ask", "ask"])
    assert len(runs.records_of("Ask")) == 2
    assert runs.resume()[0] == 2


def test_a_run_that_another_one_has_led_to_can_go_on_alone(runs, server, xchange):
    asking = flow(call("Ask"), get(server.url("/ok?main")))
    runs.write(asking, callee("Ask", get(server.url("/ok?ask")), FAIL, synchronous=True))
    _, document = runs.run("--flow", "Flow")
    runs.write(asking, callee("Ask", get(server.url("/ok?ask")), PASS, synchronous=True))

    alone = xchange("run", "--resume", runs.record_of("Ask").name, cwd=runs.folder)
    assert alone.code == 0
    assert " ".join(alone.err.split()) == (
        f"warning: only this run goes on; `xchange run --resume {document['run']}` goes on with the one that led to it, too"
    )
    assert asked(server) == ["ask"]

    assert runs.resume()[0] == 0
    assert asked(server) == ["ask", "main"]


def test_flows_of_a_deployment_that_had_still_to_be_run_are_run(runs, server):
    flows = [
        flow(
            get(server.url(f"/ok?{name}")),
            code("End", "return {};"),
            name=name,
            trigger=step("Trigger", "management-triggers", "instanceDeploy", is_trigger=True),
        )
        for name in ("One", "Two", "Three")
    ]
    runs.write(*flows)
    assert runs.run("--deploy")[0] == 0
    shutil.rmtree(runs.record_of("Three"))
    runs.kill("Two", 2)

    code_, document = runs.resume()

    assert (code_, asked(server)) == (0, ["One", "Two", "Three", "Three"])
    assert told(document) == [(name, "deploy", "success") for name in ("One", "Two", "Three")]
    assert runs.resume()[0] == 2


def test_the_flow_that_a_request_was_for_is_run(runs, server):
    head = "endpointType: instance_specific\npreprocessFlowName: Find\nflowNameField: {type: reference, value: find.results}\n"
    runs.write(
        flow(code("Find", "return { data: stepResults.trigger.results.body.data.to };"), name="Find"),
        flow(
            get(server.url("/ok?orders")),
            code("End", "return { data: stepResults.trigger.results.body.data.id };"),
            name="Orders",
        ),
        flow(get(server.url("/ok?other")), name="Other"),
        head=head,
    )
    assert runs.run("--payload", "-", input='{"to": "Orders", "id": 7}')[0] == 0
    shutil.rmtree(runs.record_of("Orders"))
    code_, document = runs.resume()
    assert (code_, asked(server)) == (0, ["orders", "orders"])
    assert told(document) == [("Find", "command", "success"), ("Orders", "routing", "success")]

    runs.kill("Orders", 2)
    code_, document = runs.resume()
    assert (code_, asked(server)) == (0, ["orders", "orders"])
    assert document["executions"][0]["response"]["body"] == 7


RETRY = "retryConfig: {maxAttempts: 2, delayMinutes: 1}\n"


def retried(server, *more):
    return flow(get(server.url("/flaky"), "Flaky"), *more, synchronous=False, more=RETRY)


def test_a_retry_that_was_killed_goes_on_and_what_it_repeats_does_not(runs, server):
    server.on("/flaky", answer(500, b""), answer(200, b""))
    runs.write(retried(server, get(server.url("/ok?1"))))
    assert runs.run("--retry", "--no-wait")[0] == 0
    first, second = runs.records_of("Flow")
    (second / "end.json").unlink()
    journal = second / "journal.jsonl"
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:2]))

    code_, document = runs.resume()

    assert (code_, document["run"], document["attempt"]) == (0, second.name, 2)
    assert told(document) == [("Flow", "command", "error"), ("Flow", "retry", "success")]
    assert len(server.requests) == 4
    code_, error = runs.resume()
    assert (code_, error["message"]) == (
        2, f"the run {first.name} has ended (error, but success when it was retried): nothing is left to do"
    )  # fmt: skip


def test_a_run_that_was_killed_before_its_retry_goes_on_at_its_failed_step(runs, server):
    server.on("/flaky", answer(500, b""), answer(500, b""), answer(200, b""))
    runs.write(retried(server))
    assert runs.run("--retry", "--no-wait")[0] == 0
    _, *others = runs.records_of("Flow")
    for other in others:
        shutil.rmtree(other)
    server.on("/flaky", answer(500, b""), answer(200, b""))

    code_, document = runs.resume()

    assert (code_, document["attempt"], len(server.requests)) == (0, 2, 5)
    assert len(runs.records_of("Flow")) == 2


def test_a_scheduled_run_goes_on_at_the_time_of_its_schedule(runs):
    trigger = step(
        "Trigger",
        "schedule-triggers",
        "schedule",
        is_trigger=True,
        more="schedule: {type: value, value: '0 6 * * *', meta: {scheduleType: custom, timeZone: UTC}}\n",
    )
    now = step("Now", "datetime", "getCurrentDateTime")
    runs.write(flow(FAIL, now, trigger=trigger, synchronous=False))
    at = ("--trigger", "schedule", "--at", "2024-05-17T06:00")
    _, document = runs.run(*at)
    assert document["error"]["path"] == "check"
    runs.write(flow(PASS, now, trigger=trigger, synchronous=False))

    code_, document = runs.resume()

    assert (code_, document["steps"][-1]["result"][:13]) == (0, "2024-05-17T06")
