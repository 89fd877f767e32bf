"""Where a comment that silences findings is one, and which lines it is about."""

import pytest

from xchange_cli.source import Source
from xchange_cli.validation.ignore_comments import ignore_comments


def read(text):
    return [
        ([rule.slug for rule in one.rules], one.reason, list(one.lines))
        for one in ignore_comments(Source("a.yml", text))
    ]


def lines_of(text):
    return [lines for _, _, lines in read(text)]


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# xchange: ignore[a-b] they said so", (["a-b"], "they said so")),
        ("#xchange:ignore[a,b]", (["a", "b"], "")),
        ("#  xchange:  ignore [ a , b ]: until May", (["a", "b"], "until May")),
        ("# xchange: ignore[a] -- until May", (["a"], "until May")),
        ("# xchange: ignore", ([], "")),
        ("# xchange: ignore all of it", ([], "all of it")),
        ("# xchange: ignore[]", ([], "")),
        ("# xchange: ignore[a", ([], "[a")),
        ("# see below # xchange: ignore[a] why # and more", (["a"], "why")),
    ],
)
def test_a_comment_names_rules_and_a_reason(comment, expected):
    assert read(f"key: value {comment}\n") == [(*expected, [1])]


@pytest.mark.parametrize(
    "text",
    [
        "key: value\n",
        "key: value # xchange: ignored[a]\n",
        "key: value # xchange: ignore-me\n",
        "key: value# xchange: ignore[a]\n",
        "key: 'value # xchange: ignore[a]'\n",
        'key: "value\n  # xchange: ignore[a]"\n',
        "'key # xchange: ignore[a]': value\n",
        "key: |\n  code # xchange: ignore[a]\n  # xchange: ignore[a]\n",
        "key: 1\nkey: 'twice # xchange: ignore[a]'\n",
        'key: value # write "# xchange: ignore[a] reason"\n',
    ],
)
def test_what_stands_in_a_text_or_looks_alike_is_no_comment(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a: 1 # xchange: ignore[a]\nb: 2\n", [1]),
        ("# xchange: ignore[a]\na: 1\nb: 2\n", [2]),
        ("a: 1\n# xchange: ignore[a]\n\n  # a remark\n\nb: 2\n", [6]),
        ("a: 1\n# xchange: ignore[a]\n", []),
        ("a: | # xchange: ignore[a]\n  one\n  two\n\nb: 2\n", [1, 2, 3]),
        ("# xchange: ignore[a]\na: >-\n  one\n\n  two\nb: 2\n", [2, 3, 4, 5]),
        ("a: 'one\n  two' # xchange: ignore[a]\n", [1, 2]),
        ("# xchange: ignore[a]\na: one\n  two\n", [2, 3]),
        ("a:\n  - |\n    one\n  - two # xchange: ignore[a]\n", [4]),
        ("- a: {b: 1, # xchange: ignore[a]\n     c: 2}\n", [1]),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_comment_is_about_its_line_or_the_next_one_and_the_text_that_begins_there(text, lines, line_end):
    assert lines_of(text.replace("\n", line_end)) == [lines]


def test_a_line_separator_in_a_text_or_comment_ends_no_line():
    assert lines_of("a: 'x\u2028y' # \x85 # xchange: ignore[a]\nb: |\n  \u2029# xchange: ignore[a]\n") == [
        [1]
    ]


def test_a_byte_order_mark_within_the_text_moves_nothing():
    assert lines_of("\ufeffa: 'x' # xchange: ignore[a]\n") == [[1]]
