"""State between runs: what is loaded, what is written back, and what can be wrong with the file."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.redaction import Redactor, Secret
from xchange_cli.state import store as store_module
from xchange_cli.state.database import _TABLE
from xchange_cli.state.entries import KINDS, Entry, Place, Saved, Selection, StateKey
from xchange_cli.state.file import state_file
from xchange_cli.state.store import _PUT, StateStore, StateTooLargeError

NIGHTLY = Place("orders", "acme", "Nightly")
ALL = Selection()
MOMENT = datetime(2024, 5, 17, 9, 30, 15, 123456, UTC)
DEEP = 1
for _ in range(300):
    DEEP = [DEEP]


@pytest.fixture
def path(tmp_path):
    return state_file(tmp_path)


@pytest.fixture
def store(path):
    with closing(StateStore(path, now=lambda: MOMENT, patience=0.1)) as opened:
        yield opened


def saved(store, after, place=NIGHTLY):
    return store.save(place, store.load(place), after)


def refusal(action, *arguments):
    with pytest.raises(XchangeError) as caught:
        action(*arguments)
    assert caught.value.hint
    return caught.value


def test_what_an_execution_kept_is_there_for_the_next_one(store, path):
    after = {"instanceState": {"cursor": 7}, "crossFlowState": {"ids": [1, 2]}, "integrationState": {"n": {}}}

    assert saved(store, after) == Saved()
    with closing(StateStore(path)) as later:
        assert later.load(NIGHTLY) == after


@pytest.mark.parametrize(
    ("place", "seen"),
    [
        (NIGHTLY, {"instanceState", "crossFlowState", "integrationState"}),
        (NIGHTLY._replace(flow="Hourly"), {"crossFlowState", "integrationState"}),
        (NIGHTLY._replace(instance="local"), {"integrationState"}),
        (NIGHTLY._replace(instance="local", flow="Hourly"), {"integrationState"}),
        (NIGHTLY._replace(integration="invoices"), set()),
    ],
)
def test_each_kind_is_seen_by_those_who_share_it(store, place, seen):
    saved(store, {kind: {"x": 1} for kind in KINDS})

    assert store.load(place).keys() == seen


def test_state_of_an_execution_ends_with_it(store, path):
    assert saved(store, {"executionState": {"x": 1}}) == Saved()
    assert not path.parent.exists()


def test_looking_for_state_makes_no_file(store, path):
    assert store.load(NIGHTLY) == {}
    assert store.entries(ALL) == ()
    store.remove(())
    assert saved(store, {"instanceState": {"nothing": None}}) == Saved()
    assert not path.parent.exists()


def test_only_the_owner_can_read_what_is_kept(store, path):
    saved(store, {"instanceState": {"x": 1}})

    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.glob("state*")}
    assert modes == dict.fromkeys(("state.db", "state.db-wal", "state.db-shm"), 0o600)


def test_git_does_not_see_what_is_kept(store, path):
    saved(store, {"instanceState": {"x": 1}})

    assert (path.parent / ".gitignore").read_text() == "*\n"
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_is_overwritten_is_named_as_sqlite_before_3_35_needs_it():
    conflict = _PUT.partition("ON CONFLICT")[2]
    primary_key = _TABLE.partition("PRIMARY KEY")[2].strip("\n )(")

    assert conflict.startswith(f" ({primary_key})\nDO UPDATE ")


def test_a_kind_is_written_back_as_a_whole(store):
    saved(store, {"instanceState": {"a": 1, "b": 2}, "crossFlowState": {"c": 3}})

    saved(store, {"instanceState": {"b": 5}, "crossFlowState": {"c": 3}})

    assert store.load(NIGHTLY) == {"instanceState": {"b": 5}, "crossFlowState": {"c": 3}}


def test_a_kind_that_did_not_change_is_left_to_others(store):
    saved(store, {"instanceState": {"a": 1}, "crossFlowState": {"c": 1}})
    before = store.load(NIGHTLY)
    saved(store, {**before, "crossFlowState": {"c": 2}}, NIGHTLY._replace(flow="Hourly"))

    assert store.save(NIGHTLY, before, {**before, "instanceState": {"a": 9}}) == Saved()
    assert store.load(NIGHTLY)["crossFlowState"] == {"c": 2}


@pytest.mark.parametrize(
    ("theirs", "mine", "overwritten"),
    [
        ({"a": 2}, {"a": 3}, ["a"]),
        ({"a": 3}, {"a": 3}, []),
        ({"a": 1, "new": 1}, {"a": 3}, ["new"]),
        ({}, {"a": 3}, ["a"]),
        ({"a": 2}, {}, ["a"]),
        ({"a": True}, {"a": 3}, ["a"]),
        ({"a": 1, "b": 1}, {"a": 2, "b": 1}, []),
    ],
)
def test_the_last_writer_wins_and_learns_what_it_overwrote(store, theirs, mine, overwritten):
    saved(store, {"instanceState": {"a": 1}})
    before = store.load(NIGHTLY)
    saved(store, {"instanceState": theirs})

    told = store.save(NIGHTLY, before, {"instanceState": mine})

    assert told == Saved(tuple(StateKey("instanceState", key) for key in overwritten))
    assert store.load(NIGHTLY).get("instanceState", {}) == mine
    assert told.warnings() == tuple(
        f"`{key}` (flow state) was changed by another run meanwhile; its value is overwritten"
        for key in overwritten
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
    | st.text(st.characters()) | st.binary(),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text() | st.sampled_from(["$base64", "$$base64"]), inner, max_size=3),
    max_leaves=12,
)  # fmt: skip
STATES = st.fixed_dictionaries(
    {}, optional={kind: st.dictionaries(st.text(), JSON, max_size=4) for kind in KINDS}
)
NAMES = st.text(st.characters(), max_size=5)


@settings(max_examples=60, deadline=None)
@given(STATES, STATES, st.builds(Place, NAMES, NAMES, NAMES))
def test_what_is_saved_is_what_is_loaded(tmp_path_factory, first, second, place):
    path = tmp_path_factory.mktemp("state") / "state.db"
    with closing(StateStore(path)) as store:
        for state in (first, second):
            assert saved(store, state, place) == Saved()
            kept = {kind: without_nulls(values) for kind, values in state.items()}
            assert store.load(place) == {kind: values for kind, values in kept.items() if values}


def without_nulls(values):
    return {key: value for key, value in values.items() if value is not None}


@pytest.mark.parametrize(
    ("value", "loaded"),
    [
        ({"n": float("nan"), "i": float("inf")}, {"n": None, "i": None}),
        ([10**400], [None]),
        (range(3), [0, 1, 2]),
        ((1, b"\x00\xff"), [1, b"\x00\xff"]),
        ({1: "x"}, {"1": "x"}),
        ("\ud83d half", "\ud83d half"),
        ({"at": MOMENT}, {"at": None}),
    ],
)
def test_what_json_does_not_have_is_kept_as_javascript_writes_it(store, value, loaded):
    saved(store, {"instanceState": {"x": value}})

    assert store.load(NIGHTLY) == {"instanceState": {"x": loaded}}


def test_a_value_nested_too_deeply_is_refused(store, path):
    error = refusal(saved, store, {"instanceState": {"tree": DEEP}})

    assert (error.code, error.message) == (
        ErrorCode.INVALID,
        "the state `tree` cannot be kept: it is nested more than 200 levels deep",
    )
    assert not path.exists()


class Wallet:
    """A redactor, and the way back."""

    def __init__(self, **secrets):
        self.secrets = secrets
        self.redact = Redactor([Secret(name, value) for name, value in secrets.items()]).data

    def bind(self, value):
        if isinstance(value, str):
            for name, secret in self.secrets.items():
                value = value.replace(f"«secret: {name}»", secret)
            return value
        if isinstance(value, dict):
            return {self.bind(key): self.bind(inner) for key, inner in value.items()}
        return [self.bind(inner) for inner in value] if isinstance(value, list) else value


def opened(path, wallet):
    return closing(StateStore(path, redact=wallet.redact, bind=wallet.bind))


def test_a_secret_is_kept_as_its_name_and_bound_to_what_it_is_then(path):
    state = {"instanceState": {"auth": ["Bearer hunter-hunter"], "hunter-hunter": 1, "plain": "x"}}
    with opened(path, Wallet(token="hunter-hunter")) as store:
        assert saved(store, state) == Saved()
        assert store.load(NIGHTLY) == state
        assert [entry.value for entry in store.entries(ALL)] == [["Bearer «secret: token»"], 1, "x"]
    with opened(path, Wallet(token="second-secret")) as store:
        assert store.load(NIGHTLY) == {
            "instanceState": {"auth": ["Bearer second-secret"], "second-secret": 1, "plain": "x"}
        }
        assert saved(store, store.load(NIGHTLY)) == Saved()
    assert not any(b"hunter" in file.read_bytes() for file in path.parent.iterdir())


def test_a_secret_in_another_form_is_told(path):
    with opened(path, Wallet(token="hunter-hunter")) as store:
        told = saved(store, {"instanceState": {"auth": "aHVudGVyLWh1bnRlcg==", "plain": "x"}})

        assert told == Saved((), (StateKey("instanceState", "auth"),))
        assert told.warnings() == (
            (
                "`auth` (flow state) holds a secret in a form that is not kept: the next run gets it as the config "
                "set has it"
            ),
        )
        assert store.load(NIGHTLY)["instanceState"] == {"auth": "hunter-hunter", "plain": "x"}


def test_a_secret_that_was_learned_later_is_no_change_of_somebody_else(path):
    with closing(StateStore(path)) as store:
        saved(store, {"instanceState": {"auth": "hunter-hunter", "n": 1}})
    with opened(path, Wallet(token="hunter-hunter")) as store:
        told = saved(store, {"instanceState": {"auth": "hunter-hunter", "n": 2}})

        assert told == Saved()
        assert [entry.value for entry in store.entries(ALL)] == ["«secret: token»", 2]


def test_more_than_64_mib_together_are_refused_with_the_sizes(store):
    saved(store, {"crossFlowState": {"x": "kept"}})
    large = "x" * (33 * 1024 * 1024)

    error = refusal(saved, store, {"instanceState": {"a": large}, "crossFlowState": {"b": large}})

    assert isinstance(error, StateTooLargeError)
    assert (error.code, error.message) == (
        ErrorCode.INVALID,
        (
            "the state is too large to be kept: 66.0 MiB, while hosted platforms take 64.0 MiB together "
            "(flow state 33.0 MiB, cross-flow state 33.0 MiB)"
        ),
    )
    assert store.load(NIGHTLY) == {"crossFlowState": {"x": "kept"}}


def test_a_single_value_is_too_large_together_with_the_others(store, monkeypatch):
    monkeypatch.setattr(store_module, "MOST_BYTES", 30)
    store.put(NIGHTLY, "instanceState", "a", "x" * 20)

    with pytest.raises(StateTooLargeError):
        store.put(NIGHTLY, "crossFlowState", "b", "x" * 20)
    store.put(NIGHTLY, "instanceState", "a", "y" * 20)
    assert store.load(NIGHTLY) == {"instanceState": {"a": "y" * 20}}


def test_entries_are_listed_found_and_removed(store):
    saved(store, {"instanceState": {"b": 1, "a": 2}, "crossFlowState": {"c": 3}})
    store.put(NIGHTLY._replace(integration="invoices"), "integrationState", "d", 4)
    at = "2024-05-17T09:30:15.123Z"
    b, a = (Entry(NIGHTLY, "instanceState", key, value, at) for key, value in (("b", 1), ("a", 2)))
    c = Entry(Place("orders", "acme", ""), "crossFlowState", "c", 3, at)
    d = Entry(Place("invoices", "", ""), "integrationState", "d", 4, at)

    assert store.entries(ALL) == (d, c, b, a)
    assert store.entries(Selection(instance="acme", flow="Nightly")) == (b, a)
    assert store.entries(Selection(kind="crossFlowState")) == (c,)
    store.remove([a, d])
    store.remove([a])
    assert store.entries(ALL) == (c, b)
    assert d.scope == "integration"


def test_a_value_that_stays_the_same_keeps_its_time(path):
    times = iter([MOMENT, MOMENT.replace(year=2025)])
    with closing(StateStore(path, now=lambda: next(times))) as store:
        saved(store, {"instanceState": {"a": 1, "b": 1}})
        saved(store, {"instanceState": {"a": 1, "b": 2}})
        assert [entry.saved[:4] for entry in store.entries(ALL)] == ["2024", "2025"]


RACER = """
import sys
from pathlib import Path
from xchange_cli.state.entries import Place
from xchange_cli.state.store import StateStore
me, path = sys.argv[1], Path(sys.argv[2])
sys.stdin.read()
for number in range(25):
    place = Place("orders", "acme", f"{me}-{number}")
    store = StateStore(path)
    store.save(place, {}, {"instanceState": {"n": number}})
    assert store.load(place) == {"instanceState": {"n": number}}
    store.close()
