"""Which character of a file gave which character of a value."""

import pytest

from xchange_cli.document.node import Mapping, Scalar
from xchange_cli.document.parse import parse
from xchange_cli.document.scalar_text import value_offsets
from xchange_cli.source import Source


def value_of(text) -> Scalar:
    document = parse(Source("a.yml", text))
    assert document.diagnostics == ()
    assert isinstance(document.root, Mapping)
    node = document.root.get("a")
    assert isinstance(node, Scalar)
    return node


def origins(text):
    """Each character of the value with the text that stands for it in the file."""
    node = value_of(text)
    return [(character, node.span_of(i, i + 1).text) for i, character in enumerate(node.value)]


def pairs(text):
    """`x y` → each character stands for itself."""
    return [(character, character) for character in text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b c", pairs("b c")),
        ("a: 🎉é!", pairs("🎉é!")),
        ("a: b\n  c", [("b", "b"), (" ", "\n"), ("c", "c")]),
        ("a: b  \t\n  \tc", [("b", "b"), (" ", "\n"), ("c", "c")]),
        ("a: b\r\n  c", [("b", "b"), (" ", "\r\n"), ("c", "c")]),
        ("a: b\r  c", [("b", "b"), (" ", "\r"), ("c", "c")]),
        ("a: b\n\n\n  c", [("b", "b"), ("\n", "\n"), ("\n", "\n"), ("c", "c")]),
        ("a: 'b c'", pairs("b c")),
        ("a: 'b''c'", [("b", "b"), ("'", "''"), ("c", "c")]),
        ("a: ''''", [("'", "''")]),
        ("a: ''''''", [("'", "''"), ("'", "''")]),
        ("a: '🎉\n  ''b'", [("🎉", "🎉"), (" ", "\n"), ("'", "''"), ("b", "b")]),
        ("a: 'b\r\n\r\n  c '", [("b", "b"), ("\n", "\r\n"), *pairs("c ")]),
        ("a: ' b\n '", [*pairs(" b"), (" ", "\n")]),
        ('a: "b c"', pairs("b c")),
        (r'a: "b\n\"c"', [("b", "b"), ("\n", r"\n"), ('"', r"\""), ("c", "c")]),
        (r'a: "\x41\u00e9\U0001F389"', [("A", r"\x41"), ("é", r"\u00e9"), ("🎉", r"\U0001F389")]),
        (r'a: "\\\\n"', [("\\", r"\\"), ("\\", r"\\"), ("n", "n")]),
        ('a: "b\n  c"', [("b", "b"), (" ", "\n"), ("c", "c")]),
        ('a: "b\\\n  c"', pairs("bc")),
        ('a: "b \\\r\n  \\ c"', [*pairs("b "), (" ", "\\ "), ("c", "c")]),
        ('a: "b\\\n\n  c"', [("b", "b"), ("\n", "\n"), ("c", "c")]),
        ('a: "b\\t\n  c"', [("b", "b"), ("\t", "\\t"), (" ", "\n"), ("c", "c")]),
        ("a: |-\n  b\n  c", [("b", "b"), ("\n", "\n"), ("c", "c")]),
        ("a: |-\n  b\n    c", [("b", "b"), ("\n", "\n"), *pairs("  c")]),
        ("a: |-\n\n  b", [("\n", "\n"), ("b", "b")]),
        ("a: |2-\n    b\n  c", [*pairs("  b"), ("\n", "\n"), ("c", "c")]),
        ("a: |- # note\n  🎉b", pairs("🎉b")),
        ("a: |-\r\n  b\r\n  c\r\n", [("b", "b"), ("\n", "\r\n"), ("c", "c")]),
        ("a: >-\n  b\n  c", [("b", "b"), (" ", "\n"), ("c", "c")]),
        ("a: >-\n  b\n\n\n  c", [("b", "b"), ("\n", "\n"), ("\n", "\n"), ("c", "c")]),
        ("a: >-\n  b\n    c\n  d", [("b", "b"), ("\n", "\n"), *pairs("  c"), ("\n", "\n"), ("d", "d")]),
        ("a: >-\r\n  b\r\n  🎉", [("b", "b"), (" ", "\r\n"), ("🎉", "🎉")]),
        ("a: >-\n  b\u2028\n  c", [("b", "b"), ("\u2028", "\u2028"), (" ", "\n"), ("c", "c")]),
        ("a: &x b c", pairs("b c")),
        ("a: &x !!str 'b''c'", [("b", "b"), ("'", "''"), ("c", "c")]),
        ("a: &x # note\n  b", pairs("b")),
        ("a: !!str |-\n  b", pairs("b")),
    ],
)
def test_every_character_of_a_value_leads_to_what_stands_for_it_in_the_file(text, expected):
    assert origins(text) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: |\n  b\n", "b\n"),
        ("a: |+\n  b\n\n\n", "b\n\n\n"),
        ("a: >\n  b\n", "b\n"),
        ("a: >+\n  b\n\n", "b\n\n"),
    ],
)
def test_line_ends_that_a_block_keeps_lie_behind_its_last_character(text, value):
    node = value_of(text)
    assert node.value == value
    offsets = value_offsets(node.span.text, node.value, node.style)
    assert offsets is not None
    assert node.span.text[offsets[0]] == "b"
    assert set(offsets[1:]) == {len(node.span.text)}
    assert node.span_of(0, len(value)).text == "b"


