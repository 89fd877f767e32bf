"""`xchange run --resume RUN`: what is gone on with, what has to be as it was, and what may be another today."""

import json
import shutil
import signal
from threading import Event

import pytest

from conftest import start_process
from node_programs import needs_node
from resumed_runs import FAIL, PASS, asked, call, callee, get, runs, server
from runs import code, flow, integration, loop, step
from servers import answer, hang

__all__ = ["runs", "server"]
HEAD = """configPages:
- name: Page
  elements: [{type: configVar, value: Size}, {type: configVar, value: Acme}]
requiredConfigVars:
- {key: Size, dataType: number, defaultValue: '1'}
- key: Acme
  dataType: connection
  connection: {key: apiKey, component: {key: http, isPublic: true, version: LATEST}}
  inputs: {}
"""


# --- what a failed run may be gone on with


def failed(runs, server, *steps, **more):
    runs.write(flow(get(server.url("/ok?1"), "First"), FAIL, *steps), **more)
    code, document = runs.run()
    assert (code, document["error"]["path"]) == (10, "check")
    return get(server.url("/ok?1"), "First")


@pytest.mark.parametrize(
    "rest",
    [
        [PASS],
        [PASS, code("More", "return {};")],
        [PASS.replace("Check", "Look")],
        [code("Before", "return {};"), PASS],
        [],
    ],
    ids=["mended", "with more steps", "renamed", "with a step before it", "taken away"],
)
def test_the_failed_step_and_what_follows_may_be_other_ones(runs, server, rest):
    first = failed(runs, server)
    runs.write(flow(first, *rest))

    code, document = runs.resume()

    assert (code, document["status"], asked(server)) == (0, "success", ["1"])


def test_what_fails_again_can_be_gone_on_with_again(runs, server):
    first = failed(runs, server)
    run = runs.resume()[1]["run"]
    assert runs.resume(run=run)[0] == 10
    runs.write(flow(first, PASS))

    assert runs.resume(run=run.lower()[-6:])[0] == 0
    assert asked(server) == ["1"]


def test_a_finished_step_must_be_as_it_was(runs, server):
    failed(runs, server)
    runs.write(flow(get(server.url("/ok?2"), "First"), PASS))

    code, error = runs.resume()

    assert (code, error["code"], asked(server)) == (1, "invalid", ["1"])
    assert error["message"] == (
        "the step `First` is finished, but would have another input `url` today: "
        f'"{server.url("/ok?2")}"; it was "{server.url("/ok?1")}"'
    )
    assert (error["file"], error["start"]["line"]) == ("integration.yml", 17)


def test_the_config_may_be_mended_where_no_finished_step_has_used_it(runs):
    size = code("Check", "if (context.configVars.Size < 2) throw new Error('no'); return {};")
    runs.write(flow(code("First", "return { data: 7 };"), size), head=HEAD)
    acme = {"configs/dev.yml": "values: {Size: 1}\nconnections: {Acme: {fields: {apiKey: k}}}\n"}
    runs.write(flow(code("First", "return { data: 7 };"), size), head=HEAD, **acme)
    assert runs.run("--config", "dev")[0] == 10

    acme["configs/dev.yml"] = acme["configs/dev.yml"].replace("Size: 1", "Size: 2")
    runs.write(flow(code("First", "return { data: 7 };"), size), head=HEAD, **acme)

    assert runs.resume()[0] == 0


def test_a_secret_may_have_another_value(runs, server):
    connection = {"connection": "{type: configVar, value: Acme}"}
    steps = (get(server.url("/ok?1"), "First", **connection), get(server.url("/bad"), "Check", **connection))
    configs = {"configs/dev.yml": "connections: {Acme: {fields: {apiKey: '${env:KEY}'}}}\n"}
    runs.write(flow(*steps), head=HEAD, **configs)
    server.on("/bad", answer(401, b""), answer(200, b""))

    assert runs.run("--config", "dev", env={"KEY": "old-k3y-of-acme"})[0] == 10
    assert runs.resume(env={"KEY": "new-k3y-of-acme"})[0] == 0

    assert [got.headers["authorization"] for got in server.requests] == [
        "Basic old-k3y-of-acme", "Basic old-k3y-of-acme", "Basic new-k3y-of-acme"
    ]  # fmt: skip


