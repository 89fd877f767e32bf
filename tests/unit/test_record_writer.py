"""What lies in a record's folder, who may read it, and what is left of it when something breaks."""

import json
import os
import subprocess
import sys
from pathlib import Path
from stat import S_IMODE
from textwrap import dedent

import pytest

from flows import HandClock, Scripted, built, fails, gives, integration, integration_of, says, step, value
from recorded_runs import FIRST, begin, record, resume, start_of_run
from xchange_cli.components.spec import FlowCall
from xchange_cli.engine.events import Done, RunFinished, Status, StepCall
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.local import local_folder, make_local
from xchange_cli.project.project import Project
from xchange_cli.record.find import existing_record
from xchange_cli.record.journal import Journal
from xchange_cli.record.source_text import stored_text
from xchange_cli.redaction import Redactor, Secret

WHOLE = integration("Trigger\nFetch\nPost")
KEY, PIN = Secret("Api.key", "k3y-of-the-api"), Secret("Api.pin", "42")
posix = pytest.mark.skipif(sys.platform == "win32", reason="file modes and limits are those of POSIX")


def read(runs, name):
    return json.loads((runs / FIRST / name).read_bytes())


def lines(runs):
    return [json.loads(line) for line in (runs / FIRST / "journal.jsonl").read_bytes().splitlines()]


def known(runs):
    return existing_record(runs, FIRST)


def call(path, ref="", attempt=1):
    return StepCall(path, ref or path, "scripted", "act", {}, attempt, {})


def test_the_start_of_a_run_is_written_before_anything_happens(tmp_path):
    start = start_of_run(
        config_name="dev",
        config={"Key": KEY.value, "Size": 42, "File": b"\x00"},
        cause="cross-flow",
        parent="01HY3ABCDE0000000000000000",
        path="loop[2]/call",
        attempt=2,
        state={"instanceState": {"n": 1}},
        until="post",
        waits=False,
        timeout=5.0,
        mocks={"post": {"error": KEY.value}},
        payload={"body": {"data": 1}},
        more={"http": "deny"},
    )

    begin(tmp_path, WHOLE, start, Redactor([KEY, PIN])).close()

    assert read(tmp_path, "run.json") == {
        "schema": "xchange.record/1",
        "run": FIRST,
        "integration": {"key": "orders", "name": "Orders", "file": "integration.yml"},
        "flow": "Flow",
        "startedAt": "2024-05-17T09:30:15.886Z",
        "isSynchronous": True,
        "cause": {
            "kind": "cross-flow",
            "parent": "01HY3ABCDE0000000000000000",
            "path": "loop[2]/call",
            "attempt": 2,
        },
        "config": {
            "name": "dev",
            "values": {
                "Key": "«secret: Api.key»",
                "Size": {"$number": "«secret: Api.pin»"},
                "File": {"$bytes": "AA=="},
            },
        },
        "state": {"instanceState": {"n": 1}},
        "options": {"until": "post", "waits": False, "timeout": 5.0, "more": {"http": "deny"}},
        "mocks": {"post": {"error": "«secret: Api.key»"}},
        "payload": {"body": {"data": 1}},
    }
    assert known(tmp_path).start(Redactor([KEY, PIN]).values()) == start
    assert (tmp_path / FIRST / "integration.yml").read_text(encoding="utf-8") == WHOLE.node.source.text


def test_each_event_is_one_line(tmp_path):
    with begin(tmp_path, WHOLE) as writer:
        writer.step(call("trigger"), says("hi", warnings=("odd",), data={"a": 1}), 1.23456)
        writer.step(
            call("loop[2]/post#2", "post", 2), fails("no", "timeout", input_key="x", is_final=True), 2
        )
        writer.step(call("other"), gives(call=FlowCall("Other", waits=False)), 0)
        writer.calling("other", "RUN", "Other")
        writer.called("other", gives(1))
        writer.waited("post", 5.0, "retry")
        writer.state_saved()

    assert lines(tmp_path) == [
        {
            "e": "step",
            "ok": True,
            "attempt": 1,
            "ms": 1.235,
            "path": "trigger",
            "ref": "trigger",
            "result": {"data": {"a": 1}},
            "logs": [["INFO", "hi"]],
            "warnings": ["odd"],
        },
        {
            "e": "step",
            "ok": False,
            "attempt": 2,
            "ms": 2.0,
            "path": "loop[2]/post#2",
            "ref": "post",
            "failed": {"kind": "timeout", "message": "no", "input_key": "x", "is_final": True},
        },
        {
            "e": "step",
            "ok": True,
            "attempt": 1,
            "ms": 0.0,
            "path": "other",
            "ref": "other",
            "result": {"call": {"flow": "Other", "body": None, "headers": {}, "waits": False}},
        },
        {"e": "call", "path": "other", "run": "RUN", "flow": "Other"},
        {"e": "called", "path": "other", "outcome": {"result": {"data": 1}}},
        {"e": "wait", "path": "post", "seconds": 5.0, "reason": "retry"},
        {"e": "state-saved"},
    ]


