"""Marks of unfinished merges, as findings of the reader."""

import pytest

from xchange_cli.diagnostics import Severity
from xchange_cli.document.parse import parse
from xchange_cli.source import Source

OF_GIT = "Choose one side and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`; git status names the files."
OF_PULL = "`xchange upstream resolve` takes one side; or edit the lines and take out the marks."
MESSAGE = "a merge conflict is not resolved"


def found(text):
    document = parse(Source("a.yml", text))
    assert document.root is None
    assert {(one.rule, one.severity, one.message) for one in document.diagnostics} == {
        ("merge-conflict", Severity.ERROR, MESSAGE)
    }
    return [
        (one.span.text, [(related.span.text, related.message) for related in one.related], one.hint)
        for one in document.diagnostics
    ]


def test_each_conflict_is_a_finding_at_our_side_with_theirs_as_related():
    text = (
        "a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> topic\n"
        "<<<<<<< HEAD\n||||||| 1f2e\nc: 3\n=======\nc: 4\nd: 5\n>>>>>>> topic\n"
    )
    assert found(text) == [
        ("<<<<<<< HEAD\nb: 2", [("b: 3\n>>>>>>> topic", "the other side: `topic`")], OF_GIT),
        ("<<<<<<< HEAD", [("c: 4\nd: 5\n>>>>>>> topic", "the other side: `topic`")], OF_GIT),
    ]


def test_the_lines_of_the_other_side_are_never_shown():
    document = parse(Source("a.yml", "<<<<<<< a\nb: 2\n=======\ntoken: abc\n>>>>>>> b\n"))
    assert [one.related[0].span.source.is_private for one in document.diagnostics] == [True]


def test_what_a_pull_left_is_settled_by_the_command_for_it():
    text = "<<<<<<< bolt\nb: 2\n=======\nb: 3\n>>>>>>> upstream orders@4\n"
    assert found(text) == [
        (
            "<<<<<<< bolt\nb: 2",
            [("b: 3\n>>>>>>> upstream orders@4", "the other side: `orders@4`")],
            OF_PULL,
        )
    ]


def test_marks_are_found_in_text_that_would_be_yaml_with_them():
    assert len(found("a: [\n<<<<<<< x\n1,\n=======\n2,\n>>>>>>> y\n3]\n")) == 1


LONG = "a: 1\n<<<<<<<<<<<< HEAD\nb: 2\n============\nb: 3\n>>>>>>>>>>>> topic\n"
RECURSIVE = (
    "<<<<<<< HEAD\nb: 2\n||||||| merged common ancestors\n<<<<<<<<< Temporary merge branch 1\nb: 0\n||||||||| 1f2e\nb: 9\n"
    "=========\nb: 1\n>>>>>>>>> Temporary merge branch 2\n=======\nb: 3\n>>>>>>> topic\n"
)


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        (LONG, "<<<<<<<<<<<< HEAD\nb: 2"),
        (LONG.replace("==\n", "==\n=======\n"), "<<<<<<<<<<<< HEAD\nb: 2"),
        (LONG.replace("============", "|||||||||||| 1f2e\nb: 1\n============"), "<<<<<<<<<<<< HEAD\nb: 2"),
        (RECURSIVE, "<<<<<<< HEAD\nb: 2"),
        ("<<<<<<<<< left\n" + RECURSIVE, "<<<<<<< HEAD\nb: 2"),
    ],
)
def test_marks_may_be_longer_and_those_within_a_conflict_are_text_of_it(text, ours):
    [(span, [(_, message)], hint)] = found(text)
    assert (span, message, hint) == (ours, "the other side: `topic`", OF_GIT)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (LONG.replace("=" * 12, "=" * 7), "<<<<<<<<<<<< HEAD"),
        (RECURSIVE.replace("=======\nb: 3", "b: 3"), "<<<<<<<<< Temporary merge branch 1\nb: 0"),
    ],
)
def test_marks_of_different_lengths_are_not_of_one_conflict(text, first):
    assert [one[0] for one in found(text)] == [first]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_places_are_right_with_either_line_end(ending):
    text = "<<<<<<< a\nb: 2\n=======\nb: 3\n>>>>>>> b\n".replace("\n", ending)
    related = [(f"b: 3{ending}>>>>>>> b", "the other side: `b`")]
    assert found(text) == [(f"<<<<<<< a{ending}b: 2", related, OF_GIT)]


@pytest.mark.parametrize(
    "text",
    ["a: 1\n<<<<<<< HEAD\nb: 2\n", "a: 1\n<<<<<<< HEAD\nb: 2\n=======\n", "<<<<<<< HEAD\na: 1\n>>>>>>> b\n"],
)
def test_a_mark_is_a_finding_also_where_the_others_are_gone(text):
    assert found(text) == [("<<<<<<< HEAD", [], OF_GIT)]


@pytest.mark.parametrize(
    "text",
    ["a: |\n  <<<<<<< x\n  =======\n  >>>>>>> y\n", "a: <<<<<<< x\nb: |\n  =======\n", "a: '<<<<<<<'\n"],
)
def test_marks_that_do_not_begin_a_line_are_text(text):
    assert parse(Source("a.yml", text)).diagnostics == ()
