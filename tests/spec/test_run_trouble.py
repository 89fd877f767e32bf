"""A machine that does not play along: full disks, locked and broken files, signals, others at the same time."""

import ctypes
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from conftest import start_process
from node_programs import needs_node
from runs import code, flow, integration, step
from servers import answer, hang, server
from xchange_cli.state.database import VERSION

__all__ = ["server"]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and signals of POSIX systems")
FIRST = code("First", "return { data: 1 };")
COUNT = code(
    "Count",
    "const n = (context.instanceState.n || 0) + 1;\nreturn { data: n, instanceState: { n } };",
)


def listed(xchange):
    """Give all runs, each of which can be looked at."""
    ran = xchange("runs", "--output", "json")
    assert ran.code == 0
    runs = json.loads(ran.out)["runs"]
    for run in runs:
        assert run["status"] != "unreadable"
        assert xchange("runs", "show", run["run"]).code == 0
    return runs


def without_traceback(ran):
    assert "Traceback" not in ran.out + ran.err
    assert "bug in xchange" not in ran.err
    return ran


# --- a full disk


def full_at(size: int) -> str:
    """Give statements that let no file grow beyond a size, as a full disk would."""
    return f"import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))"


BIG = "return { data: Array.from({ length: 200 }, (_, i) => 'x'.repeat(200) + i) };"


@pytest.mark.parametrize("output", ["text", "json"])
@pytest.mark.usefixtures("unmeasured")
def test_a_record_that_cannot_grow_ends_the_run_which_can_be_resumed(
    project, xchange, xchange_process, output
):
    project({"integration.yml": integration(flow(*(code(f"Big {number}", BIG) for number in range(4))))})
    ran = without_traceback(xchange_process("run", "--output", output, python=full_at(90_000)))
    [run] = listed(xchange)
    assert (ran.code, run["status"], run["steps"], run["canBeResumed"]) == (3, "interrupted", 3, True)
    said = " ".join((ran.out + ran.err).split())
    assert "journal.jsonl: File too large" in said
    assert f"`xchange run --resume {run['run']}` goes on with it." in said

    assert xchange("run", "--resume", "last").code == 0
    assert [(one["status"], one["steps"]) for one in listed(xchange)] == [("success", 5)]


@pytest.mark.usefixtures("unmeasured")
def test_a_large_result_that_cannot_be_kept_ends_the_run(project, xchange, xchange_process):
    big = code("Big", "return { data: 'x'.repeat(100000) };")
    folder = project({"integration.yml": integration(flow(FIRST, big))})
    ran = without_traceback(xchange_process("run", python=full_at(50_000)))
    [run] = listed(xchange)
    assert (ran.code, run["status"], run["steps"]) == (3, "interrupted", 2)
    assert list((folder / ".xchange" / "runs" / run["run"] / "blobs").iterdir()) == []


@pytest.mark.usefixtures("unmeasured")
def test_a_run_whose_record_cannot_be_begun_does_not_start_and_leaves_nothing(
    project, xchange, xchange_process
):
    project({"integration.yml": integration(flow(FIRST))})
    ran = without_traceback(xchange_process("run", python=full_at(100)))
    assert (ran.code, ran.out, "or run with --no-record" in " ".join(ran.err.split())) == (3, "", True)
    assert listed(xchange) == []


@pytest.mark.parametrize("output", ["text", "json"])
@pytest.mark.usefixtures("unmeasured")
def test_state_that_cannot_be_saved_fails_the_run_and_is_saved_by_its_resumption(
    project, xchange, xchange_process, output
):
    keep = code("Keep", "return { data: 1, instanceState: { a: 'x'.repeat(100000) } };")
    project({"integration.yml": integration(flow(keep))})
    ran = without_traceback(xchange_process("run", "--output", output, python=full_at(103_000)))
    [run] = listed(xchange)
    assert (ran.code, run["status"], run["canBeResumed"]) == (10, "error", True)
    assert run["failure"].endswith("cannot be read or written: the disk is full or fails")
    assert json.loads(xchange("state", "list", "--output", "json").out)["entries"] == []

    assert xchange("run", "--resume", "last").code == 0
    assert len(json.loads(xchange("state", "list", "--output", "json").out)["entries"]) == 1


