"""What parts are told apart by: what their fields say, what is in them, what uses them, and where they stand."""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any

from xchange_cli.changes.comparison.inputs import UNSET
from xchange_cli.changes.comparison.part import Address, Part, PartKind
from xchange_cli.changes.comparison.similarity import Candidate
from xchange_cli.changes.comparison.values import meaning
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.node import Node
from xchange_cli.expression.ast import ConfigValue, Item, Items, walk
from xchange_cli.model.integration import ActionRef, ConfigVar, Input, Integration, PageElement, Step
from xchange_cli.model.walk import walk_integration

_SAYS_LITTLE = 8
"""Texts of fewer characters (`false`, `json`, `10`) are found everywhere."""
_LITTLE, _FULL, _MOST = 0.1, 1.0, 6.0
_SHOWN = "shown on"
"""That a page asks for both says little of two config variables: most are on the same one."""
_WORD = re.compile(r"\w+")
_NOT_TELLING = frozenset(["action", "connection", "dataSource", "stableKey"])
"""Parts are only compared when these are the same."""
_OF_TYPE = frozenset(
    [
        "codeLanguage",
        "collectionType",
        "dataSource",
        "dataType",
        "inputs",
        "pickList",
        "scheduleType",
        "timeZone",
    ]
)
"""What a config variable has because of its type."""

Uses = Mapping[str, set[Hashable]]
Partners = Mapping[Part, Part]


def candidate(
    part: Part, partners: Partners, more: Iterable[Hashable] = (), readers: Iterable[Hashable] = ()
) -> Candidate:
    """Give a part with its features; `partners` are, of the parts of both sides, those of the new side that they are."""
    content: dict[Hashable, float] = {}
    for address, node in _telling(part, _NOT_TELLING):
        _add_words(content, address, node.data)
    for children in part.children.values():
        for child in children:
            _add(content, ("inside", _identity(child, partners)), _FULL)
    _add_more(content, more)
    return Candidate(part, key_of(part), content, frozenset(_place(part, partners)), frozenset(readers))


def candidate_of_any_type(variable: Part, partners: Partners, more: Iterable[Hashable]) -> Candidate:
    """Give a config variable with the features that it keeps when it gets another type; a short default tells it, too."""
    content: dict[Hashable, float] = {}
    for address, node in _telling(variable, _NOT_TELLING | _OF_TYPE):
        _add_words(content, address, node.data, _FULL if address == ("defaultValue",) else _LITTLE)
    _add_more(content, more)
    return Candidate(variable, variable.kind, content, frozenset(_place(variable, partners)))


def key_of(part: Part) -> Hashable:
    """Give what two parts have to have in common to be the same under another name."""
    match part.facts:
        case Step(action=action):
            return part.kind, _named(action)
        case ConfigVar() as variable:
            sources = (_named(variable.connection), _named(variable.data_source))
            return part.kind, variable.data_type, variable.collection, sources, _shared(part)
        case PageElement(kind=kind):
            return part.kind, kind
    return part.kind


def uses_of_variables(integration: Integration) -> Uses:
    """Give the places where each config variable is used, by names that stay when it gets another one."""
    uses: dict[str, set[Hashable]] = {}
    for flow, placed in walk_integration(integration):
        _add_uses(uses, (flow.name, placed.step.name), placed.step.inputs)
    for page in integration.config_pages:
        for element in page.elements:
            uses.setdefault(element.value, set()).add((_SHOWN, page.name))
    for variable in integration.config_vars:
        _add_uses(uses, ("variable", variable.key), variable.inputs)
    return uses


def condition_items(branch: Part, catalog: Catalog | None = None) -> Iterator[Item]:
    """Yield what chooses a branch: the items with its name in an input of its step.

    With a catalogue, only in the input that it names for this, if it knows one.
    """
    step = branch.parent.facts if branch.parent is not None else None
    if not isinstance(step, Step):
        return
    action = step.action
    known = (
        catalog.action(action.component, action.key, is_public=action.is_public)
        if catalog and action
        else None
    )
    for key, given in step.inputs.items():
        if isinstance(given.expression, Items) and (known is None or known.branch_input in {"", key}):
            yield from (item for item in given.expression.items if item.name == branch.name)


def _add_uses(uses: dict[str, set[Hashable]], where: Hashable, inputs: Mapping[str, Input]) -> None:
    for key, given in inputs.items():
        for part in walk(given.expression):
            for one in getattr(part, "parts", (part,)):
                if isinstance(one, ConfigValue) and one.key:
                    uses.setdefault(one.key, set()).add(("used by", where, key))


def _telling(part: Part, without: frozenset[str]) -> Iterator[tuple[Address, Node]]:
    """Yield the fields that say something, but for those below some keys."""
    for address, node in part.fields.items():
        if address[0] not in without and meaning(part, address, node) not in {None, UNSET}:
            yield address, node


def _add_more(content: dict[Hashable, float], more: Iterable[Hashable]) -> None:
    for feature in more:
        _add(content, feature, _LITTLE if isinstance(feature, tuple) and feature[0] == _SHOWN else _FULL)


def _add(weights: dict[Hashable, float], feature: Hashable, weight: float) -> None:
    weights[feature] = weights.get(feature, 0.0) + weight


def _add_words(content: dict[Hashable, float], where: Hashable, data: Any, little: float = _LITTLE) -> None:
    """Add what a value says: each of its leaves weighs the same, whatever the number of its words, a short one `little`."""
    match data:
        case dict():
            name = data.get("name")
            for key, value in data.items():
                _add_words(content, (where, name if isinstance(name, str) else "", key), value, little)
        case list():
            for value in data:
                _add_words(content, where, value, little)
        case str() if "\n" in data:
            lines = [line for line in map(str.strip, data.split("\n")) if line]
            for line in lines:
                _add(content, (where, line), min(_FULL, _MOST / len(lines)))
        case _:
            text = str(data)
            words = _WORD.findall(text) or [text]
            weight = _FULL if len(text) >= _SAYS_LITTLE else little
            for word in words:
                _add(content, (where, word), weight / len(words))


def _identity(child: Part, partners: Partners) -> Hashable:
    known = partners.get(child)
    if known is not None:
        return known
    match child.facts:
        case Step(action=action):
            return child.name, _named(action)
        case PageElement(kind=kind, value=value):
            return kind, value
    return child.name


def _place(part: Part, partners: Partners) -> Iterable[Hashable]:
    """Yield the list that a part is in and its neighbours, as far as both sides know them."""
    parent = part.parent
    known = partners.get(parent) if parent is not None else None
    if parent is None or known is None:
        return
    key = next(key for key, parts in parent.children.items() if part in parts)
    siblings = parent.children[key]
    at = siblings.index(part)
    yield "in", known, key
    for name, neighbours in (("behind", siblings[:at][-1:]), ("before", siblings[at + 1 :][:1])):
        neighbour = neighbours[0] if neighbours else None
        if neighbour is None:
            yield name, known, key
        elif neighbour in partners:
            yield name, partners[neighbour]


def _shared(variable: Part) -> str | None:
    """Give which shared connection a config variable stands for: all that such a variable says."""
    found = variable.node.text("useScopedConfigVar")
    return found.value if found is not None else None


def _named(action: ActionRef | None) -> Hashable:
    return None if action is None else (action.component, action.key, action.is_public)


def is_trigger(part: Part) -> bool:
    return isinstance(part.facts, Step) and part.facts.is_trigger and part.kind is PartKind.STEP
