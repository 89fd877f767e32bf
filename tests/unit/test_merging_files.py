"""Merges of files that are odd in their form."""

import pytest

from xchange_cli.components.catalog import Catalog
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.merging.merge import Merged, merge
from xchange_cli.source import Source

FILE = """\
name: x
documentation: "a"
flows:
  - name: F
    steps:
      - name: A
        inputs: {}
"""
ALIASED = """\
name: x
documentation: "a"
flows:
  - name: F
    steps:
      - name: A
        inputs: &i
          url: {type: value, value: one}
      - name: B
        inputs: *i
"""
STEP = "      - name: C\n        inputs: {}\n"


def merged(base, ours, theirs):
    return merge(Source("base", base), Source("ours", ours), Source("theirs", theirs), Catalog.load())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_is_taken_has_our_line_ends(end):
    ours = FILE.replace('"a"', '"o"').replace("\n", end)
    assert merged(FILE, ours, FILE + STEP) == Merged(ours + STEP.replace("\n", end), ())


def test_a_last_line_without_an_end_has_none_in_the_result():
    ours = FILE.replace('"a"', '"o"').rstrip()
    assert merged(FILE, ours, FILE.replace("name: x", "name: new")).text == ours.replace(
        "name: x", "name: new"
    )
    assert merged(FILE, ours, FILE + STEP).text == f"{ours}\n{STEP}".rstrip()


def test_a_block_that_ends_the_file_without_a_line_end_says_the_same_when_lines_follow():
    ours = f"{FILE}        description: |\n          last"
    expected = f"{FILE}        description: |-\n          last\n{STEP}".rstrip()
    assert merged(FILE, ours, FILE + STEP).text == expected


def test_an_alias_gets_its_own_value_where_only_it_changes():
    theirs = ALIASED.replace("inputs: *i", "inputs: {url: {type: value, value: three}}")
    ours = ALIASED.replace('"a"', '"o"')
    expected = ours.replace("*i", "{url: {type: value, value: three}}")
    assert merged(ALIASED, ours, theirs) == Merged(expected, ())


def test_what_an_alias_stands_for_is_written_out_when_its_anchor_goes():
    gone = ALIASED[ALIASED.index("      - name: A") : ALIASED.index("      - name: B")]
    value = "{url: {type: value, value: one}}"
    ours = ALIASED.replace('"a"', '"o"')
    found = merged(ALIASED, ours, ALIASED.replace(gone, "").replace("*i", value))
    assert found == Merged(ours.replace(gone, "").replace("*i", value), ())


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result"),
    [
        ("flows: []  # none\n", "name: y\nflows: []  # none\n", "flows:\n- name: F\n", "name: y\nflows:  # none\n  - name: F\n"),
        ("flows:\n", "name: y\nflows:\n", "flows:\n  - name: F\n", "name: y\nflows:\n  - name: F\n"),
        ("a: 1\n", "a: 1\nb: 2\n", "a: 1\nflows:\n- name: F\n", "a: 1\nb: 2\nflows:\n- name: F\n"),
        ("a: 1\nflows: [{name: F}]\n", "a: 2\nflows: [{name: F}]\n", "a: 1\nflows: []\n", "a: 2\nflows: []\n"),
        ("{a: 1, flows: []}", "{a: 2, flows: []}", "a: 1\nflows:\n  - name: F\n", "{a: 2, flows: [{name: F}]}"),
        ("labels: [a, b]\n", "labels: [a, c, b]\n", "labels: [b, d]\n", "labels: [c, b, d]\n"),
    ],
)  # fmt: skip
def test_lists_grow_and_empty_in_the_form_that_ours_has(base, ours, theirs, result):
    assert merged(base, ours, theirs) == Merged(result, ())


def test_a_conflict_in_brackets_is_the_line_that_they_are_in():
    found = merged("{name: x, a: 1}\n", "{name: y, a: 1}\n", "{name: z, a: 1}\n")
    assert found.text == (
        "<<<<<<< ours\n{name: y, a: 1}\n||||||| base\n{name: x, a: 1}\n=======\n{name: z, a: 1}\n>>>>>>> theirs\n"
    )


def test_files_that_both_sides_have_added_have_nothing_in_common_before():
    found = merged("", "name: x\ndescription: d\n", "name: x\ndescription: e\nlabels: [a]\n")
    assert [one.path for one in found.conflicts] == [("description",)]
    assert found.text.startswith("name: x\n<<<<<<< ours\ndescription: d\n||||||| base\n=======\n")
    assert found.text.endswith(">>>>>>> theirs\nlabels: [a]\n")


@pytest.mark.parametrize(
    ("ours", "message", "place"),
    [
        ("name: [\n", "this bracket is never closed", "ours:1:7"),
        ("- a\n", "this is no integration: the file has no keys at its top", "ours:1:1"),
        ("name: y\nflows: [1]\n", "an item of `flows` is a number, not a mapping", "ours:2:9"),
    ],
)
def test_what_cannot_be_read_by_parts_is_refused_with_its_place(ours, message, place):
    with pytest.raises(XchangeError) as refused:
        merged("name: x\n", ours, "name: z\n")
    assert (refused.value.code, refused.value.message) == (ErrorCode.INVALID, message)
    assert str(refused.value.place) == place