PUT = step(
    "Put",
    "aws-s3",
    "putObject",
    dynamicSecretAccessKey="{type: reference, value: each.currentItem}",
    awsRegion="eu-west-1",
    bucket="b",
    objectKey="k",
    fileContents="x",
    awsConnection="{type: configVar, value: Aws}",
)
AWS = """configPages:
- {name: Page, elements: [{type: configVar, value: Aws}]}
requiredConfigVars:
- key: Aws
  dataType: connection
  connection: {key: apiKeySecret, component: {key: aws-s3, isPublic: true, version: LATEST}}
  inputs: {}
"""
REVERSED = "return { data: stepResults.each.results.map((text) => [...text].reverse().join('')) };"


def each_with_a_secret(*secrets):
    """Write a loop that has a secret input in each pass, and gives what was secret in the pass before."""
    last = "const { index } = stepResults.each; return { data: stepResults.make.results[Math.max(0, index - 1)] };"
    return (
        code("Make", f"return {{ data: {json.dumps(secrets)} }};"),
        loop("Each", "make.results", PUT, code("Use", last)),
    )


def test_each_pass_of_a_loop_gets_its_own_secrets_back(runs):
    steps = each_with_a_secret("first-secret-1", "second-secret-2", "third-secret-3")
    assert runs_with_mocked_put(runs, flow(*steps, FAIL)) == "check"
    runs.write(flow(*steps, code("Check", REVERSED)), head=AWS)

    code_, document = runs.resume()

    assert (code_, document["response"]["body"]) == (
        0,
        ["1-terces-tsrif", "1-terces-tsrif", "2-terces-dnoces"],
    )


def test_a_called_flow_gets_its_own_secrets_back_when_it_goes_on_alone(runs):
    caller = flow(*each_with_a_secret("the-callers-1"), call("Audit"))
    steps = each_with_a_secret("first-secret-1", "second-secret-2", "third-secret-3")
    runs_with_mocked_put(runs, caller, callee("Audit", *steps, FAIL), mocks=("--mock", "Audit/put=1"))
    runs.write(caller, callee("Audit", *steps, code("Check", REVERSED), synchronous=True), head=AWS)

    code_, document = runs.resume(run=runs.record_of("Audit").name)

    assert (code_, document["steps"][-1]["result"]) == (
        0, ["1-terces-tsrif", "1-terces-tsrif", "2-terces-dnoces"]
    )  # fmt: skip


def runs_with_mocked_put(runs, *flows, mocks=()):
    """Run the first flow; gives the path of the step that failed."""
    runs.write(*flows, head=AWS)
    _, document = runs.run("--flow", "Flow", "--mock", "put=1", *mocks)
    return (document["error"] or {}).get("path")


def test_a_loop_goes_on_in_the_pass_that_failed_and_keeps_what_earlier_passes_gave(runs):
    items = code("Items", "return { data: Array.from({ length: 520 }, (_, i) => i) };")
    before = code("Before", "return { data: 0 };")
    check = code(
        "Check", "if (stepResults.each.currentItem === 500) throw new Error('no'); return { data: 1 };"
    )
    runs.write(flow(items, loop("Each", "items.results", before, check)))
    assert runs.run()[1]["error"]["path"] == "each[500]/check"

    runs.write(flow(items, loop("Each", "items.results", before, check, code("After", "return {};"))))
    code_, error = runs.resume()
    assert (code_, error["message"]) == (
        1,
        "the step `Before` (each[1]/before) is finished, but today `After` (each[0]/after) would come in its place",
    )

    runs.write(flow(items, loop("Each", "items.results", before, code("Check", "return { data: 2 };"))))
    code_, document = runs.resume()
    assert (code_, document["response"]["body"]) == (0, [1] * 500 + [2] * 20)
    assert [one["message"] for one in document["warnings"]] == [
        "`check` has changed; what it gave in 500 earlier passes stays as it was"
    ]


def test_failures_that_were_ignored_or_retried_stay_as_they_were(runs, server):
    server.on("/bad", answer(500, b""))
    server.on("/once", answer(500, b""), answer(200, b""))
    ignored = step(
        "Ignored",
        "http",
        "httpGet",
        url=server.url("/bad?i"),
        maxRetries="0",
        more="errorConfig: {errorHandlerType: ignore}\n",
    )
    retry = "errorConfig: {errorHandlerType: retry, maxAttempts: 2, delaySeconds: 0}\n"
    retried = step("Retried", "http", "httpGet", url=server.url("/once?r"), maxRetries="0", more=retry)
    runs.write(flow(ignored, retried, FAIL))
    assert runs.run()[1]["error"]["path"] == "check"
    runs.write(flow(ignored, retried, PASS))

    code, document = runs.resume()

    assert (code, asked(server)) == (0, ["i", "r", "r"])
    assert [(one["path"], one["status"], one["attempt"]) for one in document["steps"]] == [
        ("trigger", "success", 1), ("ignored", "ignored", 1), ("retried", "error", 1),
        ("retried", "success", 2), ("check", "success", 1),
    ]  # fmt: skip


