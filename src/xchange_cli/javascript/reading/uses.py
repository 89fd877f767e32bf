"""Which steps, config variables and flows a code names."""

from collections.abc import Iterator
from functools import cached_property, lru_cache
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

_CONTEXT = 0
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


class Use:
    """A member of the step results, of `configVars` or of `webhookUrls` that the code reads.

    `path` are the members behind it as far as the code names them outright; a method that is called is none of
    them, but `called`.
    """

    __slots__ = ("_judge", "_reads", "called", "first", "kind", "path")

    def __init__(self, said: "_Said", reads: "list[_Read]", judge: "_Judge") -> None:
        self.kind, self.first, self.path, self.called = said
        self._reads = reads
        self._judge = judge

    @property
    def name(self) -> str:
        return self.first.name

    @property
    def start(self) -> int:
        return self.first.start

    @property
    def end(self) -> int:
        return self.first.end

    @property
    def is_guarded(self) -> bool:
        """Whether the code reckons with its absence (`?.`, `??`, `if`, `try`, a default)."""
        return self.start in self._judge.guarded or all(
            self._judge.is_decided(self.kind, self.name, one.place) for one in self._reads
        )

    @property
    def doubted(self) -> frozenset[int]:
        """The positions in `(first, *path)` of the members whose absence the code reckons with anywhere."""
        one = self._reads[0]
        before = len(one.path.members) - 1 - len(self.path)
        return frozenset(at - before for at in self._judge.doubts.of(one.path) if at >= before)


class _Said(NamedTuple):
    kind: Kind
    first: Segment
    path: tuple[Segment, ...]
    called: Segment | None


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
    by_said: dict[_Said, list[_Read]] = {}
    for one in found:
        if not _is_changed(one.place) and not _is_set(one.path, writes):
            said = _said(one, read(code))
            if said is not None:
                by_said.setdefault(said, []).append(one)
    judge = _Judge(found, by_said)
    given = (Use(said, reads, judge) for said, reads in by_said.items())
    return tuple(sorted(given, key=lambda use: (use.start, len(use.path))))


class _Judge:
    """Says what the code reckons with the absence of; most code reads only what is there, and nobody asks."""

    def __init__(self, found: "list[_Read]", by_said: "dict[_Said, list[_Read]]") -> None:
        self._found = found
        self._by_said = by_said

    @cached_property
    def doubts(self) -> Doubts:
        return doubts(self._found)

    @cached_property
    def guarded(self) -> frozenset[int]:
        """The starts of the names that stand for what is guarded: so is then all that is read through them."""
        return frozenset(said.first.start for said, _ in self._guarded_reads)

    def is_decided(self, kind: Kind, name: str, place: Place) -> bool:
        """Tell whether a condition that asks for the same member decides whether a place is reached."""
        return any(place.node.start_byte in part for part in self._parts.get((kind, name), ()))

    @cached_property
    def _parts(self) -> dict[tuple[Kind, str], list[range]]:
        parts: dict[tuple[Kind, str], list[range]] = {}
        for said, one in self._guarded_reads:
            if not said.path and is_condition(one.place):
                parts.setdefault((said.kind, said.first.name), []).append(guarded_part(one.place))
        return parts

    @cached_property
    def _guarded_reads(self) -> list[tuple[_Said, _Read]]:
        return [
            (said, one) for said, reads in self._by_said.items() for one in reads if _is_guarded(said, one)
        ]


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


def _said(one: _Read, code: Code) -> _Said | None:
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
    return _Said(kind, first, tuple(rest), called)


def _segment(member: Member, code: Code) -> Segment:
    start, end = code.span(member.place.node)
    is_text = _is_quoted(member)
    return Segment(member.name, start + is_text, end - is_text, is_text, member.is_shorthand)


def _is_quoted(member: Member) -> bool:
    return member.place.node.type in {"string", "template_string"}


def _is_guarded(said: _Said, one: _Read) -> bool:
    members = one.path.members[-1 - len(said.path) :]
    if members[0].has_default or is_tried(one.place):
        return True
    if len(members) > 1:
        return members[1].is_optional
    return one.behind.is_doubted or is_condition(one.place) or has_fallback(one.place)
