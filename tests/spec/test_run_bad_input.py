"""Bad input to runs: each has an outcome with a place, a sensible exit code, and a record that stays readable."""

import json
import sys
import time

import pytest

from node_programs import needs_node
from runs import code, flow, integration, step
from servers import Exchange, server

__all__ = ["server"]
LOOK = code("Look", "return { data: stepResults.trigger.results.body };")
IN_MAKE = {"file": "integration.yml", "path": "make"}


class Ran:
    """One run and what is left of it. Nothing may look like a crash, and all that is recorded can be looked at."""

    def __init__(self, xchange, *arguments: str, **more) -> None:
        self.ran = xchange("run", "integration.yml", *arguments, "--output", "json", **more)
        self.document = json.loads(self.ran.out)
        self.code = self.ran.code
        assert "Traceback" not in self.ran.out + self.ran.err
        listed = json.loads(xchange("runs", "--output", "json").out)["runs"]
        assert "unreadable" not in {one["status"] for one in listed}
        self.is_recorded = bool(listed)
        if listed:
            shown = xchange("runs", "show", "last", "--output", "json")
            assert (shown.code, json.loads(shown.out)["status"]) == (0, listed[0]["status"])

    @property
    def error(self) -> tuple[int, str, str]:
        """Give the exit code, the kind and the place of what ended the run."""
        error = self.document["error"]
        place = f"{error['file']}:{error['start']['line']}" if "start" in error else ""
        return self.code, error["kind"], place

    @property
    def body(self):
        assert self.code == 0
        return self.document["response"]["body"]

    @property
    def warnings(self) -> list[str]:
        return [warning["message"] for warning in self.document["warnings"]]


@pytest.fixture
def run(project, xchange):
    def go(*steps: str, arguments=(), head="", env=None, **files):
        project({"integration.yml": integration(flow(*steps), head=head), **files})
        return Ran(xchange, *arguments, env=env)

    return go


