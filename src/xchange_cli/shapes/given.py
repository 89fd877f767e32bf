"""The inputs of a step, as far as they tell what the step gives."""

from collections.abc import Callable
from typing import NamedTuple

from xchange_cli.expression.ast import Expression, Item, Items, Literal, Reference, Template
from xchange_cli.model.integration import Step
from xchange_cli.shapes.shape import UNKNOWN, Kind, ListOf, ObjectOf, Origin, Shape, Simple, any_of

WRITTEN = Origin("a text of the flow", is_sure=True)
PAIRS = Origin("a list of keys and values", is_sure=True)

Resolve = Callable[[Reference], Shape]


class Given(NamedTuple):
    """A step with the means to find out what its references look like."""

    step: Step
    resolve: Resolve

    def shape(self, key: str) -> Shape:
        """Give the shape of an input; UNKNOWN where it is not set."""
        given = self.step.inputs.get(key)
        return UNKNOWN if given is None else shape_of(given.expression, self.resolve)

    def text(self, key: str) -> str | None:
        """Give an input that is literal text; empty where it is not set, None where it is something else."""
        given = self.step.inputs.get(key)
        if given is None:
            return ""
        expression = given.expression
        return (
            expression.value
            if isinstance(expression, Literal) and isinstance(expression.value, str)
            else None
        )

    def items(self, key: str) -> tuple[Item, ...] | None:
        """Give the entries of an input that is a list in the file."""
        given = self.step.inputs.get(key)
        return given.expression.items if given is not None and isinstance(given.expression, Items) else None


def shape_of(expression: Expression, resolve: Resolve) -> Shape:
    """Say what an expression gives. Literal text that may be JSON says nothing: some actions read it."""
    match expression:
        case Literal(str(text)) if not text.lstrip().startswith(("{", "[")):
            return Simple(Kind.TEXT, WRITTEN)
        case Template(parts) if parts:
            return Simple(Kind.TEXT, WRITTEN)
        case Reference():
            return resolve(expression)
        case Items(items) if items:
            return ListOf(any_of(_of_item(item, resolve) for item in items), WRITTEN)
        case _:
            return UNKNOWN


def _of_item(item: Item, resolve: Resolve) -> Shape:
    value = shape_of(item.value, resolve)
    return value if item.name is None else ObjectOf({"key": Simple(Kind.TEXT, PAIRS), "value": value}, PAIRS)


def named(items: tuple[Item, ...]) -> dict[str, Expression] | None:
    """Give the values of a key-value list by name, the last of each; None where a name is not known."""
    found: dict[str, Expression] = {}
    for item in items:
        name = item.name.value if isinstance(item.name, Literal) else item.name
        if not isinstance(name, str):
            return None
        found[name] = item.value
    return found
