"""Values of a run as JSON: nothing that a step may give can break the output."""

import io
import json
import math

import pytest

from xchange_cli.formats.json_text import json_text
from xchange_cli.formats.values import compact, cut, json_size, jsonable, pretty
from xchange_cli.javascript.values import UNDEFINED


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (b"\x00\xff", {"$base64": "AP8="}),
        (math.nan, {"$number": "nan"}),
        (-math.inf, {"$number": "-inf"}),
        (range(3), [0, 1, 2]),
        ((1, (2,)), [1, [2]]),
        ({1: True, None: "x"}, {"1": True, "None": "x"}),
        (1 + 2j, "(1+2j)"),
        (10**400, {"$number": "inf"}),
        ([-(10**5000)], [{"$number": "-inf"}]),
        ({10**5000: 10**300}, {"inf": 10**300}),
        ([UNDEFINED], [None]),
    ],
)
def test_values_that_json_does_not_know_are_tagged_or_become_text(value, shown):
    assert jsonable(value) == shown


def nested(depth):
    value = "bottom"
    for _ in range(depth):
        value = [value]
    return value


def test_nesting_ends_at_a_hundred_levels():
    assert jsonable(nested(100)) == nested(100)
    found = jsonable(nested(5_000))
    for _ in range(100):
        (found,) = found
    assert found == {"$nested": 100}


@pytest.mark.parametrize(
    "value", [nested(5_000), [10**5000], math.nan, b"\xff", {"a": UNDEFINED}, {None: {1, 2}}]
)
def test_every_value_can_be_written_and_measured(value):
    assert json.loads(compact(value)) == json.loads(pretty(value)) == jsonable(value)
    assert json_size(value) == len(compact(value))


def test_lone_surrogates_stay_and_are_measured():
    value = {"a\ud800": "\udfff"}

    assert jsonable(value) == value
    assert compact(value) == '{"a\ud800":"\udfff"}'
    assert json_size(value) == 14
    assert json_text(value, io.TextIOWrapper(io.BytesIO(), encoding="utf-8")) == '{"a\\ud800":"\\udfff"}'


def test_results_over_64_kib_are_cut():
    limit = "x" * (64 * 1024 - 2)
    assert json_size(limit) == 64 * 1024
    assert cut(limit) == limit
    assert cut(f"{limit}x") == {"$cut": 64 * 1024 + 1}
