"""What the steps of a flow read of one another: enough to make up values with which a flow can go on."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from driving.branches import asked
from driving.packs import as_csv, as_form, as_xml
from xchange_cli.expression.ast import Literal, Reference, walk
from xchange_cli.javascript.values import parse_if_json
from xchange_cli.model.integration import Flow, Step
from xchange_cli.model.walk import walk_flow

Taken = Mapping[str, int]
"""Which branches steps are to take: numbers of branches by step key."""

Pack = Callable[[Any], str]
"""Writes a value as the text that a step reads it from."""


PACKS: Mapping[tuple[str, str], tuple[str, Pack, str]] = {
    ("change-data-format", "deserializeFromJson"): ("data", json.dumps, "application/json"),
    ("change-data-format", "deserializeFormData"): ("data", as_form, "application/x-www-form-urlencoded"),
    ("change-data-format", "deserializeFromXml"): ("data", as_xml, "application/xml"),
    ("csv", "parse"): ("csv", as_csv, "text/csv"),
}
"""Of actions that read text: the input it is, what writes it, and its media type."""

PASSING = frozenset({("change-data-format", "binaryToJson")})
"""Actions whose result is what is read from their input `data`."""

CHECKING = ("collection-tools", "validateJsonSchema")
"""The action that says with a JSON Schema what it wants."""


@dataclass(slots=True)
class Shape:
    """What is read of one value: `parts` by key, `item` if it is a list, `fixed` if a branch asks for this value.

    `packed` is what a step reads from it, if that step reads it as text; `schema` is a JSON Schema that it must meet.
    """

    parts: dict[str, "Shape"] = field(default_factory=dict)
    item: "Shape | None" = None
    fixed: Any = None
    packed: "tuple[Pack, str, Shape] | None" = None
    schema: Any = None

    @property
    def is_read(self) -> bool:
        """Whether anything is read of a part of it."""
        return bool(self.parts) or self.item is not None

    def at(self, path: tuple[str, ...]) -> "Shape":
        """Give the shape at a path, and make it where there is none."""
        found = self
        for key in path:
            if key.isdecimal():
                found.item = found.item or Shape()
                found = found.item
            else:
                found = found.parts.setdefault(key, Shape())
        return found


class Shapes:
    """The shapes of all results of a flow, by step key, with which steps take these branches, others their first."""

    def __init__(self, flow: Flow, taken: Taken) -> None:
        steps = [placed.step for placed in walk_flow(flow)]
        self._results: dict[str, Shape] = defaultdict(Shape)
        self._loops = {
            step.ref: items
            for step in steps
            if step.steps is not None and (items := _reference(step, "items")) is not None
        }
        for step in steps:
            for given in step.inputs.values():
                for part in walk(given.expression):
                    if isinstance(part, Reference):
                        self._shape(part)
            self._learn(step)
        for step in sorted(steps, key=lambda one: one.ref in taken):
            for reference, value in asked(step, taken.get(step.ref, 0)):
                self._shape(reference).fixed = value

    def of(self, ref: str) -> Shape:
        return self._results[ref]

    def _shape(self, reference: Reference) -> Shape:
        step, kind, path = reference.step, reference.path[1:2], reference.path[2:]
        if kind == ("currentItem",) and step in self._loops:
            around = self._shape(self._loops[step])
            around.item = around.item or Shape()
            return around.item.at(path)
        return self._results[step].at(path) if kind == ("results",) else Shape()

    def _learn(self, step: Step) -> None:
        """Learn what a value is, beyond its path: a list, a text in a format, what a branch asks for."""
        if step.ref in self._loops:
            shape = self._shape(self._loops[step.ref])
            shape.item = shape.item or Shape()
        kind = (step.action.component, step.action.key) if step.action else ("", "")
        if kind in PACKS:
            key, pack, media_type = PACKS[kind]
            if (read := _reference(step, key)) is not None:
                self._shape(read).packed = (pack, media_type, self._results[step.ref])
        elif kind in PASSING and (read := _reference(step, "data")) is not None:
            self._results[step.ref] = self._shape(read)
        elif kind == CHECKING:
            self._take_schema(step)

    def _take_schema(self, step: Step) -> None:
        checked, schema = _reference(step, "jsonInput"), step.inputs.get("jsonSchema")
        if checked is not None and schema is not None and isinstance(schema.expression, Literal):
            self._shape(checked).schema = parse_if_json(schema.expression.value)


def _reference(step: Step, key: str) -> Reference | None:
    given = step.inputs.get(key)
    return given.expression if given and isinstance(given.expression, Reference) else None
