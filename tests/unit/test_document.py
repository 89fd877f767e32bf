"""YAML text → nodes with places."""

import gc

import pytest

from xchange_cli.document.locate import node_at
from xchange_cli.document.node import Mapping, Sequence
from xchange_cli.document.parse import MAX_DEPTH, MAX_NODES_FROM_ALIASES, Document, parse
from xchange_cli.source import Source


def read(text) -> Document:
    return parse(Source("a.yml", text))


def clean(text):
    """Give the root of a text in which nothing is wrong."""
    document = read(text)
    assert document.diagnostics == ()
    return document.root


def findings(text):
    """Rule, marked text, line and column of each finding."""
    return [
        (found.rule, found.span.text, found.span.first.line, found.span.first.column)
        for found in read(text).diagnostics
    ]


def at(text, *path):
    return node_at(clean(text), path)


SCALARS = [
    ("a: plain text # note\n", "plain text", "", "plain text"),
    ("a: over\n  two lines\nb: 1", "over\n  two lines", "", "over two lines"),
    ("a: over\n\n  a gap\n", "over\n\n  a gap", "", "over\na gap"),
    ("a: 'it''s' # note", "'it''s'", "'", "it's"),
    ("a: 'over\n  two'\n", "'over\n  two'", "'", "over two"),
    ('a: "x\\n\\u00e9\\"" # note', '"x\\n\\u00e9\\""', '"', 'x\né"'),
    ('a: "x\\\n    y"', '"x\\\n    y"', '"', "xy"),
    ("a: ''", "''", "'", ""),
    ("a: |\n  x\n  y\nb: 1", "|\n  x\n  y", "|", "x\ny\n"),
    ("a: |-\n  x\n\nb: 1", "|-\n  x", "|", "x"),
    ("a: |+\n  x\n\n\nb: 1", "|+\n  x", "|", "x\n\n\n"),
    ("a: | # note\n  x\n", "| # note\n  x", "|", "x\n"),
    ("a: |2-\n    x\n  y\n", "|2-\n    x\n  y", "|", "  x\ny"),
    ("a: |-1\n   x\n  y\n", "|-1\n   x\n  y", "|", "  x\n y"),
    ("a: >\n  x\n  y\n\n  z\n", ">\n  x\n  y\n\n  z", ">", "x y\nz\n"),
    ("a: >-\n  x\n  y\n# note\nb: 1", ">-\n  x\n  y", ">", "x y"),
    ("a: >+\n  x\n\n", ">+\n  x", ">", "x\n\n"),
    ("a: >1-\n  x\n y\n", ">1-\n  x\n y", ">", " x\ny"),
    ("a: |\nb: 1", "|", "|", ""),
    ("a: |+\n\n\nb: 1", "|+", "|", "\n\n"),
    ("a: >-\n  x\u00a0\nb: 1", ">-\n  x\u00a0", ">", "x\u00a0"),
    ("a: |-\r\n  x\r\n  y\r\nb: 1\r\n", "|-\r\n  x\r\n  y", "|", "x\ny"),
    ("a: 🎉 é\r\nb: 1", "🎉 é", "", "🎉 é"),
]


@pytest.mark.parametrize(("text", "marked", "style", "value"), SCALARS)
def test_a_scalar_has_the_place_of_its_text_from_quote_to_quote(text, marked, style, value):
    node = at(text, "a")
    assert (node.span.text, node.style, node.value, node.data) == (marked, style, value, value)
    assert node.start == 3


