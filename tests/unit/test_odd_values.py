"""JavaScript's view of what Python has beyond JSON, and of texts and code made to cost time."""

import math
import types
from time import monotonic

import pytest

from xchange_cli.components.conversions import to_integer, to_milliseconds
from xchange_cli.components.spec import ActionError
from xchange_cli.javascript import visible
from xchange_cli.javascript.errors import JavaScriptError
from xchange_cli.javascript.json_text import to_json
from xchange_cli.javascript.quickjs import CodeHost
from xchange_cli.javascript.values import describe, plain_number, stringify, to_int32, to_number, to_text


class Members(dict):
    """A kind of dict."""


@pytest.mark.parametrize("exponent", [400, 5_000])
def test_integers_beyond_all_numbers_are_infinite(exponent):
    huge = 10**exponent

    assert to_text(huge) == "Infinity"
    assert describe(-huge) == "the number -Infinity"
    assert stringify([huge]) == "[null]"
    assert plain_number(huge) == to_number(huge) == float("inf")
    assert to_int32(huge) == to_integer(huge) == 0


def test_integers_are_the_nearest_numbers_of_javascript():
    assert to_integer(2**53 + 1) == 2**53
    assert plain_number(2**60) == 2.0**60


@pytest.mark.parametrize(
    ("value", "text", "words", "json"),
    [
        (Members(a=1), "[object Object]", "an object", '{"a":1}'),
        (types.MappingProxyType({"a": 1}), "[object Object]", "[object Object]", '{"a":1}'),
        (range(2), "0,1", "0,1", "[0,1]"),
        ({1}, "[object Object]", "[object Object]", "{}"),
        (True, "true", "true", "true"),
    ],
    ids=str,
)
def test_other_kinds_of_values_are_what_they_resemble(value, text, words, json):
    assert (to_text(value), describe(value), stringify(value)) == (text, words, json)


@pytest.mark.parametrize(
    "text", ["1" * 300_000 + "x", "1." + "1" * 300_000 + "x", "1e" + "1" * 300_000 + "x", " " * 300_000 + "x"]
)
def test_long_texts_that_are_nearly_numbers_are_read_in_no_time(text):
    started = monotonic()

    assert math.isnan(to_number(text))
    assert monotonic() - started < 1


def test_code_with_a_long_gap_is_understood_in_no_time():
    started = monotonic()

    assert visible.sight("module.exports = () => {}" + " " * 300_000 + "x") == (False, False)
    assert monotonic() - started < 1


@pytest.mark.parametrize("text", ["9999-366", "9999-999", "0000-01-01", "9999-W53-7"])
def test_days_outside_of_the_calendar_are_no_dates(text):
    with pytest.raises(ActionError, match="is not a date"):
        to_milliseconds(text)


def test_what_javascript_cannot_hold_is_null_there():
    assert (
        to_json([10**5_000, -(10**5_000), float("nan"), 10**20]) == "[null,null,null,100000000000000000000]"
    )


def test_a_forged_stack_gives_no_place():
    code = "module.exports = () => { const e = new Error('x'); e.stack = ' at f (<input>:' + '9'.repeat(5000) + ':1)'; throw e; }"

    with pytest.raises(JavaScriptError) as caught:
        CodeHost().run_module(code, context={}, step_results={}, seconds=5)

    assert (caught.value.message, caught.value.line, caught.value.column) == ("Error: x", None, None)