"""


def test_two_processes_may_make_and_write_the_database_at_once(path):
    racers = [
        subprocess.Popen([sys.executable, "-c", RACER, name, path], stdin=subprocess.PIPE) for name in "ab"
    ]
    for racer in racers:
        racer.stdin.close()
    assert [racer.wait(timeout=60) for racer in racers] == [0, 0]

    with closing(StateStore(path)) as store:
        kept = {(entry.place.flow, entry.value) for entry in store.entries(ALL)}
    assert kept == {(f"{name}-{number}", number) for name in "ab" for number in range(25)}


def test_a_database_that_stays_locked_is_told_and_may_be_tried_again(store, path):
    saved(store, {"instanceState": {"a": 1}})
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        error = refusal(saved, store, {"instanceState": {"a": 2}})

        assert (error.code, error.retryable) == (ErrorCode.UNREADABLE, True)
        assert error.message == (
            f"the state database {path} is locked: another program has been writing to it for too long"
        )
        assert store.load(NIGHTLY) == {"instanceState": {"a": 1}}
        other.execute("ROLLBACK")
    saved(store, {"instanceState": {"a": 2}})
    assert store.load(NIGHTLY) == {"instanceState": {"a": 2}}


def made_by_hand(path, *statements):
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize("action", ["load", "save"])
@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"this is no database " * 100, "is not a database"),
        (["CREATE TABLE theirs (x)"], "is the database of another program"),
        (["PRAGMA application_id = 7"], "is the database of another program"),
        (
            [f"PRAGMA application_id = {0x78636B73}", "PRAGMA user_version = 2"],
            "was written by a newer xchange: it has version 2, this xchange knows 1",
        ),
        (
            [f"PRAGMA application_id = {0x78636B73}", "PRAGMA user_version = 1"],
            "cannot be used: no such table: kept",
        ),
    ],
)
def test_a_file_that_is_not_ours_is_refused_and_left_alone(store, path, content, what, action):
    if isinstance(content, bytes):
        path.parent.mkdir()
        path.write_bytes(content)
    else:
        made_by_hand(path, *content)
    before = path.read_bytes()

    if action == "load":
        error = refusal(store.load, NIGHTLY)
    else:
        error = refusal(store.save, NIGHTLY, {}, {"instanceState": {"a": 1}})

    assert error.code is ErrorCode.UNREADABLE
    assert error.message == f"the state database {path} {what}"
    if what != "cannot be used: no such table: kept":
        assert without_mode(path.read_bytes()) == without_mode(before)


def without_mode(data):
    """Leave out how the file is written to, and the counters of changes."""
    return data[:18] + data[20:24] + data[28:92] + data[100:]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE kept SET value = 'not JSON'",
        "UPDATE kept SET key = '7'",
        "UPDATE kept SET value = '{\"$base64\": 7}'",
        "UPDATE kept SET value = CAST(x'ff22' AS TEXT)",
    ],
)
def test_a_value_that_nobody_can_read_is_told(store, path, change):
    saved(store, {"instanceState": {"a": 1}})
    made_by_hand(path, change)

    assert refusal(store.load, NIGHTLY).message == f"the state database {path} is damaged"


def test_a_damaged_page_is_told(path):
    with closing(StateStore(path)) as store:
        saved(store, {"instanceState": {"a": "x" * 20_000}})
    data = bytearray(path.read_bytes())
    data[4096:8192] = b"\xa5" * 4096
    path.write_bytes(data)

    with closing(StateStore(path)) as store:
        assert refusal(store.load, NIGHTLY).message == f"the state database {path} is damaged"


def test_a_full_disk_is_told_and_nothing_is_written(store, path):
    saved(store, {"instanceState": {"a": 1, "b": 1}})
    store._database._connection.execute("PRAGMA max_page_count = 8")

    error = refusal(saved, store, {"instanceState": {"a": 2, "b": "x" * 100_000}, "crossFlowState": {"c": 1}})

    assert error.message == f"the state database {path} cannot be written: the disk is full"
    assert store.load(NIGHTLY) == {"instanceState": {"a": 1, "b": 1}}


def test_a_disk_that_takes_no_more_is_told(path):
    with closing(StateStore(path)) as store:
        saved(store, {"instanceState": {"a": 1}})
    ran = in_process(
        path,
        "import resource",
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))",
        "save({'a': 'x' * 200_000})",
    )

    assert ran == f"the state database {path} cannot be read or written: the disk is full or fails"
    with closing(StateStore(path)) as store:
        assert store.load(NIGHTLY) == {"instanceState": {"a": 1}}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize(
    ("file_mode", "what"),
    [
        (None, "cannot be used: {parent}: Permission denied"),
        (0o444, "cannot be used: Permission denied"),
        (0o666, "cannot be written: it is read-only"),
    ],
)
def test_a_place_that_may_not_be_written_is_told(path, file_mode, what):
    open_up(path.parent.parent)
    if file_mode:
        with closing(StateStore(path)) as store:
            saved(store, {"instanceState": {"a": 1}})
        path.chmod(file_mode)
        path.parent.chmod(0o755)

    told = in_process(path, "import os", "os.seteuid(65534)", "save({'a': 2})", "os.seteuid(0)")

    assert told == f"the state database {path} {what.format(parent=path.parent)}"


def open_up(folder):
    for place in (folder, *folder.parents):
        if place != Path("/tmp") and place.is_relative_to("/tmp"):
            place.chmod(0o755)


def in_process(path, *lines):
    """Run statements that may call `save`, and give what it complains about."""
    program = [
        "import sys",
        "from pathlib import Path",
        "from xchange_cli.errors import XchangeError",
        "from xchange_cli.state.entries import Place",
        "from xchange_cli.state.store import StateStore",
        "def save(values):",
        "    store = StateStore(Path(sys.argv[1]))",
        "    try: store.save(Place('orders', 'acme', 'Nightly'), {}, {'instanceState': values})",
        "    except XchangeError as error: print(error.message)",
        *lines,
    ]
    ran = subprocess.run(
        [sys.executable, "-c", "\n".join(program), path],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return ran.stdout.rstrip("\n")


def test_a_place_that_is_no_folder_is_told(tmp_path):
    (tmp_path / ".xchange").write_text("a file")
    store = StateStore(state_file(tmp_path))

    assert store.load(NIGHTLY) == {}
    error = refusal(saved, store, {"instanceState": {"a": 1}})
    assert error.message == (
        f"the state database {tmp_path}/.xchange/state.db cannot be used: {tmp_path}/.xchange: File exists"
    )
