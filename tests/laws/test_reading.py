"""What holds for every text that is read."""

import json
import math

import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from sample_integration import SAMPLE
from xchange_cli.document.core_schema import resolve
from xchange_cli.document.locate import locate
from xchange_cli.document.node import Mapping, Node, Scalar, Sequence
from xchange_cli.document.parse import parse
from xchange_cli.document.scalar_text import value_offsets
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.model.build import build
from xchange_cli.model.find import find_flow
from xchange_cli.model.walk import walk_integration
from xchange_cli.source import Source

quick = settings(max_examples=60, deadline=None, derandomize=True)

characters = st.one_of(
    st.sampled_from(" \t\r\n:-?#&*!|>'\"%@`{}[],<=\\"),
    st.characters(),
    st.sampled_from(["\ufeff", "\x85", "\u2028", "\0", "\ud800", "🎉", "- ", ": ", "<<: *action", "---\n"]),
)
words = st.text(st.sampled_from("ab 'é\"🎉:#-{}[],&*!|>%@`\\\n\t"), max_size=24)
printable = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff\u2028\u2029"),
    max_size=12,
)
LOOKALIKES = (
    "on yes no 12:30 010 2024-01-01 1e3 0x1F 0o17 .5 +5 ~ null true .inf .nan 1_000 = << - ? !x &x *x 1."
)
lookalikes = st.sampled_from([*LOOKALIKES.split(), "", " a", "a ", "a\n", "\na", "a: b", "# a"])
texts = st.one_of(words, printable, lookalikes)
numbers = st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False))
json_data = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, texts),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=12,
)
text_data = st.recursive(
    texts,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=10,
)


class QuotingDumper(yaml.SafeDumper):
    """Writes texts that look like something else in quotes, by the rules of YAML 1.2 too; no aliases."""

    def ignore_aliases(self, _data):
        return True


QuotingDumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style=None if resolve(text) == text else "'"
    ),
)


@st.composite
def layouts(draw):
    """Ways to write the same data."""
    return {
        "default_style": draw(st.sampled_from([None, None, "'", '"', "|", ">"])),
        "default_flow_style": draw(st.sampled_from([True, False, None])),
        "width": draw(st.sampled_from([10, 40, 80, 10_000])),
        "indent": draw(st.sampled_from([2, 3, 4, 7])),
        "line_break": draw(st.sampled_from(["\n", "\r\n"])),
        "allow_unicode": draw(st.booleans()),
        "sort_keys": draw(st.booleans()),
    }


def dump(data, **layout):
    """Write data; the few texts that PyYAML itself cannot read back when it breaks long lines are left out."""
    text = yaml.dump(data, Dumper=QuotingDumper, **layout)
    unbroken = yaml.dump(data, Dumper=QuotingDumper, **{**layout, "width": 10_000})
    assume(text == unbroken or _loaded(text) == _loaded(unbroken))
    return text


def _loaded(text):
    return yaml.load(text, Loader=yaml.CBaseLoader)


def nodes_of(node: Node):
    """Every node with its JSON pointer, keys left out."""
    yield "", node
    for part, child in children(node):
        escaped = part.replace("~", "~0").replace("/", "~1")
        yield from (("/" + escaped + pointer, inner) for pointer, inner in nodes_of(child))


def children(node):
    if isinstance(node, Mapping):
        return [(key, entry.value) for key, entry in node.entries.items()]
    if isinstance(node, Sequence):
        return [(str(index), item) for index, item in enumerate(node.items)]
    return []


def same(left, right):
    """Compare data; 1 is not true, and NaN is NaN."""
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)


@st.composite
def mutated_samples(draw):
    text = SAMPLE
    for _ in range(draw(st.integers(1, 6))):
        text = draw(st.sampled_from([_mutate_characters, _mutate_lines]))(draw, text)
    return text


def _mutate_characters(draw, text):
    at = draw(st.integers(0, len(text)))
    cut = draw(st.integers(0, 3))
    return text[:at] + draw(st.one_of(st.just(""), characters)) + text[at + cut :]


def _mutate_lines(draw, text):
    lines = text.splitlines(keepends=True) or [""]
    one = draw(st.integers(0, len(lines) - 1))
    other = draw(st.integers(0, len(lines) - 1))
    match draw(st.sampled_from(["delete", "repeat", "swap", "indent"])):
        case "delete":
            del lines[one]
        case "repeat":
            lines.insert(other, lines[one])
        case "swap":
            lines[one], lines[other] = lines[other], lines[one]
        case _:
            lines[one] = draw(st.sampled_from(["  ", "\t", " "])) + lines[one]
    return "".join(lines)


