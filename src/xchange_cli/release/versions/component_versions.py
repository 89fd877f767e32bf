"""The versions of components in an integration file, made `LATEST` or numbers; every other character stays."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from xchange_cli.diagnostics import Edit
from xchange_cli.document import edit
from xchange_cli.document.node import ALIAS, Scalar
from xchange_cli.document.parse import parse
from xchange_cli.document.scalar_place import place_of
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.model.build import build
from xchange_cli.model.integration import ActionRef, Integration
from xchange_cli.model.walk import walk_integration
from xchange_cli.nearest import nearest
from xchange_cli.source import Source, Span

LATEST = "LATEST"
_MOST_DIGITS = 9
_PATH = ("component", "version")


class _Used(NamedTuple):
    """A component as one place of the file uses it; an own component may have the key of a public one."""

    component: tuple[str, bool]
    version: Scalar

    @property
    def is_latest(self) -> bool:
        return bool(self.version.data == LATEST)

    @property
    def number(self) -> int | None:
        """The number that the place says, perhaps in quotes; None for anything else."""
        text = self.version.value
        is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
        return int(text) if is_number else None


_Wanted = Callable[[_Used], str | int | None]
"""What a place is to say; None leaves it as it is."""


def with_latest(source: Source) -> str:
    """Give the text with `LATEST` in place of every number of a component.

    Raises:
        XchangeError: INVALID where one cannot be changed without changing something else.

    """
    return _changed(source, lambda used: None if used.number is None else LATEST)


def with_numbers(source: Source, given: Mapping[str, int]) -> str:
    """Give the text with a number in place of every `LATEST`.

    The number of a component is the one given for its key, else the only one that other places of the file use.

    Raises:
        XchangeError: USAGE where a number is given for a component that is nowhere `LATEST`; INVALID where a number is
            missing, or cannot be written without changing something else.

    """
    used = _used(source)
    waiting = dict.fromkeys(one.component for one in used if one.is_latest)
    _require_waiting(given, {key for key, _ in waiting})
    numbers = {one: given.get(one[0]) or _only_number(used, one) for one in waiting}
    unknown = list(dict.fromkeys(key for (key, _), number in numbers.items() if number is None))
    if unknown:
        raise XchangeError(
            ErrorCode.INVALID,
            f"nothing says which version of {_listed(unknown)} to write",
            hint=f"Say it for each of them: --pin {unknown[0]}=NUMBER.",
        )
    return _changed(source, lambda one: numbers[one.component] if one.is_latest else None)


def _require_waiting(given: Iterable[str], waiting: set[str]) -> None:
    for key in given:
        if key not in waiting:
            near = nearest(key, waiting)
            some = f"Did you mean `{near}`?" if near else "Leave it out."
            message = f"no part of this version uses the component `{key}` as `{LATEST}`"
            raise XchangeError(ErrorCode.USAGE, message, hint=some)


def _only_number(used: Iterable[_Used], component: tuple[str, bool]) -> int | None:
    numbers = {one.number for one in used if one.component == component and one.number is not None}
    return numbers.pop() if len(numbers) == 1 else None


def _listed(keys: list[str]) -> str:
    quoted = [f"`{key}`" for key in keys]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _used(source: Source) -> list[_Used]:
    integration = build(parse(source).root)
    return [] if integration is None else list(_places(integration))


def _places(integration: Integration) -> Iterator[_Used]:
    for reference in _references(integration):
        component = reference.node.mapping("component")
        version = component.get("version") if component else None
        if component and isinstance(version, Scalar) and version.data is not None:
            yield _Used((reference.component, reference.is_public), version)


def _references(integration: Integration) -> Iterator[ActionRef]:
    for variable in integration.config_vars:
        yield from filter(None, (variable.connection, variable.data_source))
    for _, placed in walk_integration(integration):
        if placed.step.action is not None:
            yield placed.step.action


def _changed(source: Source, wanted: _Wanted) -> str:
    """Change the versions themselves first: what aliases of them say follows, and only the others need a change."""
    text = source.text
    for is_alias in (False, True):
        now = Source(source.name, text)
        edits = {
            one.version.start: _edit(one.version, value)
            for one in _used(now)
            if (one.version.style == ALIAS) is is_alias and (value := wanted(one)) is not None
        }
        text = edit.apply(now, edits.values())
    _require_nothing_else(source, text, wanted)
    return text


def _edit(node: Scalar, value: str | int) -> Edit:
    place = place_of(node, for_text=False)
    comment = f" {place.header_comment}" if place.header_comment else ""
    return Edit(Span(place.source, place.start, place.end), f"{place.lead}{value}{comment}")


def _require_nothing_else(source: Source, text: str, wanted: _Wanted) -> None:
    """Read the new text again: an anchor may stand for something else, too.

    Raises:
        XchangeError: INVALID when it says something else than is wanted.

    """
    again = Source(source.name, text)
    asked = [(wanted(one), one.version) for one in _used(source)]
    said = [one.version.data for one in _used(again)]
    others = _differing(parse(source).data, parse(again).data, ())
    is_wanted = said == [version.data if value is None else value for value, version in asked]
    if is_wanted and all(path[-2:] == _PATH for path in others):
        return
    first = next(version for value, version in asked if value is not None)
    raise XchangeError(
        ErrorCode.INVALID,
        "the versions of components cannot be changed without changing something else: an anchor is used for both",
        hint="Write the version out where the file has an alias, and publish that.",
        place=first.span.place,
    )


def _differing(one: Any, other: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    """Yield where two values differ."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for key, value in one.items():
            yield from _differing(value, other[key], (*path, key))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (value, new) in enumerate(zip(one, other, strict=True)):
            yield from _differing(value, new, (*path, number))
    elif one != other or type(one) is not type(other):
        yield path