@pytest.mark.parametrize(
    ("text", "path", "start", "marked"),
    [
        ("a:\n  b: 1\n\n# note\nc: 2\n", ["a"], 5, "b: 1"),
        ("a:\n  b:\n    c: 'x'  # note\n\n", ["a"], 5, "b:\n    c: 'x'"),
        ("a:\n  b: |\n    x\n\n\nc: 2", ["a"], 5, "b: |\n    x"),
        ("a:\n- 1\n- 2\n\nb: 2", ["a"], 3, "- 1\n- 2"),
        ("a:\n  - b: 1\n    c: 2\n  - d\n", ["a", 0], 7, "b: 1\n    c: 2"),
        ("a:\n  -\n    b: 1\n", ["a", 0], 11, "b: 1"),
        ("- - 1\n  - 2\n- 3\n", [0], 2, "- 1\n  - 2"),
        ("a: [ 1, [2], {b: 3} ] # note", ["a"], 3, "[ 1, [2], {b: 3} ]"),
        ("a: [ 1, [2], {b: 3} ] # note", ["a", 2], 13, "{b: 3}"),
        ("a: [x: 1, y]", ["a", 0], 4, "x: 1"),
        ("a: {\n  b: 1,\n}\nc: 2", ["a"], 3, "{\n  b: 1,\n}"),
        ("a: []\nb: 1", ["a"], 3, "[]"),
        ("a: {} \nb: 1", ["a"], 3, "{}"),
        ("a: &x\n  b: 1\nc: 2", ["a"], 3, "&x\n  b: 1"),
        ("a: !!map\n  b: 1\nc: 2", ["a"], 3, "!!map\n  b: 1"),
        ("a: &x [1]\nc: 2", ["a"], 3, "&x [1]"),
        ("a:\n  ? b\n  : 1\nc: 2", ["a"], 5, "? b\n  : 1"),
        ("a:\n  ? b\nc: 2", ["a"], 5, "? b"),
        ("\n# note\na: 1\n\n", [], 8, "a: 1"),
        ("---\na: 1\n...\n", [], 4, "a: 1"),
    ],
)
def test_a_collection_ends_with_its_bracket_or_with_its_last_value(text, path, start, marked):
    node = at(text, *path)
    assert (node.start, node.span.text) == (start, marked)


@pytest.mark.parametrize(
    ("text", "path", "offset"),
    [
        ("a:\nb: 1", ["a"], 2),
        ("a:   # note\nb: 1", ["a"], 2),
        ("b: 1\na:", ["a"], 7),
        ("-\n- 1", [0], 1),
        ("- 1\n- ", [1], 5),
        ("{a: , b: 1}", ["a"], 3),
        ("{a, b: 1}", ["a"], 2),
        ("? a\n? b\n", ["a"], 3),
        ("x:\n  ? a\n\ny: 1", ["x", "a"], 8),
    ],
)
def test_an_empty_value_stands_right_behind_what_it_belongs_to(text, path, offset):
    node = at(text, *path)
    assert (node.start, node.end, node.value, node.data) == (offset, offset, "", None)


def test_keys_are_nodes_with_places_of_their_own():
    root = clean("first: 1\n'second key' : 2\n")
    assert [key.span.text for key, _ in root.entries.values()] == ["first", "'second key'"]
    assert str(root.key_node("second key").span.place) == "a.yml:2:1"
    assert root.key_node("third") is None


def test_an_alias_has_its_own_place_and_the_content_of_its_anchor():
    root = clean("a: &x\n  b: [1, 2]\nc: *x\nd: &y 5\ne: *y\nf: &z [1]\ng: *z\n")
    one, other = root.get("a"), root.get("c")
    assert (other.span.text, other.data) == ("*x", {"b": [1, 2]})
    assert other.get("b") is one.get("b")
    assert (root.get("e").span.text, root.get("e").data, root.get("d").span.text) == ("*y", 5, "&y 5")
    assert (root.get("g").span.text, root.get("g").items) == ("*z", root.get("f").items)


def test_an_alias_may_be_a_key_and_names_the_last_anchor_above_it():
    assert clean("a: &x b\n*x : 1\nc: &x d\ne: *x\n").data == {"a": "b", "b": 1, "c": "d", "e": "d"}


@pytest.mark.parametrize(
    ("text", "marked", "message"),
    [
        ("a: *x\n", "*x", "`*x` names no anchor above it"),
        ("a: *x\nb: &x 1\n", "*x", "`*x` names no anchor above it"),
        ("a: &x [1, *x]\n", "*x", "`*x` stands inside the value it names"),
        ("a: &x {b: [*x]}\n", "*x", "`*x` stands inside the value it names"),
    ],
)
def test_an_alias_without_a_value_is_refused(text, marked, message):
    document = read(text)
    assert document.root is None
    assert [(found.rule, found.span.text, found.message) for found in document.diagnostics] == [
        ("bad-alias", marked, message)
    ]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("<<: *x\n  b: 9", {"b": 9, "c": 2}),
        ("b: 9\n  <<: *x", {"b": 9, "c": 2}),
        ("<<: [*x, *y]", {"b": 1, "c": 2, "d": 4}),
        ("<<: [*y, *x]", {"b": 1, "c": 3, "d": 4}),
        ("<<: *y\n  <<: *x", {"b": 1, "c": 3, "d": 4}),
        ("<<: {e: 5}", {"e": 5}),
        ("'<<': 1", {"<<": 1}),
        ("b: <<", {"b": "<<"}),
    ],
)
def test_merged_keys_count_where_the_mapping_itself_and_earlier_sources_have_none(text, data):
    assert at(f"x: &x {{b: 1, c: 2}}\ny: &y {{c: 3, d: 4}}\nz:\n  {text}\n", "z").data == data


