"""`xchange run`: how it ends, what it asks, and what it refuses. What a run looks like is in the folder `run`."""

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from conftest import start_process
from runs import code, flow, integration, loop, step, timeless
from xchange_cli.schemas import schema

FIND = step("Find Total", "pdf", "findPattern", pdfData="x", searchPattern="x")
GREET = code("Greet", 'return { data: "hello" };')
BROKEN = step("Wait", "sleep", "sleep", ms="{type: reference, value: triger.results}")


INTERRUPTED = "interrupted; `xchange run --resume RUN-ID-OF-26-CHARACTERS---` goes on with it\n"
AT_MOST = "a run may take at most 2592000 seconds, which are 30 days"


@pytest.fixture
def files(project):
    """Write an integration of flows, and files beside it."""

    def write(*flows: str, head: str = "", **beside: str) -> Path:
        return project({"integration.yml": integration(*flows, head=head), **beside})

    return write


def error_of(ran) -> dict:
    error = json.loads(ran.out)
    Draft202012Validator(schema("error")).validate(error)
    return error


# --- how a run ends


def test_a_flow_that_succeeds_exits_with_0(files, xchange):
    files(flow(GREET))
    ran = xchange("run", "integration.yml", "--output", "json")
    document = json.loads(ran.out)
    assert ran.code == 0
    assert document["status"] == "success"
    assert document["response"] == {
        "statusCode": 200,
        "contentType": "text/plain",
        "headers": {},
        "body": "hello",
    }


def test_a_missing_config_value_exits_with_1_before_anything_runs(files, xchange):
    head = "requiredConfigVars:\n- {key: Size, dataType: number, orgOnly: false}\n"
    pages = "configPages:\n- name: Page\n  elements:\n  - {type: configVar, value: Size}\n"
    files(flow(code("Use", 'return { data: context.configVars["Size"] };')), head=pages + head)
    ran = xchange("run")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("integration.yml:9:9: error missing-config-value: ")
    assert ran.err.endswith("the run does not start: 1 error\n")


def test_a_file_with_an_error_exits_with_1_before_anything_runs(files, xchange):
    files(flow(BROKEN))
    ran = xchange("run", "--output", "json")
    error = error_of(ran)
    assert (ran.code, ran.err) == (1, "")
    assert (error["code"], error["message"]) == ("invalid", "the run does not start: 1 error")
    assert [found["rule"] for found in error["findings"]] == ["unknown-reference"]


def test_an_error_in_another_flow_does_not_stop_this_one(files, xchange):
    files(flow(BROKEN), flow(code("Fine", "return { data: 1 };"), name="Other"))
    assert xchange("run", "--flow", "Other").code == 0
    assert xchange("run", "--flow", "Flow").code == 1


def test_an_error_of_a_mocked_step_does_not_stop_the_run(files, xchange):
    files(flow(BROKEN))
    assert xchange("run", "--mock", "wait=1").code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--flow", "Flwo"], "no flow is called `Flwo`"),
        (["--until", "Gret"], "the flow `Flow` has no step `Gret`"),
        (["--mock", "Gret=1"], "the flow `Flow` has no step `Gret`"),
        (["--mock", "greet"], "--mock greet has no value"),
        (["--mock", "=1"], "--mock =1 has no name"),
        (["--mock", "greet=hello"], "the mock 'hello' is neither JSON nor a file that exists"),
        (["--mock", "greet=NaN"], "the mock 'NaN' is neither JSON nor a file that exists"),
        (["--mock", "greet[2]=1"], "the step `Greet` is in no loop, so there is no greet[2]"),
        (["--var", "Size"], "--var Size has no value"),
        (["--output", "xml"], "invalid value for '--output' / '-o': 'xml' is not one of text, json, jsonl"),
        (
            [".", "--allow-writes", "api.acme.test"],
            "invalid value: write --allow-writes=api.acme.test, without a blank",
        ),
        (["--timeout", "0"], "invalid value for '--timeout': a run needs at least 0.001 seconds"),
        (["--timeout", "nan"], "invalid value for '--timeout': a run needs at least 0.001 seconds"),
        (["--timeout", "inf"], f"invalid value for '--timeout': {AT_MOST}"),
        (["--timeout", "1e11"], f"invalid value for '--timeout': {AT_MOST}"),
        (["--mock", 'greet={"error": 5}'], "the `error` in the mock of `Greet` is no text"),
        (
            ["--mock", f'greet={{"error": {"[" * 450}{"]" * 450}}}'],
            "the `error` in the mock of `Greet` is no text",
        ),
        (["--payload", "-", "-"], "standard input can be the integration or the payload, not both"),
    ],
)
def test_wrong_words_exit_with_2(arguments, message, files, xchange):
    files(flow(GREET))
    ran = xchange("run", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[0] == f"error: {message}"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.yml"], "nowhere.yml does not exist"),
        (["--config", "dev"], "there is no configs/dev.yml beside the integration, and no file 'dev' here"),
        (["--config", "configs/dev.yml"], "configs/dev.yml does not exist"),
        (
            ["--payload", "order"],
            "there is no payloads/order.json beside the integration, and no file 'order' here",
        ),
        (["--payload", "."], ". is a folder, not a file"),
        (["--payload", "order.json"], "order.json does not exist"),
    ],
)
def test_what_cannot_be_read_exits_with_3(arguments, message, files, xchange):
    files(flow(GREET))
    ran = xchange("run", *arguments)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.splitlines()[0] == f"error: {message}"