def line_of(text: str, folder) -> int:
    """Give the number of the first line of the integration that holds a text."""
    lines = (folder / "integration.yml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


# --- payloads that are not what they claim


@pytest.mark.parametrize(
    ("name", "data", "outcome"),
    [
        ("x.json", b"{a: 1", (1, "invalid", "x.json:1:2")),
        ("x.json", b"", (1, "invalid", "x.json:1:1")),
        ("x.json", b"[NaN]", (1, "invalid", "x.json:1:2")),
        ("x.json", b"[" * 200_000, (1, "invalid", "x.json:1:1")),
        ("x.json", b'{"a": "\xe4"}', (3, "unreadable", "x.json:1:8")),
        ("x.json", b"\x89PNG\r\n\x1a\n\0\0", (3, "unreadable", "x.json:1:1")),
        ("x.yml", b"&a [*a]", (1, "invalid", "x.yml:1:5")),
        ("x.yml", b"a: [", (1, "invalid", "x.yml:1:4")),
        ("x.json", b"[" * 500 + b"]" * 500, (1, "invalid", "")),
        ("none.json", None, (3, "not-found", "")),
    ],
    ids=["no JSON", "nothing", "NaN", "very deep", "not UTF-8", "an image", "a circle", "no YAML", "deep", "absent"],
)  # fmt: skip
def test_a_payload_that_is_no_data_keeps_the_run_from_starting(run, tmp_path, name, data, outcome):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    ran = run(LOOK, arguments=("--payload", name))
    error = ran.document
    place = f"{error['file']}:{error['start']['line']}:{error['start']['column']}" if "start" in error else ""
    assert (ran.code, error["code"], place, ran.is_recorded) == (*outcome, False)


WHOLE = {
    "headers": {"Content-Type": "application/json"},
    "rawBody": {"data": "{no", "contentType": "application/json"},
}


def test_a_body_that_claims_to_be_json_stays_text_with_a_warning(run, tmp_path):
    (tmp_path / "x.json").write_text(json.dumps(WHOLE))
    ran = run(LOOK, arguments=("--payload", "x.json"))
    assert ran.body == {"data": "{no", "contentType": "application/json"}
    assert "the body is not JSON" in ran.ran.err


def test_a_body_without_the_parts_that_it_claims_is_refused(run, tmp_path):
    kind = "multipart/form-data; boundary=x"
    whole = {"headers": {"Content-Type": kind}, "rawBody": {"data": "no parts", "contentType": kind}}
    (tmp_path / "x.json").write_text(json.dumps(whole))
    ran = run(LOOK, arguments=("--payload", "x.json"))
    assert (ran.code, ran.document["message"]) == (
        1, "x.json: the multipart body is broken: the boundary `x` of the content type is nowhere in the body",
    )  # fmt: skip


@pytest.mark.parametrize(
    "whole",
    [
        {"headers": {"a": 1, "Content-Type": ["x"]}, "body": {"data": 1, "contentType": 7}, "queryParameters": [1]},
        {"headers": {}, "body": {"data": None}, "pathFragment": {}},
        {"rawBody": {"data": {"$bytes": "/w=="}, "contentType": "application/json"}},
    ],
)  # fmt: skip
def test_a_payload_with_fields_of_other_types_is_taken_as_it_is(run, tmp_path, whole):
    (tmp_path / "x.json").write_text(json.dumps(whole))
    assert run(LOOK, arguments=("--payload", "x.json")).code == 0


# --- results of code that are not JSON

CODE = {
    "a BigInt": ("return { data: 10n };", "not-json"),
    "a circle": ("const a = {}; a.a = a; return { data: a };", "not-json"),
    "a getter that throws": ("return { data: { get a() { throw new Error('x'); } } };", "not-json"),
    "300,000 levels": ("let a = 1; for (let i = 0; i < 300000; i++) a = [a]; return { data: a };", "not-json"),
    "500 levels": ("let a = 1; for (let i = 0; i < 500; i++) a = [a]; return { data: a };", "nested-too-deeply"),
    "state that is none": ("return { data: 1, instanceState: 5 };", "action-failed"),
    "a status that is none": ("return { data: 1, statusCode: 'x' };", "action-failed"),
    "recursion": ("const f = () => f(); f();", "javascript-error"),
    "an object thrown": ("throw { a: 1 };", "javascript-error"),
    "a circle thrown": ("const a = {}; a.a = a; throw a;", "javascript-error"),
    "a promise that nobody settles": ("await new Promise(() => {});", "never-settled"),
}  # fmt: skip


@pytest.mark.parametrize("engine", ["quickjs", pytest.param("node", marks=needs_node)])
def test_results_of_code_that_are_no_json_fail_the_step(run, engine):
    """One after the other, with the errors ignored: each has its kind and stands in the step."""
    more = "errorConfig: {errorHandlerType: ignore}\n"
    steps = [code(f"Make {number}", text, more=more) for number, (text, _) in enumerate(CODE.values())]
    ran = run(*steps, arguments=("--js", engine))
    failed = {
        step["ref"]: step["error"]["kind"] for step in ran.document["steps"] if step["status"] == "ignored"
    }
    assert failed == {f"make{number}": kind for number, (_, kind) in enumerate(CODE.values())}
    assert ran.code == 0


@pytest.mark.parametrize("engine", ["quickjs", pytest.param("node", marks=needs_node)])
def test_what_json_writes_differently_is_what_json_writes(run, engine):
    """As `JSON.stringify` does it, also for what it leaves out."""
    values = "u: undefined, f: () => 1, s: Symbol('x'), date: new Date(0), map: new Map([[1, 2]]), promise: Promise.resolve(1)"
    numbers = "[NaN, Infinity, -0, 2 ** 53, new Date(NaN)]"
    ran = run(
        code("Make", f"return {{ data: {{ {values}, numbers: {numbers} }} }};"), arguments=("--js", engine)
    )
    assert ran.body == {
        "date": "1970-01-01T00:00:00.000Z",
        "map": {},
        "promise": {},
        "numbers": [None, None, 0, 2**53, None],
    }


def test_code_that_gives_nothing_gives_null_with_a_warning(run):
    ran = run(code("Make", "return { data: Symbol('x') };"))
    assert ran.body is None
    assert ran.warnings == ['the code returned an empty object without a value "data"; its result is null']


# --- results of own components that are not JSON

OWN = {
    "circle": ("a = []\n    a.append(a)\n    return a", "not-json"),
    "thing": ("return object()", "not-json"),
    "keys": ("return {None: 1}", "not-json"),
    "generator": ("return (one for one in [1])", "not-json"),
    "mapping": ("class A(dict):\n        def items(self): raise ValueError('no')\n    return A(a=1)", "not-json"),
    "deep": ("a = 1\n    for _ in range(100000): a = [a]\n    return a", "nested-too-deeply"),
    "memory": ("return 'x' * 10**12", "out-of-memory"),
    "exit": ("raise SystemExit(3)", "component-error"),
    "recursion": ("return recursion(context, inputs)", "component-error"),
    "input": ("return input()", "component-error"),
}  # fmt: skip
FINE = {
    "bytes": ("return b'\\xff'", {"$base64": "/w=="}),
    "date": ("import datetime\n    return datetime.date(2020, 1, 1)", "2020-01-01"),
    "numbers": ("return [float('nan'), float('inf'), -float('inf')]", [None, None, None]),
    "integer": ("return 10**5000", {"$number": "inf"}),
    "set": ("return {2, 1}", [1, 2]),
    "half": ("return chr(0xd800)", "\ud800"),
}


def own(actions) -> dict[str, str]:
    keys = "".join(f"- {{key: {key}, effect: pure}}\n" for key in actions)
    functions = "".join(
        f"def {key}(context, inputs):\n    {body}\n\n\n" for key, (body, _) in actions.items()
    )
    return {
        "xchange.yaml": "",
        "components/erp.yml": f"key: erp\ntitle: ERP\nactions:\n{keys}",
        "components/erp.py": functions,
    }


def own_steps(actions):
    more = "errorConfig: {errorHandlerType: ignore}\n"
    return [
        step(f"Make {key}", "erp", key, more=more).replace("erp, isPublic: true", "erp, isPublic: false")
        for key in actions
    ]


def test_results_of_own_components_that_are_no_json_fail_the_step(run):
    ran = run(*own_steps(OWN), **own(OWN))
    failed = {
        step["action"]: step["error"]["kind"] for step in ran.document["steps"] if step["status"] == "ignored"
    }
    assert failed == {key: kind for key, (_, kind) in OWN.items()}
    messages = {step["action"]: step["error"]["message"] for step in ran.document["steps"][1:]}
    assert messages["circle"] == "components/erp.py: `[0]` of the result contains itself, which is no JSON"
    assert messages["mapping"] == "components/erp.py: the result cannot be read: ValueError: no"


def test_what_own_components_give_is_made_json_where_it_can_be(run):
    ran = run(*own_steps(FINE), **own(FINE))
    results = {step["action"]: step["result"] for step in ran.document["steps"][1:]}
    assert results == {key: result for key, (_, result) in FINE.items()}
    assert ran.warnings == [
        "the result is a date: it becomes the text 2020-01-01",
        "`[0]` of the result is nan, which JSON does not have: it becomes null",
    ]


# --- what never ends


@pytest.mark.parametrize("engine", ["quickjs", pytest.param("node", marks=needs_node)])
def test_code_without_end_is_stopped_when_the_time_is_over(run, tmp_path, engine):
    ran = run(code("Spin", "for (;;);"), arguments=("--js", engine, "--timeout", "0.4"))
    assert ran.error[:2] == (12, "timeout")
    assert ran.document["status"] == "timeout"


def loop_of(count: str, *steps: str) -> str:
    body = f"steps:\n{''.join(steps)}" if steps else "steps: []\n"
    return step("Times", "loop", "loopNTimes", more=body, iterationCount=count)


@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        (loop_of("1000000000", step("Say", "log", "writeLog", message="x")), (12, "timeout", 19)),
        (loop_of("1000000000000", step("Say", "log", "writeLog", message="x")), (10, "too-large", 17)),
        (loop_of("1000000000"), (10, "too-many-passes", 13)),
    ],
    ids=["a billion", "more than can be", "of nothing"],
)
def test_a_loop_with_too_many_passes_ends(run, steps, outcome):
    code, kind, line = outcome
    assert run(steps, arguments=("--timeout", "0.3")).error == (code, kind, f"integration.yml:{line}")


