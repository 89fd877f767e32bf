"""How a value is written when it is put into a file: styles, places, and what is refused."""

import pytest

from xchange_cli.document.edit import apply
from xchange_cli.document.parse import parse
from xchange_cli.document.put import put_text, put_texts, replace_scalar
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.source import Source

ORDER = ("name", "description", "documentation", "category", "labels", "flows")


def put(text, key, value):
    """Give the text after a value, or a list of them, was put at its top."""
    source = Source("x.yml", text)
    root = parse(source).root
    edits = (
        put_texts(root, key, value, ORDER) if isinstance(value, list) else [put_text(root, key, value, ORDER)]
    )
    return apply(source, edits)


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("name: Old  # said\n", "New, with a comma", "name: New, with a comma  # said\n"),
        ("name: Old\n", "New: colon", "name: 'New: colon'\n"),
        ("name: Old\n", "2024", "name: '2024'\n"),
        ("name: Old\n", "yes", "name: 'yes'\n"),
        ("name: 'Old'\n", "it's", "name: 'it''s'\n"),
        ("name: 'Old'\n", "tab\there", 'name: "tab\\there"\n'),
        ('name: "Old"\n', "New", 'name: "New"\n'),
        ("name: &n Old\n", "New", "name: &n New\n"),
        ("name: !!str 5\n", "6", "name: !!str '6'\n"),
        ("name: !!int 5\n", "New", "name: New\n"),
        ("name:\n", "New", "name: New\n"),
        ("name: # nothing yet\nflows: []\n", "New", "name: New # nothing yet\nflows: []\n"),
        ("{name: Old, flows: []}", "a, b", "{name: 'a, b', flows: []}"),
        ('{"name":"Old","flows":[]}', "New", '{"name":"New","flows":[]}'),
    ],
)  # fmt: skip
def test_a_value_keeps_its_style_as_long_as_that_can_hold_it(before, value, after):
    assert put(before, "name", value) == after


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("name: Old # said\nflows: []\n", "a\nb", "name: |- # said\n  a\n  b\nflows: []\n"),
        ("name: Old\r\nflows: []\r\n", "a\n\nb\n", "name: |\r\n  a\r\n\r\n  b\r\nflows: []\r\n"),
        ("name: Old\nflows: []\n", " a\nb", "name: |2-\n   a\n  b\nflows: []\n"),
        ("name: Old\nflows: []\n", "a\nb\n\n", "name: |+\n  a\n  b\n\nflows: []\n"),
        ("name: Old", "a\nb\n", "name: |\n  a\n  b\n"),
        ("name: |\n      Old\nflows: []\n", "New\n", "name: |\n      New\nflows: []\n"),
        ("name: | # why\n  Old\n", "New", "name: |- # why\n  New\n"),
        ("name: >-\n  Old\n", "word " * 20 + "end", f"name: >-\n  {'word ' * 14}word\n  {'word ' * 5}end\n"),
        ("name: >\n  Old\n\n  paper\n", "a\nb\n", "name: >\n  a\n\n  b\n"),
        ("name: >\n  Old\n", "a\nb\n", "name: |\n  a\n  b\n"),
        ("name: |\n  Old\n", "", "name: ''\n"),
        ('name: "Old\\nman"\n', "a\nb", 'name: "a\\nb"\n'),
        ('name: "Old"\n', "a\nb", "name: |-\n  a\n  b\n"),
        ("name: Old\n", "a\r\nb", 'name: "a\\r\\nb"\n'),
        ("name: Old\n      # deeper\nflows: []\n", "a\nb", 'name: "a\\nb"\n      # deeper\nflows: []\n'),
        ("{name: Old}", "a\nb", '{name: "a\\nb"}'),
    ],
)  # fmt: skip
def test_several_lines_become_or_remain_a_block(before, value, after):
    assert put(before, "name", value) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("name: N\nflows: []\n", "name: N\ncategory: CRM\nflows: []\n"),
        ("flows: []\nname: N # n\n", "flows: []\nname: N # n\ncategory: CRM\n"),
        ("flows: []\nother: 1\n", "category: CRM\nflows: []\nother: 1\n"),
        ("other: 1", "other: 1\ncategory: CRM"),
        ("name: |+\n  kept\n\nflows: []\n", "name: |+\n  kept\n\ncategory: CRM\nflows: []\n"),
        ("name: |\n  no line end", "category: CRM\nname: |\n  no line end"),
        ("{name: N, flows: []}", "{name: N, category: CRM, flows: []}"),
        ('{\n  "name": "N",\n  "flows": []\n}', '{\n  "name": "N",\n  "category": "CRM",\n  "flows": []\n}'),
        ("{}", "{category: CRM}"),
    ],
)
def test_a_new_key_gets_a_line_of_its_own_where_the_order_wants_it(before, after):
    assert put(before, "category", "CRM") == after


def test_a_new_key_can_have_a_text_of_several_lines():
    assert put("name: N\n", "description", "a\nb\n") == "name: N\ndescription: |\n  a\n  b\n"


