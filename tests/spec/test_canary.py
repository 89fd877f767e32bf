"""A known secret goes in by every road, and is then found in nothing that was printed or written."""

import json
import os
import re
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

import canary
from aws_server import aws, bare_aws, moto_url
from certificates import server_context
from node_programs import needs_node
from runs import code, flow, integration, step
from servers import Exchange, answer, echo, redirect, serving

__all__ = ["aws", "bare_aws", "moto_url"]
FIELD = canary.CANARIES["field"]
GIVEN = {"configs/dev.yml", "configs/secret.txt", "payloads/order.json", "server.pem"}
"""Files that hold secrets because the user, or the server of the test, has put them there."""

RUN = ("run", "--config", "dev", "--payload", "order", "--flow", "Main", *canary.VARIABLES)
AWS_MOCKS = ("--mock", f"put={json.dumps({'eTag': FIELD})}", "--mock", 'get="x"', "--mock", "missing=1")
MODES = [
    ("text", "live", ()),
    ("json", "record", ()),
    ("json", "replay", AWS_MOCKS),
    ("jsonl", "record", ("--mock", f"fail={json.dumps([FIELD])}")),
    ("jsonl", "live", ()),
]


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Let everything that programs put somewhere be below the test's folder."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in ("HOME", "TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    return folder


class Commands:
    """Runs commands and keeps what they print."""

    def __init__(self, xchange) -> None:
        self._xchange = xchange
        self.printed: list[str] = []

    def __call__(self, *arguments: str):
        ran = self._xchange(*arguments, env=canary.ENVIRONMENT)
        self.printed += [ran.out, ran.err]
        return ran

    @property
    def names(self) -> set[str]:
        """Give the names of the secrets that were replaced."""
        return {name for text in self.printed for name in re.findall("«secret: ([^«»]*)»", text)}

    def seen(self) -> set[str]:
        return {name for text in self.printed for name in canary.seen(text)}


@pytest.fixture
def run(xchange, home):
    return Commands(xchange)


def spy(told: list[str]):
    """Answer as `echo` does, and note what the machine shows of the processes that this one has started."""

    def give(exchange: Exchange) -> bool:
        told.extend(map(shown_process, Path("/proc").glob("[0-9]*")))
        return echo(exchange)

    return give


def shown_process(process: Path) -> str:
    try:
        if f"\nPPid:\t{os.getpid()}\n" not in (process / "status").read_text():
            return ""
        return "".join(
            (process / name).read_bytes().decode("utf-8", "replace") for name in ("cmdline", "environ")
        )
    except OSError:  # it has ended meanwhile
        return ""


def repeat(exchange: Exchange) -> bool:
    """Refuse, and tell what was asked and by whom."""
    got = exchange.got
    return answer(400, {"got": got.body.decode(), "who": got.headers["authorization"]})(exchange)


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def world(project, folder: Path, told: list[str]) -> Iterator[None]:
    """Write the project and start the servers that it talks to."""
    with ExitStack() as open_now:
        server, tls = (open_now.enter_context(serving(one)) for one in (None, server_context(folder)))
        server.on("/token", answer(200, {"access_token": canary.CANARIES["token"], "expires_in": 3600}))
        server.on("/old", redirect(307, f"/echo?moved={canary.quote(FIELD)}"))
        server.on("/refuse", repeat)
        server.on("/echo", spy(told))
        project(canary.files(server.url(""), f"http://127.0.0.1:{closed_port()}", tls.url("")))
        yield


def test_the_search_of_these_tests_finds_every_form(tmp_path):
    for number, (name, secret) in enumerate(canary.CANARIES.items()):
        for form in canary.forms_of(secret):
            (tmp_path / str(number)).write_bytes(f"x{form}y".encode())
            assert name in canary.seen_below(tmp_path, set()).get(str(number), ())


@needs_node
def test_no_canary_is_seen_anywhere(project, run, tmp_path, aws):
    """The flow goes every road and fails; then it is looked at, gone on with, and looked at again."""
    told: list[str] = []
    aws.bucket("canary")
    with world(project, tmp_path, told):
        codes = [run(*RUN, "--output", output, "--http", http, *more).code for output, http, more in MODES]
        resumed = run("run", "--resume", "last", *canary.VARIABLES)
    look_at_everything(run)

    assert codes == [10, 10, 10, 0, 10]
    assert resumed.code == 1  # a token that was received is known to nobody today
    assert "held the secret `Login.token.access_token`, which no config gives today" in resumed.err
    assert run.seen() == set()
    assert canary.seen_below(tmp_path, GIVEN) == {"integration.yml": {"input"}}
    assert canary.seen("".join(told)) == set()
    assert "worker.cjs" in "".join(told) or sys.platform != "linux"
    assert run.names == canary.NAMES