@pytest.mark.parametrize(
    ("name", "text", "place", "message"),
    [
        ("order.json", '{"id": 1,\n "lines": }', "2:11", "not JSON: a value must stand here"),
        ("order.json", "", "1:1", "not JSON: there is no value"),
        ("order.json", '{"NaN": [1, NaN]}', "1:13", "not JSON: NaN is JavaScript only"),
        ("order.json", "[" * 100_000, "1:1", "not JSON: nested too deeply"),
        ("order.yml", "id: [1\nlines: 2\n", "1:5", "this bracket is never closed"),
    ],
)
def test_a_broken_payload_is_refused_with_its_place(name, text, place, message, files, xchange):
    files(flow(GREET), **{f"payloads/{name}": text})
    ran = xchange("run", "--payload", "order", "--output", "json")
    error = error_of(ran)
    line, column = map(int, place.split(":"))
    assert ran.code == 1
    assert (error["code"], error["message"]) == ("invalid", message)
    assert (error["file"], error["start"]) == (f"payloads/{name}", {"line": line, "column": column})


def test_a_flow_that_fails_exits_with_10(files, xchange):
    files(flow(code("Fail", 'throw new Error("no orders");')))
    ran = xchange("run", "--output", "json")
    document = json.loads(ran.out)
    assert ran.code == 10
    assert (document["status"], document["response"]) == ("error", None)
    assert document["error"] == {
        "path": "fail",
        "kind": "javascript-error",
        "message": "Error: no orders",
        "file": "integration.yml",
        "start": {"line": 21, "column": 23},
        "end": {"line": 21, "column": 24},
    }


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        (code("Forever", "for (;;) {}"), "the code was stopped"),
        (step("Rest", "sleep", "sleep", ms="60000"), "the wait of 60 s is longer than the"),
    ],
    ids=["endless code", "sleep"],
)
def test_a_flow_that_runs_out_of_time_exits_with_12(steps, message, files, xchange):
    files(flow(steps, code("Never", "return { data: 1 };")))
    ran = xchange("run", "--timeout", "0.2", "--output", "json")
    document = json.loads(ran.out)
    assert ran.code == 12
    assert (document["status"], document["error"]["kind"]) == ("timeout", "timeout")
    assert message in document["error"]["message"]
    assert "never" not in {one["ref"] for one in document["steps"]}


def test_error_handling_does_not_outlive_the_time_of_the_run(files, xchange):
    more = (
        "errorConfig: {errorHandlerType: retry, maxAttempts: 5, delaySeconds: 60, ignoreFinalError: true}\n"
    )
    files(flow(code("Fail", 'throw new Error("no");', more=more), code("Never", "return { data: 1 };")))
    ran = xchange("run", "--timeout", "0.2", "--output", "jsonl")
    events = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 12
    assert "waiting" not in {event["event"] for event in events}
    message = events[-1]["error"]["message"]
    assert message.startswith("Error: no; the wait of 60 s before the next attempt is longer than the 0.")