@pytest.mark.usefixtures("unmeasured")
def test_a_recording_that_cannot_be_written_is_told_after_the_run(project, xchange, xchange_process, server):
    url = server.on("/many", answer(200, [{"a": number} for number in range(5000)]))
    folder = project({"integration.yml": integration(flow(step("Get", "http", "httpGet", url=url)))})
    ran = without_traceback(
        xchange_process("run", "--http", "record", "--output", "json", python=full_at(100_000))
    )
    assert (ran.code, json.loads(ran.out)["status"]) == (3, "success")
    assert "error: recordings/flow.json cannot be written: File too large" in ran.err
    assert list((folder / "recordings").iterdir()) == []
    assert [run["status"] for run in listed(xchange)] == ["success"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("output", ["text", "jsonl"])
def test_output_that_cannot_be_written_is_told(project, xchange, tmp_path, output):
    project({"integration.yml": integration(flow(FIRST))})
    with Path("/dev/full").open("w") as full:
        started = start_process("run", "--output", output, cwd=tmp_path, stdout=full)
        _, err = started.communicate(timeout=60)
    assert (started.returncode, err) == (3, "error: the output cannot be written: No space left on device\n")
    assert len(listed(xchange)) == 1


# --- places where nothing can be written


def as_anybody() -> None:
    """Take the right away from root to write where nobody may."""
    if os.geteuid() == 0:
        drop, override = 24, 1
        ctypes.CDLL(None).prctl(drop, override, 0, 0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="root may write anywhere elsewhere")
def test_a_project_that_may_not_be_written_can_be_run_without_record(project, tmp_path):
    folder = project({"integration.yml": integration(flow(FIRST)), "xchange.yaml": ""})
    folder.chmod(0o555)
    try:
        ran, free = (
            start_process("run", *more, cwd=tmp_path, preexec_fn=as_anybody)
            for more in ((), ("--no-record",))
        )
        _, err = ran.communicate(timeout=60)
        out, _ = free.communicate(timeout=60)
    finally:
        folder.chmod(0o755)
    assert (ran.returncode, "Permission denied" in err, "Traceback" in err) == (3, True, False)
    assert (free.returncode, "success: 2 steps" in out) == (0, True)


@pytest.mark.parametrize("place", [".xchange", ".xchange/runs"])
def test_a_file_in_the_place_of_a_folder_is_told(project, xchange, place):
    project({"integration.yml": integration(flow(FIRST)), place: "a file"})
    ran = without_traceback(xchange("run"))
    assert (ran.code, "File exists" in ran.err) == (3, True)
    assert listed(xchange) == []
    assert xchange("run", "--no-record").code == 0


# --- the state database


@pytest.fixture
def counted(project, xchange):
    """A project whose flow has kept something."""
    folder = project({"integration.yml": integration(flow(COUNT))})
    assert xchange("run").code == 0
    return folder


def connected(folder):
    return closing(sqlite3.connect(folder / ".xchange" / "state.db", isolation_level=None))


def test_a_locked_database_fails_the_run_whose_state_a_resumption_saves(counted, xchange, monkeypatch):
    monkeypatch.setattr("xchange_cli.state.store.PATIENCE", 0.1)
    with connected(counted) as other:
        other.execute("BEGIN EXCLUSIVE")
        ran = without_traceback(xchange("run", "--output", "json"))
    document = json.loads(ran.out)
    assert (ran.code, document["error"]["kind"]) == (10, "state-not-saved")
    assert document["error"]["message"].endswith(
        "is locked: another program has been writing to it for too long"
    )

    assert xchange("run", "--resume", "last").code == 0
    assert json.loads(xchange("state", "get", "integration.yml", "n").out) == 2
    assert [run["status"] for run in listed(xchange)] == ["success", "success"]


def break_up(file: Path) -> None:
    file.write_bytes(b"this is no database" * 500)


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def make_newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (break_up, "is not a database"),
        (cut_off, "is damaged"),
        (make_newer, f"was written by a newer xchange: it has version {VERSION + 1}, this xchange knows {VERSION}"),
    ],
)  # fmt: skip
def test_a_database_that_cannot_be_used_keeps_the_run_from_starting(counted, xchange, spoil, message):
    with connected(counted) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = counted / ".xchange" / "state.db"
    spoil(file)
    before = file.read_bytes()
    ran = without_traceback(xchange("run", "--output", "json"))
    error = json.loads(ran.out)
    assert (ran.code, error["code"]) == (3, "unreadable")
    assert error["message"].endswith(message)
    assert "move the file away" in error["hint"].lower()
    assert file.read_bytes() == before
    assert [run["status"] for run in listed(xchange)] == ["success"]


