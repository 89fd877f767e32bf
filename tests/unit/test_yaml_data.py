"""YAML read safely, and written so that every reader gets the same value back."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from contexts import RecordingContext
from xchange_cli.components.exchange_formats.yaml_reading import read_yaml
from xchange_cli.components.exchange_formats.yaml_writing import write_yaml
from xchange_cli.components.spec import ActionError
from xchange_cli.javascript.values import UNDEFINED

TEXTS = st.text(
    "ab:-#'\"\\ \n\t,[]{}&*!|>%@`?~=<0129.eE+_xo\x00\x85\u2028\ufeff€😀", max_size=8
) | st.sampled_from(
    [
        "yes",
        "No",
        "null",
        "~",
        "on",
        "1e5",
        "0o17",
        "0x1F",
        "007",
        "1_000",
        "2020-01-01",
        ".inf",
        "- a",
        "a: b",
        "<<",
        "---",
    ]
)
LEAVES = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | TEXTS
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


def read(text, context=None):
    return read_yaml(context or RecordingContext(), text)


def refusal(text):
    with pytest.raises(ActionError) as caught:
        read(text)
    return caught.value.message


@given(VALUES)
def test_what_is_written_is_read_back(value):
    assert read(write_yaml(value)) == value


@given(VALUES.filter(lambda value: "e" not in repr(value)))
def test_an_older_reader_gets_the_same_value(value):
    assert yaml.safe_load(write_yaml(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null\n"),
        ("x y", "x y\n"),
        ([], "[]\n"),
        ({}, "{}\n"),
        ([1.0, 1e21, float("nan"), float("-inf")], "- 1\n- 1e+21\n- .nan\n- -.inf\n"),
        ({"a": {"b": [{"c": 1, "d": []}, [2]]}}, "a:\n  b:\n    - c: 1\n      d: []\n    - - 2\n"),
        ({"a": "1", "b": "it's", "yes": "no", "t": "x: y"}, "a: '1'\nb: 'it''s'\n'yes': 'no'\nt: 'x: y'\n"),
        (
            {"a": "l\n m\n", "b": ["x\ny", "z\n\n"]},
            "a: |\n  l\n   m\nb:\n  - |-\n    x\n    y\n  - |+\n    z\n\n",
        ),
        ({"a": "tab\t", "b": " x\ny"}, 'a: "tab\\t"\nb: " x\\ny"\n'),
        ({"a": UNDEFINED, "b": {"c": UNDEFINED}}, "b: {}\n"),
        ({"k" * 1001: 1}, f"? {'k' * 1001}\n: 1\n"),
        (b"\1", '{"type":"Buffer","data":[1]}\n'),
    ],
)
def test_values_are_written_in_blocks(value, text):
    assert write_yaml(value) == text


def test_what_is_nested_too_deeply_is_not_written():
    value = []
    for _ in range(5000):
        value = [value]

    with pytest.raises(ActionError, match="the data is nested too deeply"):
        write_yaml(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("\ufeffa: 1", {"a": 1}),
        ("[9007199254740993, 0x20000000000001]", [2.0**53, 2.0**53]),
        ("a: &x [1]\r\nb: *x\r\n", {"a": [1], "b": [1]}),
        ("a: yes\nb: 010\nc: 0o10\nd: '1'", {"a": "yes", "b": "010", "c": 8, "d": "1"}),
    ],
)
def test_yaml_is_read_by_the_core_schema(text, value):
    context = RecordingContext()

    assert (read(text, context), context.warnings) == (value, [])


def test_a_date_stays_text_with_a_warning():
    context = RecordingContext()

    assert read("a: '2024-01-01'\nb: [2024-05-06]", context) == {"a": "2024-01-01", "b": ["2024-05-06"]}
    assert context.warnings == [
        "the date 2024-05-06 of the YAML stays text here; the platform may read a timestamp"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a: [1",
        "a: 1\na: 2",
        "--- 1\n--- 2",
        "!!python/object/apply:os.system [id]",
        "!!binary aGk=",
        "a: *b",
        "[" * 300,
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(
            f"{name}: &{name} [{','.join(['*' + before] * 9)}]\n"
            for before, name in ("ab", "bc", "cd", "de", "ef")
        ),
    ],
)
def test_broken_and_hostile_yaml_is_refused_with_its_place(text):
    assert refusal(text).startswith("not YAML: ")
    assert ": line " in refusal(text)


def test_a_repeated_key_is_told():
    assert refusal("a: 1\na: 2") == "not YAML: `a` is here twice; the first one counts: line 2, column 1"
