"""Whatever is done to an integration file, `validate` and `run` give findings or a run, never a crash."""

import json
import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from conftest import REPOSITORY

EXAMPLE = REPOSITORY / "examples" / "order-intake"
FILE = Path("integrations", "order-intake", "integration.yml")
TEXT = (EXAMPLE / FILE).read_text(encoding="utf-8")
CONFIG = (EXAMPLE / FILE.parent / "configs" / "dev.yml").read_text(encoding="utf-8")

ODD_VALUES = st.sampled_from([
    None, "", "x", 0, -1, 1.5, True, [], {}, [[]], [None], {"a": None}, {"": ""}, "{{", "{{#Currency}}", "{{$}}",
    "orderReceived.results", "eachLine.currentItem..x", "[", "steps", "9" * 400, "\0", "../x", "\u2028", "é" * 90, {"type": "value"},
    {"type": "reference", "value": []}, {"type": "complex", "value": {"a": 1}}, {"type": "configVar", "value": None},
    [{"type": "complex", "value": ["and"]}], [{"name": "Else", "steps": None}], [{"isTrigger": True}],
])  # fmt: skip
ODD_KEYS = st.sampled_from(
    ["", "steps", "branches", "inputs", "action", "name", "x y", "type", "value", "~", "isTrigger"]
)


def places(data, path=()):
    """Give the paths of all values of a tree."""
    yield path
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        yield from places(value, (*path, key))


PLACES = [path for path in places(yaml.safe_load(TEXT)) if path]


@st.composite
def changed_trees(draw):
    """Change, drop, rename or repeat a few values of the tree, and write it as YAML."""
    data = yaml.safe_load(TEXT)
    for path in draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=3)):
        change = draw(st.sampled_from([change_value, drop, rename, repeat]))
        change(draw, data, path)
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


def parent_of(data, path):
    """Walk to the container of a path; None where an earlier change took it away."""
    for key in path[:-1]:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return None
    fits = isinstance(data, dict) and path[-1] in data
    return (
        data
        if fits or (isinstance(data, list) and isinstance(path[-1], int) and path[-1] < len(data))
        else None
    )


def change_value(draw, data, path):
    if (parent := parent_of(data, path)) is not None:
        parent[path[-1]] = draw(ODD_VALUES)


def drop(_draw, data, path):
    if (parent := parent_of(data, path)) is not None:
        del parent[path[-1]]


def rename(draw, data, path):
    if isinstance(parent := parent_of(data, path), dict):
        parent[draw(ODD_KEYS)] = parent.pop(path[-1])


def repeat(_draw, data, path):
    if isinstance(parent := parent_of(data, path), list):
        parent.insert(path[-1], json.loads(json.dumps(parent[path[-1]])))


@st.composite
def changed_lines(draw):
    """Drop, repeat, swap, indent or cut a few lines of the text."""
    lines = TEXT.splitlines()
    for _ in range(draw(st.integers(1, 4))):
        at, to = draw(st.tuples(*[st.integers(0, len(lines) - 1)] * 2))
        match draw(st.sampled_from(["drop", "repeat", "swap", "indent", "cut"])):
            case "drop":
                del lines[at]
            case "repeat":
                lines.insert(to, lines[at])
            case "swap":
                lines[at], lines[to] = lines[to], lines[at]
            case "indent":
                lines[at] = draw(st.sampled_from(["  ", " ", "\t", "- ", "? ", "&a ", "*a "])) + lines[at]
            case "cut":
                lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    ignored = shutil.ignore_patterns(".xchange")
    return shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("broken") / "project", ignore=ignored)


FOR_SECONDS = settings(
    max_examples=1500,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
RUN = ("run", "--config", "dev", "--payload", "order", "--no-wait", "--timeout", "5")


@FOR_SECONDS
@given(text=st.one_of(changed_trees(), changed_lines()), output=st.sampled_from(["text", "json", "jsonl"]))
@example(text="", output="text")
@example(text="null\n", output="json")
@example(text="[]\n", output="json")
@example(text="flows: [{steps: [{}]}]\n", output="text")
def test_a_broken_integration_file_gives_findings_or_a_run(text, output, xchange, copy):
    (copy / FILE).write_text(text, encoding="utf-8", newline="\n")
    checked = xchange("validate", "--output", "json", cwd=copy)
    ran = xchange(*RUN, "--output", output, cwd=copy)
    (copy / FILE).write_text(TEXT, encoding="utf-8", newline="\n")
    assert checked.code in {0, 1}
    assert json.loads(checked.out)["ok"] == (checked.code == 0)
    assert is_an_end_of_a_run(ran, output)


@FOR_SECONDS
@given(
    config=st.one_of(
        st.builds(lambda key, value: yaml.safe_dump({"values": {key: value}}), ODD_KEYS, ODD_VALUES),
        st.builds(lambda value: yaml.safe_dump({"values": {"Delivery Fee": value}}), ODD_VALUES),
        st.builds(lambda value: yaml.safe_dump({"connections": {"x": value}, "extends": value}), ODD_VALUES),
        st.builds(lambda at: CONFIG[:at], st.integers(0, len(CONFIG))),
    ),
    payload=st.one_of(
        st.recursive(
            st.none() | st.floats() | st.integers() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        ).map(json.dumps),
        st.text(),
    ),
)
def test_a_broken_config_set_and_any_payload_give_findings_or_a_run(config, payload, xchange, copy):
    folder = copy / FILE.parent
    (folder / "configs" / "odd.yml").write_text(config, encoding="utf-8", errors="replace", newline="\n")
    (folder / "payloads" / "odd.json").write_text(payload, encoding="utf-8", errors="replace", newline="\n")
    ran = xchange(
        "run", "--config", "odd", "--payload", "odd", "-o", "json", "--var", "Delivery Fee=1", cwd=copy
    )
    assert is_an_end_of_a_run(ran, "json")


def is_an_end_of_a_run(ran, output) -> bool:
    """Whether a run ended as the table of exit codes says, with the output that was asked for."""
    assert "Traceback" not in ran.out + ran.err
    assert ran.code in {0, 1, 2, 3, 10, 12}
    if output == "json":
        assert json.loads(ran.out)["schema"] == (
            "xchange.run/1" if ran.code in {0, 10, 12} else "xchange.error/1"
        )
    if output == "jsonl":
        assert (
            [json.loads(line) for line in ran.out.splitlines()]
            if ran.code in {0, 10, 12}
            else json.loads(ran.out)
        )
    return True
