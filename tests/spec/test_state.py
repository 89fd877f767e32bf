"""`xchange state`: what flows keep between runs, looked at and changed by hand."""

import json
import os
import pty
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime

import pytest

from conftest import PLAIN
from strict_schemas import faults
from xchange_cli.state.entries import Place
from xchange_cli.state.file import state_file
from xchange_cli.state.store import StateStore

FLOW = """\
  - name: NAME
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
"""
ORDERS = "definitionVersion: 7\nname: Orders\ndescription: ''\nflows:\n" + FLOW.replace(
    "NAME", "Nightly Sync"
)
INVOICES = ORDERS + FLOW.replace("NAME", "Hourly")
FILES = {
    "xchange.yaml": "",
    "integrations/orders/integration.yml": ORDERS,
    "integrations/invoices/integration.yml": INVOICES,
}
KEPT = [
    (Place("orders", "acme", "Nightly Sync"), "instanceState", "cursor", {"page": 7}),
    (Place("orders", "local", "Nightly Sync"), "instanceState", "cursor", "2024-05-17"),
    (Place("orders", "acme", ""), "crossFlowState", "ids", [1, "two", b"3"]),
    (Place("invoices", "", ""), "integrationState", "total", 12.5),
]
MOMENT = datetime(2024, 5, 17, 9, 30, 15, tzinfo=UTC)
LISTED = """\
invoices (integration)
  KEY    SAVED (UTC)          VALUE
  total  2024-05-17 09:30:15  12.5

orders, acme (cross-flow)
  KEY  SAVED (UTC)          VALUE
  ids  2024-05-17 09:30:15  [1,"two",{"$base64":"Mw=="}]

orders, acme, Nightly Sync (flow)
  KEY     SAVED (UTC)          VALUE
  cursor  2024-05-17 09:30:15  {"page":7}

orders, local, Nightly Sync (flow)
  KEY     SAVED (UTC)          VALUE
  cursor  2024-05-17 09:30:15  "2024-05-17"

4 values listed.
"""


@pytest.fixture
def folder(project):
    return project(FILES)


@pytest.fixture
def kept(folder):
    with closing(StateStore(state_file(folder), now=lambda: MOMENT)) as store:
        for row in KEPT:
            store.put(*row)
    return folder


def stored(folder):
    from xchange_cli.state.entries import Selection

    with closing(StateStore(state_file(folder))) as store:
        return [(entry.place, entry.kind, entry.key, entry.value) for entry in store.entries(Selection())]


def keys_of(ran):
    assert faults(ran.out, "state-output") == []
    return [(one["instance"], one["flow"], one["key"]) for one in json.loads(ran.out)["entries"]]


def test_what_is_kept_is_listed_by_its_place(xchange, kept):
    assert xchange("state", "list", cwd=kept) == (0, LISTED, "")


def test_where_nothing_is_kept_nothing_is_made(xchange, folder):
    assert xchange("state", "list", cwd=folder) == (0, "Nothing is kept.\n", "")
    assert not (folder / ".xchange").exists()


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        (["orders"], ["ids", "cursor", "cursor"]),
        (["integrations/orders"], ["ids", "cursor", "cursor"]),
        (["integrations/orders/integration.yml"], ["ids", "cursor", "cursor"]),
        (["integrations"], ["total", "ids", "cursor", "cursor"]),
        (["--config", "acme"], ["ids", "cursor"]),
        (["--config", "configs/acme.yml"], ["ids", "cursor"]),
        (["--config", "local"], ["cursor"]),
        (["--flow", "Nightly Sync"], ["cursor", "cursor"]),
        (["--flow", "nightlySync"], ["cursor", "cursor"]),
        (["--scope", "cross-flow"], ["ids"]),
        (["--scope", "integration"], ["total"]),
        (["orders", "--scope", "integration"], []),
    ],
)
def test_the_list_can_be_narrowed(xchange, kept, arguments, keys):
    ran = xchange("state", "list", *arguments, "--output", "json", cwd=kept)

    assert (ran.code, [key for _, _, key in keys_of(ran)]) == (0, keys)


