"""What a code step gives, where its code says it in so many words."""

from typing import TYPE_CHECKING

from xchange_cli.shapes.given import Given
from xchange_cli.shapes.shape import UNKNOWN, Kind, ListOf, ObjectOf, Origin, Shape, Simple, any_of

if TYPE_CHECKING:
    from xchange_cli.javascript.reading.returns import Literal

CODE = Origin("the code of the step", is_sure=True)

_KINDS = {"text": Kind.TEXT, "number": Kind.NUMBER, "boolean": Kind.TRUTH}


def returned_shape(given: Given) -> Shape:
    """Say what the code returns as `data`; of null and of what it calls or reads, nothing is known."""
    from xchange_cli.javascript.reading.returns import returned_data

    code = given.text("code")
    literal = returned_data(code) if code else None
    return UNKNOWN if literal is None else shape_of_literal(literal)


def shape_of_literal(literal: "Literal") -> Shape:
    from xchange_cli.javascript.reading.returns import ListLiteral, ObjectLiteral

    match literal:
        case ObjectLiteral(fields, is_open):
            shapes = {name: shape_of_literal(inner) for name, inner in fields.items()}
            return ObjectOf(shapes, CODE, is_open)
        case ListLiteral(items, is_open):
            is_told = bool(items) and not is_open
            return ListOf(any_of(map(shape_of_literal, items)) if is_told else UNKNOWN, CODE)
        case _:
            kind = _KINDS.get(literal.kind)
            return UNKNOWN if kind is None else Simple(kind, CODE)
