"""Lists and objects as the inputs of collection actions give them, and equality of elements."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.conversions import to_integer
from xchange_cli.components.limits import MOST_LEVELS, refusing_depth
from xchange_cli.components.spec import ActionError
from xchange_cli.javascript.comparison import strict_equal
from xchange_cli.javascript.values import describe, nearest, parse_json, to_text


def to_list(value: Any) -> list[Any]:
    """Read a list, or text that is the JSON of one."""
    items = _parsed(value, "a list")
    if not isinstance(items, list):
        raise ActionError(f"{describe(value)} is not a list")
    return items


def to_members(value: Any) -> dict[str, Any]:
    """Read an object, or text that is the JSON of one."""
    members = _parsed(value, "an object")
    if not isinstance(members, dict):
        raise ActionError(f"{describe(value)} is not an object")
    return members


def to_count(value: Any, least: int = 0) -> int:
    """Read a whole number that is not below the least."""
    count = to_integer(value)
    if count < least:
        raise ActionError(f"{count} is less than {least}")
    return count


@refusing_depth
def pairs_to_object(pairs: Any) -> dict[str, Any]:
    """Make an object of a list of {key, value}; the last of equal keys wins."""
    members = {}
    for number, pair in enumerate(to_list(pairs), start=1):
        if not isinstance(pair, Mapping) or "key" not in pair:
            raise ActionError(f"entry {number} of the list is {describe(pair)}, which has no key")
        members[to_text(pair["key"])] = pair.get("value")
    return members


@refusing_depth
def equal_elements(items: list[Any], wanted: Any) -> list[bool]:
    """Tell of each element whether it equals what is wanted; elements of different types are not equal."""
    return [strict_equal(item, wanted) for item in items]


@refusing_depth
def occur_as_text(items: list[Any], text: str) -> bool:
    """Tell whether an element is this text, or would be if it were written as text."""
    return any(to_text(item) == text for item in items)


@refusing_depth
def without_repeats(items: list[Any]) -> list[Any]:
    """Keep the first of equal elements; elements of different types are not equal."""
    seen: dict[Any, list[Any]] = {}
    kept = []
    for item in items:
        alike = seen.setdefault(_mark(item), [])
        if not any(strict_equal(item, other) for other in alike):
            alike.append(item)
            kept.append(item)
    return kept


def with_keys(members: Mapping[str, Any], path: str, added: Mapping[str, Any]) -> dict[str, Any]:
    """Add keys to the object at a dot path, making what is missing on the way; nothing given is changed.

    The error of a path that leads nowhere or too deep blames the input `objectPath`.
    """
    if path.count(".") >= MOST_LEVELS:
        raise ActionError(f"objectPath has more than {MOST_LEVELS} parts", input_key="objectPath")
    if not path:
        return {**members, **added}
    name, _, rest = path.partition(".")
    inner = members.get(name)
    if inner is not None and not isinstance(inner, dict):
        raise ActionError(
            f"{name} is {describe(inner)}, to which no keys can be added", input_key="objectPath"
        )
    return {**members, name: with_keys(inner or {}, rest, added)}


def _parsed(value: Any, wanted: str) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return parse_json(value)
    except ValueError as error:
        raise ActionError(f"{describe(value)} is not {wanted}, nor the JSON of one: {error}") from error


def _mark(item: Any) -> Any:
    """Give a key that is the same for equal elements: nearly one for each, so that few need comparing."""
    if isinstance(item, bool | str | bytes) or item is None:
        return (type(item), item)
    if isinstance(item, dict):
        keys = sorted(item, key=to_text)
        return ("object", *keys, *(_mark(item[key]) for key in keys))
    if isinstance(item, list):
        return ("list", *map(_mark, item))
    if isinstance(item, int | float):
        return nearest(item) if item == item else "NaN"  # noqa: PLR0124 -- NaN equals NaN here
    return type(item)