@pytest.mark.parametrize("output", ["json", "jsonl"])
@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["--flow", "Flwo"], 2, "usage"),
        (["--timeout", "soon"], 2, "usage"),
        (["--nonsense"], 2, "usage"),
        (["nowhere.yml"], 3, "not-found"),
        (["--payload", "."], 3, "unreadable"),
        (["--payload", "broken.json"], 1, "invalid"),
    ],
)
def test_what_goes_wrong_before_a_run_is_one_json_object(output, arguments, code, word, files, xchange):
    files(flow(GREET), **{"broken.json": "{"})
    ran = xchange("run", *arguments, "--output", output)
    assert (ran.code, ran.err, error_of(ran)["code"]) == (code, "", word)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="needs another user to be")
@pytest.mark.parametrize(
    ("option", "place"), [("--payload", "payloads"), ("--config", "configs"), ("--config", "beside")]
)
def test_a_folder_that_cannot_be_listed_exits_with_3(option, place, files, xchange, nobody):
    folder = files(flow(GREET), **{"payloads/dev.json": "{}", "configs/dev.yml": "{}"})
    for parent in (folder, *folder.parents[:3]):
        parent.chmod(parent.stat().st_mode | 0o755)
    xchange("run")  # loads what the other user perhaps may not
    if place == "beside":
        (folder / "configs" / "dev.yml").chmod(0)
        place = "configs/dev.yml"
    else:
        (folder / place).chmod(0)
    with nobody():
        ran = xchange("run", option, "dev")
    assert ran == (3, "", f"error: {place} cannot be read: Permission denied\n")


@pytest.fixture
def nobody():
    @contextmanager
    def become():
        os.seteuid(65534)
        try:
            yield
        finally:
            os.seteuid(0)

    return become


def test_the_longest_time_that_may_be_given_is_given(files, xchange):
    files(flow(GREET))
    assert xchange("run", "--timeout", "2592000").code == 0


# --- interrupted, and readers that go away


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.usefixtures("interrupts")
@pytest.mark.parametrize("output", ["text", "json", "jsonl"])
def test_an_interrupted_run_exits_with_130_and_no_traceback(output, files, tmp_path):
    files(flow(step("Rest", "sleep", "sleep", ms="60000"), synchronous=False))
    process = start_process(
        "run", "--timeout", "100", "-o", output, cwd=tmp_path, python=TELLS_WHEN_IT_SLEEPS
    )
    assert process.stderr.readline() == "sleeping\n"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, timeless(err)) == (130, INTERRUPTED)
    if output == "text":
        assert out.splitlines()[2].startswith("✓ Trigger webhook ")
        assert out.splitlines()[3].endswith(" ms  interrupted")
        assert out.splitlines()[4] == "│ waiting 60 s (sleep)"
    if output == "jsonl":
        assert json.loads(out.splitlines()[-1])["event"] == "waiting"
    if output == "json":
        assert out == ""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.usefixtures("interrupts")
def test_an_interrupt_ends_code_that_runs_without_end(files, tmp_path):
    files(flow(step("Spin", "code", "runCode", code="module.exports = () => { while (true); }")))
    process = start_process("run", "-o", "jsonl", cwd=tmp_path)
    while json.loads(process.stdout.readline()).get("ref") != "spin":
        pass
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, timeless(err)) == (130, INTERRUPTED)


TELLS_WHEN_IT_SLEEPS = """
import sys, time
really_sleep = time.sleep
def sleep(seconds):
    print("sleeping", file=sys.stderr, flush=True)
    really_sleep(seconds)
time.sleep = sleep
"""


