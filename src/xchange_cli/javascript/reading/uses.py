"""Which steps, config variables and flows a code names."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from xchange_cli.javascript.declarations import Place
from xchange_cli.javascript.reading.doubts import Doubts, doubts
from xchange_cli.javascript.reading.exports import exported
from xchange_cli.javascript.reading.guards import guarded_part, has_fallback, is_condition, is_tried
from xchange_cli.javascript.reading.member_paths import (
    Chain,
    Member,
    Named,
    Path,
    chain,
    parameters,
    taken,
)
from xchange_cli.javascript.reading.scopes import Scopes, scopes
from xchange_cli.javascript.reading.tree import Code, inner, read

Kind = Literal["step", "config", "flow"]

_CONTEXT, _RESULTS = 0, 1
_OF_CONTEXT: dict[str, Kind] = {"configVars": "config", "webhookApiKeys": "flow", "webhookUrls": "flow"}
_CHANGING = {
    "assignment_expression": "left",
    "augmented_assignment_expression": "left",
    "unary_expression": "argument",
    "update_expression": "argument",
}


class Segment(NamedTuple):
    """A member's name and its place, in characters of the code, without quotes.

    `is_text`: it stands in quotes. `is_shorthand`: the name also declares a variable, so it cannot be exchanged alone.
    """

    name: str
    start: int
    end: int
    is_text: bool = False
    is_shorthand: bool = False


class Use(NamedTuple):
    """A member of the step results, of `configVars` or of `webhookUrls` that the code reads.

    `path` are the members behind it as far as the code names them outright; a method that is called is none of
    them, but `called`. `is_guarded` tells that the code reckons with its absence (`?.`, `??`, `if`, `try`, a default).
    `doubted` are the positions in `(first, *path)` of the members whose absence it reckons with anywhere.
    """

    kind: Kind
    first: Segment
    path: tuple[Segment, ...]
    is_guarded: bool = False
    called: Segment | None = None
    doubted: frozenset[int] = frozenset()

    @property
    def name(self) -> str:
        return self.first.name

    @property
    def start(self) -> int:
        return self.first.start

    @property
    def end(self) -> int:
        return self.first.end


class _Read(NamedTuple):
    """A path that is read, and the last chain of members that it is read by."""

    path: Path
    behind: Chain

    @property
    def place(self) -> Place:
        return self.behind.place


@lru_cache(maxsize=64)
def uses(code: str) -> tuple[Use, ...]:
    """Give what the exported function reads of its two parameters, in the order of the text.

    Constants and patterns are followed; what is handed to other functions, or changed, is unknown and left out.
    """
    function = exported(code).function
    if function is None:
        return ()
    found = _all_reads(function, scopes(code))
    writes = [one.path for one in found if _is_changed(one.place)]
    reads = [one for one in found if not _is_changed(one.place) and not _is_set(one.path, writes)]
    in_doubt = doubts(found)
    known = [(use, one.place) for one in reads if (use := _use(one, read(code), in_doubt)) is not None]
    judged = dict.fromkeys(_with_guards(known))
    return tuple(sorted(judged, key=lambda use: (use.start, len(use.path))))


def _all_reads(function: Place, names: Scopes) -> list[_Read]:
    """Follow the parameters, then the constants that are made of them, until there is nothing new."""
    reads: list[_Read] = []
    known: set[int] = set()
    given = enumerate(parameters(function)[:2])
    waiting = [named for root, parameter in given for named in taken(parameter, Path(root, ()))]
    while waiting:
        found = waiting.pop()
        reads.append(_Read(found.path, Chain((), found.place)))
        binding = names.binding(found.place)
        if binding is not None and binding.only is not None and id(binding) not in known:
            known.add(id(binding))
            for place in binding.reads:
                waiting += _follow(place, found.path, reads)
    return reads


def _follow(place: Place, path: Path, reads: list[_Read]) -> Iterator[Named]:
    """Note what is read behind a name that stands for a path; yield the names that are declared with it."""
    behind = chain(place)
    path = path.to(*behind.members)
    reads.append(_Read(path, behind))
    declarator = behind.place.outer
    is_declared = behind.is_whole and declarator is not None and declarator.node.type == "variable_declarator"
    pattern = inner(declarator, "name") if is_declared and declarator is not None else None
    if pattern is not None:
        yield from taken(pattern, path)


def _with_guards(known: list[tuple[Use, Place]]) -> Iterator[Use]:
    """Extend guards: to all that is read through one name in the text, and from a condition to what it decides."""
    guarded = {use.start for use, _ in known if use.is_guarded}
    parts: dict[tuple[Kind, str], list[range]] = {}
    for use, place in known:
        if use.is_guarded and not use.path and is_condition(place):
            parts.setdefault((use.kind, use.name), []).append(guarded_part(place))
    for use, place in known:
        is_decided = any(place.node.start_byte in part for part in parts.get((use.kind, use.name), ()))
        yield use._replace(is_guarded=use.start in guarded or is_decided)


def _is_changed(place: Place) -> bool:
    outer = place.outer
    if outer is None or outer.node.type not in _CHANGING or not place.is_field(_CHANGING[outer.node.type]):
        return False
    operator = outer.node.child_by_field_name("operator")
    return outer.node.type != "unary_expression" or (operator is not None and operator.type == "delete")


def _is_set(path: Path, writes: list[Path]) -> bool:
    """Whether the code itself sets this member or one above it."""
    names = _names(path)
    return any(write.root == path.root and names[: len(write.members)] == _names(write) for write in writes)


def _names(path: Path) -> tuple[str, ...]:
    return tuple(member.name for member in path.members)


def _use(one: _Read, code: Code, in_doubt: Doubts) -> Use | None:
    members = one.path.members
    kind: Kind = "step"
    if one.path.root == _CONTEXT:
        if len(members) < 2 or members[0].name not in _OF_CONTEXT:
            return None
        kind, members = _OF_CONTEXT[members[0].name], members[1:]
    if not members:
        return None
    first, *rest = (_segment(member, code) for member in members)
    called = _segment(one.behind.called, code) if one.behind.called is not None else None
    before = len(one.path.members) - len(members)
    doubted = frozenset(at - before for at in in_doubt.of(one.path) if at >= before)
    return Use(kind, first, tuple(rest), _is_guarded(one, members), called, doubted)


def _segment(member: Member, code: Code) -> Segment:
    start, end = code.span(member.place.node)
    is_text = _is_quoted(member)
    return Segment(member.name, start + is_text, end - is_text, is_text, member.is_shorthand)


def _is_quoted(member: Member) -> bool:
    return member.place.node.type in {"string", "template_string"}


def _is_guarded(one: _Read, members: tuple[Member, ...]) -> bool:
    if members[0].has_default or is_tried(one.place):
        return True
    if len(members) > 1:
        return members[1].is_optional
    return one.behind.is_doubted or is_condition(one.place) or has_fallback(one.place)
