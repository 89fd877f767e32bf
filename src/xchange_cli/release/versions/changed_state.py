"""What may change of a published version, changed: with an entry of the log, or not at all."""

from collections.abc import Callable
from typing import Any, NamedTuple

from xchange_cli.registry.activity import Activity, Category
from xchange_cli.registry.manifest import Manifest
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.version_state import VersionState


class ChangedState(NamedTuple):
    """A version with its state before and after; `said` are sentences on what was so already, or what is odd."""

    manifest: Manifest
    before: VersionState
    after: VersionState
    said: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels: those of the published file, and those given to the version."""
        return all_labels(self.manifest, self.after)


class Change(NamedTuple):
    """`make` gives the new state; `preview` says in a few words what changes between two states."""

    category: Category
    make: Callable[[VersionState], VersionState]
    preview: Callable[[VersionState, VersionState], str]


def all_labels(manifest: Manifest, state: VersionState) -> tuple[str, ...]:
    """Give the labels of a version: those of its file in lower case first, then those given to it, each once."""
    return tuple(dict.fromkeys((*(label.lower() for label in manifest.labels), *state.labels)))


def change_state(registry: Registry, manifest: Manifest, change: Change, user: str) -> ChangedState:
    """Change the state of a version; where it is so already, nothing is written.

    Raises:
        XchangeError: as the registry does.

    """
    before = registry.states(manifest.key)[manifest.number]
    wanted = change.make(before)
    if wanted == before:
        return ChangedState(manifest, before, before)
    entry = Activity.new(
        user, change.category, manifest.reference, change.preview(before, wanted), _details(before, wanted)
    )
    after = registry.change_state(manifest.key, manifest.number, change.make, entry)
    return ChangedState(manifest, before, after)


def _details(before: VersionState, after: VersionState) -> dict[str, Any]:
    """Give what changes, each with what it was and what it becomes."""
    old, new = _data(before), _data(after)
    return {name: {"before": old[name], "after": new[name]} for name in old if old[name] != new[name]}


def _data(state: VersionState) -> dict[str, Any]:
    return {**state._asdict(), "labels": list(state.labels)}
