"""Recordings as files of a run: where they lie, what is refused, and what the user is told."""

import json
from pathlib import Path

import pytest

from wire_cases import API, Answers, get, ok, post, recorded
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.redaction import Redactor, Secret
from xchange_cli.runs.recordings import HttpMode, plan_http, read_recording, recording_path, write_recording
from xchange_cli.wire.http import WireError

SECRET = Secret("Acme.apiKey", "k3y-of-acme")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "recordings" / "nightly.json"


def plan(mode, file, *answers, secrets=(SECRET,)):
    return plan_http(
        mode,
        file,
        file.parents[1],
        live=lambda: Answers(*answers),
        redactor=Redactor(secrets),
        secrets=secrets,
    )


def refused(file):
    with pytest.raises(XchangeError) as caught:
        read_recording(file, file.parents[1])
    return caught.value


@pytest.mark.parametrize(
    ("name", "flow", "expected"),
    [
        ("", "Nightly Sync", "nightlySync.json"),
        ("", "夜間", "flow.json"),
        ("other", "Nightly Sync", "other.json"),
        ("other.json", "Nightly Sync", "other.json"),
        ("v1.2", "Nightly Sync", "v1.2.json"),
    ],
)
def test_a_recording_lies_beside_its_integration_under_the_name_of_its_flow(name, flow, expected):
    beside, folder = Path("integrations/acme"), Path("here")
    assert recording_path(name, flow, beside, folder) == beside / "recordings" / expected
    assert recording_path(name, flow, None, folder) == folder / "recordings" / expected


@pytest.mark.parametrize("name", ["../x", "a/b", "a\\b", "..", ".", "a\0"])
def test_a_name_that_is_a_path_is_refused(name):
    with pytest.raises(XchangeError) as caught:
        recording_path(name, "Flow", None, Path())
    assert caught.value.code is ErrorCode.USAGE
    assert caught.value.message == f"{name!r} is no name of a recording"


def test_what_was_recorded_is_replayed_without_a_connection(file):
    recording = plan(HttpMode.RECORD, file, ok(b'{"key":"k3y-of-acme"}'), WireError("timeout", "late"))
    client = recording.make()
    client.send(get("/items?key=k3y-of-acme"))
    with pytest.raises(WireError):
        client.send(post(b"{}"))
    assert (recording.connects, recording.finish(True)) == (
        True,
        ("recorded 2 exchanges in recordings/nightly.json",),
    )
    assert "k3y-of-acme" not in file.read_text(encoding="utf-8")

    other = Secret("Acme.apiKey", "k3y-of-another")
    replay = plan(HttpMode.REPLAY, file, secrets=(other,))
    assert replay.make().send(get("/items?key=k3y-of-another")).body == b'{"key":"k3y-of-another"}'
    assert (replay.connects, replay.finish(True)) == (
        False,
        (f"the run did not make these requests of recordings/nightly.json: POST {API}/items",),
    )


def test_many_requests_that_were_not_made_are_counted(file):
    write_recording(file, file.parents[1], recorded(*[(get(f"/{n}"), ok()) for n in range(7)]))
    (sentence,) = plan(HttpMode.REPLAY, file).finish(True)
    assert sentence.endswith(f"{API}/0, GET {API}/1, GET {API}/2, GET {API}/3, GET {API}/4 and 2 more")


def test_a_replay_that_made_all_requests_has_nothing_to_say(file):
    write_recording(file, file.parents[1], recorded((get(), ok())))
    replay = plan(HttpMode.REPLAY, file)
    replay.make().send(get())
    assert replay.finish(True) == ()


def test_live_and_deny_have_nothing_to_say(file):
    live, deny = plan(HttpMode.LIVE, file, ok(b"x")), plan(HttpMode.DENY, file)
    assert (live.make().send(get()).body, live.connects, live.finish(True)) == (b"x", True, ())
    with pytest.raises(WireError) as caught:
        deny.make().send(get())
    assert (caught.value.kind, deny.connects, deny.finish(True)) == ("network-denied", False, ())
    assert not file.parent.exists()


def test_a_new_recording_replaces_the_old_one_only_when_it_is_finished(file):
    write_recording(file, file.parents[1], recorded((get("/old"), ok())))
    before = file.read_bytes()
    recording = plan(HttpMode.RECORD, file, ok())
    recording.make().send(get("/new"))
    assert file.read_bytes() == before
    recording.finish(True)
    assert [exchange.request.url for exchange in read_recording(file, file.parents[1])] == [f"{API}/new"]
    assert [path.name for path in file.parent.iterdir()] == ["nightly.json"]


