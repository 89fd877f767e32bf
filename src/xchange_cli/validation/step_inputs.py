"""What rules ask about the inputs of every step, found in one walk over them."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from xchange_cli.components.spec import ActionSpec, InputSpec
from xchange_cli.expression.ast import Clause, Expression, Group, Items, Literal, Template, walk
from xchange_cli.model.integration import Input

Part = tuple[Input, Expression]
"""What an input says, or something inside of it."""

Specified = tuple[Literal, str, InputSpec]
"""A literal, its text, which is not blank, and the input that it is for."""

_WITH_PARTS = (Template, Items, Group, Clause)


class StepInputs(NamedTuple):
    """`parts` are what the inputs say and everything inside of it, `spoken` those of them that are no literals.

    `specified` are the inputs that the catalogue knows; `literals` their literals, `conditions` what branches are
    chosen by, well-formed or not. `written` are the texts of all literals and templates: what is not in it, none of
    them holds.
    """

    parts: tuple[Part, ...]
    spoken: tuple[Part, ...]
    specified: tuple[tuple[Input, InputSpec], ...]
    literals: tuple[Specified, ...]
    conditions: tuple[Expression, ...]
    written: str


def inputs_of(inputs: Mapping[str, Input], spec: ActionSpec | None) -> StepInputs:
    parts = tuple(parts_of(inputs))
    known = () if spec is None else tuple(specified_in(inputs, spec.inputs))
    return StepInputs(
        parts,
        tuple([pair for pair in parts if not isinstance(pair[1], Literal)]),
        known,
        tuple(literals_in(known)),
        tuple(_conditions(known)),
        written_in(parts),
    )


def parts_of(inputs: Mapping[str, Input]) -> list[Part]:
    """Give what inputs say and everything inside of it, in the order of the file."""
    parts: list[Part] = []
    for given in inputs.values():
        expression = given.expression
        if isinstance(expression, _WITH_PARTS):
            parts += [(given, part) for part in walk(expression)]
        else:
            parts.append((given, expression))
    return parts


def written_in(parts: tuple[Part, ...] | list[Part]) -> str:
    """Give the texts of literals and templates, one below the other."""
    texts = []
    for _, part in parts:
        if isinstance(part, Literal):
            if isinstance(part.value, str):
                texts.append(part.value)
        elif isinstance(part, Template):
            texts.append(part.node.value)
    return "\n".join(texts)


def literals_in(specified: tuple[tuple[Input, InputSpec], ...]) -> Iterator[Specified]:
    """Yield single values, and the items of lists; text in the place of a list is another rule's affair."""
    for given, spec in specified:
        expression = given.expression
        if isinstance(expression, Literal):
            if spec.collection == "none" and isinstance(expression.value, str) and expression.value.strip():
                yield expression, expression.value, spec
        elif isinstance(expression, Items):
            for item in expression.items:
                part = item.value
                if isinstance(part, Literal) and isinstance(part.value, str) and part.value.strip():
                    yield part, part.value, spec


def specified_in(
    inputs: Mapping[str, Input], specs: Mapping[str, InputSpec]
) -> Iterator[tuple[Input, InputSpec]]:
    """Yield the inputs that the catalogue knows."""
    for key, given in inputs.items():
        spec = specs.get(key)
        if spec is not None:
            yield given, spec


def _conditions(specified: tuple[tuple[Input, InputSpec], ...]) -> Iterator[Expression]:
    for given, spec in specified:
        if spec.type == "conditional" and isinstance(given.expression, Items):
            for item in given.expression.items:
                yield item.value
