"""The catalogue of built-in components: its files, what is built from them, and what it promises."""

import importlib.util
import json
from functools import cache
from pathlib import Path
from shutil import copy

import jsonschema
import pytest

from xchange_cli.components.catalog import DATA, Catalog
from xchange_cli.components.spec import Basis, Effect

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "catalogue").glob("*.yml"))
SCHEMA = json.loads((ROOT / "schemas" / "component.schema.json").read_text("utf-8"))
CATALOG = Catalog.load()
KEYS = CATALOG.keys()


def load_script():
    spec = importlib.util.spec_from_file_location("build_catalogue", ROOT / "scripts" / "build_catalogue.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


SCRIPT = load_script()


@cache
def raw_components():
    return SCRIPT.read_catalogue(ROOT / "catalogue")


def all_actions():
    return [action for key in KEYS for action in CATALOG.component(key).actions.values()]


def all_triggers():
    return [trigger for key in KEYS for trigger in CATALOG.component(key).triggers.values()]


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_object_of_the_schema_is_closed():
    objects = [SCHEMA, *SCHEMA["$defs"].values()]
    assert all(part["additionalProperties"] is False for part in objects if part.get("type") == "object")


def test_everything_in_the_schema_is_explained():
    parts = [SCHEMA, *SCHEMA["$defs"].values()]
    for name, field in [item for part in parts for item in part.get("properties", {}).items()]:
        target = SCHEMA["$defs"][field["$ref"].rpartition("/")[2]] if "$ref" in field else {}
        assert "title" in field or "title" in target, name


def test_all_files_meet_the_schema_and_have_each_key_once():
    _, problems = raw_components()
    assert problems == []


def test_the_package_data_is_what_a_fresh_build_gives():
    components, _ = raw_components()
    assert sorted(SCRIPT.differences(SCRIPT.build(components), DATA)) == []


def test_the_check_of_the_script_finds_no_difference(capsys):
    assert SCRIPT.main(["--check"]) == 0
    assert capsys.readouterr().out == ""


def test_the_check_of_the_script_names_stale_missing_and_needless_files(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(SCRIPT, "DATA", tmp_path)
    assert SCRIPT.main([]) == 0
    (tmp_path / "http.json").write_text("{}")
    (tmp_path / "zip.json").unlink()
    (tmp_path / "gone.json").write_text("{}")
    capsys.readouterr()
    assert SCRIPT.main(["--check"]) == 1
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [
        str(tmp_path / name) for name in ("gone.json", "http.json", "zip.json")
    ]
    assert SCRIPT.main([]) == 0
    assert SCRIPT.main(["--check"]) == 0


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("key: x\ntitle: X\ncolour: red\n", "x.yml: $: Additional properties are not allowed"),
        ("key: y\ntitle: X\n", "x.yml: $.key: y is not the name of the file"),
        ("key: x\ntitle: X\ntitle: Y\n", "a key occurs twice"),
        ("key: x\ntitle: X\nactions:\n- {key: a}\n- {key: a}\n", "x.yml: $.actions.a: occurs twice"),
    ],
)
def test_the_script_refuses_a_faulty_file(tmp_path, monkeypatch, capsys, text, problem):
    (tmp_path / "x.yml").write_text(text)
    monkeypatch.setattr(SCRIPT, "CATALOGUE", tmp_path)
    monkeypatch.setattr(SCRIPT, "DATA", tmp_path / "data")
    assert SCRIPT.main([]) == 1
    assert problem in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_the_catalogue_has_lost_nothing():
    connections = [key for entry in CATALOG.entries() for key in entry.connections]
    assert (len(KEYS), len(all_actions()), len(all_triggers()), len(connections)) == (70, 501, 34, 64)


def test_each_component_says_what_it_is_and_where_that_is_known_from():
    raw, _ = raw_components()
    assert tuple(sorted(raw)) == KEYS
    must = {"key", "title", "kind", "summary", "confidence", "sources"}
    assert {key: must - data.keys() for key, data in raw.items() if must - data.keys()} == {}


