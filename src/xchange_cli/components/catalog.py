"""The components that an integration may use: the built-in ones and a project's own."""

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from xchange_cli.components.load import component_from_data
from xchange_cli.components.spec import ActionSpec, ComponentSpec
from xchange_cli.errors import ErrorCode, XchangeError

DATA = Path(__file__).with_name("data")
"""What `scripts/build_catalogue.py` writes: `index.json` and one file a component."""


class Entry(NamedTuple):
    """A component at a glance: enough for lists and suggestions without reading the component."""

    key: str
    title: str
    kind: str
    summary: str
    actions: tuple[str, ...]
    triggers: tuple[str, ...]
    connections: tuple[str, ...]
    data_sources: tuple[str, ...]
    is_own: bool


class Catalog:
    """Knows components by key. A value to hand in; files are read when a component is first asked for.

    A key may belong to a built-in (public) component and to an own (private) one at the same time.
    """

    def __init__(self, own: Mapping[str, ComponentSpec], folder: Path) -> None:
        self._own = own
        self._folder = folder
        self._loaded: dict[str, ComponentSpec] = {}

    @classmethod
    def load(cls, own: Iterable[ComponentSpec] = (), *, folder: Path = DATA) -> "Catalog":
        """Give the catalogue of the built-in components and `own`.

        Raises:
            XchangeError: INVALID when two own components have the same key.

        """
        by_key: dict[str, ComponentSpec] = {}
        for spec in own:
            if spec.key in by_key:
                raise XchangeError(
                    ErrorCode.INVALID,
                    f"two components of this project have the key {spec.key}",
                    hint="Give each component a key of its own.",
                )
            by_key[spec.key] = spec
        return cls(by_key, folder)

    @cached_property
    def _index(self) -> Mapping[str, Any]:
        index: dict[str, Any] = json.loads((self._folder / "index.json").read_bytes())
        return index

    def keys(self) -> tuple[str, ...]:
        """Give all component keys in alphabetical order, each once."""
        return tuple(sorted({*self._index, *self._own}))

    def entries(self) -> tuple[Entry, ...]:
        """Give all components at a glance, by key; where a key belongs to two, the built-in one is first."""
        built_in = [self._entry_of_index(key) for key in self._index]
        own = [_entry_of_spec(spec) for spec in self._own.values()]
        return tuple(sorted([*built_in, *own], key=lambda entry: (entry.key, entry.is_own)))

    def entry(self, key: str, *, is_public: bool = True) -> Entry | None:
        """Give one component at a glance; found as by `component`."""
        if is_public and key in self._index:
            return self._entry_of_index(key)
        return _entry_of_spec(self._own[key]) if key in self._own else None

    def component(self, key: str, *, is_public: bool = True) -> ComponentSpec | None:
        """Find a component, or None.

        A public component is a built-in one or, where none has the key, an own one; a private component is
        always an own one.
        """
        if not is_public or key not in self._index:
            return self._own.get(key)
        if key not in self._loaded:
            data = json.loads((self._folder / f"{key}.json").read_bytes())
            self._loaded[key] = component_from_data(data, is_own=False)
        return self._loaded[key]

    def action(self, component: str, action: str, *, is_public: bool = True) -> ActionSpec | None:
        """Find an action or a trigger of a component, or None."""
        spec = self.component(component, is_public=is_public)
        if spec is None:
            return None
        return spec.actions.get(action) or spec.triggers.get(action)

    def _entry_of_index(self, key: str) -> Entry:
        row = self._index[key]
        return Entry(
            key=key,
            title=row["title"],
            kind=row["kind"],
            summary=row["summary"],
            actions=tuple(row["actions"]),
            triggers=tuple(row["triggers"]),
            connections=tuple(row["connections"]),
            data_sources=tuple(row["data_sources"]),
            is_own=False,
        )


def _entry_of_spec(spec: ComponentSpec) -> Entry:
    return Entry(
        key=spec.key,
        title=spec.title,
        kind=spec.kind,
        summary=spec.summary,
        actions=tuple(spec.actions),
        triggers=tuple(spec.triggers),
        connections=tuple(spec.connections),
        data_sources=spec.data_sources,
        is_own=True,
    )
