"""What rules ask about the inputs of every step, found in one walk over them."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from xchange_cli.components.spec import ActionSpec, InputSpec
from xchange_cli.expression.ast import Clause, Expression, Group, Items, Literal, Reference, Template, walk
from xchange_cli.model.integration import Input

Part = tuple[Input, Expression]
"""What an input says, or something inside of it."""

Specified = tuple[Literal, str, InputSpec]
"""A literal, its text, which is not blank, and the input that it is for."""

_WITH_PARTS = (Template, Items, Group, Clause)
_OF_ONE_VALUE = (Literal, Reference, Template)
_STARTS_OF_NUMBERS = frozenset("+-0")
_OF_OTHER_TYPES = frozenset(["conditional", "connection", "flow"])


class StepInputs(NamedTuple):
    """`spoken` is what the inputs say and everything inside of it, without literals.

    `specified` are the inputs that the catalogue knows; `special` those of them that take anything but one text, or
    that say anything but one text or reference. `literals` are the literals of those specified, `conditions` what
    branches are chosen by, well-formed or not. `doubtful` are literals that are no text, or may be a number for somebody.
    `literal_text` are the texts of all literals, `template_text` those of templates, one below the other: what is not in
    it, none of them holds.
    """

    spoken: tuple[Part, ...]
    specified: tuple[tuple[Input, InputSpec], ...]
    special: tuple[tuple[Input, InputSpec], ...]
    literals: tuple[Specified, ...]
    conditions: tuple[Expression, ...]
    doubtful: tuple[Part, ...]
    literal_text: str
    template_text: str


def inputs_of(inputs: Mapping[str, Input], spec: ActionSpec | None) -> StepInputs:
    said = said_in(inputs)
    known = () if spec is None else tuple(specified_in(inputs, spec.inputs))
    special = tuple([pair for pair in known if _is_special(*pair)])
    return StepInputs(
        said.spoken,
        known,
        special,
        tuple(literals_in(known)),
        tuple(_conditions(special)),
        said.doubtful,
        said.literal_text,
        said.template_text,
    )


def _is_special(given: Input, spec: InputSpec) -> bool:
    return (
        spec.type in _OF_OTHER_TYPES
        or spec.collection != "none"
        or not isinstance(given.expression, _OF_ONE_VALUE)
        or bool(spec.accepts)
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


class Said(NamedTuple):
    """What inputs say, whatever they are of; the fields are those of StepInputs."""

    spoken: tuple[Part, ...]
    doubtful: tuple[Part, ...]
    literal_text: str
    template_text: str


def said_in(inputs: Mapping[str, Input]) -> Said:
    spoken: list[Part] = []
    doubtful: list[Part] = []
    literals: list[str] = []
    templates: list[str] = []
    for pair in parts_of(inputs):
        part = pair[1]
        if isinstance(part, Literal):
            value = part.value
            if isinstance(value, str):
                literals.append(value)
            if not isinstance(value, str) or value[:1] in _STARTS_OF_NUMBERS:
                doubtful.append(pair)
        else:
            spoken.append(pair)
            if isinstance(part, Template):
                templates.append(part.node.value)
    return Said(tuple(spoken), tuple(doubtful), "\n".join(literals), "\n".join(templates))


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