def test_a_run_whose_time_was_up_gets_new_time(runs, server):
    runs.write(flow(get(server.url("/ok?1")), step("Nap", "sleep", "sleep", ms="300")))
    assert runs.run("--timeout", "0.2")[0] == 12

    code, document = runs.resume("--timeout", "20")

    assert (code, document["status"], asked(server)) == (0, "success", ["1"])


def test_a_write_that_was_stopped_can_be_allowed(runs, server):
    post = step("Post", "http", "httpPost", url="http://api.acme.test/orders", data="x", maxRetries="0")
    runs.write(flow(get(server.url("/ok?1")), post))
    _, document = runs.run()
    assert document["error"]["kind"] == "write-blocked"

    code, _ = runs.resume("--allow-writes=post", env={"http_proxy": server.url("")})

    assert code == 0
    assert [(got.method, got.target) for got in server.requests][1:] == [
        ("POST", "http://api.acme.test/orders")
    ]


def test_a_run_that_was_to_end_after_a_step_still_does(runs, server):
    runs.write(flow(FAIL, get(server.url("/ok?1")), get(server.url("/ok?2"), "Later")))
    assert runs.run("--until", "get")[0] == 10
    runs.write(flow(PASS, get(server.url("/ok?1")), get(server.url("/ok?2"), "Later")))

    code, document = runs.resume()
    assert (code, document["stoppedAt"], asked(server)) == (0, "get", ["1"])

    code, error = runs.resume()
    assert (code, error["message"].partition(" has ")[2]) == (2, "ended (success): nothing is left to do")
    assert error["hint"] == "It ended after `get`, as --until asked; run the flow anew to go further."


def test_a_recording_is_not_replaced_by_one_of_the_rest(runs, server):
    failed(runs, server)
    runs.write(flow(get(server.url("/ok?1")), FAIL, get(server.url("/ok?2"), "Later")))
    runs.run("--http", "record")
    recording = (runs.folder / "recordings" / "flow.json").read_bytes()
    runs.write(flow(get(server.url("/ok?1")), PASS, get(server.url("/ok?2"), "Later")))

    assert runs.resume()[0] == 0
    assert (runs.folder / "recordings" / "flow.json").read_bytes() == recording


def test_what_a_command_has_named_is_found_from_another_folder(runs, tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "mock.json").write_text('{"mocked": true}')
    (tmp_path / "mine.yml").write_text("values: {Size: 5}\n")
    size = code("Size", "return { data: context.configVars.Size };")
    head = HEAD.replace(", {type: configVar, value: Acme}", "").partition("- key: Acme")[0]
    runs.write(flow(code("First", "return {};"), FAIL, size), head=head)
    assert runs.run("--config", "mine.yml", "--mock", "first=mock.json")[0] == 10
    runs.write(flow(code("First", "return {};"), PASS, size), head=head)

    code_, document = runs.resume(cwd="sub")

    assert (code_, document["response"]["body"], document["steps"][1]["result"]) == (0, 5, {"mocked": True})


def test_a_mock_counts_as_it_was_and_one_of_the_resume_comes_before_it(runs, tmp_path):
    (tmp_path / "mock.json").write_text("1")
    steps = [code(name, "return { data: 0 };") for name in ("First", "Later", "Last")]
    end = code("End", "return { data: [stepResults.later.results, stepResults.last.results] };")
    runs.write(flow(steps[0], FAIL, *steps[1:], end))
    assert runs.run("--mock", "later=mock.json", "--mock", "last=2")[0] == 10
    (tmp_path / "mock.json").unlink()
    runs.write(flow(steps[0], PASS, *steps[1:], end))

    code_, document = runs.resume("--mock", "last=3")

    assert (code_, document["response"]["body"]) == (0, [1, 3])


