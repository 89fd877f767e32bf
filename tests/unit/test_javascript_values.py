"""JavaScript's view of values: text, numbers, truth, equality, order. Expectations were executed in Node.js."""

import copy
import math
import pickle

import pytest

from xchange_cli.javascript import mathematics
from xchange_cli.javascript.comparison import less_than, loose_equal, same_value_zero, strict_equal
from xchange_cli.javascript.text import trim, utf16_length, utf16_order, utf16_slice
from xchange_cli.javascript.values import (
    UNDEFINED,
    describe,
    format_number,
    is_truthy,
    parse_if_json,
    parse_json,
    plain_number,
    stringify,
    to_int32,
    to_number,
    to_text,
)

NAN, INF = math.nan, math.inf


def test_there_is_one_undefined_and_it_is_falsy():
    assert not UNDEFINED
    assert repr(UNDEFINED) == "UNDEFINED"
    assert (
        copy.copy(UNDEFINED) is copy.deepcopy(UNDEFINED) is pickle.loads(pickle.dumps(UNDEFINED)) is UNDEFINED
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (UNDEFINED, "undefined"),
        (True, "true"),
        (False, "false"),
        ("a", "a"),
        (1.5, "1.5"),
        ([5], "5"),
        ([], ""),
        ([1, [2, ["a"]], None, UNDEFINED, True], "1,2,a,,,true"),
        ({}, "[object Object]"),
        ([{"a": 1}], "[object Object]"),
        (b"\xc3\xa4\xff", "ä\ufffd"),
    ],
)
def test_a_value_as_text(value, text):
    assert to_text(value) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (3.0, "3"),
        (-1.25, "-1.25"),
        (0.1 + 0.2, "0.30000000000000004"),
        (100, "100"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (1.5e300, "1.5e+300"),
        (0.000001, "0.000001"),
        (0.0000001, "1e-7"),
        (-1.25e-9, "-1.25e-9"),
        (5e-324, "5e-324"),
        (12345678901234567890, "12345678901234567000"),
        (10**400, "Infinity"),
        (-(10**400), "-Infinity"),
        (NAN, "NaN"),
        (INF, "Infinity"),
        (-INF, "-Infinity"),
    ],
)
def test_a_number_as_text(number, text):
    assert format_number(number) == text


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (None, 0),
        (True, 1),
        (False, 0),
        ("", 0),
        (" \n ", 0),
        ("\u00a0\ufeff5 ", 5),
        ("1e3", 1000),
        (".5", 0.5),
        ("5.", 5),
        ("-5.5", -5.5),
        ("0x10", 16),
        ("0B11", 3),
        ("0o17", 15),
        ("Infinity", INF),
        ("-Infinity", -INF),
        ("1e400", INF),
        ([], 0),
        ([5], 5),
        (["0x10"], 16),
        (b"7", 7),
        (2**60, 1152921504606846976.0),
    ],
)
def test_a_value_as_number(value, number):
    assert to_number(value) == number


@pytest.mark.parametrize(
    "value",
    [
        UNDEFINED,
        "abc",
        "5px",
        "1,5",
        "1_000",
        "-0x10",
        "0x",
        "inf",
        "nan",
        "٣",
        "\x1f5",
        "+-1",
        [1, 2],
        {},
        NAN,
    ],
)
def test_what_is_no_number_is_nan(value):
    assert math.isnan(to_number(value))


@pytest.mark.parametrize("value", ["0", " ", "false", [], {}, b"", -1, 0.1, True, INF])
def test_what_is_true(value):
    assert is_truthy(value) is True


@pytest.mark.parametrize("value", [None, UNDEFINED, "", 0, -0.0, NAN, False])
def test_what_is_false(value):
    assert is_truthy(value) is False


@pytest.mark.parametrize(
    ("number", "plain"), [(3.0, "3"), (-0.0, "0"), (2.5, "2.5"), (1e300, "1e+300"), (INF, "inf"), (7, "7")]
)
def test_whole_numbers_become_int(number, plain):
    assert repr(plain_number(number)) == plain