def read_everything(text):
    """Parse and build, walk and locate: what every command does with a file before it knows what is in it."""
    document = parse(Source("any.yml", text))
    for diagnostic in document.diagnostics:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text)
        locate(document.root, diagnostic.span.start, diagnostic.span.end)
    integration = build(document.root)
    if integration is not None:
        list(walk_integration(integration))
    return document


def test_the_sample_is_read_without_a_finding():
    document = read_everything(SAMPLE)
    assert document.diagnostics == ()
    integration = build(document.root)
    assert [placed.step.ref for _, placed in walk_integration(integration)] == ["trigger", "loopOver", "say"]
    assert find_flow(integration, "flow1").name == "Flow 1"


@settings(quick, max_examples=200)
@example("{")
@example("[")
@example('#*a\u2028<<: "b"\n  *- >\u2028')
@given(st.lists(characters, max_size=40).map("".join))
def test_any_text_is_read_or_refused_but_nothing_is_raised(text):
    document = read_everything(text)
    assert (
        document.root is not None
        or document.diagnostics
        or not text.strip()
        or text.lstrip()[0] in "#%.\ufeff"
    )


@settings(quick, max_examples=150)
@given(mutated_samples())
def test_no_damage_to_a_real_file_makes_reading_fail(text):
    document = read_everything(text)
    assert document.root is not None or document.diagnostics or not text.strip()


SEPARATORS = {"\x85": "¥", "\u2028": "€", "\u2029": "¢"}


def shape(text):
    """What reading gives: nodes with places, texts and data, and the rules of findings."""
    document = parse(Source("any.yml", text))
    nodes = [
        (pointer, node.start, node.end, getattr(node, "value", ""), repr(node.data))
        for pointer, node in (nodes_of(document.root) if document.root is not None else ())
    ]
    return nodes, [found.rule for found in document.diagnostics]


def with_signs(value):
    for separator, sign in SEPARATORS.items():
        value = value.replace(separator, sign).replace(repr(separator)[1:-1], sign)
    return value


@settings(quick, max_examples=200)
@example("a: |\n  // b\u2028c\n  d\u2029\n")
@example("a: b # c\u2028d\ne: 'f\u2028g'\n")
@example('a: "\ue000\u2028\\ue001\x85"\n')
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [*SEPARATORS, "\ue000", "a", "b: c", "|", ">-", "'", '"', "#", " ", "\n", "\n  ", "- "]
            ),
        ),
        max_size=30,
    ).map("".join)
)
def test_a_line_separator_is_a_character_like_any_other(text):
    nodes, found = shape(text)
    shown = [
        (with_signs(pointer), *places, with_signs(value), with_signs(data))
        for pointer, *places, value, data in nodes
    ]
    assert (shown, found) == shape(with_signs(text))


@settings(quick, max_examples=100)
@given(st.binary(max_size=60))
def test_bytes_are_text_or_refused_with_a_place(data):
    decoded = decode(data)
    if isinstance(decoded, Source):
        read_everything(decoded.text)
    else:
        assert decoded.code is ErrorCode.UNREADABLE
        assert decoded.place is not None


def decode(data):
    try:
        return Source.decode("any.yml", data)
    except XchangeError as error:
        return error


@settings(quick, max_examples=200)
@given(json_data, layouts())
def test_what_is_dumped_is_read_back_as_the_same_data(data, layout):
    if layout["default_style"]:
        layout["default_style"] = "'"
        data = as_text(data)
    text = dump(data, **layout)
    document = parse(Source("any.yml", text))
    assert document.diagnostics == ()
    assert same(document.data, data)


@settings(quick, max_examples=100)
@given(text_data, layouts())
def test_the_data_agrees_with_pyyaml_where_everything_is_quoted_text(data, layout):
    layout["default_style"] = layout["default_style"] or "'"
    text = dump(data, **layout)
    loaded = yaml.load(text, Loader=yaml.CSafeLoader)
    assert same(parse(Source("any.yml", text)).data, loaded)


def as_text(data):
    match data:
        case dict():
            return {key: as_text(value) for key, value in data.items()}
        case list():
            return [as_text(item) for item in data]
        case str():
            return data
    return json.dumps(data)


