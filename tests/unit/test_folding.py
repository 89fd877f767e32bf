"""Lines that fit a terminal, whatever characters they have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xchange_cli.formats.cells import showable, width
from xchange_cli.formats.folding import cut, fold

TEXTS = st.text(st.sampled_from("ab 東\t🙂\u0301\x1b-"), max_size=60)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", [""]),
        ("short", ["short"]),
        ("exactly 10", ["exactly 10"]),
        ("one two three four", ["one two", "three four"]),
        ("abcdefghijklmnopqrstuvw", ["abcdefghij", "klmnopqrst", "uvw"]),
        ("a bcdefghijklm", ["a bcdefghi", "jklm"]),
        ("東京東京東京", ["東京東京東", "京"]),
        ("tab\tand \x1b[2J", ["tab    and", "�[2J"]),
    ],
)
def test_text_is_broken_at_blanks_where_that_leaves_no_line_half_empty(text, pieces):
    assert fold(text, 10) == pieces


@given(TEXTS, st.integers(4, 20))
def test_folding_loses_nothing_but_blanks_and_keeps_to_the_room(text, room):
    pieces = fold(text, room)
    assert all(width(piece) <= room for piece in pieces)
    assert "".join(pieces).replace(" ", "") == showable(text).replace(" ", "")


@given(TEXTS, st.integers(4, 20))
def test_cutting_keeps_to_the_room_and_marks_what_is_missing(text, room):
    shown = cut(text, room)
    assert width(shown) <= room
    assert shown == showable(text) or (shown.endswith("…") and showable(text).startswith(shown[:-1]))


def test_of_a_very_long_line_only_the_beginning_is_looked_at():
    assert cut("x" * 50_000_000, 10) == "x" * 9 + "…"
    assert cut("a" + "\u0301" * 5_000_000, 2) == "a" + "\u0301" * 47 + "…"