def ping_pong(*, synchronous: bool) -> str:
    trigger = step("Trigger", "cross-flow", "crossFlow", is_trigger=True)
    flows = (
        flow(step("Call", "cross-flow", "invokeFlow", flowName=other), name=name, trigger=trigger)
        for name, other in (("Ping", "Pong"), ("Pong", "Ping"))
    )
    return integration(*flows).replace("isSynchronous: true", f"isSynchronous: {str(synchronous).lower()}")


def test_flows_that_wait_for_each_other_without_end_fail_at_the_24th(project, xchange):
    project({"integration.yml": ping_pong(synchronous=True)})
    ran = Ran(xchange, "--flow", "Ping")
    last = ran.document["executions"][-1]
    assert ran.error == (10, "flow-failed", "integration.yml:13")
    assert last["error"]["kind"] == "too-many-executions"
    assert len(ran.document["executions"]) == 24
    assert len(json.loads(xchange("runs", "--output", "json").out)["runs"]) == 25


def test_flows_that_start_each_other_without_end_stop_at_1000(project, xchange):
    project({"integration.yml": ping_pong(synchronous=False)})
    ran = Ran(xchange, "--flow", "Ping")
    assert (ran.code, ran.document["status"], ran.document["outcome"]) == (10, "success", "error")
    assert len(ran.document["executions"]) == 999
    assert ran.document["executions"][-1]["error"]["kind"] == "too-many-executions"
    text = xchange("runs")
    assert (text.code, text.out.count("└ ")) == (0, 999)
    assert max(map(len, text.out.splitlines())) < 120


# --- very large responses

