"""Which part of an old integration is which part of a new one.

In this order: what the new file says itself (`renameAttributes`), the name, the `stableKey`, and the likeness of what is
left (`similarity`). A flow's trigger is its trigger whatever its name is. Steps are looked for in the whole flow, then
in all others; branches in their step. Of several with one name, the first is the first.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator

from xchange_cli.changes.comparison.features import (
    candidate,
    candidate_of_any_type,
    condition_items,
    is_trigger,
    key_of,
    uses_of_variables,
)
from xchange_cli.changes.comparison.part import Part, PartKind
from xchange_cli.changes.comparison.readers import readers_of, ref_of
from xchange_cli.changes.comparison.similarity import (
    THRESHOLD,
    Candidate,
    Judge,
    clear_pairs,
    is_alike,
    likeness,
    pairs,
)
from xchange_cli.document.node import Mapping
from xchange_cli.model.integration import ConfigVar, Integration, PageElement

_ELSE = "Else"
_SURE = 0.85
"""How alike two steps with different names in different flows have to be."""
_TELLING = 2.0
"""How much such steps have to hold, so that they are told from others at all."""

_OF_ANY_TYPE = 0.85
"""How alike two config variables with different names and different types have to be."""
_SOMETHING = 1.0
"""How much such variables have to hold: a default, a description, or an input that uses them."""

Key = Callable[[Part], Hashable]
More = Callable[[Part], Iterable[Hashable]]


def match(old: Part, new: Part) -> dict[Part, Part]:
    """Give, for each part of the old integration that is still there, what it is in the new one."""
    matching = _Matching()
    matching.pair(old, new)
    _match_variables(matching, old, new)
    _match_pages(matching, old, new)
    _match_flows(matching, old, new)
    return matching.pairs


class _Matching:
    """The pairs so far. `partners` gives for each part of either side the one of the new side that it is."""

    def __init__(self) -> None:
        self.pairs: dict[Part, Part] = {}
        self.partners: dict[Part, Part] = {}

    def pair(self, old: Part, new: Part) -> None:
        self.pairs[old] = new
        self.partners[old] = self.partners[new] = new

    def left(self, parts: Iterable[Part]) -> list[Part]:
        return [part for part in parts if part not in self.partners]

    def of(self, kind: PartKind) -> list[tuple[Part, Part]]:
        return [(old, new) for old, new in self.pairs.items() if old.kind is kind]

    def equal(
        self, olds: Iterable[Part], news: Iterable[Part], of_old: Key, of_new: Key | None = None
    ) -> None:
        """Pair what has the same key, in order; None is no key."""
        waiting: dict[Hashable, deque[Part]] = {}
        for old in self.left(olds):
            if (key := of_old(old)) is not None:
                waiting.setdefault(key, deque()).append(old)
        for new in self.left(news) if waiting else ():
            found = waiting.get((of_new or of_old)(new))
            if found:
                self.pair(found.popleft(), new)

    def named(self, olds: list[Part], news: list[Part], renames: dict[str, str]) -> None:
        """Pair by what the new file says was renamed, by name, and by stable key."""
        if renames:
            names = {old.name for old in olds}
            given = {before: after for before, after in renames.items() if after not in names}
            self.equal(olds, news, lambda old: given.get(old.name), _name)
        self.equal(olds, news, _name)
        self.equal(olds, news, _stable_key)

    def alike(
        self,
        olds: Iterable[Part],
        news: Iterable[Part],
        more: More = lambda _: (),
        is_enough: Judge = is_alike,
        readers: More = lambda _: (),
    ) -> None:
        """Pair what is left by what it holds; `more` are features beyond what a part has in itself, `readers` what reads it."""
        sides = self.left(olds), self.left(news)
        if not all(sides):
            return
        keys = {key_of(part) for part in sides[0]} & {key_of(part) for part in sides[1]}
        first, second = (
            [
                candidate(part, self.partners, more(part), readers(part))
                for part in side
                if key_of(part) in keys
            ]
            for side in sides
        )
        for old, new in pairs(first, second, is_enough):
            self.pair(old, new)


def _match_variables(matching: _Matching, old: Part, new: Part) -> None:
    olds, news = _children(old, new, "requiredConfigVars")
    matching.named(olds, news, _renames(new, "requiredConfigVars"))
    if matching.left(olds) and matching.left(news):
        uses = {
            side: uses_of_variables(side.facts) for side in (old, new) if isinstance(side.facts, Integration)
        }

        def more(variable: Part) -> Iterable[Hashable]:
            return uses[_top(variable)].get(variable.name, ())

        matching.alike(olds, news, more)
        _match_variables_of_any_type(matching, olds, news, more)


def _match_variables_of_any_type(matching: _Matching, olds: list[Part], news: list[Part], more: More) -> None:
    """Pair config variables that have another name and another type, where it is clear; what a connection is, is its type."""

    def is_enough(one: Candidate, other: Candidate, alike: float) -> bool:
        return alike > _OF_ANY_TYPE and min(one.weight, other.weight) >= _SOMETHING

    first, second = (
        [
            candidate_of_any_type(part, matching.partners, more(part))
            for part in matching.left(side)
            if not _is_connection(part)
        ]
        for side in (olds, news)
    )
    for old, new in clear_pairs(first, second, is_enough):
        matching.pair(old, new)


def _match_pages(matching: _Matching, old: Part, new: Part) -> None:
    """Pair pages, then what they show: on the same page first, then on any; texts that were changed, on their page."""
    olds, news = _children(old, new, "configPages")
    matching.named(olds, news, {})
    matching.alike(olds, news)
    shown_then, shown_now = _shown(matching, old), _shown(matching, new)
    pages = matching.of(PartKind.PAGE)
    for page, now in pages:
        matching.equal(_elements(page), _elements(now), shown_then, shown_now)
    matching.equal(_elements(*olds), _elements(*news), shown_then, shown_now)
    for page, now in pages:
        matching.alike(_texts(page), _texts(now))


def _shown(matching: _Matching, side: Part) -> Key:
    """Give what tells what an element shows: a config variable of both sides, or the name of what is none, or a text."""
    variables: dict[str, Part] = {}
    for variable in side.children.get("requiredConfigVars", []):
        if variable in matching.partners:
            variables.setdefault(variable.name, matching.partners[variable])

    def shown(element: Part) -> Hashable:
        facts = element.facts
        assert isinstance(facts, PageElement)
        return facts.kind, variables.get(element.name, element.name) if element.name else (
            "text",
            facts.value,
        )

    return shown


def _match_flows(matching: _Matching, old: Part, new: Part) -> None:
    sides = _children(old, new, "flows")
    matching.named(*sides, _renames(new, "flows"))
    matching.alike(*sides)
    for flow, now in matching.of(PartKind.FLOW):
        _match_steps(matching, flow, now)
    _match_steps_of_other_flows(matching, old, new)
    _match_branches(matching)


def _match_steps(matching: _Matching, flow: Part, now: Part) -> None:
    triggers = [next(filter(is_trigger, side.children.get("steps", [])[:1]), None) for side in (flow, now)]
    if triggers[0] is not None and triggers[1] is not None:
        matching.pair(triggers[0], triggers[1])
    olds, news = _steps(flow), _steps(now)
    matching.named(olds, news, _renames(now, "steps"))
    if matching.left(olds) and matching.left(news):
        _match_branches(matching)
        read = {
            side: readers_of(matching.left(steps), side, matching.partners)
            for side, steps in ((flow, olds), (now, news))
        }
        matching.alike(
            olds,
            news,
            is_enough=_is_same_step,
            readers=lambda step: read[_flow_of(step)].get(ref_of(step), ()),
        )


def _is_same_step(one: Candidate, other: Candidate, alike: float) -> bool:
    """Tell two steps that are alike not by what reads them alone: another step elsewhere may be read in its stead."""
    return alike > THRESHOLD and (
        not one.readers & other.readers or likeness(one._replace(readers=frozenset()), other) > THRESHOLD / 2
    )


def _match_steps_of_other_flows(matching: _Matching, old: Part, new: Part) -> None:
    """Pair steps that have left their flow: what is called the same and alike, or is the same beyond doubt."""

    def is_enough(one: Candidate, other: Candidate, alike: float) -> bool:
        if is_trigger(one.part) or is_trigger(other.part):
            return False
        if one.part.name == other.part.name:
            return is_alike(one, other, alike)
        return alike > _SURE and min(one.weight, other.weight) >= _TELLING

    matching.alike(_steps(old), _steps(new), is_enough=is_enough)


def _match_branches(matching: _Matching) -> None:
    """Pair the branches of all steps that are paired; they help to tell the steps in them."""

    def conditions(branch: Part) -> Iterator[Hashable]:
        yield from (("condition", item.value) for item in condition_items(branch))

    for step, now in matching.of(PartKind.STEP):
        olds, news = _children(step, now, "branches")
        if olds and news:
            matching.named(olds, news, {})
            matching.alike(_but_else(olds), _but_else(news), conditions)


def _but_else(branches: Iterable[Part]) -> list[Part]:
    return [branch for branch in branches if branch.name != _ELSE]


def _children(old: Part, new: Part, key: str) -> tuple[list[Part], list[Part]]:
    return old.children.get(key, []), new.children.get(key, [])


def _elements(*pages: Part) -> list[Part]:
    return [element for page in pages for element in page.children.get("elements", [])]


def _texts(page: Part) -> list[Part]:
    return [element for element in _elements(page) if not element.name]


def _steps(part: Part) -> list[Part]:
    return [one for one in part.walk() if one.kind is PartKind.STEP]


def _flow_of(step: Part) -> Part:
    return next(above for above in step.above() if above.kind is PartKind.FLOW)


def _top(part: Part) -> Part:
    return next((above for above in part.above() if above.parent is None), part)


def _is_connection(variable: Part) -> bool:
    return isinstance(variable.facts, ConfigVar) and variable.facts.data_type == "connection"


def _name(part: Part) -> str:
    return part.name


def _stable_key(part: Part) -> str | None:
    found = part.node.text("stableKey")
    return found.value if found is not None and found.value else None


def _renames(part: Part, key: str) -> dict[str, str]:
    """Give the new names by the old ones, as `renameAttributes` of the new file has them."""
    attributes = part.node.mapping("renameAttributes")
    listed = attributes.sequence(key) if attributes is not None else None
    found: dict[str, str] = {}
    for item in listed.items if listed is not None else ():
        if isinstance(item, Mapping):
            old, new = item.text("oldName"), item.text("newName")
            if old is not None and new is not None and old.value != new.value:
                found.setdefault(old.value, new.value)
    return found
