"""Carets stand under exactly the characters meant, whatever stands before them."""

import unicodedata

import pytest

from xchange_cli.formats.cells import cells, showable
from xchange_cli.formats.excerpt import excerpt
from xchange_cli.source import Source


def show(text, word, room=40):
    source = Source("x.yml", text)
    start = text.index(word)
    return excerpt(source.span(start, start + len(word)), room)


@pytest.mark.parametrize(
    ("text", "line", "marks"),
    [
        ("key: word", "key: word", "     ^^^^"),
        ("a\tword", "a    word", "     ^^^^"),
        ("注文 word", "注文 word", "     ^^^^"),
        ("e\u0301 word", "e\u0301 word", "  ^^^^"),
        ("a\x1b[2J word", "a�[2J word", "      ^^^^"),
        ("first\nkey: word", "key: word", "     ^^^^"),
    ],
)
def test_carets_count_columns_not_characters(text, line, marks):
    found = show(text, "word")
    assert (found.line, found.marks) == (line, marks)


def test_wide_characters_get_two_carets_each():
    assert show("key: 注文", "注文").marks == "     ^^^^"


def test_a_span_of_several_lines_is_marked_to_the_end_of_its_first():
    source = Source("x.yml", "a: one\n  two\n")
    assert excerpt(source.span(3, 12), 40).marks == "   ^^^"


def test_an_empty_span_gets_one_caret():
    source = Source("x.yml", "a: b")
    assert excerpt(source.span(4, 4), 40).marks == "    ^"


def test_a_blank_line_is_not_shown():
    assert excerpt(Source("x.yml", "\n\n").span(1, 1), 40) is None


LONG = "begin " + "before " * 20 + "word" + " after" * 20 + " end"


@pytest.mark.parametrize("word", ["begin", "word", "end", "before " * 15])
@pytest.mark.parametrize("room", [20, 40, 70])
def test_a_long_line_is_cut_around_the_place_and_fits(word, room):
    found = show(LONG, word, room)
    assert len(found.line) <= room
    marked = found.line[found.marks.index("^") : len(found.marks)]
    assert word.startswith(marked.rstrip("…"))
    assert len(marked) >= min(len(word), room // 2)
    assert found.line.startswith("…") == (word != "begin")
    assert found.line.endswith("…") == (word != "end")


def test_a_long_line_of_wide_characters_fits_too():
    found = show("注" * 60 + "word" + "文" * 60, "word", 30)
    assert sum(one.width for one in cells(found.line)) <= 30
    assert "word" in found.line


def test_what_is_shown_cannot_steer_a_terminal():
    everything = "".join(map(chr, range(0x2100))) + "\ud800\u2028\u202e\ufeff"
    assert all(
        unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        for character in showable(everything)
    )
