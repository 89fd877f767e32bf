"""What the catalogue says of an action's result → shape.

An example shows the kind of a value and some of its fields; others may be there, so its objects are open. Marks
such as `<string>` stand for values of a kind.
"""

from typing import Any

from xchange_cli.components.spec import ActionSpec, ComponentSpec
from xchange_cli.shapes.shape import UNKNOWN, UNSEEN, Kind, ListOf, ObjectOf, Origin, Shape, Simple, any_of

EXAMPLE = Origin("the catalogue's example")
CATALOGUE = Origin("the catalogue")

_MORE_KEYS = "..."
_MARKS = {
    "<string>": Kind.TEXT,
    "<url>": Kind.TEXT,
    "<date>": Kind.TEXT,
    "<number>": Kind.NUMBER,
    "<boolean>": Kind.TRUTH,
    "<binary>": Kind.BINARY,
}
_PASSES_ON = frozenset({
    "getCursor", "match", "rawRequest", "transform", "valueMapper", "invokeFlow", "saveExecutionCurrentTime",
    "saveInstanceCurrentTime", "saveCrossFlowCurrentTime", "saveIntegrationCurrentTime",
})  # fmt: skip
"""Actions that give whatever they were given or find: their examples show one case of many."""


def shape_of_result(spec: ActionSpec, component: ComponentSpec) -> Shape:
    """Say what an action gives.

    Where the catalogue speaks of alternatives, nothing is known. Of what utilities give, the kind is certain and the
    content is the user's.
    """
    if spec.key in _PASSES_ON or " or " in spec.output or spec.example is None:
        return UNKNOWN
    if spec.output.startswith("Binary"):
        return Simple(Kind.BINARY, CATALOGUE)
    if component.kind == "utility":
        return _of_utility(spec.example)
    return shape_of_example(spec.example)


def _of_utility(example: Any) -> Shape:
    match example:
        case dict():
            return UNKNOWN
        case list():
            return ListOf(UNKNOWN, CATALOGUE)
        case _:
            return shape_of_example(example, CATALOGUE)


def shape_of_example(example: Any, origin: Origin = EXAMPLE) -> Shape:
    match example:
        case bool():
            return Simple(Kind.TRUTH, origin)
        case int() | float():
            return Simple(Kind.NUMBER, origin)
        case str():
            return _of_text(example, origin)
        case list():
            return ListOf(
                any_of(shape_of_example(item, origin) for item in example) if example else UNSEEN, origin
            )
        case dict():
            fields = {name: shape_of_example(inner, origin) for name, inner in example.items()}
            fields.pop(_MORE_KEYS, None)
            return ObjectOf(fields, origin, is_open=True)
        case _:
            return UNKNOWN


def _of_text(text: str, origin: Origin) -> Shape:
    """A mark that stands for no single kind, such as `<text or object>`, says nothing."""
    if not (text.startswith("<") and text.endswith(">")):
        return Simple(Kind.TEXT, origin)
    if text == "<object>":
        return ObjectOf({}, origin, is_open=True)
    kind = _MARKS.get(text)
    return UNKNOWN if kind is None else Simple(kind, origin)