def test_the_words_of_a_command_in_an_older_record_are_read(runs):
    size = code("Size", "return { data: [stepResults.first.results, context.configVars.Size] };")
    head = HEAD.replace(", {type: configVar, value: Acme}", "").partition("- key: Acme")[0]
    runs.write(flow(code("First", "return {};"), FAIL, size), head=head)
    assert runs.run("--mock", "first=1", "--var", "Size=5")[0] == 10
    start = runs.record_of("Flow") / "run.json"
    fields = json.loads(start.read_bytes())
    more = fields["options"]["more"]
    assert (more["mocks"], more["variables"]) == ({"Flow": {"first": 1}}, {"Size": "5"})
    more.update(mocks=["first=1"], variables=["Size=5"])
    start.write_text(json.dumps(fields), encoding="utf-8")
    runs.write(flow(code("First", "return {};"), PASS, size), head=head)

    code_, document = runs.resume()

    assert (code_, document["response"]["body"]) == (0, [1, 5])


@needs_node
def test_what_was_said_of_network_and_javascript_may_be_said_otherwise(runs, server):
    hashing = "return { data: require('crypto').createHash('md5').update('x').digest('hex').length };"
    runs.write(flow(get(server.url("/ok?1")), code("Check", hashing)))
    assert runs.run("--http", "deny", "--js", "quickjs")[1]["error"]["kind"] == "network-denied"

    assert runs.resume()[1]["error"]["kind"] == "network-denied"
    code_, document = runs.resume("--http", "live")
    assert (code_, document["error"]["path"], asked(server)) == (10, "check", ["1"])
    assert runs.resume("--http", "live", "--js", "auto")[0] == 0


# --- what can never be gone on with


def hints(runs, xchange):
    """Give whether a run is said to be resumable: when it is shown, for programs, and in the list."""
    shown = xchange("runs", "show", "last", cwd=runs.folder).out
    document = json.loads(xchange("runs", "show", "last", "--output", "json", cwd=runs.folder).out)
    listed = json.loads(xchange("runs", "--output", "json", cwd=runs.folder).out)["runs"][0]
    return "--resume" in shown, document["canBeResumed"], listed["canBeResumed"]


def test_an_integration_on_standard_input_cannot_be_resumed_and_nobody_says_so(runs, xchange):
    failing = flow(code("First", "return {};"), FAIL)
    ran = xchange("run", "-", cwd=runs.folder, input=integration(failing))

    assert (ran.code, "--resume" in ran.out + ran.err, "xchange runs show" in ran.out) == (10, False, True)
    assert hints(runs, xchange) == (False, False, False)
    code_, error = runs.resume()
    message = "the run was of an integration on standard input, which cannot be resumed"
    assert (code_, error["message"], error["hint"]) == (2, message, "Run it again.")


def test_a_run_that_was_answered_from_a_recording_cannot_be_resumed(runs, server, xchange):
    asking = get(server.url("/ok?1"))
    runs.write(flow(asking))
    assert runs.run("--http", "record")[0] == 0
    runs.write(flow(asking, FAIL))
    ran = runs.run("--http", "replay", text=True)

    assert (ran.code, "--resume" in ran.out + ran.err) == (10, False)
    assert hints(runs, xchange) == (False, False, False)
    code_, error = runs.resume("--http", "live")
    message = "the run was answered from a recording, which a resumed run would begin anew"
    assert (code_, error["message"], error["hint"]) == (2, message, "Run it again.")


def test_a_run_is_not_gone_on_with_from_a_recording(runs, server):
    runs.write(flow(get(server.url("/ok?1")), FAIL))
    runs.run("--http", "record")

    code_, error = runs.resume("--http", "replay")

    assert (code_, error["message"]) == (2, "--resume and --http replay do not go together")


# --- how it is shown


def test_a_run_that_was_gone_on_with_is_shown_with_when_and_why(runs, server, xchange):
    first = failed(runs, server)
    runs.resume()
    runs.write(flow(first, PASS))
    runs.resume()

    shown = json.loads(xchange("runs", "show", "last", "--output", "json", cwd=runs.folder).out)
    text = " ".join(xchange("runs", "show", "last", cwd=runs.folder).out.split())

    assert [one["after"] for one in shown["resumed"]] == ["error", "error"]
    assert (shown["status"], shown["canBeResumed"]) == ("success", False)
    assert f"; resumed 2 times, last {shown['resumed'][1]['at'][:10]}" in text
    assert "UTC, after it was error" in text


