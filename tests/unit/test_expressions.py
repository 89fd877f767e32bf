"""What an input says: read, located and evaluated."""

from typing import Any

import pytest

from xchange_cli.document.node import Mapping, Scalar
from xchange_cli.document.parse import parse
from xchange_cli.expression.ast import (
    Clause,
    ConfigValue,
    Group,
    Item,
    Items,
    Literal,
    Malformed,
    Reference,
    Template,
    walk,
)
from xchange_cli.expression.parse import parse_input, parse_reference
from xchange_cli.source import Source


def node_of(text):
    document = parse(Source("a.yml", text))
    assert document.diagnostics == ()
    return document.root


def read(text):
    """Read an input written as YAML."""
    return parse_input(node_of(text))


def scalar(text) -> Scalar:
    root = node_of(f"a: {text}\n")
    assert isinstance(root, Mapping)
    node = root.get("a")
    assert isinstance(node, Scalar)
    return node


def template(text):
    return read(f"type: template\nvalue: {text}\n")


def reference(*path):
    """A reference as it is compared: without places."""
    return Reference(path, (), ANY)


ANY: Any = node_of("''")


def config(key):
    return ConfigValue(key, 0, 0, ANY)


def literal(value):
    return Literal(value, ANY)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("listFiles", ["listFiles"]),
        ("listFiles.results.0.name", ["listFiles", "results", "0", "name"]),
        ("a.results[0].Id", ["a", "results", "0", "Id"]),
        ("a.results[0][1]", ["a", "results", "0", "1"]),
        ("a.results.[0]", ["a", "results", "0"]),
        ('loop.currentItem.[".tag"]', ["loop", "currentItem", ".tag"]),
        ('loop.currentItem[".tag"].x', ["loop", "currentItem", ".tag", "x"]),
        ("a['b.c'][\"d'e\"]", ["a", "b.c", "d'e"]),
        ('a["[0]"]', ["a", "[0]"]),
        ('a[""]', ["a", ""]),
        ("a.results.webhookUrls.Send Orders", ["a", "results", "webhookUrls", "Send Orders"]),
        ("a.results.headers.X-GitHub-Event", ["a", "results", "headers", "X-GitHub-Event"]),
        ("a.results.Größe 🎉.@type", ["a", "results", "Größe 🎉", "@type"]),
        ('a."b"', ["a", '"b"']),
    ],
)
def test_a_reference_is_a_step_and_a_path(text, path):
    found = parse_reference(scalar(f"|-\n  {text}"))
    assert found == reference(*path)
    assert found.step == path[0]
    assert [found.span(i, i).text for i in range(len(path))] == path


def test_the_parts_of_a_reference_have_places_in_the_file():
    found = parse_reference(scalar("'step.results[\"it''s\"].x'"))
    assert found.path == ("step", "results", "it's", "x")
    assert [str(found.span(i, i).place) for i in range(4)] == [
        "a.yml:1:5",
        "a.yml:1:10",
        "a.yml:1:19",
        "a.yml:1:27",
    ]
    assert found.span(1, 2).text == "results[\"it''s"


TWO_DOTS = "a path cannot have an empty part: here are two dots in a row, or one at an end"
BRACKETS = 'brackets hold a number or a quoted name: [0] or ["name"]'
NO_STEP = "a path starts with the key of a step, not with brackets"


@pytest.mark.parametrize(
    ("text", "offset", "problem"),
    [
        (".a", 0, TWO_DOTS),
        (".", 0, TWO_DOTS),
        ("a.", 1, TWO_DOTS),
        ("a..b", 1, TWO_DOTS),
        ("a[0]..b", 4, TWO_DOTS),
        ("a[b]", 1, BRACKETS),
        ("a.[b]", 2, BRACKETS),
        ("a[", 1, BRACKETS),
        ("a[0", 1, BRACKETS),
        ("a[]", 1, BRACKETS),
        ("a[-1]", 1, BRACKETS),
        ("a[ 0 ]", 1, BRACKETS),
        ('a["b]', 1, BRACKETS),
        ('a["b"c"]', 1, BRACKETS),
        ("a['b\"]", 1, BRACKETS),
        ("[0].a", 0, NO_STEP),
        ('["a"].b', 0, NO_STEP),
        ("a]", 1, "`]` cannot stand here in a path"),
        ("a.]", 2, "`]` cannot stand here in a path"),
        ("a[0]b", 4, "`b` cannot stand here in a path"),
        ('a["b"] .c', 6, "` ` cannot stand here in a path"),
    ],
)
def test_a_path_that_cannot_be_read_is_malformed_where_it_breaks(text, offset, problem):
    node = scalar(f"|-\n  {text}")
    found = parse_reference(node)
    assert found == Malformed(problem, node)
    assert (found.start, found.end) == (offset, offset + 1)
    assert found.span().text == text[offset]


