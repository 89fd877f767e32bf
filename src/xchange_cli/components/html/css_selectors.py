"""CSS selectors that can be decided from a document alone: names, classes, ids, attributes and the four combinators.

Of the pseudo-classes only those about the first, last and only child are known; every other selector is left to
the reader of the HTML.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from xchange_cli.components.html.tree import Element

_COMPOUND = re.compile(
    r"(?P<type>[\w-]+|\*)|#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)|:(?P<pseudo>first-child|last-child|only-child)"
    r"|\[\s*(?P<name>[\w:-]+)\s*(?:(?P<operator>[~|^$*]?=)\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'"
    r"|(?P<bare>[\w-]+))\s*)?\]"
)
_COMBINATOR = re.compile(r"\s*([>+~])\s*|\s+")

Specificity = tuple[int, int, int]


class Place(NamedTuple):
    """An element, where it stands among the elements of its parent, and the place of the parent."""

    element: Element
    siblings: Sequence[Element]
    order: int
    parent: "Place | None"


Test = Callable[[Place], bool]


class Handle(NamedTuple):
    """By which an element can be looked up: `kind` is id, class or type, or nothing where any element may do."""

    kind: str
    name: str


class _Compound(NamedTuple):
    tests: tuple[Test, ...]
    handle: Handle


ANY: Final = Handle("", "")
HANDLES: Final = ("id", "class", "type")
"""What tells most about an element comes first."""

Known = dict[tuple[int, int], bool]
"""By element and count of tests: whether these fit it or one of those that the combinator after them leads to next."""


class Selector(NamedTuple):
    """Tests of elements from left to right, and the combinators between them (` `, `>`, `+`, `~`).

    `handle` is one of what the last tests ask for.
    """

    tests: tuple[tuple[Test, ...], ...]
    combinators: tuple[str, ...]
    specificity: Specificity
    handle: Handle

    def matches(self, place: Place, known: Known) -> bool:
        """Tell whether an element is selected; `known` is kept from one element of a document to the next."""
        return self._fits(place, len(self.tests) - 1, known)

    def _fits(self, place: Place, last: int, known: Known) -> bool:
        """Tell whether the first `last` + 1 tests fit, the last of them at the place."""
        if not all(test(place) for test in self.tests[last]):
            return False
        if last == 0:
            return True
        combinator = self.combinators[last - 1]
        other = _next(place, combinator)
        if combinator in ">+":
            return other is not None and self._fits(other, last - 1, known)
        return self._any_fits(other, combinator, last - 1, known)

    def _any_fits(self, place: Place | None, combinator: str, last: int, known: Known) -> bool:
        passed: list[tuple[int, int]] = []
        found = False
        while place is not None and not found:
            key = (id(place.element), last)
            if key in known:
                found = known[key]
                break
            passed.append(key)
            found = self._fits(place, last, known)
            place = _next(place, combinator)
        known.update(dict.fromkeys(passed, found))
        return found


@lru_cache(maxsize=1024)
def parse_selector(text: str) -> Selector | None:
    """Read one selector; None if it is not one of those that are known here."""
    tests: list[tuple[Test, ...]] = []
    combinators: list[str] = []
    counts = [0, 0, 0]
    at = 0
    while True:
        compound, at = _compound(text, at, counts)
        if not compound.tests:
            return None
        tests.append(compound.tests)
        if at == len(text):
            specificity = (counts[0], counts[1], counts[2])
            return Selector(tuple(tests), tuple(combinators), specificity, compound.handle)
        combinator = _COMBINATOR.match(text, at)
        if combinator is None:
            return None
        combinators.append(combinator[1] or " ")
        at = combinator.end()


def _compound(text: str, at: int, counts: list[int]) -> tuple[_Compound, int]:
    """Read the tests of one element and where they end; none if the text is something else."""
    found: list[Test] = []
    handles = {"": ANY}
    while match := _COMPOUND.match(text, at):
        if match["type"] and found:
            return _Compound((), ANY), at
        test, rank = _test(match)
        found.append(test)
        if match.lastgroup in HANDLES and match[0] != "*":
            name = match[match.lastgroup]
            handles[match.lastgroup] = Handle(match.lastgroup, name.lower() if match["type"] else name)
        if rank is not None:
            counts[rank] += 1
        at = match.end()
    handle = next(handles[kind] for kind in (*HANDLES, "") if kind in handles)
    return _Compound(tuple(found), handle), at


def _next(place: Place, combinator: str) -> Place | None:
    """Give the parent, or for `+` and `~` the element before."""
    if combinator in " >":
        return place.parent
    index = place.order - 1
    return Place(place.siblings[index], place.siblings, index, place.parent) if index >= 0 else None


def _test(match: re.Match[str]) -> tuple[Test, int | None]:
    """Give a test and which of the three numbers of the specificity it counts for."""
    if match["type"]:
        return _type_test(match["type"].lower())
    if match["id"]:
        wanted = match["id"]
        return lambda place: place.element.attributes.get("id") == wanted, 0
    if match["class"]:
        name = match["class"]
        return lambda place: name in place.element.attributes.get("class", "").split(), 1
    if match["pseudo"]:
        return _CHILDREN[match["pseudo"]], 1
    return _attribute_test(match), 1


def _type_test(name: str) -> tuple[Test, int | None]:
    return (lambda _place: True, None) if name == "*" else (lambda place: place.element.name == name, 2)


def _attribute_test(match: re.Match[str]) -> Test:
    name, operator = match["name"].lower(), match["operator"]
    wanted = match["double"] or match["single"] or match["bare"] or ""
    if not operator:
        return lambda place: name in place.element.attributes
    compare = _COMPARISONS[operator]
    return lambda place: name in place.element.attributes and compare(place.element.attributes[name], wanted)


_CHILDREN: Final[Mapping[str, Test]] = {
    "first-child": lambda place: place.order == 0,
    "last-child": lambda place: place.order == len(place.siblings) - 1,
    "only-child": lambda place: len(place.siblings) == 1,
}
_COMPARISONS: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "=": lambda value, wanted: value == wanted,
    "~=": lambda value, wanted: wanted in value.split(),
    "|=": lambda value, wanted: value == wanted or value.startswith(f"{wanted}-"),
    "^=": lambda value, wanted: wanted != "" and value.startswith(wanted),
    "$=": lambda value, wanted: wanted != "" and value.endswith(wanted),
    "*=": lambda value, wanted: wanted != "" and wanted in value,
}