@pytest.mark.parametrize(
    ("number", "cut"),
    [
        (5.9, 5),
        (-5.9, -5),
        (2**31, -(2**31)),
        (2**32 + 5.5, 5),
        (-(2**31) - 1, 2**31 - 1),
        (NAN, 0),
        (INF, 0),
    ],
)
def test_numbers_are_cut_to_32_bits(number, cut):
    assert to_int32(number) == cut


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5),
        (" 5.5\n", 5.5),
        ("true", True),
        ("null", None),
        ("[1]", [1]),
        ('{"a": "1"}', {"a": "1"}),
        ('"5"', "5"),
        ("12345678901234567890", 12345678901234567000.0),
        ("1e400", INF),
        ("9" * 5000, INF),
        ("abc", "abc"),
        ("", ""),
        ("NaN", "NaN"),
        ("-Infinity", "-Infinity"),
        ("01", "01"),
        ("[1,]", "[1,]"),
        ("\ufeff5", "\ufeff5"),
        ("'a'", "'a'"),
        ("[" * 100_000, "[" * 100_000),
        (5, 5),
        (UNDEFINED, UNDEFINED),
    ],
)
def test_text_that_is_json_is_parsed(text, value):
    assert parse_if_json(text) == value


def test_json_that_is_wrong_has_a_reason():
    with pytest.raises(ValueError, match="NaN is not JSON"):
        parse_json("[NaN]")
    with pytest.raises(ValueError, match="nested too deeply"):
        parse_json("[" * 100_000)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": 1.0, "b": UNDEFINED, "c": [UNDEFINED, None, NAN, True]}, '{"a":1,"c":[null,null,null,true]}'),
        ("ä\n\ud800", '"ä\\n\\ud800"'),
        ([1e21, 1e-7, range(2), ("a",)], '[1e+21,1e-7,[0,1],["a"]]'),
        (b"\x00\xff", '{"type":"Buffer","data":[0,255]}'),
        (UNDEFINED, "null"),
        ({1: {}}, '{"1":{}}'),
    ],
)
def test_a_value_as_json(value, text):
    assert stringify(value) == text


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (None, UNDEFINED),
        ("5", 5),
        ("5.0", 5),
        ("", 0),
        (0, False),
        ("1", True),
        ([5], "5"),
        ([], ""),
        ([], False),
        ({}, "[object Object]"),
        ([1, 2], "1,2"),
        ([1, 2], ["1", "2"]),
        ({"a": 1, "b": None}, {"b": None, "a": "1"}),
        ([[1, {"a": True}]], [["1", {"a": 1}]]),
        (b"a", b"a"),
        (b"a", "a"),
    ],
)
def test_what_is_loosely_equal(left, right):
    assert loose_equal(left, right) is True
    assert loose_equal(right, left) is True


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (None, ""),
        (None, 0),
        (UNDEFINED, False),
        (NAN, NAN),
        ([NAN], [NAN]),
        ("abc", "ABC"),
        ("5", "5.0"),
        ([None], [UNDEFINED]),
        ([[5]], [5]),
        ([None], [0]),
        ([1], [1, 2]),
        ({"a": 1}, {"a": 1, "b": UNDEFINED}),
        ({}, []),
        (b"a", b"b"),
    ],
)
def test_what_is_not_loosely_equal(left, right):
    assert loose_equal(left, right) is False
    assert loose_equal(right, left) is False


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        (5, 5.0, True),
        (0, -0.0, True),
        (NAN, NAN, True),
        ([{"a": [NAN]}], [{"a": [NAN]}], True),
        (None, None, True),
        (UNDEFINED, UNDEFINED, True),
        (b"a", b"a", True),
        (5, "5", False),
        (1, True, False),
        (None, UNDEFINED, False),
        ([1], ["1"], False),
        ([None], [UNDEFINED], False),
        ({"a": 1}, {"a": True}, False),
        ([], {}, False),
    ],
)
def test_strict_equality(left, right, equal):
    assert strict_equal(left, right) is equal
    assert strict_equal(right, left) is equal


