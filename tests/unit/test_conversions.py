"""Conversion of inputs, row by row as the component SDK does it."""

import math
from datetime import UTC, datetime

import pytest

from xchange_cli.components.conversions import (
    clean_object,
    to_binary,
    to_boolean,
    to_date,
    to_integer,
    to_milliseconds,
    to_number,
    to_object,
    to_string,
)
from xchange_cli.components.inputs import read, read_list, read_required
from xchange_cli.components.spec import ActionError
from xchange_cli.javascript.values import UNDEFINED

NOT_WHOLE = [None, True, False, "abc", " ", "px5", [5], {}, "9" * 400]
NOT_NUMBERS = ["5px", "abc", {}, [1, 2], math.nan]
NOT_DATES = [0, "0", "", " ", None, UNDEFINED, False, [], {}, "abc", "03/20/2021"]
NOT_FILES = [5, None, UNDEFINED, True]


@pytest.mark.parametrize(
    "value", [True, "t", "true", "y", "yes", "YES", "True", "off", "0", " ", 1, [], {}, b"", -1]
)
def test_what_becomes_true(value):
    assert to_boolean(value) is True


@pytest.mark.parametrize("value", [False, "f", "false", "n", "no", "No", "FALSE", "", None, UNDEFINED, 0])
def test_what_becomes_false(value):
    assert to_boolean(value) is False


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        ("5.9", 5),
        ("-5.9", -5),
        ("5px", 5),
        ("1e3", 1),
        ("0x10", 0),
        (" +7", 7),
        (UNDEFINED, 0),
        ("", 0),
        (5, 5),
        (5.0, 5),
        (-5.9, -5),
        (2.0**40, 2**40),
        (4294967298.5, 2),
        (math.inf, 0),
        (math.nan, 0),
    ],
)
def test_whole_numbers_are_cut_not_rounded(value, whole):
    result = to_integer(value)

    assert (result, type(result)) == (whole, int)


@pytest.mark.parametrize("value", NOT_WHOLE)
def test_what_is_no_whole_number(value):
    with pytest.raises(ActionError, match="is not a whole number"):
        to_integer(value)


def test_a_default_stands_for_what_is_not_set():
    assert [to_integer(value, 10) for value in (None, UNDEFINED, "", "5", 0)] == [10, 10, 10, 5, 0]
    assert [to_number(value, 10) for value in (None, UNDEFINED, "", "5", 0)] == [10, 10, 10, 5, 0]


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (UNDEFINED, 0),
        (None, 0),
        ("", 0),
        (" ", 0),
        ("1e3", 1000),
        ("0x10", 16),
        ("1.5", 1.5),
        (True, 1),
        ([], 0),
        ([5], 5),
        ("Infinity", math.inf),
    ],
)
def test_numbers(value, number):
    result = to_number(value)

    assert (result, type(result)) == (number, type(number))


@pytest.mark.parametrize("value", NOT_NUMBERS)
def test_what_is_no_number(value):
    with pytest.raises(ActionError, match="is not a number"):
        to_number(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (UNDEFINED, ""),
        ("a", "a"),
        (5.0, "5"),
        (False, "false"),
        ({}, "[object Object]"),
        ([5], "5"),
    ],
)
def test_texts(value, text):
    assert to_string(value) == text


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        (1616198400, "2021-03-20T00:00:00+00:00"),
        ("1616198400", "2021-03-20T00:00:00+00:00"),
        (1616198400.5, "2021-03-20T00:00:00.500000+00:00"),
        (True, "1970-01-01T00:00:01+00:00"),
        ([5], "1970-01-01T00:00:05+00:00"),
        ("2021", "1970-01-01T00:33:41+00:00"),
        ("2021-03", "2021-03-01T00:00:00+00:00"),
        ("2021-03-20", "2021-03-20T00:00:00+00:00"),
        ("2021-03-20Z", "2021-03-20T00:00:00+00:00"),
        ("2021-079", "2021-03-20T00:00:00+00:00"),
        ("2021-W11-6", "2021-03-20T00:00:00+00:00"),
        ("2021W11", "2021-03-15T00:00:00+00:00"),
        ("2021-03-20T10", "2021-03-20T10:00:00+00:00"),
        ("2021-03-20 10:15:30,5", "2021-03-20T10:15:30.500000+00:00"),
        ("20210320T101530Z", "2021-03-20T10:15:30+00:00"),
        ("2021-03-20T10:15:30.1239Z", "2021-03-20T10:15:30.123000+00:00"),
        ("2021-03-20T10:15+02:00", "2021-03-20T08:15:00+00:00"),
        ("2021-03-20T10:15-0530", "2021-03-20T15:45:00+00:00"),
        ("2021-03-20T24:00", "2021-03-21T00:00:00+00:00"),
    ],
)
def test_dates(value, iso):
    assert to_date(value) == datetime.fromisoformat(iso)
    assert to_date(value).tzinfo is UTC