# --- others at the same time


def test_two_runs_at_once_save_one_after_the_other_and_say_what_was_overwritten(
    project, xchange, tmp_path, server
):
    """Both have loaded their state before either saves it: the server answers when both have asked."""
    asked = []

    def meet(exchange) -> bool:
        asked.append(exchange)
        end = time.monotonic() + 5
        while len(asked) < 2 and time.monotonic() < end:
            time.sleep(0.01)
        return answer(200, {})(exchange)

    project(
        {
            "integration.yml": integration(
                flow(step("Get", "http", "httpGet", url=server.on("/meet", meet)), COUNT)
            )
        }
    )
    both = [start_process("run", "--output", "json", cwd=tmp_path) for _ in "ab"]
    documents = [json.loads(one.communicate(timeout=60)[0]) for one in both]
    warnings = [warning["message"] for document in documents for warning in document["warnings"]]
    assert [one.returncode for one in both] == [0, 0]
    assert [document["state"] for document in documents] == [{"instanceState": {"n": 1}}] * 2
    assert warnings in (
        [],
        ["`n` (flow state) was changed by another run meanwhile; its value is overwritten"],
    )
    assert len(listed(xchange)) == 2


def test_of_two_resumptions_at_once_one_goes_on(project, xchange, tmp_path, server):
    url = server.on("/hang", hang)
    project({"integration.yml": integration(flow(FIRST, step("Get", "http", "httpGet", url=url)))})
    xchange("run", "--timeout", "0.2")
    both = [
        start_process("run", "--resume", "last", "--timeout", "1", "--output", "json", cwd=tmp_path)
        for _ in "ab"
    ]
    told = {one.wait(timeout=60): json.loads(one.communicate()[0]) for one in both}
    assert told.keys() == {3, 12}
    assert (told[3]["message"].endswith("is running"), told[3]["retryable"]) == (True, True)
    assert [run["status"] for run in listed(xchange)] == ["timeout"]


BACKWARDS = """
from datetime import UTC, datetime, timedelta
from itertools import count
from xchange_cli.engine import driver
ticks = count()
driver.SystemClock.now = lambda self: datetime(2024, 5, 17, tzinfo=UTC) - timedelta(hours=next(ticks))
"""


def test_a_clock_that_goes_backwards_confuses_nobody(project, xchange, xchange_process):
    trigger = step("Trigger", "cross-flow", "crossFlow", is_trigger=True)
    flows = (
        flow(step("Call", "cross-flow", "invokeFlow", flowName="Child")),
        flow(FIRST, name="Child", trigger=trigger),
    )
    project({"integration.yml": integration(*flows)})
    ran = without_traceback(xchange_process("run", "--flow", "Flow", python=BACKWARDS))
    assert ran.code == 0
    assert [(run["flow"], run["status"]) for run in listed(xchange)] == [
        ("Flow", "success"),
        ("Child", "success"),
    ]
    assert all(0 <= run["seconds"] < 60 for run in listed(xchange))