def test_an_empty_reference_is_one_that_is_not_set():
    assert read("{type: reference, value: ''}") == config("")


@pytest.mark.parametrize("kind", ["reference", "configVar"])
@pytest.mark.parametrize("value", ["", "~", "null"])
def test_a_reference_to_nothing_is_not_set(kind, value):
    assert read(f"type: {kind}\nvalue: {value}") == config("")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{type: value, value: 'a {{$b.c}}'}", literal("a {{$b.c}}")),
        ("{type: value, value: ''}", literal("")),
        ("{type: value, value: 5}", literal(5)),
        ("{type: value, value: [1, {a: b}]}", literal([1, {"a": "b"}])),
        ("type: value\nvalue:", literal(None)),
        ("{type: configVar, value: My Var.x}", config("My Var.x")),
        ("{type: reference, value: a.b}", reference("a", "b")),
        ("{type: template, value: text}", Template(("text",), ANY)),
        ("{type: template, value: ''}", Template((), ANY)),
        ("{type: template, value: ~}", Template((), ANY)),
        ("{type: complex, value: []}", Items((), ANY)),
    ],
)
def test_an_input_is_read_by_its_type(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "text",
        "[]",
        "{}",
        "{type: value}",
        "{value: x}",
        "{type: 5, value: x}",
        "{type: unknown, value: x}",
        "{type: reference, value: []}",
        "{type: configVar, value: {}}",
        "{type: template, value: [x]}",
        "{type: complex, value: x}",
        "{type: complex, value: {}}",
        "{type: complex, value: ~}",
    ],
)
def test_what_the_schema_reports_is_malformed_without_words(text):
    assert read(text) == Malformed("", ANY)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1", "true"), ("0", "false"), ("1", "'1'"), ("~", "''"), ("[1]", "[true]"), ("{}", "[]")],
)
def test_literals_of_different_kinds_are_different(one, other):
    assert read(f"{{type: value, value: {one}}}") != read(f"{{type: value, value: {other}}}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (".nan", ".NaN"),
        ("5", "0x5"),
        ("{a: 1, b: 2}", "{b: 2, a: 1}"),
        ("text", "'text'"),
        ("[.nan]", "[.nan]"),
    ],
)
def test_literals_that_say_the_same_are_equal_and_hash_alike(one, other):
    left, right = read(f"{{type: value, value: {one}}}"), read(f"{{type: value, value: {other}}}")
    assert left == right
    assert hash(left) == hash(right)


TEMPLATES = [
    ("text", ["text"]),
    ("{{#Some Key}}", [config("Some Key")]),
    ("{{$a.results.b}}", [reference("a", "results", "b")]),
    ("x {{#K}} y {{$a.b}} z", ["x ", config("K"), " y ", reference("a", "b"), " z"]),
    ("{{#K}}{{$a}}", [config("K"), reference("a")]),
    ("{{ #K }}", [config("K")]),
    ("{{  $ a.b  }}", [reference("a", "b")]),
    ("{{#}}{{$}}{{# }}{{$  }}", [config(""), config(""), config(""), config("")]),
    ("{{name}}", ["{{name}}"]),
    ("{{ name }} {{#K}}", ["{{ name }} ", config("K")]),
    ("{{#K", ["{{#K"]),
    ("{{#K}", ["{{#K}"]),
    ("{{#K} }", ["{{#K} }"]),
    ("{{#K} {{$a}}", ["{{#K} ", reference("a")]),
    ("{#K}}", ["{#K}}"]),
    ("{{{#K}}}", ["{", config("K"), "}"]),
    ("{{#a {{$b}}", [config("a {{$b")]),
    ("{{$a..b}} x", [Malformed(TWO_DOTS, ANY), " x"]),
    ("{{#K}}}}", [config("K"), "}}"]),
]


@pytest.mark.parametrize(("text", "parts"), TEMPLATES)
def test_a_template_is_text_with_placeholders(text, parts):
    assert template(f"|-\n  {text}") == Template(tuple(parts), ANY)


def test_placeholders_with_blanks_in_the_braces_are_remembered():
    found = template("'{{#K}} {{ #K}} {{# K}} {{$a.b }} {{# }}'")
    value = found.node.value
    assert [value[start:end] for start, end in found.padded] == ["{{ #K}}", "{{# K}}", "{{$a.b }}", "{{# }}"]