@pytest.mark.parametrize(
    "value",
    [
        *NOT_DATES,
        "2021-02-30",
        "2021-366",
        "2021-W54",
        "2021-3-2",
        "2021-03-20t10:15",
        "2021-03-20T24:01",
        "2021-03-20T10:15z",
        "2021-03-20T10:15+2",
        "2021-03-20+02:00",
        "10:15",
    ],
)
def test_what_is_no_date(value):
    with pytest.raises(ActionError, match="is not a date: neither ISO 8601 text nor Unix seconds"):
        to_date(value)


def test_seconds_may_lie_beyond_the_year_9999_but_are_then_no_date():
    assert to_milliseconds(1616198400000) == 1616198400000000
    assert math.isnan(to_milliseconds(1616198400000000))
    for value in (1616198400000, 1616198400000000):
        with pytest.raises(ActionError, match="outside of the years 1 to 9999"):
            to_date(value)


def test_a_key_value_list_becomes_an_object_and_the_last_duplicate_wins():
    pairs = [{"key": "a", "value": "1"}, {"key": 2, "value": None}, {"key": "a", "value": "3"}]

    assert to_object(pairs) == {"a": "3", "2": None}
    assert to_object(None) == to_object(UNDEFINED) == to_object([]) == {}


@pytest.mark.parametrize("value", [{"a": 1}, "a", [1]])
def test_what_is_no_key_value_list(value):
    with pytest.raises(ActionError, match="is not a list of keys and values"):
        to_object(value)


@pytest.mark.parametrize(
    ("value", "content", "content_type"),
    [
        ("ä", b"\xc3\xa4", "text/plain"),
        ("\ud83d\ude00\ud800", "😀\ufffd".encode(), "text/plain"),
        (b"\x00", b"\x00", "application/octet-stream"),
        ({"a": [1.0]}, b'{"a":[1]}', "application/json"),
        ([1], b"[1]", "application/json"),
        ({"data": b"x", "contentType": "image/png"}, b"x", "image/png"),
        ({"data": b"x"}, b"x", "application/octet-stream"),
        ({"data": "x", "contentType": ""}, b"x", "text/plain"),
        ({"data": [1]}, b'{"data":[1]}', "application/json"),
    ],
)
def test_files(value, content, content_type):
    assert to_binary(value) == (content, content_type)


@pytest.mark.parametrize("value", NOT_FILES)
def test_what_is_no_file(value):
    with pytest.raises(ActionError, match="is not a file"):
        to_binary(value)


def test_a_clean_object_has_no_missing_null_or_empty_members():
    members = {"a": None, "b": UNDEFINED, "c": "", "d": 0, "e": False, "f": [], "g": " "}

    assert clean_object(members) == {"d": 0, "e": False, "f": [], "g": " "}


def test_an_error_names_the_input():
    with pytest.raises(ActionError) as caught:
        read({"count": "many"}, "count", to_integer)

    assert caught.value.message == 'count: the text "many" is not a whole number'
    assert caught.value.input_key == "count"


def test_a_required_input_must_be_set():
    assert read_required({"count": "3"}, "count", to_integer) == 3
    with pytest.raises(ActionError, match="count is not set") as caught:
        read_required({"count": None}, "count", to_integer)
    assert caught.value.input_key == "count"


def test_a_list_that_is_not_set_is_empty():
    assert read_list({"items": None}, "items") == []
    assert read_list({"items": [1]}, "items") == [1]
    with pytest.raises(ActionError, match='items must be a list, not the text "a"'):
        read_list({"items": "a"}, "items")