def test_each_line_is_there_the_moment_it_is_written(tmp_path):
    writer = begin(tmp_path, WHOLE)
    writer.step(call("trigger"), gives(1), 0)

    assert len(lines(tmp_path)) == 1
    writer.close()


def test_the_end_tells_how_the_run_ended(tmp_path):
    events = record(tmp_path, WHOLE, {"post": fails(f"no {KEY.value}")}, redactor=Redactor([KEY]))

    end = read(tmp_path, "end.json")
    place = events[-1].failure.span.place
    assert end.pop("seconds") > 0
    assert end.pop("endedAt").startswith("2024-05-17T09:30:15.")
    assert end == {
        "schema": "xchange.record/1",
        "status": "error",
        "steps": 2,
        "failure": {
            "path": "post",
            "kind": "action-failed",
            "message": "no «secret: Api.key»",
            "place": {"file": "integration.yml", "line": place.line, "column": place.column},
        },
        "stoppedAt": "",
    }
    assert known(tmp_path).status == "error"


def test_a_run_without_an_end_is_interrupted_and_while_it_is_written_it_is_running(tmp_path):
    with begin(tmp_path, WHOLE):
        assert known(tmp_path).status == "running"
    assert known(tmp_path).status == "interrupted"


def test_a_run_that_was_told_where_to_stop_tells_that_it_did(tmp_path):
    with begin(tmp_path, WHOLE) as writer:
        writer.end(RunFinished(Status.SUCCESS, None, None, {}, "fetch"), HandClock().now(), 1.23456)

    end = known(tmp_path).end
    assert (end.status, end.stopped_at, end.seconds, end.failure) == (Status.SUCCESS, "fetch", 1.235, None)


# --- large values


def test_a_large_value_lies_beside_the_journal_and_once_only(tmp_path):
    large = {"text": f"{'x' * 70_000} {KEY.value}"}
    with begin(tmp_path, WHOLE, redactor=Redactor([KEY])) as writer:
        writer.step(call("a"), gives(large, answer=1), 0)
        writer.step(call("b"), gives(large), 0)

    [blob] = (tmp_path / FIRST / "blobs").iterdir()
    size = len('{"text":""}') + 70_001 + len("«secret: Api.key»".encode())
    assert [line["result"] for line in lines(tmp_path)] == [
        {"data": {"$blob": blob.name, "bytes": size}, "answer": 1},
        {"data": {"$blob": blob.name, "bytes": size}},
    ]
    assert blob.stat().st_size == size
    journal = Journal(known(tmp_path), Redactor([KEY]).values)
    assert [journal.step(path).outcome for path in "ab"] == [gives(large, answer=1), gives(large)]


def test_a_user_who_speaks_of_blobs_gets_them_back(tmp_path):
    with begin(tmp_path, WHOLE) as writer:
        writer.step(call("a"), gives({"$blob": "x", "bytes": 1}), 0)

    assert Journal(known(tmp_path)).step("a").outcome == gives({"$blob": "x", "bytes": 1})


def test_a_large_payload_does_not_make_the_start_large(tmp_path):
    start = start_of_run(payload=["x" * 100_000])
    begin(tmp_path, WHOLE, start).close()

    assert (tmp_path / FIRST / "run.json").stat().st_size < 1000
    assert known(tmp_path).start() == start


# --- privacy


@posix
def test_only_the_owner_may_read_a_record(tmp_path):
    before = os.umask(0)
    try:
        record(tmp_path / "runs", WHOLE, {"fetch": gives("x" * 70_000)})
    finally:
        os.umask(before)

    modes = {path: oct(S_IMODE(path.stat().st_mode)) for path in (tmp_path / "runs").rglob("*")}
    folders = {path for path in modes if path.is_dir()}
    assert {modes[path] for path in folders} == {"0o700"}
    assert {modes[path] for path in modes.keys() - folders} == {"0o600"}
    assert sorted(path.name for path in modes if path.parent.name == FIRST) == [
        "blobs", "end.json", "integration.yml", "journal.jsonl", "lock", "run.json",
    ]  # fmt: skip


