"""In what a request differs from a recorded one, in words."""

import json
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, NamedTuple

from xchange_cli.wire.matching import Body, Comparable, Pairs

_LONGEST = 48
"""Of a value in a message."""

_MISSING = object()


class Difference(NamedTuple):
    """`weight` tells how much it takes away from the likeness of two requests."""

    weight: int
    text: str


def differences(asked: Comparable, recorded: Comparable) -> list[Difference]:
    """Tell all differences, the most important kinds first; the two have no secrets."""
    return [*outer_differences(asked, recorded), *_in_bodies(asked.body, recorded.body)]


def outer_differences(asked: Comparable, recorded: Comparable) -> list[Difference]:
    """Tell the differences outside of the bodies."""
    found: list[Difference] = []
    if asked.method != recorded.method:
        found.append(Difference(4, f"the method is {asked.method}, recorded {recorded.method}"))
    if asked.origin != recorded.origin:
        found.append(Difference(8, f"the server is {asked.origin or '?'}, recorded {recorded.origin or '?'}"))
    found += _in_paths(asked.path, recorded.path)
    found += _in_pairs("query parameter", asked.query, recorded.query)
    found += _in_pairs("header", asked.headers, recorded.headers)
    return found


def _in_paths(asked: tuple[str, ...], recorded: tuple[str, ...]) -> Iterator[Difference]:
    for number, (left, right) in enumerate(zip_longest(asked, recorded), start=1):
        if left != right:
            yield Difference(2, _told(f"path segment {number}", _text(left), _text(right)))


def _in_pairs(what: str, asked: Pairs, recorded: Pairs) -> Iterator[Difference]:
    left, right = _by_name(asked), _by_name(recorded)
    for name in dict.fromkeys([*left, *right]):
        if left.get(name) != right.get(name):
            yield Difference(
                1, _told(f"{what} {_cut(name)}", _listed(left.get(name)), _listed(right.get(name)))
            )


def _by_name(pairs: Pairs) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _listed(values: list[str] | None) -> str | None:
    return None if values is None else " and ".join(f"`{_cut(value)}`" for value in values)


def _in_bodies(asked: Body, recorded: Body) -> Iterator[Difference]:
    if asked == recorded:
        return
    if asked.kind != recorded.kind:
        kinds = (f"{body.kind or 'nothing'}" for body in (asked, recorded))
        yield Difference(2, "the body is {}, recorded {}".format(*kinds))
    elif asked.kind == "json":
        yield from _in_values("body", json.loads(asked.text), json.loads(recorded.text))
    elif asked.kind == "form":
        forms = (tuple((name, value) for name, value in json.loads(body.text)) for body in (asked, recorded))
        yield from _in_pairs("form field", *forms)
    else:
        yield _in_texts(asked, recorded)


def _in_values(path: str, left: Any, right: Any) -> Iterator[Difference]:
    if isinstance(left, dict) and isinstance(right, dict):
        for key in dict.fromkeys([*left, *right]):
            yield from _in_values(f"{path}.{_cut(key)}", left.get(key, _MISSING), right.get(key, _MISSING))
    elif isinstance(left, list) and isinstance(right, list):
        for index, (one, other) in enumerate(zip_longest(left, right, fillvalue=_MISSING)):
            yield from _in_values(f"{path}[{index}]", one, other)
    elif type(left) is not type(right) or left != right:
        yield Difference(1, _told(path, _json(left), _json(right)))


def _in_texts(asked: Body, recorded: Body) -> Difference:
    left, right = asked.text, recorded.text
    at = next((at for at, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]), None)
    at = min(len(left), len(right)) if at is None else at
    unit = "byte" if asked.kind == "bytes" else "character"
    if unit == "byte":
        return Difference(1, f"the body differs from byte {at + 1} on")
    return Difference(1, _told(f"the body from {unit} {at + 1} on", _text(left[at:]), _text(right[at:])))


def _told(what: str, asked: str | None, recorded: str | None) -> str:
    if asked is None:
        return f"{what} is missing, recorded {recorded}"
    return f"{what} is {asked}, recorded {'without' if recorded is None else recorded}"


def _text(text: str | None) -> str | None:
    return None if text is None else f"`{_cut(text)}`"


def _json(value: Any) -> str | None:
    return None if value is _MISSING else f"`{_cut(json.dumps(value, ensure_ascii=False))}`"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
