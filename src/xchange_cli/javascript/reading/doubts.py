"""Which members code takes for possibly absent, wherever it reads them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from xchange_cli.javascript.declarations import Place
from xchange_cli.javascript.reading.guards import has_fallback, is_condition, is_tried
from xchange_cli.javascript.reading.member_paths import Chain, Path
from xchange_cli.javascript.reading.tree import inner, text_of
from xchange_cli.lazy_pattern import LazyPattern

_QUESTION = LazyPattern(r"Boolean|(?:\w+\.)?(?:is|has|assert)(?:[A-Z_]\w*)?|(?:assert|expect)\.\w+")
_HARMLESS = LazyPattern(
    r"(?:console|logger|\w+\.logger)\.\w+|JSON\.stringify|Object\.(?:entries|keys|values)|structuredClone"
    r"|Array\.from|BigInt|Date|Number|String|parseFloat|parseInt"
)
_OWN_MEMBER = frozenset({"hasOwnProperty", "propertyIsEnumerable"})

_Names = tuple[int | str, ...]


class Doubts(NamedTuple):
    """Paths, each the number of a parameter and names of members: of doubted members, and of values with any members.

    Nothing can be said of the members of a value that is asked for them by name, or handed to a function that may set
    some.
    """

    members: frozenset[_Names]
    holders: frozenset[_Names]

    def of(self, path: Path) -> frozenset[int]:
        """Give the positions of the doubted members of a path."""
        names = _names(path)
        return frozenset(
            at - 1
            for at in range(1, len(names))
            if names[: at + 1] in self.members or names[:at] in self.holders
        )


def doubts(reads: Iterable[tuple[Path, Chain]]) -> Doubts:
    """Gather what the code doubts anywhere from all that it reads."""
    members: set[_Names] = set()
    holders: set[_Names] = set()
    for path, behind in reads:
        names = _names(path)
        members.update(names[: at + 2] for at in _doubted(path, behind))
        if _has_any_member(behind):
            holders.add(names)
    return Doubts(frozenset(members), frozenset(holders))


def _names(path: Path) -> _Names:
    return (path.root, *(member.name for member in path.members))


def _doubted(path: Path, behind: Chain) -> Iterator[int]:
    """Yield the positions of members: on both sides of `?.`, with a default, tested, and read on under `try`."""
    last = len(path.members) - 1
    for at, member in enumerate(path.members):
        if member.has_default or member.is_optional:
            yield at
        if member.is_optional and at > 0:
            yield at - 1
    if last >= 0 and (behind.is_doubted or _is_asked(behind.place)):
        yield last
    if is_tried(behind.place):
        yield from range(last + (not behind.is_whole))


def _is_asked(place: Place) -> bool:
    return is_condition(place) or has_fallback(place) or _QUESTION.fullmatch(_callee(place)) is not None


def _has_any_member(behind: Chain) -> bool:
    if behind.called is not None and behind.called.name in _OWN_MEMBER:
        return True
    outer = behind.place.outer
    if outer is not None and outer.node.type == "binary_expression" and behind.place.is_field("right"):
        operator = outer.node.child_by_field_name("operator")
        return operator is not None and operator.type == "in"
    callee = _callee(behind.place)
    return bool(callee) and _HARMLESS.fullmatch(callee) is None


def _callee(argument: Place) -> str:
    """Give the text of the function that a value is handed to; empty where it is no argument."""
    call = argument.outer.outer if argument.outer is not None else None
    if call is None or call.node.type != "call_expression" or not _is_in_arguments(argument):
        return ""
    function = inner(call, "function")
    return text_of(function.node) if function else ""


def _is_in_arguments(place: Place) -> bool:
    return place.outer is not None and place.outer.node.type == "arguments"