def test_a_merged_entry_keeps_its_place_and_the_mapping_ends_with_its_own_text():
    root = clean("x: &x\n  b: 1\nz:\n  <<: *x\n")
    assert root.get("z").span.text == "<<: *x"
    assert str(root.get("z").key_node("b").span.place) == "a.yml:2:3"


@pytest.mark.parametrize(
    ("text", "marked", "column"), [("<<: 1", "1", 5), ("<<: [{b: 1}, x]", "x", 14), ("<<:", "", 4)]
)
def test_only_mappings_can_be_merged(text, marked, column):
    assert findings(text) == [("bad-merge", marked, 1, column)]


def test_a_duplicate_key_is_reported_with_both_places_and_its_first_value_counts():
    document = read("a: 1\n'b': 2\nb: 3\n")
    [found] = document.diagnostics
    assert (found.rule, found.subject, str(found.span.place)) == ("duplicate-key", "b", "a.yml:3:1")
    assert found.message == "`b` is here twice; the first one counts"
    assert [(related.span.text, related.message) for related in found.related] == [
        ("'b'", "first defined here")
    ]
    assert document.data == {"a": 1, "b": 2}
    assert document.root.span.text == "a: 1\n'b': 2\nb: 3"


def test_each_further_duplicate_is_reported_in_nested_mappings_too():
    assert findings("- {a: 1, a: 2, a: 3}\n- a: 1\n") == [
        ("duplicate-key", "a", 1, 10),
        ("duplicate-key", "a", 1, 16),
    ]


@pytest.mark.parametrize(
    ("text", "marked"),
    [("? [a]\n: 1\nb: 2", "[a]"), ("{{a: 1}: 1, b: 2}", "{a: 1}"), ("? - a\n: 1\nb: 2", "- a")],
)
def test_a_key_must_be_text_and_the_other_keys_are_kept(text, marked):
    document = read(text)
    assert [(found.rule, found.span.text) for found in document.diagnostics] == [("complex-key", marked)]
    assert document.data == {"b": 2}


def test_a_template_without_quotes_is_reported_and_still_read_as_the_text_that_was_meant():
    document = read("a: {{$x.y}}\nb: {{$z}}\n")
    assert [found.span.text for found in document.diagnostics] == ["{{$x.y}}", "{{$z}}"]
    assert {found.rule for found in document.diagnostics} == {"yaml-syntax"}
    assert document.data == {"a": "{{$x.y}}", "b": "{{$z}}"}


@pytest.mark.parametrize("second", ["---\nb: 2\n", "---", "--- # nothing\n", "...\n---\nb: 2\n"])
def test_a_second_document_is_refused_where_it_starts(second):
    text = f"a: 1\n{second}"
    document = read(text)
    assert document.root is None
    assert [(found.rule, found.span.text) for found in document.diagnostics] == [
        ("multiple-documents", "---")
    ]
    assert document.diagnostics[0].span.start == text.index("---")


@pytest.mark.parametrize("text", ["", "\n \n", "# only a note\n", "\ufeff"])
def test_a_text_without_a_document_has_no_root_and_nothing_wrong(text):
    document = read(text)
    assert (document.root, document.data, document.diagnostics) == (None, None, ())


def test_a_document_may_be_marked_and_empty():
    root = clean("---\n")
    assert (root.kind, root.start, root.end) == ("empty", 3, 3)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a:\n\tb: 1\n", 2, 1),
        ("a: 1\n\0", 2, 1),
        ("a: x\x01y", 1, 5),
        ("é🎉: \x7f", 1, 5),
        ("a: \ud800", 1, 4),
        ("a: [1\n", 1, 4),
        ("a: 'x\n", 1, 4),
        ('a: "\\q"', 1, 5),
        ("a: b: c", 1, 5),
        ("a: 1\n  b: 2\n", 2, 3),
    ],
)
def test_what_is_no_yaml_gives_one_finding_at_its_place_and_no_root(text, line, column):
    document = read(text)
    assert document.root is None
    [found] = document.diagnostics
    assert (found.rule, found.span.first) == ("yaml-syntax", (line, column))


def test_a_tab_may_stand_between_words_and_in_front_of_a_note():
    assert clean("a:\tb\tc\t# note\n").data == {"a": "b\tc"}


