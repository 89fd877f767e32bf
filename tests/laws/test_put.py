"""Whatever is put into a file: what was asked for is said there then, and nothing else is changed."""

import re
from typing import Any

from hypothesis import assume, given, note
from hypothesis import strategies as st

from xchange_cli.document.edit import apply, encode
from xchange_cli.document.node import Mapping, Node, Scalar, Sequence
from xchange_cli.document.parse import parse
from xchange_cli.document.put import put_text, put_texts, replace_scalar
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.source import Source

KEYS = ["name", "description", "category", "labels", "documentation", "flows"]
HARD = ["", " ", "a", "Sync: orders", "it's", '"q"', "true", "12", "- x", "# no", "a #b", "x\n", "\n", "\n\n"]
HARD += [
    "a\nb",
    "a\nb\n",
    "a\n\nb\n\n",
    " a\nb",
    "\n  a\n b",
    "\ta\n",
    "a\n   ",
    "a \nb",
    "a\r\nb",
    "é\u2028",
    "😀",
    "a\x00b",
]
HARD += [
    "a, b",
    "{x}",
    "http://x",
    "a\n\t\nb",
    "word " * 40,
    "a  b " * 30 + "\nend\n",
    "x: y\nz",
    "--- a",
    "...",
    "<<",
    "\xa0",
]
texts = st.one_of(
    st.sampled_from(HARD),
    st.text(alphabet=st.sampled_from(" \n\tab#:-'\"\\é,{}[]&*!|>%@`?"), max_size=14),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)

SCALARS = [
    "plain text",
    "'it''s'",
    '"tab\\there"',
    "12",
    "null",
    "",
    "&{n} anchored",
    "&{n} 'x'",
    "!!str 5",
    "!!int 5",
]
SCALARS += [
    "two\n{i}lines",
    '"one\n{i}two"',
    "|\n{i}one\n{i}  two",
    "|-\n{i}one",
    ">\n{i}long\n{i}line\n\n{i}more",
]
SCALARS += [
    "|+\n{i}kept\n\n",
    "|2-\n{i} odd",
    "| # why\n{i}text",
    '"a\\nb"',
    "&{n} |\n{i}x",
    "\n{i}below",
    "&{n}",
    "!!null",
]
SCALARS += [
    "'x' # said",
    "12 # said",
    "# nothing",
    "|\n{i}text   ",
    "|\n{i}text\n{i}   ",
    "&{n} # why\n{i}text",
]
FLOWS = [
    "[]",
    "[a, 'b', \"c d\"]",
    "[a,b,]",
    "{{}}",
    "{{ name: x, labels: [a] }}",
    '{{"name": "x", "flows": 1}}',
    "[a: b]",
]
FLOWS += [
    "{{\n{i}name: x,\n{i}category: y\n{i}}}",
    "[ a ,\n{i}b ]",
    "{{name: , flows: {{a: b}}}}",
    "{{name}}",
    "&{n} [a, b]",
]
FLOWS += ["[\n{i}a: b\n{i}]", "\n{i}- - a\n{i}  - b", "\n{i}? name\n{i}: x\n{i}? category"]


@st.composite
def values(draw: st.DrawFn, depth: int, indent: int, names: list[str]) -> str:
    """Give what stands behind a key and its colon, with the blank or line end in front of it."""
    kind = draw(st.sampled_from("ssssfflma" if depth < 3 else "sf"))
    pad = " " * (indent + draw(st.integers(1, 3)))
    name = f"n{len(names)}"
    if kind in "sf":
        written = draw(st.sampled_from(SCALARS if kind == "s" else FLOWS)).format(i=pad, n=name)
        names += [name] if written.startswith("&") else []
        return f" {written}"
    if kind == "a":
        return f" *{draw(st.sampled_from(names))}" if names else " none"
    if kind == "l":
        dash = " " * draw(st.sampled_from([indent, indent + 2]))
        items = draw(st.lists(values(3, len(dash), names), min_size=1, max_size=4))
        return "\n" + "\n".join(f"{dash}-{item}" for item in items)
    return "\n" + draw(mappings(depth + 1, len(pad), names))


@st.composite
def mappings(draw: st.DrawFn, depth: int, indent: int, names: list[str]) -> str:
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=4, unique=True))
    pad, lines = " " * indent, []
    for key in keys:
        comment = draw(
            st.sampled_from(
                ["", "", "", f"{pad}# about {key}\n", "\n", "# outdented\n", f"{pad}      # in\n", "     \n"]
            )
        )
        spelled = draw(st.sampled_from([key, key, f"'{key}'", f'"{key}"']))
        lines.append(f"{comment}{pad}{spelled}:{draw(values(depth, indent, names))}")
    if depth and draw(st.booleans()):
        lines.insert(draw(st.integers(0, len(lines))), f"{pad}<<: *base")
    return "\n".join(lines)


@st.composite
def sources(draw: st.DrawFn) -> Source:
    text = (
        "base: &base {name: merged, labels: [m]}\n"
        + draw(mappings(0, 0, []))
        + draw(st.sampled_from(["", "\n", "\n\n", "\n# end\n", "\n  ", "\n...\n"]))
    )
    text = text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))
    encoding, has_bom = draw(st.sampled_from([("utf-8", False), ("utf-8", True), ("utf-16-le", True)]))
    source = Source("x.yml", text, encoding=encoding, has_bom=has_bom)
    note(repr(text))
    document = parse(source)
    assume(not document.diagnostics and isinstance(document.root, Mapping))
    return source