def look_at_everything(run: Commands) -> None:
    """Let each command that shows something of runs and state show all there is, for people and for programs."""
    for output in ("text", "json"):
        run("runs", "--output", output)
        run("state", "list", "--output", output)
        run("state", "get", "integration.yml", "kept", "--scope", "cross-flow", "--output", output)
        for one in json.loads(run("runs", "--output", "json").out)["runs"]:
            run("runs", "show", one["run"], "--output", output)
    shown = json.loads(run("runs", "show", "last", "--output", "json").out)
    for ref in {one["ref"] for one in shown["steps"]}:
        run("runs", "show", "last", ref)
        run("runs", "show", "last", ref, "--output", "json")


PLAIN = """\
const { fields } = context.configVars["Shop"];
"""


def small(*steps: str) -> dict[str, str]:
    return {
        "xchange.yaml": "",
        "integration.yml": integration(flow(*steps, name="Main"), head=canary.HEAD),
        "configs/dev.yml": canary.config_set("http://127.0.0.1:1"),
        "configs/secret.txt": canary.CANARIES["secret file"],
        "payloads/order.json": "{}",
    }


def test_short_secrets_are_hidden_where_they_are_the_whole_value(project, run, tmp_path):
    data = "{ whole: fields.short, part: `in ${fields.short} here` }"
    project(small(code("Use", f"{PLAIN}console.log(fields.short);\nreturn {{ data: {data} }};")))
    ran = run(*RUN, "--output", "json")
    document = json.loads(ran.out)
    assert document["response"]["body"] == {
        "whole": "«secret: Shop.short»",
        "part": f"in {canary.SHORT} here",
    }
    assert document["logs"][0]["message"] == "«secret: Shop.short»"


def test_short_secrets_of_options_are_hidden_in_the_record_and_known_again(project, run, tmp_path):
    """`Old.password` is the config variable `Given`: its value is a secret."""
    data = "{ data: [stepResults.put.results, stepResults.count.results, typeof stepResults.count.results] }"
    steps = [code(name, "return { data: 0 };") for name in ("Fail", "Put", "Count")]
    project(small(*steps, code("Use", f'context.configVars["Old"];\nreturn {data};')))
    short = ("--var", "Given=12345", *canary.VARIABLES[2:])
    mocks = ("--mock", 'fail={"error": "no"}', "--mock", 'put="12345"', "--mock", "count=12345")
    assert run(*RUN[:-4], *short, *mocks).code == 10
    [started] = (tmp_path / ".xchange" / "runs").glob("*/run.json")
    assert "12345" not in started.read_text(encoding="utf-8")

    ran = run("run", "--resume", "last", "--mock", "fail=1", "--output", "json", *short)
    tag = "«secret: Old.password»"
    assert (ran.code, json.loads(ran.out)["response"]["body"]) == (0, [tag, tag, "number"])
    [record] = (tmp_path / ".xchange" / "runs").iterdir()
    assert not any("12345" in path.read_text(encoding="utf-8") for path in record.glob("*.json*"))


def test_what_is_not_sent_is_shown_without_secrets(project, run, tmp_path):
    post = step(
        "Post", "http", "httpPost", url="https://api.example.test/x", data="{type: reference, value: make.results}",
        queryParams="{type: complex, value: [{name: q, type: configVar, value: Given}]}",
        connection=canary.SHOP, debugRequest="true",
    )  # fmt: skip
    project(small(code("Make", f"{canary.SECRETS}\nreturn {{ data: secrets }};"), post))
    told = {}
    for output, *more in (("text",), ("json", "--http", "deny"), ("jsonl", "--http", "record")):
        ran = run(*RUN, "--output", output, *more)
        told[output] = ran.out
        assert ran.code == 10
    assert "was not sent, since it would change a remote system" in " ".join(told["text"].split())
    assert "network-denied" in told["json"]
    assert run.seen() == set()
    assert canary.seen_below(tmp_path, GIVEN) == {}


