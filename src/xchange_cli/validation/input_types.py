"""The literals of an input with what says their type, and edits of that."""

from collections.abc import Iterator

from xchange_cli.diagnostics import Fix
from xchange_cli.document.node import Mapping, Node, Scalar
from xchange_cli.expression.ast import Item, Items, Literal
from xchange_cli.model.integration import Input
from xchange_cli.validation.fixes import use_word


def literals_of(given: Input) -> Iterator[tuple[Scalar, Node]]:
    """Yield each text that an input, or an item of its list, has as `value`, with the mapping that holds it.

    Terms of conditions are left out: many of them are words to compare with.
    """
    parts: tuple[Input | Item, ...] = (given,)
    if isinstance(given.expression, Items):
        parts = given.expression.items
    for part in parts:
        expression = part.value if isinstance(part, Item) else part.expression
        if isinstance(expression, Literal) and isinstance(expression.value, str):
            assert isinstance(expression.node, Scalar)
            yield expression.node, part.node


def use_type(word: str, input_node: Node) -> tuple[Fix, ...]:
    """Make an input of another type; its `value` stays as it is."""
    kind = input_node.text("type") if isinstance(input_node, Mapping) else None
    return () if kind is None else use_word(word, kind, kind.span)