MEBIBYTE = 1024 * 1024
SIZE = 50 * MEBIBYTE


def huge(exchange: Exchange) -> bool:
    """Answer with 50 MiB in pieces."""
    exchange.write(f"HTTP/1.1 200 OK\r\nContent-Length: {SIZE}\r\nContent-Type: text/plain\r\n\r\n".encode())
    for _ in range(SIZE // MEBIBYTE):
        exchange.write(b"x" * MEBIBYTE)
    return True


def boastful(exchange: Exchange) -> bool:
    """Announce 600 MB and send almost nothing."""
    exchange.write(b"HTTP/1.1 200 OK\r\nContent-Length: 600000000\r\n\r\nabc")
    return not exchange.wait_for_hanging_up()


PEAK = """
import atexit, pathlib, re, sys
def peak():
    return re.search(r"VmHWM:\\s*([0-9]+) kB", pathlib.Path("/proc/self/status").read_text())[1]
atexit.register(lambda: sys.stderr.write(f"peak {peak()}"))
"""
"""Tells the most memory that the process had; what `getrusage` tells begins with its parent's."""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory differently")
def test_a_large_response_takes_a_small_multiple_of_its_size(project, xchange_process, server):
    get = step("Get", "http", "httpGet", url=server.on("/huge", huge), responseType="text")
    project({"integration.yml": integration(flow(get))})
    ran = xchange_process("run", "integration.yml", python=PEAK)
    peak = int(ran.err.rpartition("peak ")[2]) * 1024
    assert (ran.code, "50.0 MiB" in ran.out) == (0, True)
    assert peak < 6 * SIZE
    assert xchange_process("runs", "show", "last").code == 0


def test_a_response_that_announces_too_much_is_refused_at_once(run, server):
    begun = time.monotonic()
    ran = run(step("Get", "http", "httpGet", url=server.on("/boast", boastful)))
    assert ran.error == (10, "too-large", "integration.yml:13")
    assert time.monotonic() - begun < 4  # sooner than the server gives up


# --- missing credentials

HEAD = """\
configPages:
- name: Page
  elements: [{{type: configVar, value: Acme}}, {{type: configVar, value: Size}}]
requiredConfigVars:
- key: Acme
  dataType: connection
  connection: {{key: {key}, component: {{key: http, isPublic: true, version: LATEST}}}}
  inputs: {{}}
- {{key: Size, dataType: string}}
"""
OAUTH = "authorizeUrl: 'http://a.test', tokenUrl: 'http://a.test', clientId: a, clientSecret: abcdefgh"


@pytest.mark.parametrize(
    ("key", "fields", "message"),
    [
        ("authorizationCode", OAUTH, "the connection `Acme` has no access token; users are not asked for one here: "),
        ("apiKey", "headerKey: X-Key", "the connection `Acme` has no apiKey"),
        ("basic", "username: ada", "the connection `Acme` has no password"),
    ],
)  # fmt: skip
def test_a_connection_without_what_proves_who_one_is_fails_the_step(run, server, key, fields, message):
    get = step("Get", "http", "httpGet", url=server.url(), connection="{type: configVar, value: Acme}")
    sets = {"configs/a.yml": f"connections: {{Acme: {{fields: {{{fields}}}}}}}\n"}
    ran = run(get, head=HEAD.format(key=key), arguments=("--config", "a"), **sets)
    assert ran.error == (10, "credentials-missing", "integration.yml:27")
    assert ran.document["error"]["message"].startswith(message)
    assert server.requests == []


def test_aws_without_keys_fails_the_step_and_says_where_they_may_be(run, tmp_path, monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    bare = {"HOME": str(tmp_path), "AWS_EC2_METADATA_DISABLED": "true"}
    ran = run(step("Get", "aws-s3", "getObject", bucket="b", objectKey="k", awsRegion="eu-west-1"), env=bare)
    assert ran.error == (10, "credentials-missing", "integration.yml:13")
    assert "AWS_ACCESS_KEY_ID" in ran.document["error"]["message"]


@pytest.mark.parametrize(
    ("used", "rule"),
    [
        (step("Say", "log", "writeLog", message="{type: configVar, value: Size}"), "missing-config-value"),
        (
            step("Get", "http", "httpGet", url="http://127.0.0.1:1", connection="{type: configVar, value: Acme}"),
            "missing-connection-value",
        ),
    ],
)  # fmt: skip
def test_a_missing_config_value_keeps_the_run_from_starting(run, used, rule):
    ran = run(used, head=HEAD.format(key="apiKey"))
    [finding] = ran.document["findings"]
    assert (ran.code, finding["rule"], finding["file"], ran.is_recorded) == (
        1,
        rule,
        "integration.yml",
        False,
    )