def test_a_key_that_a_merge_brings_is_added_to_the_mapping_itself():
    source = Source("x.yml", "base: &b {name: Old}\none:\n  <<: *b\n")
    edit = put_text(parse(source).root.get("one"), "name", "New", ORDER)

    assert apply(source, [edit]) == "base: &b {name: Old}\none:\n  <<: *b\n  name: New\n"


def test_the_value_of_an_alias_is_put_in_its_place():
    assert (
        put("description: &d Old\nname: *d # here\n", "name", "New")
        == "description: &d Old\nname: New # here\n"
    )


@pytest.mark.parametrize(
    ("before", "items", "after"),
    [
        ("labels: [a, 'b', c] # l\n", ["a", "c", "d"], "labels: [a, c, d] # l\n"),
        ("labels: [a, 'b']\n", ["a", "b", "c"], "labels: [a, 'b', 'c']\n"),
        ("labels: [a]\n", [], "labels: []\n"),
        ("labels: []\n", ["a b", "1"], "labels: [a b, '1']\n"),
        ("labels:\n- a # one\n# two\n- b\n", ["b", "c"], "labels:\n# two\n- b\n- c\n"),
        ("labels: # l\n  - a\n  - b\nflows: 1\n", [], "labels: [] # l\nflows: 1\n"),
        ("labels:\n  - a\n  - b", ["a", "c"], "labels:\n  - a\n  - c"),
        ("labels:\n- |\n  a", ["b"], "labels:\n- b"),
        ("name: N\n", ["a"], "name: N\nlabels:\n  - a\n"),
        ("name: N\nflows:\n- name: F\n", ["a"], "name: N\nlabels:\n- a\nflows:\n- name: F\n"),
        ("labels:\nname: N\n", ["a"], "labels: [a]\nname: N\n"),
        ("labels: &l [a]\nflows: *l\n", ["b"], "labels: &l [b]\nflows: *l\n"),
        ("flows: &l [a]\nlabels: *l\n", ["b"], "flows: &l [a]\nlabels: [b]\n"),
    ],
)
def test_of_a_list_only_the_items_that_go_or_come_are_touched(before, items, after):
    assert put(before, "labels", items) == after


@pytest.mark.parametrize(
    ("before", "key", "value", "place", "words"),
    [
        ("name: N\nlabels: [a]\n", "labels", "text", (2, 9), "`labels` is a list here"),
        ("flows: {a: 1}\n", "flows", ["a"], (1, 8), "`flows` is a mapping here"),
        ("labels: [&x a]\nname: *x\n", "labels", ["b"], (1, 10), "used elsewhere, as `*x`"),
        ("labels:\n  -\n    a\n", "labels", ["b"], (3, 5), "no line of its own"),
        ("labels:\n- |\n  a", "labels", ["a", "b"], (2, 3), "has to end its last line"),
        ("{name}", "name", "N", (1, 2), "`name` has no colon"),
        ("name: N\n", "name", "\ud800", (1, 7), "half of a surrogate pair"),
    ],
)
def test_what_would_change_something_else_is_refused_with_its_place(before, key, value, place, words):
    with pytest.raises(XchangeError) as caught:
        put(before, key, value)

    assert (caught.value.code, caught.value.place[1:]) == (ErrorCode.INVALID, place)
    assert words in caught.value.message


def test_there_is_no_line_for_a_key_in_a_pair_of_a_list():
    pair = parse(Source("x.yml", "flows: [\n  a: b\n]\n")).root.get("flows").items[0]

    with pytest.raises(XchangeError, match="no line here to which `name` could be added"):
        put_text(pair, "name", "N", ORDER)


@pytest.mark.parametrize(
    ("text", "new", "after"),
    [
        ("old: 1\n", "New Key", "New Key: 1\n"),
        ("old : 1\n", "a: b", "'a: b' : 1\n"),
        ("{'old': 1}", "it's", "{'it''s': 1}"),
        ('"old": 1\n', "two\nlines", '"two\\nlines": 1\n'),
    ],
)
def test_a_key_is_replaced_like_a_value_and_stays_on_its_line(text, new, after):
    source = Source("x.yml", text)
    key = parse(source).root.key_node("old")

    assert apply(source, [replace_scalar(key, new)]) == after


def test_a_key_of_more_than_a_thousand_characters_is_refused():
    key = parse(Source("x.yml", "old: 1\n")).root.key_node("old")

    assert replace_scalar(key, "x" * 1000).text == "x" * 1000
    with pytest.raises(XchangeError, match="a key of 1,001 characters is too long"):
        replace_scalar(key, "x" * 1001)


def test_an_empty_value_whose_place_cannot_be_told_is_refused():
    item = parse(Source("x.yml", "labels:\n  - # nothing\n")).root.get("labels").items[0]

    with pytest.raises(XchangeError, match="the place of this empty value cannot be told"):
        replace_scalar(item, "x")