def test_state_of_an_integration_that_is_gone_can_be_found_and_removed(xchange, kept):
    (kept / "integrations/orders/integration.yml").unlink()

    assert len(keys_of(xchange("state", "list", "orders", "--output", "json", cwd=kept))) == 3
    assert xchange("state", "clear", "orders", "--yes", cwd=kept).code == 0
    assert stored(kept) == [KEPT[3]]
    assert xchange("state", "list", "orders", cwd=kept).code == 3


def test_json_tells_all_about_a_value(xchange, kept):
    ran = xchange("state", "get", "orders", "ids", "--output", "json", cwd=kept)

    assert faults(ran.out, "state-output") == []
    assert json.loads(ran.out) == {
        "schema": "xchange.state/1",
        "done": "listed",
        "entries": [
            {
                "integration": "orders",
                "instance": "acme",
                "flow": "",
                "scope": "cross-flow",
                "key": "ids",
                "value": [1, "two", {"$base64": "Mw=="}],
                "saved": "2024-05-17T09:30:15.000Z",
            }
        ],
    }


def test_a_value_is_printed_as_json(xchange, kept):
    ran = xchange("state", "get", "orders", "cursor", "--config", "acme", cwd=kept)

    assert ran == (0, '{\n  "page": 7\n}\n', "")


def test_a_value_that_is_kept_in_several_places_must_be_chosen(xchange, kept):
    code, out, err = xchange("state", "get", "orders", "cursor", cwd=kept)

    assert (code, out) == (2, "")
    assert err == (
        "error: `cursor` is kept in 2 places\n"
        "hint: Choose one with --config, --flow or --scope: acme, Nightly Sync (flow);\n"
        "      local, Nightly Sync (flow).\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["get", "orders", "curser"], 3, "error: orders keeps nothing called `curser` there\nhint: Did you mean `cursor`?"),
        (["get", "orders", "cursor", "--config", "beta"], 3, "error: orders keeps nothing called `cursor` there"),
        (["get", "order", "cursor"], 3, "hint: Did you mean orders?"),
        (["list", "order"], 3, "hint: Did you mean orders?"),
        (["clear", "invoices", "--flow", "Nightly Sync", "--yes"], 3, "error: invoices keeps nothing there"),
        (["clear", "orders"], 2, "hint: Add --yes to remove without a question."),
        (["set", "invoices", "a", "1"], 2, "hint: Choose one with --flow: `Nightly Sync`, `Hourly`."),
        (["set", "invoices", "a", "1", "--flow", "hourl"], 2, "hint: Did you mean `Hourly`?"),
        (["set", "integrations", "a", "1"], 2, "hint: Name one: invoices, orders."),
        (["set", "orders", "a", "null"], 2, "error: null is no value"),
        (["set", "orders", "a", "@none.json"], 3, "error: none.json does not exist"),
        (["set", "orders", "a", "1", "--scope", "run"], 2, "'run' is not one of flow, cross-flow, integration"),
        (["get", "orders"], 2, "missing argument 'NAME'"),
        (["nonsense"], 3, "error: nonsense does not exist, and no integration has this key"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_and_changes_nothing(xchange, kept, arguments, code, message):
    before = stored(kept)

    ran = xchange("state", *arguments, cwd=kept)

    assert (ran.code, ran.out) == (code, "")
    assert message in ran.err
    assert stored(kept) == before


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('{"page": 8}', {"page": 8}),
        ("8", 8),
        ("true", True),
        ("eight", "eight"),
        ('"8"', "8"),
        ("NaN", "NaN"),
        ("@value.json", [1, 2]),
        ("@value.txt", "two\nlines"),
    ],
)
def test_a_value_is_json_or_else_text(xchange, folder, value, expected):
    (folder / "value.json").write_text("[1, 2]")
    (folder / "value.txt").write_text("two\nlines")

    assert xchange("state", "set", "orders", "cursor", value, cwd=folder).code == 0
    assert stored(folder) == [(Place("orders", "local", "Nightly Sync"), "instanceState", "cursor", expected)]


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        (["invoices", "--flow", "hourly"], Place("invoices", "local", "Hourly")),
        (["invoices", "--flow", "Hourly", "--config", "acme"], Place("invoices", "acme", "Hourly")),
        (["invoices", "--scope", "cross-flow", "--config", "acme"], Place("invoices", "acme", "")),
        (["invoices", "--scope", "integration", "--config", "acme"], Place("invoices", "", "")),
    ],
)
def test_a_value_is_set_where_it_was_asked_for(xchange, folder, arguments, place):
    integration, *options = arguments

    ran = xchange("state", "set", integration, "x", "1", *options, "--output", "json", cwd=folder)

    assert keys_of(ran) == [(place.instance, place.flow, "x")]
    assert json.loads(ran.out)["done"] == "saved"
    assert [row[0] for row in stored(folder)] == [place]