def test_a_run_without_requests_leaves_an_old_recording_alone(file):
    first = plan(HttpMode.RECORD, file)
    first.make()
    assert first.finish(True) == ("recorded 0 exchanges in recordings/nightly.json",)
    assert read_recording(file, file.parents[1]) == ()
    assert plan(HttpMode.RECORD, file).finish(True) == (
        "there was nothing to record, so recordings/nightly.json stays as it was",
    )


def test_a_run_that_did_not_end_well_leaves_an_old_recording_alone(file):
    first = plan(HttpMode.RECORD, file, ok())
    first.make().send(get("/first"))
    assert first.finish(False) == ("recorded 1 exchange in recordings/nightly.json",)
    before = file.read_bytes()
    second = plan(HttpMode.RECORD, file, ok())
    second.make().send(get("/second"))
    assert second.finish(False) == (
        "the run did not end well, so recordings/nightly.json stays as it was; remove it to record such a run",
    )
    assert file.read_bytes() == before


def test_the_same_run_gives_the_same_file(file):
    exchanges = recorded((get("/ü"), ok('{"name":"Jürgen","list":[]}'.encode())))
    write_recording(file, file.parents[1], exchanges)
    first = file.read_text(encoding="utf-8")
    write_recording(file, file.parents[1], read_recording(file, file.parents[1]))
    assert file.read_text(encoding="utf-8") == first
    assert '\n            "name": "Jürgen",\n            "list": []\n' in first
    assert first.endswith("}\n")


def test_a_text_that_no_file_can_hold_survives(file):
    exchanges = recorded((get(), WireError("broken-response", "half: \ud83d")))
    write_recording(file, file.parents[1], exchanges)
    assert read_recording(file, file.parents[1]) == exchanges


def test_a_recording_that_is_not_there_is_refused_before_the_run(file):
    with pytest.raises(XchangeError) as caught:
        plan(HttpMode.REPLAY, file)
    assert (caught.value.code, caught.value.message, caught.value.hint) == (
        ErrorCode.NOT_FOUND,
        "there is no recording recordings/nightly.json",
        "Make it with --http record, or name another one with --recording.",
    )


def test_broken_json_is_refused_with_its_place(file):
    file.parent.mkdir()
    file.write_text('{\n  "schema": xchange\n}', encoding="utf-8")
    error = refused(file)
    assert (error.code, str(error.place)) == (ErrorCode.INVALID, "recordings/nightly.json:2:13")


@pytest.mark.parametrize(
    ("data", "message", "hint"),
    [
        (
            {"schema": "xchange.http-recording/7", "exchanges": []},
            "this recording has the format xchange.http-recording/7, which this version of xchange does not know",
            "Update xchange, or record it again.",
        ),
        (
            {"log": {"version": "1.2", "entries": []}},
            "this is no HTTP recording: its `schema` is not xchange.http-recording/1",
            "Record it again.",
        ),
        (
            {"schema": "xchange.http-recording/1", "exchanges": [{"request": {}}]},
            "`exchanges[0].request.method` is missing",
            "Correct it, or record it again with --http record.",
        ),
    ],
)
def test_what_is_no_recording_is_refused(file, data, message, hint):
    file.parent.mkdir()
    file.write_text(json.dumps(data), encoding="utf-8")
    error = refused(file)
    assert (error.code, error.message, error.hint) == (
        ErrorCode.INVALID,
        f"recordings/nightly.json: {message}",
        hint,
    )


def test_what_cannot_be_read_is_refused_with_the_reason(file):
    file.mkdir(parents=True)
    assert refused(file).code is ErrorCode.UNREADABLE
    file.rmdir()
    file.write_bytes(b'{"schema": "\xff"}')
    assert refused(file).message == "recordings/nightly.json is not UTF-8 text"


def test_what_cannot_be_written_is_told(file):
    file.parent.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(XchangeError) as caught:
        write_recording(file, file.parents[1], ())
    assert caught.value.code is ErrorCode.UNREADABLE
    assert caught.value.message.startswith("recordings/nightly.json cannot be written: ")


def test_nothing_is_left_behind_where_a_recording_cannot_be_finished(file):
    file.mkdir(parents=True)
    with pytest.raises(XchangeError):
        write_recording(file, file.parents[1], ())
    assert [path.name for path in file.parent.iterdir()] == ["nightly.json"]
