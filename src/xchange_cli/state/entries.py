"""What is kept between runs, and where it belongs."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

State = Mapping[str, Mapping[str, Any]]
"""Values by kind of state and key."""

SCOPES: Mapping[str, str] = MappingProxyType(
    {"flow": "instanceState", "cross-flow": "crossFlowState", "integration": "integrationState"}
)
"""The kind of state for each word that people use. `executionState` ends with its execution and is not kept."""

SCOPE_OF: Mapping[str, str] = MappingProxyType({kind: scope for scope, kind in SCOPES.items()})
KINDS = tuple(SCOPE_OF)


class Place(NamedTuple):
    """Which execution loads and saves. `instance` is the name of its config set, `local` without one."""

    integration: str
    instance: str
    flow: str

    def of(self, kind: str) -> "Place":
        """Give the place that all who share a kind of state have in common; what they differ in is empty."""
        if kind == "instanceState":
            return self
        return self._replace(flow="") if kind == "crossFlowState" else Place(self.integration, "", "")


class Selection(NamedTuple):
    """Which entries are meant; None means any."""

    integration: str | None = None
    instance: str | None = None
    flow: str | None = None
    kind: str | None = None
    key: str | None = None


class Entry(NamedTuple):
    """One value that is kept. `saved` is ISO 8601 in UTC."""

    place: Place
    kind: str
    key: str
    value: Any
    saved: str

    @property
    def scope(self) -> str:
        return SCOPE_OF[self.kind]


class StateKey(NamedTuple):
    kind: str
    key: str

    def __str__(self) -> str:
        return f"`{self.key}` ({SCOPE_OF[self.kind]} state)"


class Saved(NamedTuple):
    """What is worth telling about a save.

    `overwritten` is what somebody else has changed since it was loaded, and is lost now. `reworded` holds a
    secret in a form of its own, such as base64; it will be loaded as the config set has it.
    """

    overwritten: tuple[StateKey, ...] = ()
    reworded: tuple[StateKey, ...] = ()

    def warnings(self) -> tuple[str, ...]:
        return (
            *(
                f"{key} was changed by another run meanwhile; its value is overwritten"
                for key in self.overwritten
            ),
            *(
                f"{key} holds a secret in a form that is not kept: the next run gets it as the config set has it"
                for key in self.reworded
            ),
        )


class StateView(NamedTuple):
    """Entries as a command shows them; `done` tells what it did: `listed`, `saved` or `removed`."""

    done: str
    entries: tuple[Entry, ...]