def test_a_broken_integration_has_no_flow_to_keep_a_value_for(xchange, folder):
    (folder / "integrations/orders/integration.yml").write_text("- a list\n")

    code, _, err = xchange("state", "set", "orders", "x", "1", cwd=folder)
    assert (code, err.splitlines()[0]) == (
        1, "error: integrations/orders/integration.yml holds no integration",
    )  # fmt: skip


def test_one_value_is_removed_and_told(xchange, kept):
    code, out, err = xchange("state", "clear", "orders", "cursor", "--config", "local", "--yes", cwd=kept)

    assert (code, err) == (0, "")
    assert out == (
        "orders, local, Nightly Sync (flow)\n"
        "  KEY     SAVED (UTC)          VALUE\n"
        '  cursor  2024-05-17 09:30:15  "2024-05-17"\n\n'
        "1 value removed.\n"
    )
    assert stored(kept) == [KEPT[3], KEPT[2], KEPT[0]]


@pytest.mark.parametrize(("answer", "left"), [("y", 1), ("n", 4), ("", 4)])
def test_on_a_terminal_it_asks_before_it_removes(kept, answer, left):
    terminal, side = pty.openpty()
    program = "from xchange_cli.__main__ import main; main()"
    with os.fdopen(terminal, "wb", buffering=0) as typing:
        started = subprocess.Popen(
            [sys.executable, "-c", program, "state", "clear", "orders"],
            cwd=kept, env={**os.environ, **PLAIN}, stdin=side, stderr=side, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        os.close(side)
        typing.write(f"{answer}\n".encode())
        out, _ = started.communicate(timeout=60)
        assert started.returncode == 0
    assert ("3 values removed." in out) == (left == 1)
    assert len(stored(kept)) == left


def test_long_values_and_odd_keys_fit_on_the_terminal(xchange, folder):
    with closing(StateStore(state_file(folder), now=lambda: MOMENT)) as store:
        store.put(Place("orders", "local", "Nightly Sync"), "instanceState", "k" * 90, "v" * 500)
        store.put(Place("orders", "local", "Nightly\x1b[31m"), "instanceState", "\x1b]0;x", "\x07")

    out = xchange("state", "list", cwd=folder).out

    assert "\x1b" not in out
    assert "\x07" not in out
    assert max(map(len, out.splitlines())) <= 80
    assert out.count("v") < 200


def test_a_locked_database_is_told_as_json_that_may_be_retried(xchange, kept, monkeypatch):
    import sqlite3

    monkeypatch.setattr("xchange_cli.state.store.PATIENCE", 0.1)
    with closing(sqlite3.connect(state_file(kept), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ran = xchange("state", "set", "orders", "x", "1", "--output", "json", cwd=kept)

    told = json.loads(ran.out)
    assert (ran.code, told["code"], told["retryable"]) == (3, "unreadable", True)


@pytest.mark.parametrize("command", [[], ["list"], ["get"], ["set"], ["clear"]])
def test_help_has_examples(xchange, command):
    code, out, _ = xchange("state", *command, "--help")

    assert code == 0
    assert f"\n   xchange state {' '.join(command)}".rstrip() in out


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("dve", " Did you mean `dev`?"),
        ("other", ""),
        ("dev", None),
        ("dev.yml", None),
        ("local", None),
        ("", None),
    ],
)
def test_a_set_that_is_not_there_is_told_and_the_value_kept(name, meant, project, xchange):
    folder = project({**FILES, "integrations/orders/configs/dev.yml": ""})
    ran = xchange("state", "set", "orders", "x", "1", "--config", name, cwd=folder)
    note = f"warning: there is no config set `{name}`.{meant} Only a run with --config {name} sees the value."
    assert (ran.code, " ".join(ran.err.split())) == (0, "" if meant is None else note)