@pytest.mark.skipif(shutil.which("head") is None, reason="no head")
@pytest.mark.parametrize("output", ["text", "jsonl"])
def test_a_reader_that_goes_away_ends_the_run_with_141_and_silence(output, files, tmp_path):
    lines = code("Line", "return { data: stepResults.each.index };")
    many = code("Many", "return { data: [...Array(20000).keys()] };")
    files(flow(many, loop("Each", "many.results", lines), synchronous=False))
    process = start_process("run", "--output", output, cwd=tmp_path)
    head = subprocess.run(["head", "-1"], stdin=process.stdout, capture_output=True, text=True, check=True)
    process.stdout.close()
    assert process.wait(timeout=60) == 141
    assert process.stderr.read() == ""
    process.stderr.close()
    assert len(head.stdout.splitlines()) == 1


# --- choosing a flow


TWO = (
    flow(code("One", "return { data: 1 };"), name="First Flow"),
    flow(code("Two", "return { data: 2 };"), name="2nd"),
)


def test_without_a_terminal_a_choice_of_flows_is_an_error_that_names_them(files, xchange):
    files(*TWO)
    ran = xchange("run")
    assert ran == (2, "", "error: which flow?\nhint: Choose one with --flow: `First Flow`, `2nd`.\n")


def test_a_flow_is_found_by_its_normalised_name(files, xchange):
    files(*TWO)
    assert json.loads(xchange("run", "--flow", "firstFlow", "--output", "json").out)["flow"] == "First Flow"


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
@pytest.mark.parametrize("answer", ["2", "2nd"])
def test_on_a_terminal_the_flow_is_asked_for(answer, files, tmp_path):
    import pty

    files(*TWO)
    ours, theirs = pty.openpty()
    process = start_process("run", "-o", "json", cwd=tmp_path, stdin=theirs, stderr=theirs)
    os.close(theirs)
    asked = ""
    while "name)" not in asked:
        asked += os.read(ours, 1000).decode()
    os.write(ours, f"{answer}\n".encode())
    out = process.communicate(timeout=60)[0]
    os.close(ours)
    assert asked.replace("\r\n", "\n").startswith("  1  First Flow\n  2  2nd\nWhich flow (number or name)")
    assert json.loads(out)["flow"] == "2nd"
    assert process.returncode == 0


def test_without_a_name_there_may_be_only_one_integration(project, xchange):
    text = integration(flow(GREET))
    project({"xchange.yaml": "", **{f"integrations/{key}/integration.yml": text for key in ("acme", "beta")}})
    assert xchange("run") == (2, "", "error: which integration?\nhint: Name one: acme, beta.\n")
    assert xchange("run", "beta").code == 0


# --- payloads


@pytest.mark.parametrize(
    ("payload", "data"),
    [
        ('{"id": 1}', {"id": 1}),
        ("[1, 2]", [1, 2]),
        ("plain text", "plain text"),
        ('{"headers": {"X-Shop": "a"}, "body": {"data": {"id": 2}}}', {"id": 2}),
    ],
)
def test_a_payload_comes_from_standard_input(payload, data, files, xchange):
    files(flow(code("Echo", "return { data: stepResults.trigger.results.body.data };")))
    ran = xchange("run", "--payload", "-", "--output", "json", input=payload)
    assert json.loads(ran.out)["response"]["body"] == data


def test_an_integration_comes_from_standard_input(files, xchange):
    ran = xchange("run", "-", "--output", "json", input=integration(flow(code("One", "return { data: 1 };"))))
    assert json.loads(ran.out)["response"]["body"] == 1


def test_a_number_that_javascript_cannot_hold_is_infinite_and_so_null_in_code(files, xchange):
    files(
        flow(code("Echo", "return { data: stepResults.trigger.results.body.data };")),
        **{"payloads/big.json": f"[{'9' * 5000}, {'9' * 30}]"},
    )
    ran = xchange("run", "--payload", "big", "--output", "json")
    assert json.loads(ran.out)["response"]["body"] == [None, 1e30]


# --- until, and mocks


def test_a_step_of_until_that_was_not_reached_is_told(files, xchange):
    loops = loop("Each", "trigger.results.body.data", code("Inside", "return { data: 1 };"))
    files(flow(loops, synchronous=False))
    ran = xchange("run", "--payload", "-", "--until", "Inside", input="[]")
    assert ran.code == 0
    assert ran.err == "warning: the run came to its end without `Inside`, the step of --until.\n"