def test_a_run_that_has_led_to_what_has_not_begun_says_how_to_go_on(runs, xchange):
    runs.write(flow(call("Audit")), callee("Audit", PASS))
    runs.run("--flow", "Flow")
    shutil.rmtree(runs.record_of("Audit"))

    shown = xchange("runs", "show", "last", cwd=runs.folder).out

    assert shown.endswith(
        "\n1 run that it led to not begun\n"
        f"\nGo on with it: xchange run --resume {runs.record_of('Flow').name}\n"
    )


# --- state


def test_state_is_saved_once(runs, xchange):
    count = step("Count", "persist-data", "incrementInstanceValue", keyInput="runs")
    runs.write(flow(count))
    assert runs.run()[0] == 0
    (runs.record_of("Flow") / "end.json").unlink()
    xchange("state", "set", "test", "runs", "7", "--flow", "Flow", cwd=runs.folder)

    assert runs.resume()[0] == 0
    kept = json.loads(xchange("state", "list", "--output", "json", cwd=runs.folder).out)["entries"]
    assert [(one["key"], one["value"]) for one in kept] == [("runs", 1)]


# --- more than one process


def test_a_run_is_gone_on_with_by_one_process_at_a_time(runs, server):
    runs.write(flow(get(server.url("/slow?1")), get(server.url("/ok?2"), "Later")))
    said = []

    def resume_meanwhile(exchange):
        process = start_process("run", "--resume", "last", cwd=runs.folder)
        said.append((process.communicate(timeout=20)[1], process.returncode))
        return answer(200, {})(exchange)

    server.on("/slow", resume_meanwhile)

    assert runs.run()[0] == 0
    hint = "Wait until it has ended, or end it."
    assert said == [(f"error: the run {runs.record_of('Flow').name} is running\nhint: {hint}\n", 3)]


def test_of_two_processes_that_go_on_at_once_one_does(runs, server):
    failed(runs, server)
    runs.write(flow(get(server.url("/ok?1"), "First"), PASS, get(server.url("/held?2"), "Later")))
    arrived, released = Event(), Event()

    def held(exchange):
        arrived.set()
        return released.wait(30) and answer(200, {})(exchange)

    server.on("/held", held)
    first = start_process("run", "--resume", "last", cwd=runs.folder)
    assert arrived.wait(30)
    second = start_process("run", "--resume", "last", cwd=runs.folder)
    _, said = second.communicate(timeout=60)
    released.set()
    first.communicate(timeout=60)

    assert (first.returncode, second.returncode, "is running" in said) == (0, 3, True)
    assert asked(server) == ["1", "2"]


@pytest.mark.usefixtures("interrupts")
def test_ctrl_c_leaves_a_run_that_can_be_gone_on_with_and_says_how(runs, server):
    runs.write(flow(get(server.url("/ok?1")), get(server.url("/slow?2"), "Slow")))
    arrived = Event()

    def never(exchange):
        arrived.set()
        return hang(exchange)

    server.on("/slow", never, answer(200, {}))
    process = start_process("run", "integration.yml", cwd=runs.folder)
    assert arrived.wait(30)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)

    assert (
        process.returncode,
        f"`xchange run --resume {runs.record_of('Flow').name}` goes on with it" in err,
    ) == (130, True)
    assert runs.resume()[0] == 0
    assert asked(server) == ["1", "2", "2"]


# --- what cannot be gone on with


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--flow", "Flow"], "--resume and --flow do not go together"),
        (["--payload", "x"], "--resume and --payload do not go together"),
        (["--until", "x"], "--resume and --until do not go together"),
        (["--deploy"], "--resume and --deploy do not go together"),
        (["--no-record"], "--resume and --no-record do not go together"),
    ],
)
def test_what_a_run_starts_from_is_not_given_again(runs, server, arguments, message):
    failed(runs, server)

    code, error = runs.resume(*arguments)

    assert (code, error["message"], error["hint"]) == (
        2, message, "A resumed run starts as it did before; leave this out."
    )  # fmt: skip


def test_runs_that_are_not_there_or_damaged_are_told(runs, server):
    assert runs.resume()[1]["message"] == "there is no run yet"
    first = failed(runs, server)
    assert runs.resume(run="ZZZ")[1]["message"] == "there is no run 'ZZZ'"
    folder = runs.record_of("Flow")
    (folder / "journal.jsonl").write_text("{}\n")

    code, error = runs.resume()
    assert (code, error["message"]) == (
        3,
        f"the record of the run {folder.name} is damaged: line 1 of journal.jsonl",
    )

    runs.write(flow(first, name="Other"))
    code, error = runs.resume()
    assert (code, error["message"]) == (2, "no flow is called `Flow`")
