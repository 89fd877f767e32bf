"""Differences of values: by what they say, in lines that can be read."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xchange_cli.changes.words.structure import value_difference
from xchange_cli.document.node import Node
from xchange_cli.document.parse import parse
from xchange_cli.source import Source

LEAVES = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "a", "b c", "5", "true"])
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "name", "x.y"]), inner, max_size=3)
    ),
    max_leaves=8,
)


def node(text: str) -> Node:
    root = parse(Source("values.yml", text)).root
    assert root is not None
    return root


def shown(old: str | None, new: str | None) -> list[str]:
    sides = (None if text is None else node(text) for text in (old, new))
    return [f"{line.mark} {line.text}" for line in value_difference(*sides)]


def pairs(*names: str) -> str:
    return f"{{type: complex, value: [{', '.join(names)}]}}"


def test_a_literal_is_told_without_its_type():
    assert shown("{type: value, value: '50'}", "{type: value, value: '100'}") == ["- 50", "+ 100"]


def test_entries_of_a_key_value_list_are_told_by_their_names():
    old = pairs("{name: Accept, type: value, value: json}", "{name: Size, type: reference, value: a.results}")
    new = pairs("{name: Size, type: reference, value: a.results}", "{name: Accept, type: value, value: xml}")
    assert shown(old, new) == ["- Accept: json", "+ Accept: xml"]


def test_what_went_stands_before_what_came_in_its_place():
    old = pairs("{name: total, type: reference, value: price.results}")
    new = pairs(
        "{name: sum, type: reference, value: price.results}", "{name: currency, type: value, value: EUR}"
    )
    assert shown(old, new) == ["- total: price.results", "+ sum: price.results", "+ currency: EUR"]


def test_entries_without_names_are_told_as_a_list():
    old = pairs("{type: value, value: a}", "{type: value, value: b}")
    new = pairs("{type: value, value: b}", "{type: configVar, value: Region}")
    assert shown(old, new) == ["- a", "  b", "+ config variable Region"]


def test_a_text_is_told_from_a_reference_that_reads_alike():
    old, new = "{type: value, value: price.results}", "{type: reference, value: price.results}"
    assert shown(old, new) == ["- price.results (text)", "+ price.results (result)"]


def test_json_in_text_is_told_by_its_paths():
    old = {"lines": [{"sku": "A", "count": 1}], "headers": {"Accept": "json"}}
    new = {"lines": [{"sku": "A", "count": 2}], "headers": {"Accept": "json", "X-Id": "7"}}
    inputs = (json.dumps({"type": "value", "value": json.dumps(data)}) for data in (old, new))
    assert shown(*inputs) == ["- lines[0].count: 1", "+ lines[0].count: 2", "+ headers.X-Id: 7"]


def test_another_form_of_the_same_json_differs_in_nothing_but_its_text():
    old, new = ("{type: value, value: '[1,2]'}", "{type: value, value: '[1, 2]'}")
    assert shown(old, new) == ["- value: [1,2]", "+ value: [1, 2]"]


def test_objects_of_a_list_are_told_by_their_names_or_keys():
    assert shown("[{name: x, v: 1}, {name: y, v: 2}]", "[{name: y, v: 3}, {name: x, v: 1}]") == [
        "- y.v: 2",
        "+ y.v: 3",
    ]
    assert shown("[{key: x, value: 1}]", "[{key: x, value: 2}]") == ["- x: 1", "+ x: 2"]


def test_a_key_with_a_dot_stands_in_brackets():
    assert shown("{a.b: 1}", "{a.b: 2}") == ['- ["a.b"]: 1', '+ ["a.b"]: 2']


def test_conditions_are_told_in_words():
    term = "{type: reference, value: order.results.total}"
    old = pairs(
        f"{{name: Large, type: complex, value: [and, [greaterThan, {term}, {{type: value, value: '9'}}]]}}"
    )
    new = old.replace("greaterThan", "lessThanOrEqual")
    assert shown(old, new) == ["- Large: order.results.total > 9", "+ Large: order.results.total ≤ 9"]


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("[isTrue, A]", "A is true"),
        (
            "[or, [doesNotExist, A], [and, [equal, A, B], [in, A, B]]]",
            "A does not exist or (A is B and A is in B)",
        ),
        ("[startsWith, A, B]", "B starts with A"),
        ("[dateTimeBefore, A, B]", "A is before B"),
        ("[and]", "always"),
        ("[or]", "never"),
        ("[isMagic, A, B]", "isMagic(A, B)"),
    ],
)
def test_a_condition_reads_as_it_is_meant(condition: str, words: str):
    for name in "AB":
        condition = condition.replace(f" {name}", f" {{type: value, value: {name}}}")
    other = pairs("{name: X, type: complex, value: [isFalse, {type: value, value: C}]}")
    assert shown(pairs(f"{{name: X, type: complex, value: {condition}}}"), other) == [
        f"- X: {words}",
        "+ X: C is false",
    ]


def test_texts_of_several_lines_are_compared_line_by_line():
    old, new = '{type: value, value: "a\\nb\\nc\\n"}', '{type: value, value: "a\\nx\\nc\\n"}'
    assert shown(old, new) == ["  a", "- b", "+ x", "  c"]


def test_long_texts_are_shown_where_they_differ():
    text = "https://shop.test/" + "deep/" * 20
    assert shown(f"{{type: value, value: {text}v1/orders}}", f"{{type: value, value: {text}v2/orders}}") == [
        *("- …deep/deep/deep/v1/orders", "+ …deep/deep/deep/v2/orders"),
    ]


def test_settings_beside_a_value_are_told_where_only_they_differ():
    assert shown("{type: value, value: a}", "{type: value, value: a, meta: {orgOnly: true}}") == [
        "+ meta.orgOnly: true"
    ]


def test_a_value_that_was_not_written_is_only_told_once():
    assert shown(None, pairs("{name: a, type: value, value: x}", "{name: b, type: value, value: ''}")) == [
        "+ a: x",
        "+ b: ''",
    ]
    assert shown("{type: value, value: a}", None) == ["- a"]


def test_of_many_lines_those_left_out_are_counted():
    old, new = (json.dumps({f"key{number}": number + more for number in range(16)}) for more in (0, 1))
    lines = shown(old, new)
    assert len(lines) == 21
    assert lines[-1] == "@ … 12 more"


def test_huge_values_are_compared_as_lines():
    old, new = (json.dumps({f"key{number}": [number, more] for number in range(3000)}) for more in (0, 1))
    assert shown(old, new)[-1] == "@ … 8980 more"


def test_nothing_is_told_of_equal_values():
    assert shown("{a: [1, {b: c}]}", "{a: [1, {b: c}]}") == []


@given(VALUES, VALUES)
def test_a_difference_is_told_exactly_where_there_is_one(old: object, new: object):
    told = shown(json.dumps({"x": old}), json.dumps({"x": new}))
    assert bool(told) == (json.dumps(old, sort_keys=True) != json.dumps(new, sort_keys=True))


@given(VALUES, VALUES)
def test_no_line_has_a_line_end_and_all_have_a_mark(old: object, new: object):
    for line in value_difference(node(json.dumps([old])), node(json.dumps([new]))):
        assert line.mark in {"-", "+", " ", "@"}
        assert "\n" not in line.text
