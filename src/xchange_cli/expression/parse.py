"""Nodes of a file → expressions. Tolerant: what cannot be read becomes Malformed, and the rest is kept."""

import re

from xchange_cli.document.node import Mapping, Node, Scalar, Sequence
from xchange_cli.expression.ast import (
    Clause,
    ConfigValue,
    Expression,
    Group,
    Item,
    Items,
    Literal,
    Malformed,
    Reference,
    Segment,
    Template,
)

GROUP_OPERATORS = ("and", "or")

_PLACEHOLDER = re.compile(r"\{\{(\s*)([#$])([^}]*)(\}\})?")
_PATH_PART = re.compile(
    r"""(?P<dot>\.)?(?:
        \[(?:(?P<index>[0-9]+)|"(?P<double>[^"]*)"|'(?P<single>[^']*)')\]
        |(?P<bare>[^.\[\]]+)
    )""",
    re.VERBOSE,
)


def parse_input(node: Node) -> Expression:
    """Read `{type: …, value: …}`."""
    if not isinstance(node, Mapping):
        return Malformed("", node)
    kind = node.text("type")
    value = node.get("value")
    if kind is None or value is None:
        return Malformed("", node)
    match kind.value:
        case "value":
            return Literal(value.data, value)
        case "complex":
            return _complex(value)
    if not isinstance(value, Scalar):
        return Malformed("", value)
    is_set = value.data is not None
    match kind.value:
        case "reference":
            return parse_reference(value, 0, None if is_set else 0)
        case "configVar":
            return ConfigValue(value.value if is_set else "", 0, len(value.value), value)
        case "template":
            return _template(value) if is_set else Template((), value)
        case _:
            return Malformed("", node)


def parse_reference(
    node: Scalar, start: int = 0, end: int | None = None
) -> Reference | ConfigValue | Malformed:
    """Read a path in `node.value[start:end]`. An empty text is a reference that is not set."""
    value = node.value
    end = len(value) if end is None else end
    if start == end:
        return ConfigValue("", start, end, node)
    segments: list[Segment] = []
    position = start
    while position < end:
        match = _PATH_PART.match(value, position, end)
        if match is None or not _fits(match, first=not segments):
            problem, behind = _path_problem(value[position:end], first=not segments)
            position += behind
            return Malformed(problem, node, position, position + 1)
        group = match.lastgroup or "bare"
        segments.append(Segment(match[group], match.start(group), match.end(group)))
        position = match.end()
    return Reference(tuple(segment.text for segment in segments), tuple(segments), node)


def _fits(match: re.Match[str], *, first: bool) -> bool:
    """Only the first part stands without a dot, unless it is in brackets."""
    has_dot = match["dot"] is not None
    if first:
        return not has_dot and match["bare"] is not None
    return has_dot or match["bare"] is None


def _path_problem(found: str, *, first: bool) -> tuple[str, int]:
    """Say what is wrong at the start of a text that is no path, and how far behind it."""
    dots = 1 if found[0] == "." and not first and found[1:2] in {"[", "]"} else 0
    mark = found[dots]
    if mark == ".":
        return "a path cannot have an empty part: here are two dots in a row, or one at an end", dots
    if mark == "[" and first:
        return "a path starts with the key of a step, not with brackets", dots
    if mark == "[":
        return 'brackets hold a number or a quoted name: [0] or ["name"]', dots
    return f"`{mark}` cannot stand here in a path", dots


def _template(node: Scalar) -> Template:
    parts: list[str | Reference | ConfigValue | Malformed] = []
    padded: list[tuple[int, int]] = []
    value = node.value
    position = 0
    for match in _PLACEHOLDER.finditer(value):
        if match[4] is None:  # found, so that text full of open braces is not searched again and again
            continue
        if match.start() > position:
            parts.append(value[position : match.start()])
        inner = match[3]
        start = match.start(3) + len(inner) - len(inner.lstrip())
        end = match.start(3) + len(inner.rstrip())
        if match[1] or start != match.start(3) or end != match.end(3):
            padded.append(match.span())
        if match[2] == "#":
            parts.append(ConfigValue(inner.strip(), start, max(start, end), node))
        else:
            parts.append(parse_reference(node, start, max(start, end)))
        position = match.end()
    if position < len(value):
        parts.append(value[position:])
    return Template(tuple(parts), node, tuple(padded))


def _complex(node: Node) -> Expression:
    if not isinstance(node, Sequence):
        return Malformed("", node)
    if node.items and isinstance(node.items[0], Scalar):
        return _group(node)
    return Items(tuple(_item(item) for item in node.items), node)


def _item(node: Node) -> Item:
    if not isinstance(node, Mapping):
        return Item(None, Malformed("", node), node)
    name_node = node.get("name")
    name: str | Expression | None = None
    if isinstance(name_node, Mapping):
        name = parse_input(name_node)
    elif isinstance(name_node, Scalar) and name_node.data is not None:
        name = name_node.value
    return Item(name, parse_input(node), node, name_node)


def _group(node: Sequence) -> Group | Clause | Malformed:
    """`[and, clause, …]` is a group; everything else that starts with text is one comparison."""
    first = node.items[0] if node.items else None
    if not isinstance(first, Scalar):
        return Malformed("a condition starts with an operator", node)
    if first.value in GROUP_OPERATORS:
        clauses = tuple(_clause(item) for item in node.items[1:])
        return Group(first.value, clauses, node, first)
    return Clause(first.value, tuple(parse_input(item) for item in node.items[1:]), node, first)


def _clause(node: Node) -> Group | Clause | Malformed:
    if isinstance(node, Sequence):
        return _group(node)
    return Malformed("a condition is a list: [operator, term, term]", node)