def test_a_step_mocked_in_one_iteration_is_still_named_as_not_performed(files, xchange):
    files(flow(loop("Each", "trigger.results.body.data", FIND)))
    ran = xchange("run", "--payload", "-", "--mock", "findTotal[0]=1", input="[1, 2]")
    assert ran.code == 10
    assert ran.err.startswith("warning: `Find Total` (pdf.findPattern) has no local code;")


def test_the_steps_of_a_mocked_loop_need_neither_code_nor_values(files, xchange):
    found = code("Found", "return { data: stepResults.each.results };")
    files(flow(loop("Each", "trigger.results.body.data", FIND), found))
    ran = xchange("run", "--mock", 'each=["done"]', "--output", "json")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["response"]["body"] == ["done"]


def test_several_steps_without_local_code_are_named_in_one_warning(files, xchange):
    more = [step(f"Find {number}", "pdf", "findPattern", pdfData="x", searchPattern="x") for number in "123"]
    files(flow(code("Stop", "return { data: 1 };"), *more))
    ran = xchange("run", "--until", "Stop")
    assert ran.code == 0
    assert ran.err == (
        "warning: 3 steps have no local code; the run fails if one is reached: `Find 1`\n"
        "         (pdf.findPattern), `Find 2` (pdf.findPattern), `Find 3`\n"
        "         (pdf.findPattern). --mock STEP=FILE gives a step a result.\n"
    )


def test_a_mock_with_a_branch_that_is_no_text_is_refused(files, xchange):
    branch = step(
        "Choose", "branch", "branchOnValue", more="branches: [{name: Else, steps: []}]\n", inputValue="a"
    )
    files(flow(branch))
    ran = xchange("run", "--mock", 'choose={"branch": [5], "result": 1}')
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: the `branch` in the mock of `Choose` is no text\n")


@pytest.mark.parametrize("command", ["run", "validate"])
@pytest.mark.parametrize("arguments", [[], ["lab"]])
@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("integration: [flows/*.yml]\n", "xchange.yaml:1:1", "Did you mean `integrations`?"),
        ("integrations: [\n", "xchange.yaml:", ""),
    ],
)
def test_where_nothing_is_found_a_broken_project_file_is_told(
    command, arguments, text, place, said, project, xchange
):
    project({"flows/lab.yml": integration(flow(GREET)), "xchange.yaml": text})
    ran = xchange(command, *arguments)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(place)
    assert said in ran.err
    assert "no integration" not in ran.err


def test_a_path_that_is_not_there_is_not_blamed_on_the_project_file(project, xchange):
    project({"xchange.yaml": "integration: []\n"})
    ran = xchange("validate", "flows/lab.yml")
    assert (ran.code, ran.err) == (3, "error: flows/lab.yml does not exist\nhint: Check the path.\n")


def test_a_run_from_elsewhere_keeps_to_the_project_of_its_file(project, xchange, tmp_path):
    project({"p/integrations/lab/integration.yml": integration(flow(GREET)), "elsewhere/a": ""})
    ran = xchange("run", "../p/integrations/lab/integration.yml", cwd=tmp_path / "elsewhere")
    assert ran.code == 0
    assert (tmp_path / "p/.xchange/runs").is_dir()
    assert not (tmp_path / "elsewhere/.xchange").exists()


@pytest.mark.parametrize(
    ("name", "data", "result"),
    [
        ("order.xml", b"<order/>", "<order/>"),
        ("page.txt", b"\xef\xbb\xbfa: 1", "a: 1"),
        ("scan.pdf", b"%PDF", {"$base64": "JVBERg=="}),
        ("unnamed", b"\xff\x00", {"$base64": "/wA="}),
        ("order.yml", b"a: 1", {"a": 1}),
    ],
)
def test_any_file_is_a_mock(name, data, result, files, xchange, tmp_path):
    files(flow(GREET))
    (tmp_path / name).write_bytes(data)
    ran = xchange("run", "--mock", f"greet={name}", "--output", "json")
    (found,) = [one for one in json.loads(ran.out)["steps"] if one["path"] == "greet"]
    assert (ran.code, found["result"]) == (0, result)