def test_lists_hold_objects_only_by_identity():
    item = {"a": 1}

    assert same_value_zero(item, item) is True
    assert same_value_zero(item, {"a": 1}) is False
    assert same_value_zero("1", 1) is False
    assert same_value_zero(NAN, NAN) is True


@pytest.mark.parametrize(
    ("left", "right", "less"),
    [
        (9, 10, True),
        ("10", "9", True),
        ("10", 9, False),
        (None, 1, True),
        (UNDEFINED, 1, None),
        ("abc", 5, None),
        (NAN, NAN, None),
        ([2], [10], False),
        ({}, "a", True),
        (False, True, True),
        ("a", "a", False),
        ("\uffff", "😀", False),
    ],
)
def test_order(left, right, less):
    assert less_than(left, right) is less


def test_text_is_measured_in_utf16_units():
    assert utf16_length("a😀") == 3
    assert utf16_slice("a😀b", 3) == "b"
    assert utf16_slice("a😀b", -3, -1) == "😀"
    assert utf16_slice("a😀b", 0, 2) == "a\ufffd"
    assert utf16_slice("abc", 2, 1) == ""
    assert sorted(["\uffff", "😀"], key=utf16_order) == ["😀", "\uffff"]


def test_trim_knows_the_white_space_of_javascript():
    assert trim("\ufeff\u00a0 a b\u2028\n") == "a b"
    assert trim("\x1ca\x85") == "\x1ca\x85"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "null"),
        (UNDEFINED, "undefined"),
        (True, "true"),
        (5.0, "the number 5"),
        ('say "hi"', 'the text "say \\"hi\\""'),
        ("x" * 41, f'the text "{"x" * 39}…"'),
        ([], "an empty list"),
        ([1, 2], "a list of 2"),
        ({}, "an empty object"),
        ({"a": 1}, "an object"),
        (b"abc", "binary data (3 bytes)"),
    ],
)
def test_a_value_in_words(value, words):
    assert describe(value) == words


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (mathematics.divide(1, 0), INF),
        (mathematics.divide(1, -0.0), -INF),
        (mathematics.divide(0, 0), NAN),
        (mathematics.remainder(-5, 3), -2),
        (mathematics.remainder(5, 0), NAN),
        (mathematics.power(1, INF), NAN),
        (mathematics.power(NAN, 0), 1),
        (mathematics.power(-8, 1 / 3), NAN),
        (mathematics.power(0, -1), INF),
        (mathematics.power(-10, 309), -INF),
        (mathematics.power(-10, 310), INF),
        (mathematics.power(2, INF), INF),
        (mathematics.round_half_up(2.5), 3),
        (mathematics.round_half_up(-2.5), -2),
        (mathematics.round_half_up(0.49999999999999994), 0),
        (mathematics.round_half_up(INF), INF),
        (mathematics.trunc(-5.9), -5),
        (mathematics.ceil(-INF), -INF),
        (mathematics.fround(1e300), INF),
        (mathematics.largest(), -INF),
        (mathematics.largest(1, NAN), NAN),
        (mathematics.smallest(), INF),
        (mathematics.OF_ONE["log"](0), -INF),
        (mathematics.OF_ONE["log"](-1), NAN),
        (mathematics.OF_ONE["atanh"](-1), -INF),
        (mathematics.OF_ONE["exp"](1000), INF),
        (mathematics.OF_ONE["sinh"](-1000), -INF),
        (mathematics.OF_ONE["sin"](INF), NAN),
        (mathematics.OF_ONE["sign"](-3), -1),
        (mathematics.OF_ONE["sign"](0), 0),
        (mathematics.OF_ONE["clz32"](1), 31),
        (mathematics.OF_TWO["imul"](2**31, 3), -(2**31)),
    ],
)
def test_mathematics_never_fails(result, expected):
    assert result == expected or (math.isnan(result) and math.isnan(expected))
