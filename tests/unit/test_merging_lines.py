"""Texts merged by lines."""

import pytest

from xchange_cli.merging.diff3 import Stretch, diff3, merged_text


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n"),
        ("a\nb\nc", "a\nb\nc\nd", "0\na\nb\nc", "0\na\nb\nc\nd"),
        ("a\nb\nc\n", "a\nc\n", "a\nb\nc\nd\n", "a\nc\nd\n"),
        ("a\nb\n", "a\nx\n", "a\nx\n", "a\nx\n"),
        ("a\n", "", "a\n", ""),
        ("a", "a\n", "a", "a\n"),
    ],
)
def test_changes_in_different_lines_are_all_made(base, ours, theirs, merged):
    assert merged_text(base, ours, theirs) == (merged, merged)


def test_what_both_sides_have_changed_is_open_and_all_else_is_merged_whatever_is_chosen():
    base, ours, theirs = "1\na\n2\nb\n3\n", "1\na ours\n2\nb\n3\n", "1\na theirs\n2\nb theirs\n3\n"
    assert merged_text(base, ours, theirs) == ("1\na ours\n2\nb theirs\n3\n", "1\na theirs\n2\nb theirs\n3\n")


def test_changes_of_lines_that_touch_are_one_choice():
    found = list(diff3(["a", "b"], ["A", "b"], ["a", "B"]))
    assert found == [Stretch(is_agreed=False, ours=("A", "b"), base=("a", "b"), theirs=("a", "B"))]