def test_escapes_give_characters_that_the_file_itself_may_not_have():
    assert clean(r'a: "\0\x01\ud7ff\U0001F389\N\_\L"').data == {"a": "\0\x01\ud7ff🎉\x85\xa0\u2028"}


def test_a_second_byte_order_mark_does_not_shift_the_places():
    root = clean("\ufeffa: b")
    assert (root.span.text, root.get("a").span.text) == ("a: b", "b")


def test_line_separators_that_editors_do_not_show_as_line_ends_do_not_shift_the_places():
    node = at("a: 'x\u2028y'\nb: 'z\x85z'\nc: here\n", "c")
    assert (node.span.text, str(node.span.place)) == ("here", "a.yml:3:4")


def test_line_separators_are_ordinary_characters_of_text_and_comments():
    text = "# one\u2028two\na: |\n  x\u2028y\n  z\x85\nb: p\u2029q # r\u2028s\nc: '\ue000'\nd: \"\\uE001\"\n"
    assert clean(text).data == {"a": "x\u2028y\nz\x85\n", "b": "p\u2029q", "c": "\ue000", "d": "\ue001"}
    assert at(text, "b").span.text == "p\u2029q"


@pytest.mark.parametrize("brackets", ["[]", "{}"])
def test_nesting_is_read_to_the_limit_and_refused_beyond_it(brackets):
    opened = "[" if brackets == "[]" else "{a: "
    closed = brackets[1]
    assert clean(opened * MAX_DEPTH + closed * MAX_DEPTH) is not None
    document = read(opened * (MAX_DEPTH + 1) + closed * (MAX_DEPTH + 1))
    assert document.root is None
    [found] = document.diagnostics
    assert (found.rule, found.message) == ("too-deep", f"nested deeper than {MAX_DEPTH} levels")
    assert found.span.start == len(opened) * MAX_DEPTH
    assert [rule for rule, *_ in findings("[" * 100_000)] == ["too-deep"]


def test_aliases_do_not_help_to_nest_deeper():
    half = "[" * 101 + "{}" + "]" * 101
    text = f"a: &a {half}\nb: {'[' * 90}*a{']' * 90}\n"
    assert clean(text.replace("[" * 90, "[" * 80).replace("]" * 90, "]" * 80)) is not None
    assert [(rule, line) for rule, _, line, _ in findings(text.replace("*a", "[[[[[[[[*a]]]]]]]]"))] == [
        ("too-deep", 2)
    ]


def test_aliases_of_aliases_are_refused_before_they_fill_the_memory():
    laughs = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    laughs += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    before = len(gc.get_objects())
    document = read("\n".join(laughs))
    assert document.root is None
    [found] = document.diagnostics
    assert (found.rule, found.span.text) == ("too-many-aliases", "*a3")
    assert found.span.first.line == 5
    assert len(gc.get_objects()) - before < 10_000


def test_many_aliases_of_something_small_are_fine():
    text = "a: &a 1\nb: [" + ", ".join(["*a"] * 1000) + "]\n"
    assert MAX_NODES_FROM_ALIASES > 1000
    assert clean(text).data == {"a": 1, "b": [1] * 1000}


@pytest.mark.parametrize("enabled", [True, False])
def test_reading_leaves_the_collector_as_it_was(enabled):
    was_enabled = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        read("a: '")
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if was_enabled else gc.disable)()


def test_what_was_found_before_the_text_broke_is_kept():
    assert [rule for rule, *_ in findings("a: 1\na: 2\nb: 'x")] == ["duplicate-key", "yaml-syntax"]


NESTED = "a: {b: text, c: [1, {d: 2}]}\n"


def test_a_mapping_gives_its_values_by_key_and_kind():
    node = at(NESTED, "a")
    assert isinstance(node, Mapping)
    assert node.get("b").data == node.text("b").value == "text"
    assert isinstance(node.sequence("c"), Sequence)
    assert [item.data for item in node.sequence("c").mappings()] == [{"d": 2}]
    assert (node.get("x"), node.text("c"), node.text("x")) == (None, None, None)
    assert (node.mapping("b"), node.sequence("b"), node.mapping("x")) == (None, None, None)
    root = clean(NESTED)
    assert root.mapping("a") is root.get("a")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "empty"),
        ("true", "true/false"),
        ("1", "a number"),
        ("1.5", "a number"),
        ("x", "text"),
        ("{}", "a mapping"),
        ("[]", "a list"),
    ],
)
def test_the_kind_of_a_value_is_named_as_users_say_it(text, kind):
    assert at(f"a: {text}", "a").kind == kind
