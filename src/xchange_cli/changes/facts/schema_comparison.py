"""Whether a JSON Schema allows more or less than another one, as far as that can be told from both."""

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import Any

from xchange_cli.changes.comparison.plain import plain


class Freedom(Enum):
    """What a new schema allows, compared with the old one."""

    SAME = "same"
    MORE = "more"
    LESS = "less"
    """It forbids something; what else it allows does not count."""
    OTHER = "other"


_WORDS = frozenset(
    {
        "$comment",
        "$id",
        "$schema",
        "default",
        "deprecated",
        "description",
        "examples",
        "readOnly",
        "title",
        "writeOnly",
    }
)
_LEAST = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
_MOST = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})
_TYPES = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})


def compare_schemas(old: Any, new: Any) -> Freedom:
    """Compare two schemas; one that is not written allows everything."""
    found = set(_differences(old, new))
    for freedom in (Freedom.LESS, Freedom.OTHER, Freedom.MORE):
        if freedom in found:
            return freedom
    return Freedom.SAME


def _differences(old: Any, new: Any) -> Iterator[Freedom]:
    if not isinstance(old, dict) or not isinstance(new, dict):
        yield from _of_truths(old, new)
        return
    for key in {**old, **new}:
        if key not in _WORDS and plain(old.get(key)) != plain(new.get(key)):
            yield from _KEYWORDS.get(key, _of_unknown)(old.get(key), new.get(key), old, new)


def _of_truths(old: Any, new: Any) -> Iterator[Freedom]:
    """Compare schemas of which one is `true` or `false`, or no schema at all."""
    if plain(old) == plain(new):
        return
    allows = [not isinstance(one, bool) or one for one in (old, new)]
    if allows[0] is not allows[1]:
        yield Freedom.MORE if allows[1] else Freedom.LESS
    elif isinstance(new, bool):
        yield Freedom.MORE
    elif isinstance(old, bool):
        yield Freedom.LESS
    else:
        yield Freedom.OTHER


def _of_sets(old: Iterable[Any], new: Iterable[Any]) -> Iterator[Freedom]:
    """Compare what may be: fewer values are less."""
    before, after = set(map(plain, old)), set(map(plain, new))
    if before - after:
        yield Freedom.LESS
    if after - before:
        yield Freedom.MORE


def _required(old: Any, new: Any, _before: Any, _after: Any) -> Iterator[Freedom]:
    yield from _of_sets(_listed(new), _listed(old))


def _type(old: Any, new: Any, _before: Any, _after: Any) -> Iterator[Freedom]:
    yield from _of_sets(_types(old), _types(new))


def _enum(old: Any, new: Any, _before: Any, _after: Any) -> Iterator[Freedom]:
    if old is None or new is None:
        yield Freedom.LESS if old is None else Freedom.MORE
    else:
        yield from _of_sets(_listed(old), _listed(new))


def _const(_old: Any, _new: Any, before: Any, after: Any) -> Iterator[Freedom]:
    was, now = ([side["const"]] if "const" in side else None for side in (before, after))
    yield from _enum(was, now, before, after)


def _least(old: Any, new: Any, _before: Any, _after: Any) -> Iterator[Freedom]:
    yield _bounds(old, new, is_less=_number(new, 0) > _number(old, 0))


def _most(old: Any, new: Any, _before: Any, _after: Any) -> Iterator[Freedom]:
    yield _bounds(old, new, is_less=_number(new, 0) < _number(old, 0))


def _bounds(old: Any, new: Any, *, is_less: bool) -> Freedom:
    if old is None or new is None:
        return Freedom.LESS if old is None else Freedom.MORE
    return Freedom.LESS if is_less else Freedom.MORE


def _properties(old: Any, new: Any, _before: Any, after: Any) -> Iterator[Freedom]:
    was, now = (given if isinstance(given, dict) else {} for given in (old, new))
    for key in {**was, **now}:
        if key in was and key in now:
            yield from _differences(was[key], now[key])
        elif key in now:
            yield Freedom.MORE  # a field that nobody described may have been sent, but hardly was
        else:
            yield Freedom.LESS if _is_closed(after) else Freedom.MORE


def _items(old: Any, new: Any, _before: Any, _after: Any) -> Iterator[Freedom]:
    if old is None or new is None:
        yield Freedom.LESS if old is None else Freedom.MORE
    else:
        yield from _differences(old, new)


def _is_closed(schema: Any) -> bool:
    return isinstance(schema, dict) and schema.get("additionalProperties") is False


def _additional(old: Any, new: Any, _before: Any, _after: Any) -> Iterator[Freedom]:
    yield from _differences(True if old is None else old, True if new is None else new)


def _of_unknown(_old: Any, _new: Any, _before: Any, _after: Any) -> Iterator[Freedom]:
    yield Freedom.OTHER


def _types(given: Any) -> set[str]:
    if given is None:
        return set(_TYPES)
    names = {given} if isinstance(given, str) else {name for name in _listed(given) if isinstance(name, str)}
    return names | {"integer"} if "number" in names else names


def _listed(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []


def _number(given: Any, otherwise: float) -> float:
    return given if isinstance(given, int | float) else otherwise


_KEYWORDS: dict[str, Callable[[Any, Any, Any, Any], Iterator[Freedom]]] = {
    "additionalProperties": _additional,
    "const": _const,
    "enum": _enum,
    "items": _items,
    "properties": _properties,
    "required": _required,
    "type": _type,
    **dict.fromkeys(_LEAST, _least),
    **dict.fromkeys(_MOST, _most),
}
