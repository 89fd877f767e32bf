"""What single values stand for: YAML 1.2, and tags."""

import math

import pytest

from xchange_cli.document.node import Mapping
from xchange_cli.document.parse import parse
from xchange_cli.source import Source


def value_of(text):
    """Give the data of an only value in which nothing is wrong."""
    document = parse(Source("a.yml", f"a: {text}\n"))
    assert document.diagnostics == ()
    assert isinstance(document.root, Mapping)
    return document.data["a"]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("on", "on"),
        ("yes", "yes"),
        ("no", "no"),
        ("off", "off"),
        ("y", "y"),
        ("12:30", "12:30"),
        ("190:20:30", "190:20:30"),
        ("2024-01-01", "2024-01-01"),
        ("2024-01-01T10:00:00Z", "2024-01-01T10:00:00Z"),
        ("010", "010"),
        ("-012", "-012"),
        ("00.5", "00.5"),
        ("1_000", "1_000"),
        ("0b11", "0b11"),
        ("=", "="),
        ("'<<'", "<<"),
        ("0", 0),
        ("-0", 0),
        ("5", 5),
        ("+5", 5),
        ("-5", -5),
        ("0o17", 15),
        ("0x1F", 31),
        ("-0x1F", "-0x1F"),
        ("0X1F", "0X1F"),
        ("1e3", 1000.0),
        ("1.", 1.0),
        (".5", 0.5),
        ("-1.5E-2", -0.015),
        (".", "."),
        ("e3", "e3"),
        ("1e", "1e"),
        ("+", "+"),
        (".inf", math.inf),
        ("-.inf", -math.inf),
        ("+.Inf", math.inf),
        ("inf", "inf"),
        ("1e999", math.inf),
        ("~", None),
        ("null", None),
        ("NULL", None),
        ("nUll", "nUll"),
        ("none", "none"),
        ("''", ""),
        ("true", True),
        ("False", False),
        ("TRUE", True),
        ("tRue", "tRue"),
        ("'true'", "true"),
        ('"5"', "5"),
        ("|-\n  5", "5"),
        ("!!str 5", "5"),
        ("!!str", ""),
        ('!!int "5"', 5),
        ("!!int 0x1F", 31),
        ("!!float 5", 5.0),
        ("!!float '.inf'", math.inf),
        ("!!bool 'true'", True),
        ("!!null ''", None),
        ("!<tag:yaml.org,2002:int> '7'", 7),
        ("9" * 399, int("9" * 399)),
        ("9" * 5000, "9" * 5000),
        ("0x" + "f" * 5000, "0x" + "f" * 5000),
    ],
)
def test_plain_text_stands_for_what_yaml_1_2_says_but_leading_zeros_make_text(text, data):
    found = value_of(text)
    assert (type(found), found) == (type(data), data)


@pytest.mark.parametrize("text", [".nan", ".NaN", "!!float .nan"])
def test_not_a_number_is_a_number(text):
    assert math.isnan(value_of(text))


@pytest.mark.parametrize(
    ("text", "marked", "message", "data"),
    [
        ("a: !foo x", "!foo", "the tag `!foo` means nothing here", "x"),
        ("a: !Important 'x'", "!Important", "the tag `!Important` means nothing here", "x"),
        ("a: &x !foo 5", "!foo", "the tag `!foo` means nothing here", "5"),
        ("a: !foo {b: 1}", "!foo", "the tag `!foo` means nothing here", {"b": 1}),
        ("a: !foo\n  - 1", "!foo", "the tag `!foo` means nothing here", [1]),
        (
            "a: !!timestamp 2024-01-01",
            "!!timestamp",
            "the tag `!!timestamp` means nothing here",
            "2024-01-01",
        ),
        ("a: !!set {b}", "!!set", "the tag `!!set` means nothing here", {"b": None}),
        ("a: !!int x", "!!int", "the tag `!!int` does not fit this value", "x"),
        ("a: !!int 1.5", "!!int", "the tag `!!int` does not fit this value", "1.5"),
        ("a: !!int true", "!!int", "the tag `!!int` does not fit this value", "true"),
        ("a: !!bool yes", "!!bool", "the tag `!!bool` does not fit this value", "yes"),
        ("a: !!null x", "!!null", "the tag `!!null` does not fit this value", "x"),
        ("a: !!map x", "!!map", "the tag `!!map` does not fit this value", "x"),
        ("a: !!seq {b: 1}", "!!seq", "the tag `!!seq` does not fit this value", {"b": 1}),
        ("a: !!str [1]", "!!str", "the tag `!!str` does not fit this value", [1]),
    ],
)
def test_a_tag_that_says_nothing_true_is_reported_and_the_value_read_without_it(text, marked, message, data):
    document = parse(Source("a.yml", text))
    assert [(found.rule, found.span.text, found.message) for found in document.diagnostics] == [
        ("yaml-syntax", marked, message)
    ]
    assert document.data == {"a": data}