@posix
def test_the_local_folder_is_private_and_not_for_git(tmp_path):
    project = Project(tmp_path)
    assert not local_folder(project).exists()

    assert make_local(project) == make_local(project) == local_folder(project) == tmp_path / ".xchange"

    assert oct(S_IMODE(local_folder(project).stat().st_mode)) == "0o700"
    assert (tmp_path / ".xchange" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_a_local_folder_that_cannot_be_made_is_an_error_with_its_reason(tmp_path):
    (tmp_path / ".xchange").write_text("")

    with pytest.raises(XchangeError) as caught:
        make_local(Project(tmp_path))

    assert (caught.value.code, caught.value.message) == (
        ErrorCode.UNREADABLE,
        f".xchange/ cannot be made in {tmp_path.as_posix()}: File exists",
    )


def test_secrets_are_in_no_file_of_a_record(tmp_path):
    seen = [KEY.value, {"a": KEY.value.encode(), KEY.value: 42}, "x" * 70_000 + KEY.value]
    redactor = Redactor([KEY, PIN])
    with begin(tmp_path, WHOLE, start_of_run(config={"a": seen}, payload=seen), redactor) as writer:
        writer.step(call(f"to-{KEY.value}"), gives(seen, state={"instanceState": {"k": seen}}), 0)
        writer.step(
            call("b"), fails(KEY.value)._replace(logs=(("INFO", KEY.value),), warnings=(KEY.value,)), 0
        )
        writer.called("b", gives(seen))

    files = [path for path in (tmp_path / FIRST).rglob("*") if path.is_file()]
    assert [path.name for path in files if KEY.value.encode() in path.read_bytes()] == []


def test_secrets_of_the_integrations_text_are_replaced_also_short_ones_where_they_are_a_whole_input():
    whole = integration_of(
        step("Send 42", {"pin": value("42"), "key": value(f"Bearer {KEY.value}"), "size": value("142")})
    )

    text = stored_text(whole, Redactor([KEY, PIN]))

    again = built(text).flows[0].steps[0]
    assert {key: given.expression.value for key, given in again.inputs.items()} == {
        "pin": "«secret: Api.pin»",
        "key": "Bearer «secret: Api.key»",
        "size": "142",
    }
    assert again.name == "Send 42"


# --- damage


@pytest.mark.parametrize("rest", [b'{"e":"st', b'{"e":"step"}', b"\xff"])
def test_a_torn_last_line_is_none(tmp_path, rest):
    record(tmp_path, WHOLE, {"post": fails()})
    with (tmp_path / FIRST / "journal.jsonl").open("ab") as journal:
        journal.write(rest)

    again = Scripted({})
    resume(known(tmp_path), WHOLE, again)

    assert [one.path for one in again.calls] == ["post"]
    assert [line["e"] for line in lines(tmp_path)] == ["step", "step", "step", "resumed", "step"]


@pytest.mark.parametrize(
    "line",
    ["", "{", "[]", "{}", '{"e":"step"}', '{"e":"step","path":1}', '{"e":"called","path":"a"}', '"\ud800"'],
)
def test_a_damaged_line_is_named(tmp_path, line):
    record(tmp_path, WHOLE)
    path = tmp_path / FIRST / "journal.jsonl"
    path.write_bytes(line.encode("utf-8", "surrogatepass") + b"\n" + path.read_bytes())

    with pytest.raises(XchangeError) as caught:
        Journal(known(tmp_path))

    assert (caught.value.code, caught.value.message) == (
        ErrorCode.UNREADABLE,
        f"the record of the run {FIRST} is damaged: line 1 of journal.jsonl",
    )


@pytest.mark.parametrize(
    "more",
    [
        '"result":{"data":{"$blob":"00","bytes":1}}',
        '"result":{"data":{"$bytes":"!"}}',
        '"result":{"data":{"$number":"x"}}',
        '"result":{"data":{"$range":[1,2,3,4]}}',
        '"result":{"data":{"$later":1}}',
        '"result":{"nonsense":1}',
        '"result":1',
        '"logs":[]',
    ],
)
def test_a_line_that_means_no_outcome_is_named_when_it_is_wanted(tmp_path, more):
    begin(tmp_path, WHOLE).close()
    line = f'{{"e":"state-saved"}}\n{{"e":"step","ok":true,"path":"a",{more}}}\n'
    (tmp_path / FIRST / "journal.jsonl").write_text(line)

    with pytest.raises(XchangeError, match=r"is damaged: line 2 of journal\.jsonl"):
        Journal(known(tmp_path)).step("a")


def test_a_changed_blob_is_noticed(tmp_path):
    with begin(tmp_path, WHOLE) as writer:
        writer.step(call("a"), gives("x" * 70_000), 0)
    [blob] = (tmp_path / FIRST / "blobs").iterdir()
    blob.write_text('"y"')

    with pytest.raises(XchangeError, match="is damaged"):
        Journal(known(tmp_path)).step("a")


@pytest.mark.parametrize("name", ["run.json", "end.json"])
@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"schema":"xchange.record/1"}', "[" * 100_000])
def test_a_damaged_file_is_named(tmp_path, name, text):
    record(tmp_path, WHOLE)
    (tmp_path / FIRST / name).write_text(text)

    with pytest.raises(XchangeError) as caught:
        (known(tmp_path).start(), known(tmp_path).status)

    assert caught.value.message == f"the record of the run {FIRST} is damaged: {name}"