@pytest.mark.parametrize(
    ("raw", "value", "style", "behind"),
    [
        ("", "", "", 0),
        ("''", "", "'", 1),
        ("'x'", "x", "'", 2),
        (r'"\n"', "\n", '"', 3),
        ("&a x", "x", "", 4),
    ],
)
def test_the_last_offset_is_the_place_behind_the_text(raw, value, style, behind):
    offsets = value_offsets(raw, value, style)
    assert offsets is not None
    assert (len(offsets), offsets[-1]) == (len(value) + 1, behind)


@pytest.mark.parametrize(
    ("raw", "value", "style"), [("*abcd", "hello", "*"), ("a b", "another text", ""), ("'a'", "ab", "'")]
)
def test_where_text_and_value_cannot_be_brought_together_there_are_no_offsets(raw, value, style):
    assert value_offsets(raw, value, style) is None


def test_a_part_of_an_alias_is_shown_as_the_whole_alias():
    document = parse(Source("a.yml", "x: &long hello\na: *long\n"))
    assert document.root.get("a").span_of(1, 3).text == "*long"
    assert document.root.get("x").span_of(1, 3).text == "el"


@pytest.mark.parametrize(
    ("text", "marked", "first", "last"),
    [
        ("a: 'Dear {{#Some\n  Name}}, hello'\n", "{{#Some\n  Name}}", (1, 10), (2, 9)),
        ("a: Dear {{#Some\n    Name}}\n", "{{#Some\n    Name}}", (1, 9), (2, 11)),
        ("a: >-\n  Dear {{#Some\n  Name}}\n", "{{#Some\n  Name}}", (2, 8), (3, 9)),
        ('a: "Dear {{#Some\\\n  \\ Name}}"\n', "{{#Some\\\n  \\ Name}}", (1, 10), (2, 11)),
        ("a: 'Dear {{#Some\r\n  Name}}'\r\n", "{{#Some\r\n  Name}}", (1, 10), (2, 9)),
    ],
)
def test_a_placeholder_over_two_lines_is_marked_from_brace_to_brace(text, marked, first, last):
    node = value_of(text)
    start = node.value.index("{{#Some Name}}")
    span = node.span_of(start, start + len("{{#Some Name}}"))
    assert (span.text, span.first, span.last) == (marked, first, last)


def test_a_part_without_characters_has_a_place_without_characters():
    node = value_of("a: 'xyz'")
    assert [(node.span_of(i, i).start, node.span_of(i, i).end) for i in (0, 1, 3)] == [(4, 4), (5, 5), (7, 7)]