# --- signals


@pytest.fixture
def interrupted(project, xchange, tmp_path, interrupts):
    """Run flows until a step of theirs has begun, send a signal, and give what was said and which processes are left."""

    def go(steps, sent, *others: str):
        project({"integration.yml": integration(flow(FIRST, *steps), *others)})
        started = start_process("run", "--flow", "Flow", "--output", "jsonl", cwd=tmp_path)
        assert started.stdout is not None
        for line in started.stdout:
            event = json.loads(line)
            if event["event"] in {"step_starting", "waiting"} and event.get("ref") not in {
                "trigger",
                "first",
                "call",
                "nap",
            }:
                break
        children = wait_for_work(started.pid)
        begun = time.monotonic()
        started.send_signal(sent)
        _, err = started.communicate(timeout=20)
        assert time.monotonic() - begun < 5
        return started.returncode, err.splitlines()[-1], [child for child in children if is_alive(child)]

    return go


def wait_for_work(process: int) -> list[int]:
    """Give a process a moment to be in the middle of it; gives its children."""
    time.sleep(0.25)
    found = subprocess.run(["pgrep", "-P", str(process)], capture_output=True, text=True, check=False)
    return [int(word) for word in found.stdout.split()]


def is_alive(process: int) -> bool:
    """Tell whether a process is there after a moment, be it as a zombie."""
    for _ in range(50):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.02)
    return True


SPIN = "for (;;);"
CHILD = flow(
    code("Spin", SPIN), name="Child", trigger=step("Trigger", "cross-flow", "crossFlow", is_trigger=True)
)
MIDDLES = {
    "a sleep": [step("Nap", "sleep", "sleep", ms="20000")],
    "an HTTP request": None,
    "a QuickJS loop": [code("Spin", SPIN)],
    "a Node.js loop": [code("Spin", f"require('os'); {SPIN}")],
    "a Node.js wait": [code("Spin", "require('os'); await new Promise((done) => setTimeout(done, 30000));")],
    "a called flow": [step("Call", "cross-flow", "invokeFlow", flowName="Child")],
}


@needs_node
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
@pytest.mark.parametrize("middle", MIDDLES)
def test_a_signal_ends_a_run_which_can_be_resumed(interrupted, xchange, server, middle, sent):
    steps = MIDDLES[middle] or [step("Get", "http", "httpGet", url=server.on("/hang", hang))]
    others = (CHILD,) if middle == "a called flow" else ()
    code, said, left = interrupted(steps, sent, *others)
    runs = listed(xchange)
    assert (code, left) == (130, [])
    assert said == f"interrupted; `xchange run --resume {runs[0]['run']}` goes on with it"
    assert {(run["status"], run["canBeResumed"]) for run in runs} == {("interrupted", True)}
    assert runs[0]["steps"] >= 2


@pytest.mark.parametrize("output", ["text", "jsonl"])
def test_a_reader_that_goes_away_ends_the_run_silently(project, xchange, tmp_path, output):
    body = f"steps:\n{step('Say', 'log', 'writeLog', message='x')}"
    project(
        {
            "integration.yml": integration(
                flow(
                    step("Times", "loop", "loopNTimes", more=body, iterationCount="90000"), synchronous=False
                )
            )
        }
    )
    started = start_process("run", "--output", output, cwd=tmp_path)
    assert started.stdout is not None
    assert started.stdout.readline() != ""
    started.stdout.close()
    assert started.stderr is not None
    assert (started.stderr.read(), started.wait(timeout=60)) == ("", 141)
    started.stderr.close()
    assert [run["status"] for run in listed(xchange)] == ["interrupted"]