@settings(quick, max_examples=250)
@given(text_data, layouts())
def test_each_character_of_a_text_has_its_place_in_the_file(data, layout):
    source = Source("any.yml", dump(data, **layout))
    for node in scalars(parse(source).root):
        raw = node.span.text
        offsets = value_offsets(raw, node.value, node.style)
        assert offsets is not None
        assert len(offsets) == len(node.value) + 1
        assert list(offsets) == sorted(offsets)
        for character, offset in zip(node.value, offsets, strict=False):
            if not character.isspace():
                assert raw[offset] == character or (node.style == '"' and raw[offset] == "\\")


def scalars(root):
    for _, node in nodes_of(root):
        if isinstance(node, Scalar):
            yield node
        elif isinstance(node, Mapping):
            yield from (entry.key for entry in node.entries.values())


@settings(quick, max_examples=150)
@given(json_data, layouts())
def test_the_text_of_a_span_says_the_same_as_its_node(data, layout):
    layout["default_style"] = None
    for _, node in nodes_of(parse(Source("any.yml", dump(data, **layout))).root):
        if is_flow(node):
            again = parse(Source("part.yml", node.span.text))
            assert same(again.data, node.data)


def is_flow(node):
    return (isinstance(node, Scalar) and node.style not in {"|", ">"}) or node.span.text.startswith(
        ("[", "{")
    )


@settings(quick, max_examples=150)
@given(json_data, layouts())
def test_spans_nest_and_follow_one_another(data, layout):
    layout["default_style"] = None
    source = Source("any.yml", dump(data, **layout))
    for _, node in nodes_of(parse(source).root):
        position = node.start
        inner = [entry for pair in getattr(node, "entries", {}).values() for entry in pair]
        for child in inner or getattr(node, "items", ()):
            assert position <= child.start <= child.end <= node.end
            position = child.end
        if inner and source.text[node.start] != "{":
            assert node.end == position


@settings(quick, max_examples=150)
@given(json_data, layouts())
def test_the_place_of_a_node_leads_back_to_it(data, layout):
    layout["default_style"] = None
    root = parse(Source("any.yml", dump(data, **layout))).root
    for pointer, node in nodes_of(root):
        assert locate(root, node.start, node.end).pointer == pointer


@settings(quick, max_examples=120)
@given(json_data, layouts())
def test_key_order_layout_and_comments_do_not_show_in_the_model(data, layout):
    integration = {"name": "A", "flows": [{"name": "F", "steps": [{"name": "S", "inputs": {"i": data}}]}]}
    integration["flows"][0]["steps"][0]["inputs"]["j"] = {"type": "complex", "value": data}
    integration["flows"][0]["steps"][0]["inputs"]["k"] = {"type": "value", "value": data}
    layout["default_style"] = None
    one = build(parse(Source("one.yml", dump(integration, sort_keys=False))).root)
    other = build(parse(Source("two.yml", "# note\n\n" + dump(integration, **layout))).root)
    assert one == other


KEYS = st.sampled_from(
    [
        "name",
        "flows",
        "steps",
        "branches",
        "inputs",
        "action",
        "component",
        "key",
        "value",
        "type",
        "isPublic",
        "version",
        "isTrigger",
        "schedule",
        "meta",
        "errorConfig",
        "maxAttempts",
        "delaySeconds",
        "requiredConfigVars",
        "configPages",
        "elements",
        "defaultValue",
        "pickList",
        "connection",
        "dataSource",
        "scheduleType",
    ]
)
KINDS = st.sampled_from(
    ["value", "reference", "configVar", "template", "complex", "and", "or", "a.b[0]", "{{$a"]
)


@settings(quick, max_examples=150)
@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), numbers, KINDS, words),
        lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=6)),
        max_leaves=30,
    )
)
def test_a_model_is_built_of_anything(data):
    text = json.dumps(
        {"flows": [{"steps": [data]}], "requiredConfigVars": [data], "configPages": data}, ensure_ascii=False
    )
    assert read_everything(text).data["flows"] is not None


@quick
@given(st.floats(), st.integers(-(10**30), 10**30))
def test_numbers_as_json_writes_them_are_numbers(number, whole):
    assume(math.isfinite(number))
    data = parse(Source("any.yml", json.dumps([number, whole]))).data
    assert same(data, [number, whole])
