"""An integration as plain data, with the places in it that can be changed."""

import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from xchange_cli.changes.kind import Move

Data = dict[str, Any]
Path = tuple[str | int, ...]

STOP = ("stop-execution", "stopExecution")
_NO_INPUTS: Data = {}


class Place(NamedTuple):
    """A part of the file, the list that it stands in, and where: the keys and indices that lead to it."""

    path: Path
    part: Data
    siblings: list[Data]

    @property
    def name(self) -> str:
        return str(self.part.get("name", self.part.get("key", "")))

    @property
    def index(self) -> int:
        return position(self.siblings, self.part)


class StepPlace(NamedTuple):
    """A step, and the flow that it is in."""

    path: Path
    part: Data
    siblings: list[Data]
    flow: Place

    @property
    def name(self) -> str:
        return str(self.part["name"])

    @property
    def index(self) -> int:
        return position(self.siblings, self.part)

    @property
    def action(self) -> tuple[str, str]:
        """Component and action of a public component; empty texts for others."""
        action = self.part["action"]
        component = action["component"]
        return (component["key"], action["key"]) if component.get("isPublic", True) else ("", "")

    @property
    def inputs(self) -> Data:
        return self.part.get("inputs") or _NO_INPUTS

    @property
    def is_trigger(self) -> bool:
        return self.part.get("isTrigger") is True

    @property
    def is_leaf(self) -> bool:
        return "steps" not in self.part and "branches" not in self.part

    @property
    def is_last(self) -> bool:
        """Tell a step that may be the last one that is performed, or holds it, or ends the run itself."""
        steps = self.flow.part["steps"]
        return self.path[len(self.flow.path) + 1] == len(steps) - 1 or self.action == STOP

    @property
    def may_answer(self) -> bool:
        """Tell whether callers may get its result, as far as can be said without a doubt."""
        return has_waiting_callers(self.flow) and self.is_last


class File:
    """A copy of an integration that may be changed; `is_there` says whether there is a new file at all.

    `move` says that its key was another one. What is in the file twice by an alias is in the copy twice.
    """

    def __init__(self, name: str, data: Data) -> None:
        self.name = name
        self.data: Data = json.loads(json.dumps(data))
        self.is_there = True
        self.move: Move | None = None

    @cached_property
    def flows(self) -> tuple[Place, ...]:
        return self._places("flows")

    @cached_property
    def variables(self) -> tuple[Place, ...]:
        return self._places("requiredConfigVars")

    @cached_property
    def pages(self) -> tuple[Place, ...]:
        return self._places("configPages")

    @cached_property
    def elements(self) -> tuple[Place, ...]:
        return tuple(place for page in self.pages for place in below(page, "elements"))

    @cached_property
    def steps(self) -> tuple[StepPlace, ...]:
        return tuple(step for flow in self.flows for step in _steps(flow, flow.path, flow.part))

    @cached_property
    def triggers(self) -> tuple[StepPlace, ...]:
        return tuple(step for step in self.steps if step.is_trigger)

    @cached_property
    def plain_steps(self) -> tuple[StepPlace, ...]:
        """Those that are no triggers, and that no caller gets the result of."""
        return tuple(step for step in self.steps if not step.is_trigger and not step.may_answer)

    @property
    def connections(self) -> tuple[Place, ...]:
        return tuple(place for place in self.variables if place.part.get("dataType") == "connection")

    @property
    def values(self) -> tuple[Place, ...]:
        """The config variables that are no connections."""
        return tuple(place for place in self.variables if place.part.get("dataType") != "connection")

    def named(self, *actions: tuple[str, str]) -> Iterator[StepPlace]:
        """Yield the steps that perform one of the public actions."""
        return (step for step in self.steps if step.action in actions)

    def branches(self) -> Iterator[tuple[StepPlace, tuple[Place, ...]]]:
        """Yield the steps that have branches, with them."""
        for step in self.steps:
            if step.part.get("branches"):
                yield step, below(step, "branches")

    def _places(self, key: str) -> tuple[Place, ...]:
        return below(Place((), self.data, []), key)


def below(place: Place | StepPlace, key: str) -> tuple[Place, ...]:
    """Give the parts that a list of a part holds."""
    listed = place.part.get(key) or []
    return tuple(Place((*place.path, key, index), part, listed) for index, part in enumerate(listed))


def position(listed: list[Data], part: Data) -> int:
    """Give where a part stands now; other parts may be equal to it."""
    return next(index for index, one in enumerate(listed) if one is part)


def has_waiting_callers(flow: Place) -> bool:
    """Tell whether callers get the result of a flow's last step."""
    return flow.part.get("isSynchronous") is True or flow.part.get("isAgentFlow") is True


def _steps(flow: Place, path: Path, holder: Data) -> Iterator[StepPlace]:
    steps = holder.get("steps") or []
    for index, part in enumerate(steps):
        place = (*path, "steps", index)
        yield StepPlace(place, part, steps, flow)
        yield from _steps(flow, place, part)
        for number, branch in enumerate(part.get("branches") or []):
            yield from _steps(flow, (*place, "branches", number), branch)
