"""The positioned tree of JSON: the same data as any JSON reader gives, each value at its place."""

import json

from hypothesis import given
from hypothesis import strategies as st

from xchange_cli.document.json_nodes import MAX_DEPTH, json_nodes
from xchange_cli.document.locate import node_at
from xchange_cli.document.node import Mapping, Scalar, Sequence
from xchange_cli.source import Source

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def values(node):
    yield node
    match node:
        case Mapping():
            for entry in node.entries.values():
                yield entry.key
                yield from values(entry.value)
        case Sequence():
            for item in node.items:
                yield from values(item)


@given(JSON, st.sampled_from([None, 0, 3, "\t"]), st.booleans())
def test_every_value_has_its_data_and_its_place(data, indent, is_ascii):
    text = f" \n{json.dumps(data, indent=indent, ensure_ascii=is_ascii)}\r\n"
    root = json_nodes(Source("a.json", text))
    assert root.data == data
    assert [json.loads(node.span.text) for node in values(root)] == [node.data for node in values(root)]


def test_a_value_is_found_by_its_path():
    node = node_at(json_nodes(Source("a.json", '{"a": [1,\n  {"b": "\\u00e4"}]}')), ("a", 1, "b"))
    assert isinstance(node, Scalar)
    assert (node.data, node.span.place.line, node.span.place.column, node.span.text) == (
        "ä",
        2,
        9,
        '"\\u00e4"',
    )


def test_of_equal_keys_the_last_counts():
    assert json_nodes(Source("a.json", '{"a": 1, "a": 2}')).data == {"a": 2}


def test_a_number_too_long_for_python_is_infinite():
    assert json_nodes(Source("a.json", "9" * 5000)).data == float("inf")


def test_what_is_nested_too_deeply_has_no_tree():
    deep = MAX_DEPTH + 2
    assert json_nodes(Source("a.json", "[" * deep + "]" * deep)) is None
