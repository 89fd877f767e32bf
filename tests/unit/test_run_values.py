"""Values of a run as JSON: nothing that a step may give can break the output."""

import math

import pytest

from xchange_cli.formats.values import cut, json_size, jsonable


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


def test_results_over_64_kib_are_cut():
    limit = "x" * (64 * 1024 - 2)
    assert json_size(limit) == 64 * 1024
    assert cut(limit) == limit
    assert cut(f"{limit}x") == {"$cut": 64 * 1024 + 1}