def test_the_parts_of_a_template_have_places_in_the_file_also_over_two_lines():
    found = template("'Dear {{# Some\n    Name }}, {{$step.results..x}}'")
    _, name, _, broken = found.parts
    assert (name.key, name.span().text, str(name.span().place)) == (
        "Some Name",
        "Some\n    Name",
        "a.yml:2:18",
    )
    assert (broken.span().text, str(broken.span().place)) == (".", "a.yml:3:29")


def test_a_text_full_of_open_placeholders_is_read_in_one_go():
    text = "{{$a" * 50_000 + "}"
    assert template(f"'{text}'") == Template((text,), ANY)


def test_a_value_list_is_read_item_by_item():
    found = read(
        "{type: complex, value: [{type: value, value: x}, {type: reference, value: a.b}, {type: complex, value: []}]}"
    )
    values = [literal("x"), reference("a", "b"), Items((), ANY)]
    assert found == Items(tuple(Item(None, value, ANY) for value in values), ANY)


def test_a_key_value_list_has_names_that_may_be_expressions():
    found = read("""\
type: complex
value:
  - {name: X-Source, type: value, value: demo}
  - name: {type: configVar, value: Header Name}
    type: reference
    value: call.results
  - {name: '', type: value, value: x}
  - {name: ~, type: value, value: y}
  - {name: [], type: value, value: z}
  - {name: {}, type: value, value: z}
""")
    assert found == Items(
        (
            Item("X-Source", literal("demo"), ANY),
            Item(config("Header Name"), reference("call", "results"), ANY),
            Item("", literal("x"), ANY),
            Item(None, literal("y"), ANY),
            Item(None, literal("z"), ANY),
            Item(Malformed("", ANY), literal("z"), ANY),
        ),
        ANY,
    )
    assert [item.name_node.span.text for item in found.items[:2]] == [
        "X-Source",
        "{type: configVar, value: Header Name}",
    ]


def test_an_item_that_is_no_mapping_is_kept_as_malformed():
    found = read("{type: complex, value: [{type: value, value: x}, text, [y]]}")
    assert [item.value for item in found.items] == [literal("x"), Malformed("", ANY), Malformed("", ANY)]


CONDITIONS = """\
type: complex
value:
  - name: Large
    type: complex
    value:
      - and
      - - greaterThan
        - {name: '', type: reference, value: call.results.total}
        - {name: '', type: value, value: '1000'}
      - - or
        - [isTrue, {name: '', type: configVar, value: Flag}]
        - - exists
          - {name: '', type: reference, value: call.results.missing}
"""


def test_conditions_are_groups_of_clauses_at_any_depth():
    flag = Clause("isTrue", (config("Flag"),), ANY, ANY)
    missing = Clause("exists", (reference("call", "results", "missing"),), ANY, ANY)
    large = Clause("greaterThan", (reference("call", "results", "total"), literal("1000")), ANY, ANY)
    group = Group("and", (large, Group("or", (flag, missing), ANY, ANY)), ANY, ANY)
    found = read(CONDITIONS)
    assert found == Items((Item("Large", group, ANY),), ANY)
    assert found.items[0].value.operator_node.span.text == "and"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[and]", Group("and", (), ANY, ANY)),
        ("[equal]", Clause("equal", (), ANY, ANY)),
        ("[nonsense, {type: value, value: x}]", Clause("nonsense", (literal("x"),), ANY, ANY)),
        ("[equal, x]", Clause("equal", (Malformed("", ANY),), ANY, ANY)),
        (
            "[or, x]",
            Group("or", (Malformed("a condition is a list: [operator, term, term]", ANY),), ANY, ANY),
        ),
        ("[or, []]", Group("or", (Malformed("a condition starts with an operator", ANY),), ANY, ANY)),
        ("[or, [[]]]", Group("or", (Malformed("a condition starts with an operator", ANY),), ANY, ANY)),
    ],
)
def test_broken_conditions_keep_what_can_be_read(text, expected):
    assert read(f"{{type: complex, value: {text}}}") == expected


def test_walking_yields_everything_inside_in_the_order_of_the_file():
    found = read("""\
type: complex
value:
  - name: {type: template, value: 'x{{#A}}{{$b}}'}
    type: value
    value: c
  - name: D
    type: complex
    value: [and, [equal, {type: reference, value: e.f}, {type: value, value: g}]]
""")
    clause = Clause("equal", (reference("e", "f"), literal("g")), ANY, ANY)
    assert list(walk(found)) == [
        found,
        Template(("x", config("A"), reference("b")), ANY),
        config("A"),
        reference("b"),
        literal("c"),
        Group("and", (clause,), ANY, ANY),
        clause,
        reference("e", "f"),
        literal("g"),
    ]
