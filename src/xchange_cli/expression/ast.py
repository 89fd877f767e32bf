"""What an input says: the kinds of expression, with places inside their text.

Nodes do not count when two expressions are compared: two files that mean the same are equal.
"""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from xchange_cli.document.equality import ignoring
from xchange_cli.document.node import Node, Scalar
from xchange_cli.source import Span


class Segment(NamedTuple):
    """One part of a path; `start` and `end` are offsets in the value of the scalar that holds it."""

    text: str
    start: int
    end: int


class Literal(NamedTuple):
    """Text as it stands; other YAML values only where a file has them unquoted."""

    value: Any
    node: Node

    def __eq__(self, other: object) -> bool:
        """Compare as JSON does: `1` is not `true`, and NaN is the same as NaN."""
        return isinstance(other, Literal) and _json(self.value) == _json(other.value)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(_json(self.value))


@ignoring("segments", "node")
class Reference(NamedTuple):
    """`listFiles.results.0.name`: the step key, then a path."""

    path: tuple[str, ...]
    segments: tuple[Segment, ...]
    node: Scalar

    @property
    def step(self) -> str:
        return self.path[0]

    def span(self, first: int = 0, last: int = -1) -> Span:
        """Give the place of the segments from `first` to `last`, both included."""
        return self.node.span_of(self.segments[first].start, self.segments[last].end)


@ignoring("start", "end", "node")
class ConfigValue(NamedTuple):
    """The value of a config variable; an empty key means "not set"."""

    key: str
    start: int
    end: int
    node: Scalar

    def span(self) -> Span:
        return self.node.span_of(self.start, self.end)


@ignoring("node", "padded")
class Template(NamedTuple):
    """Text with placeholders, as a list of literal texts and what stands between them.

    `padded` holds offsets of placeholders written with blanks inside the braces.
    """

    parts: tuple["str | Reference | ConfigValue | Malformed", ...]
    node: Scalar
    padded: tuple[tuple[int, int], ...] = ()


@ignoring("node", "name_node")
class Item(NamedTuple):
    """One entry of a list; with a name, of a key-value list. A name may be an expression of its own."""

    name: "str | Expression | None"
    value: "Expression"
    node: Node
    name_node: Node | None = None


@ignoring("node")
class Items(NamedTuple):
    items: tuple[Item, ...]
    node: Node


@ignoring("node", "operator_node")
class Clause(NamedTuple):
    """`[operator, term]` or `[operator, term, term]`."""

    operator: str
    terms: tuple["Expression", ...]
    node: Node
    operator_node: Node


@ignoring("node", "operator_node")
class Group(NamedTuple):
    """`[and|or, clause, …]`."""

    operator: str
    clauses: tuple["Group | Clause | Malformed", ...]
    node: Node
    operator_node: Node


@ignoring("node", "start", "end")
class Malformed(NamedTuple):
    """What is no expression. `problem` says why; empty when the schema reports it already."""

    problem: str
    node: Node
    start: int = 0
    end: int = 0

    def span(self) -> Span:
        if isinstance(self.node, Scalar) and self.end:
            return self.node.span_of(self.start, self.end)
        return self.node.span


Expression = Literal | Reference | ConfigValue | Template | Items | Group | Clause | Malformed


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def walk(expression: Expression) -> Iterator[Expression]:
    """Yield an expression and everything inside it, in the order of the file."""
    yield expression
    for part in _parts(expression):
        yield from walk(part)


def _parts(expression: Expression) -> Iterator[Expression]:
    match expression:
        case Template(parts):
            yield from (part for part in parts if not isinstance(part, str))
        case Items(items):
            for item in items:
                if item.name is not None and not isinstance(item.name, str):
                    yield item.name
                yield item.value
        case Group(_, clauses):
            yield from clauses
        case Clause(_, terms):
            yield from terms
        case _:
            return