@pytest.mark.parametrize("group", ["actions", "triggers"])
def test_each_action_and_trigger_is_described(group):
    must = {"key", "title", "summary", "basis", "source", "output"}
    for key, data in raw_components()[0].items():
        assert [item["key"] for item in data.get(group, []) if must - item.keys()] == [], key


def test_only_code_steps_leave_their_effect_open():
    unknown = [
        (key, action["key"])
        for key, data in raw_components()[0].items()
        for action in data.get("actions", [])
        if "effect" not in action
    ]
    assert unknown == [("code", "runCode")]
    assert CATALOG.action("code", "runCode").effect is Effect.WRITES


def test_triggers_read_but_for_the_one_that_takes_messages_out_of_a_queue():
    writing = [trigger.key for trigger in all_triggers() if trigger.effect is not Effect.READS]
    assert writing == ["pollMessagesTrigger"]


@pytest.mark.parametrize(
    ("component", "action", "effect"),
    [
        ("http", "httpGet", "reads"),
        ("http", "httpPost", "writes"),
        ("http", "httpDelete", "writes"),
        ("postgres", "query", "writes"),
        ("salesforce", "query", "reads"),
        ("persist-data", "getInstanceValue", "reads"),
        ("persist-data", "saveInstanceValue", "writes"),
        ("aws-sqs", "receiveMessages", "writes"),
        ("dropbox", "listChanges", "writes"),
        ("slack", "rawRequest", "writes"),
        ("log", "writeLog", "pure"),
        ("loop", "breakLoop", "pure"),
        ("html-utils", "getHtmlFromUrl", "reads"),
    ],
)
def test_effects_say_what_performing_does_to_the_world(component, action, effect):
    assert CATALOG.action(component, action).effect == effect


def test_what_only_computes_needs_no_connection():
    pure = [action for action in all_actions() if action.effect is Effect.PURE]
    assert [
        a.key for a in pure if any(i.type == "connection" and i.required for i in a.inputs.values())
    ] == []


def test_a_branch_input_is_an_input():
    named = [action for action in all_actions() if action.branch_input]
    assert {action.key: action.branch_input for action in named} == {
        "branchOnExpression": "conditions",
        "branchOnValue": "branchValueMappings",
        "classifyAndBranch": "branches",
    }
    assert all(action.branch_input in action.inputs and action.branches == ("Else",) for action in named)


def test_a_default_is_one_of_the_choices():
    inputs = [spec for action in [*all_actions(), *all_triggers()] for spec in action.inputs.values()]
    odd = {spec.key for spec in inputs if spec.choices and spec.default and spec.default not in spec.choices}
    assert odd == set()


def test_passwords_are_secret():
    inputs = [spec for action in [*all_actions(), *all_triggers()] for spec in action.inputs.values()]
    inputs += [
        s for key in KEYS for c in CATALOG.component(key).connections.values() for s in c.inputs.values()
    ]
    assert {spec.secret for spec in inputs if spec.type == "password"} == {True}


def test_an_input_says_how_sure_it_is():
    http = CATALOG.component("http").actions["httpGet"].inputs
    assert (http["url"].basis, http["maxRedirects"].basis) == (Basis.USAGE, Basis.INFERRED)


def test_the_index_agrees_with_the_components():
    for entry in CATALOG.entries():
        spec = CATALOG.component(entry.key)
        assert (entry.title, entry.kind, entry.summary) == (spec.title, spec.kind, spec.summary)
        shown = (entry.actions, entry.triggers, entry.connections, entry.data_sources)
        assert shown == (
            tuple(spec.actions),
            tuple(spec.triggers),
            tuple(spec.connections),
            spec.data_sources,
        )


def test_one_component_is_loaded_without_the_files_of_the_others(tmp_path):
    for name in ("index.json", "http.json"):
        copy(DATA / name, tmp_path / name)
    catalog = Catalog.load(folder=tmp_path)
    assert catalog.component("http").actions["httpGet"].title == "GET Request"
    with pytest.raises(FileNotFoundError):
        catalog.component("slack")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_catalogue_lines_fit_a_screen(path):
    assert [line for line in path.read_text("utf-8").splitlines() if len(line) > 120] == []
