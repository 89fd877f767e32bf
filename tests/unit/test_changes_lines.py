"""Line differences: what they show, and what they leave out."""

from hypothesis import given
from hypothesis import strategies as st

from xchange_cli.changes.change import Line
from xchange_cli.changes.words.lines import line_difference

TEXTS = st.lists(st.sampled_from(["a", "b", "", "}"]), max_size=12).map(
    lambda lines: "\n".join([*lines, "end"])
)


def shown(old: str, new: str, around: int = 1) -> list[str]:
    return [line.mark + line.text for line in line_difference(old, new, around)]


def test_equal_texts_have_no_difference():
    assert line_difference("a\nb\n", "a\nb\n") == ()


def test_a_changed_line_stands_between_its_neighbours():
    assert shown("a\nb\nc\nd", "a\nb\nx\nd") == [" b", "-c", "+x", " d"]


def test_without_context_only_what_differs_is_told():
    assert shown("a\nb\nc", "a\nx\nc", around=0) == ["-b", "+x"]


def test_lines_between_two_places_are_folded():
    old = "\n".join("abcdefgh")
    assert shown(old, old.replace("b", "B").replace("g", "G")) == [
        *(" a", "-b", "+B", " c", "@2 lines", " f", "-g", "+G", " h"),
    ]


def test_one_line_between_two_places_is_shown():
    assert shown("a\nb\nc\nd\ne", "A\nb\nc\nd\nE") == ["-a", "+A", " b", " c", " d", "-e", "+E"]


def test_blanks_are_visible_where_only_they_differ():
    assert shown("if (a) {\n\treturn;\nx  ", "if (a) {\n  return;\nx") == [
        *(" if (a) {", "-→return;", "-x··", "+  return;", "+x"),
    ]


def test_tabs_of_lines_that_differ_in_words_stay_as_they_are():
    assert shown("\ta", "\tb") == ["-\ta", "+\tb"]


def test_a_no_break_space_is_visible():
    assert shown("a b", "a\xa0b") == ["-a b", "+a⍽b"]


def test_a_line_end_that_only_one_text_has_is_visible():
    assert shown("a\nb", "a\nb\n") == [" a", "-b", "+b⏎"]


def test_an_empty_text_loses_all_its_lines():
    assert shown("a\nb", "") == ["-a", "-b"]


@given(TEXTS, TEXTS)
def test_all_lines_of_both_texts_are_told_with_enough_context(old: str, new: str):
    told = line_difference(old, new, around=100)
    assert old == new or "\n".join(line.text for line in told if line.mark != "+") == old
    assert old == new or "\n".join(line.text for line in told if line.mark != "-") == new


def test_a_line_is_a_mark_and_its_text():
    assert line_difference("a", "b") == (Line("-", "a"), Line("+", "b"))