def test_a_request_that_was_not_recorded_is_told_without_secrets(project, run, tmp_path):
    get = step(
        "Get", "http", "httpGet", url="{type: template, value: 'https://x.test/{{#Given}}?a={{#Secret Env}}'}",
        connection=canary.SHOP, headers="{type: complex, value: [{name: X-A, type: configVar, value: Given Too}]}",
    )  # fmt: skip
    files = small(get)
    project({**files, "recordings/main.json": '{"schema": "xchange.http-recording/1", "exchanges": []}'})
    ran = run(*RUN, "--http", "replay")
    assert ran.code == 10
    assert "is not in recordings/main.json" in " ".join(ran.out.split())
    assert run.seen() == set()
    assert canary.seen_below(tmp_path, GIVEN) == {}


@pytest.mark.parametrize("output", ["text", "json"])
def test_a_connection_cannot_be_given_as_an_option_and_is_not_shown(output, project, run):
    project(small(code("Use", PLAIN)))
    ran = run("run", "--config", "dev", "--output", output, "--var", f"Shop={FIELD}")
    assert ran.code == 1
    assert "is a connection, which is more than one value" in " ".join((ran.out + ran.err).split())
    assert run.seen() == set()


FAILING_FIRST = (
    code("Fail", "return { data: 1 };"),
    code("Put", "return { data: 1 };"),
    code("Same", f"{PLAIN}return {{ data: stepResults.put.results.key === fields.apiKey }};"),
)


def test_a_resumed_run_has_the_secrets_of_its_mocks_again(project, run, tmp_path):
    project(small(*FAILING_FIRST))
    put = f"put={json.dumps({'key': FIELD})}"
    assert run(*RUN, "--mock", 'fail={"error": "no"}', "--mock", put).code == 10
    ran = run("run", "--resume", "last", "--mock", "fail=1", "--output", "json", *canary.VARIABLES)
    assert (ran.code, json.loads(ran.out)["response"]["body"]) == (0, True)
    assert run.seen() == set()
    assert canary.seen_below(tmp_path, GIVEN) == {}


def test_a_secret_that_was_an_option_is_asked_for_again_by_a_resumed_run(project, run, tmp_path):
    project(small(*FAILING_FIRST, step("Say", "log", "writeLog", message="{type: configVar, value: Given}")))
    assert run(*RUN, "--mock", 'fail={"error": "no"}', "--mock", 'put={"key": 1}').code == 10
    ran = run("run", "--resume", "last", "--mock", "fail=1")
    assert ran.code == 1
    assert "the config variable `Given` has no value" in ran.err
    assert run("run", "--resume", "last", "--mock", "fail=1", *canary.VARIABLES).code == 0
    assert run.seen() == set()


LEAKING = """\
from xchange_cli.components.spec import Implementation

def crash(context, inputs):
    context.learn_secret("received", RECEIVED)
    for key in context.config_vars:
        context.log("info", repr(context.config_vars[key]))
    raise LookupError(context.config_vars, [inputs], RECEIVED)

RECEIVED = "-".join(["canary.token~received_at", "run", "time"])
COMPONENT = Implementation(actions={"crash": crash})
"""


@pytest.mark.parametrize("output", ["text", "json"])
def test_the_report_of_a_bug_shows_no_canary(output, project, xchange_process, tmp_path, home):
    """A component with a bug, added to those that are built in, raises what no component may raise."""
    project(
        small(
            step(
                "Crash",
                "leaking",
                "crash",
                text="{type: configVar, value: Given Too}",
                connection=canary.SHOP,
            )
        )
    )
    project({"more/leaking.py": LEAKING})
    added = f"from xchange_cli.components import builtin\nbuiltin.__path__.append({str(tmp_path / 'more')!r})"
    ran = xchange_process(*RUN, "--output", output, python=added, env=canary.ENVIRONMENT)
    (report,) = (tmp_path / ".xchange" / "crashes").iterdir()
    text = report.read_text(encoding="utf-8")
    assert ran.code == 70
    assert "«secret: received»" in text
    assert [canary.seen(shown) for shown in (ran.out, ran.err)] == [set(), set()]
    assert canary.seen_below(tmp_path, GIVEN) == {}