def nodes_of(node: Node) -> list[Node]:
    """Give all values that stand where they are read, not those that aliases and merges bring."""
    inner: list[Node] = []
    if is_alias(node):
        return []
    if isinstance(node, Mapping):
        inner = [entry.value for entry in node.entries.values() if node.start <= entry.key.start < node.end]
    elif isinstance(node, Sequence):
        inner = list(node.items)
    return [node, *(found for one in inner for found in nodes_of(one))]


def is_alias(node: Node) -> bool:
    return node.source.text.startswith("*", node.start)


def anchor_of(node: Node) -> str:
    found = re.match(r"(?:!\S+\s+)?&(\w+)", node.span.text)
    return found.group(1) if found else ""


def with_value(node: Node, mapping: Mapping, key: str, value: Any) -> Any:
    """Give the data of a tree in which `key` of `mapping` says `value`, and all aliases of both follow."""
    old = mapping.get(key)
    anchor = anchor_of(old) if old is not None and not is_alias(old) else ""
    if anchor and node.span.text == f"*{anchor}":
        return value
    if isinstance(node, Sequence):
        return [with_value(item, mapping, key, value) for item in node.items]
    if not isinstance(node, Mapping):
        return node.data
    data = {name: with_value(entry.value, mapping, key, value) for name, entry in node.entries.items()}
    is_it = node.start == mapping.start or (is_alias(node) and node.span.text == f"*{anchor_of(mapping)}")
    return {**data, key: value} if is_it else data


def outside_is_as_before(source: Source, edits: list[Any], after: str) -> bool:
    """Check the bytes: those in front of the first edit, and those behind the last one."""
    before, now = encode(source, source.text), encode(source, after)
    first = min(edit.span.start for edit in edits)
    last = max(edit.span.end for edit in edits)
    head = encode(source, source.text[:first])
    tail = source.text[last:].encode(source.encoding)
    return now.startswith(head) and now.endswith(tail) and before.startswith(head) and before.endswith(tail)


REFUSALS = {
    "is a mapping here": "",
    "is a list here": "",
    "has no colon": "{name}|[?] ",
    "place of this empty value": "",
    "no line here": r"a: b|[?] ",
    "used elsewhere": "[*]",
    "has to end its last line": r"[|>][^\r\n]*[\r\n][^:]*\Z",
    "no line of its own": r"-[ ]*(?:#[^\r\n]*)?[\r\n]",
}
"""What may be refused, and what the file has to have in it for that."""


def is_documented(error: XchangeError, source: Source) -> bool:
    marks = [mark for words, mark in REFUSALS.items() if words in error.message]
    is_it = error.code is ErrorCode.INVALID and error.place is not None
    return is_it and any(re.search(mark, source.text) for mark in marks)


def root_of(source: Source) -> Mapping:
    root = parse(source).root
    assert isinstance(root, Mapping)
    return root


def check(source: Source, mapping: Mapping, key: str, value: Any, put: Any) -> None:
    root = root_of(source)
    try:
        edits = put(mapping)
    except XchangeError as error:
        assert is_documented(error, source), error.message  # noqa: PT017
        return
    after = apply(source, edits)
    document = parse(Source(source.name, after))
    assert not document.diagnostics, after
    assert document.data == with_value(root, mapping, key, value), after
    if edits:
        assert outside_is_as_before(source, edits, after)
    again = Source(source.name, after)
    same = next((one for one in mappings_of(root_of(again)) if one.data.get(key) == value), None)
    assert same is not None
    assert apply(again, put(same)) == after


def mappings_of(root: Mapping) -> list[Mapping]:
    """Give those that can be changed without another one that merges them."""
    base = root.get("base")
    return [node for node in nodes_of(root) if isinstance(node, Mapping) and node is not base]


@given(sources(), st.data())
def test_a_text_that_is_put_is_all_that_changes(source: Source, data: st.DataObject) -> None:
    mapping = data.draw(st.sampled_from(mappings_of(root_of(source))))
    key, text = data.draw(st.sampled_from(KEYS)), data.draw(texts)
    check(source, mapping, key, text, lambda where: [put_text(where, key, text, KEYS)])


@given(sources(), st.data())
def test_a_list_that_is_put_is_all_that_changes(source: Source, data: st.DataObject) -> None:
    mapping = data.draw(st.sampled_from(mappings_of(root_of(source))))
    key, items = (
        data.draw(st.sampled_from(KEYS)),
        data.draw(st.lists(st.sampled_from(["a", "b", "c d", "x", "lines", "R&D", "1", "a\nb"]), max_size=4)),
    )
    check(source, mapping, key, items, lambda where: put_texts(where, key, items, KEYS))


@given(sources(), st.data())
def test_a_scalar_is_replaced_wherever_it_stands(source: Source, data: st.DataObject) -> None:
    root = root_of(source)
    holders = mappings_of(root)
    found = [
        (holder, key, entry.value)
        for holder in holders
        for key, entry in holder.entries.items()
        if isinstance(entry.value, Scalar) and holder.start <= entry.key.start < holder.end
    ]
    assume(found)
    (holder, key, node), text = data.draw(st.sampled_from(found)), data.draw(texts)
    try:
        edit = replace_scalar(node, text)
    except XchangeError as error:
        assert is_documented(error, source), error.message  # noqa: PT017
        return
    after = apply(source, [edit])
    assert parse(Source("x.yml", after)).data == with_value(root, holder, key, text), after
