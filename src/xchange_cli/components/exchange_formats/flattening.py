"""Nested objects as flat ones whose keys name the way, `person__first`, and back."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from xchange_cli.components.limits import LONGEST_TEXT, MOST_LEVELS, TOO_LARGE, refusing_depth
from xchange_cli.components.spec import ActionError
from xchange_cli.javascript.values import describe

SEPARATOR: Final = "__"


@refusing_depth
def flatten(records: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Put the members of inner objects and lists beside the others; empty ones stay what they are."""
    flat, size = [], 0
    for record in records:
        members = {}
        for key, value in _leaves(record, ""):
            members[key] = value
            size += len(key)
            if size > LONGEST_TEXT:
                raise ActionError("the keys of the flattened records are too long together", kind=TOO_LARGE)
        flat.append(members)
    return flat


def _leaves(members: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for key, value in members.items():
        inner = {str(index): item for index, item in enumerate(value)} if isinstance(value, list) else value
        if isinstance(inner, Mapping) and inner:
            yield from _leaves(inner, f"{prefix}{key}{SEPARATOR}")
        else:
            yield f"{prefix}{key}", value


@refusing_depth
def unflatten(members: Mapping[str, Any]) -> dict[str, Any]:
    """Make nested objects of keys with double underscores; objects with the keys 0, 1, 2, … become lists.

    A key that leads into a member that is no object is left out.
    """
    made: dict[str, Any] = {}
    for key, value in members.items():
        *way, last = key.split(SEPARATOR)
        if len(way) >= MOST_LEVELS:
            raise ActionError(f"the key {describe(key)} has more than {MOST_LEVELS} parts")
        inner: Any = made
        for name in way:
            inner = inner.setdefault(name, {}) if isinstance(inner, dict) else None
        if isinstance(inner, dict):
            inner[last] = value
    return {key: _with_lists(value) for key, value in made.items()}


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: _with_lists(member) for key, member in value.items()}
    numbers = [str(index) for index in range(len(inner))]
    return list(inner.values()) if inner and list(inner) == numbers else inner