def test_lines_of_later_versions_tell_nothing(tmp_path):
    begin(tmp_path, WHOLE).close()
    (tmp_path / FIRST / "journal.jsonl").write_text('{"e":"later","x":1}\n')

    assert Journal(known(tmp_path)).steps == {}


@posix
def test_a_full_disk_is_told_and_what_was_written_stays_readable(tmp_path):
    """A limit on the size of files stands for the full disk."""
    program = f"""
        import resource, signal, sys
        from pathlib import Path
        sys.path.insert(0, {str(Path(__file__).parents[1])!r})
        from flows import gives, integration
        from recorded_runs import begin
        from xchange_cli.engine.events import StepCall
        from xchange_cli.errors import XchangeError
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        writer = begin(Path({str(tmp_path)!r}), integration("Trigger"))
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        try:
            for number in range(100):
                writer.step(StepCall(f"a{{number}}", "a", "", "", {{}}, 1, {{}}), gives("x" * 100), 0)
        except XchangeError as error:
            print(error.code, error.message, error.hint, sep="|")
    """
    done = subprocess.run(
        [sys.executable, "-c", dedent(program)], capture_output=True, text=True, check=True, timeout=60
    )

    path = (tmp_path / FIRST / "journal.jsonl").as_posix()
    assert done.stdout.strip() == (
        f"unreadable|the record of the run cannot be written: {path}: File too large|"
        "Make room and make the folder writable for you, or run with --no-record."
    )
    journal = Journal(known(tmp_path))
    assert known(tmp_path).status == "interrupted"
    assert list(journal.steps) == [f"a{number}" for number in range(len(journal.steps))]
    assert len(journal.steps) > 3


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path):
    tmp_path.chmod(0o500)

    with pytest.raises(XchangeError, match=r"cannot be written: .*: Permission denied"):
        begin(tmp_path, WHOLE)


def test_a_record_that_cannot_be_begun_is_told(tmp_path):
    (tmp_path / "runs").write_text("a file")

    with pytest.raises(XchangeError) as caught:
        begin(tmp_path / "runs", WHOLE)

    assert caught.value.code is ErrorCode.UNREADABLE
    assert caught.value.message.startswith("the record of the run cannot be written: ")


def test_a_value_that_cannot_be_recorded_leaves_a_readable_record(tmp_path):
    with begin(tmp_path, WHOLE) as writer:
        writer.step(call("a"), gives(1), 0)
        with pytest.raises(XchangeError, match="cannot be recorded: object"):
            writer.step(call("b"), gives(object()), 0)

    assert list(Journal(known(tmp_path)).steps) == ["a"]


def test_a_record_whose_start_cannot_be_recorded_is_given_back(tmp_path):
    with pytest.raises(XchangeError):
        begin(tmp_path, WHOLE, start_of_run(payload=object()))

    assert known(tmp_path) is None
    begin(tmp_path, WHOLE).close()
    assert known(tmp_path).status == "interrupted"


def test_a_record_is_begun_once_only(tmp_path):
    begin(tmp_path, WHOLE).close()

    with pytest.raises(XchangeError, match=f"the run {FIRST} is running"):
        begin(tmp_path, WHOLE)

    assert known(tmp_path).status == "interrupted"


def test_half_characters_are_recorded(tmp_path):
    outcome = Done(gives("\ud800 é").result)
    with begin(tmp_path, WHOLE) as writer:
        writer.step(call("a"), outcome, 0)

    assert Journal(known(tmp_path)).step("a").outcome == outcome
