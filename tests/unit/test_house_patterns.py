"""What patterns, paths and regular expressions of house rules fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xchange_cli.document.parse import parse
from xchange_cli.source import Source
from xchange_cli.validation.house.cases import Case, has_code
from xchange_cli.validation.house.globs import Globs
from xchange_cli.validation.house.paths import Path
from xchange_cli.validation.house.regex import fault, fits
from xchange_cli.validation.house.words import blanks, shortened
from xchange_cli.validation.pages import names, pages

TEXT = """\
a: {b: 1, bc: 2}
list: [{b: 3}, {b: 4}]
same: &x {b: 5}
again: *x
a.b: 6
"""


@pytest.mark.parametrize(
    ("patterns", "fitting"),
    [
        (["http"], ["http"]),
        (["http*"], ["http", "httpGet"]),
        (["h?tp"], ["http"]),
        (["[gh]ttp"], ["http"]),
        (["*Get", "log"], ["httpGet", "log"]),
        (["*"], ["http", "HTTP", "httpGet", "log", "a\nb", ""]),
        ([], []),
    ],
)
def test_a_pattern_fits_the_whole_text_and_counts_capitals(patterns, fitting):
    globs = Globs.of(patterns)
    assert [text for text in ("http", "HTTP", "httpGet", "log", "a\nb", "") if globs.take(text)] == fitting


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("a.b", ["1"]),
        ("a.*", ["1", "2"]),
        ("a.b*", ["1", "2"]),
        ("list.1.b", ["4"]),
        ("list.*.b", ["3", "4"]),
        ("**.b", ["1", "3", "4", "5"]),
        ("**.**.b", ["1", "3", "4", "5"]),
        ("a?b", ["6"]),
        ("gone.b", []),
        ("a.b.c", []),
    ],
)
def test_a_path_leads_to_values_each_once_in_the_order_of_the_file(path, values):
    root = parse(Source("a.yml", TEXT)).root
    assert [node.span.text for node in Path.of(path).find(root)] == values


@pytest.mark.parametrize("path", ["", ".", "a.", ".a", "a..b"])
def test_a_path_has_no_empty_part(path):
    assert Path.of(path) is None


@pytest.mark.parametrize(
    ("expression", "fitting"),
    [
        ("[a-z]+", ["abc"]),
        ("a|abc", ["abc"]),
        ("(?i)ABC", ["abc"]),
        (r"\d+", ["12"]),
        (".*", ["abc", "12", "", "é"]),
        (r"\p{L}+", ["abc", "é"]),
    ],
)
def test_an_expression_fits_the_whole_value(expression, fitting):
    assert fault(expression) is None
    assert [text for text in ("abc", "12", "", "é") if fits(expression, text)] == fitting


@pytest.mark.parametrize(
    ("expression", "position"),
    [("a)(b", 1), ("[", 0), ("*", 0), ("(?<=a)b", None), (r"(a)\1", None), ("((a{1000}){1000}){100}", None)],
)
def test_an_expression_that_cannot_be_used_has_a_fault(expression, position):
    assert fault(expression).position == position


@given(st.text(max_size=12))
def test_every_expression_fits_or_has_a_fault(expression):
    if fault(expression) is None:
        assert fits(expression, "abc") in {True, False}
    else:
        assert fault(expression).reason


@pytest.mark.parametrize(
    ("text", "words"),
    [("`{value}` of {step}", ["value", "step"]), ("{{$trigger.results}} {{value}} { value } {}", [])],
)
def test_words_in_single_braces_are_filled_in(text, words):
    assert [blank.word for blank in blanks(text)] == words
    assert [text[blank.start : blank.end] for blank in blanks(text)] == words


def test_a_long_value_is_shortened_to_one_line():
    assert shortened("a\n  b") == "a b"
    assert shortened("x" * 100) == "x" * 60 + "…"


@pytest.mark.parametrize(
    ("case", "is_whole"),
    [("", False), ("# a\n\n", False), ("- name: a", True), ("  a: 1\n", True), ("\n#\n\nb: 1", True)],
)
def test_a_case_needs_more_than_comments(case, is_whole):
    assert has_code(case) == is_whole


def test_a_case_of_keys_gets_what_a_file_needs_behind_it():
    root = parse(Source("a.yml", "case: |\n  name: Orders\n  category: CRM\n")).root
    text = Case(root.get("case")).source().text
    assert text.startswith("name: Orders\ncategory: CRM\ndefinitionVersion: 7\ndescription: ''\nflows:\n")
    assert text.count("name: Case") == 0


def test_the_names_of_all_pages_are_known_without_loading_the_rules():
    assert names() == {page.slug for page in pages()}
