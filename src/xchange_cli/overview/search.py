"""Which integrations somebody looks for, and in which order they come."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from types import MappingProxyType
from typing import NamedTuple

from xchange_cli.overview.entry import Entry
from xchange_cli.overview.orders import CATEGORY, CHANGED, KEY, NAME
from xchange_cli.overview.search_filters import FILTERS
from xchange_cli.overview.search_text import rank
from xchange_cli.overview.search_words import Matcher, folded, is_pattern


class Wanted(NamedTuple):
    """What is looked for; nothing means all.

    Each of `words` must be found somewhere. `filters` have one of their words each fulfilled, by names of `FILTERS`.
    `order` is one of ORDERS; empty stands for the best first where there are words, else for the key.
    """

    words: Sequence[str] = ()
    filters: Mapping[str, Sequence[str]] = MappingProxyType({})
    order: str = ""


class Unmatched(NamedTuple):
    """A word for a filter that no integration of the project fulfils; `known` are words that some do."""

    filter: str
    word: str
    nearest: str | None
    known: tuple[str, ...]


class Found(NamedTuple):
    """`all_files` counts the integrations of the project; `unread` are those that may be missing for want of facts."""

    entries: tuple[Entry, ...]
    order: str = KEY
    all_files: int = 0
    unread: tuple[Entry, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()


def search(entries: Iterable[Entry], wanted: Wanted) -> Found:
    """Choose entries and put them in order."""
    known = list(entries)
    filters = {name: list(map(_matcher(name), words)) for name, words in wanted.filters.items() if words}
    chosen = [one for one in known if _passes(one, filters)]
    ranked = rank(chosen, wanted.words)
    order = wanted.order or ("" if wanted.words else KEY)
    ranked.sort(key=lambda pair: _place(pair[1], pair[0], order))
    found = tuple(one for _, one in ranked)
    there = {one.path for one in found}
    unread = tuple(one for one in known if not one.facts.is_known and one.path not in there)
    return Found(found, order or KEY, len(known), unread, tuple(_unmatched(known, wanted)))


def _matcher(name: str) -> Callable[[str], Matcher]:
    is_part = FILTERS[name].takes_parts
    return lambda word: Matcher(word, is_part=is_part)


def _passes(one: Entry, filters: Mapping[str, Sequence[Matcher]]) -> bool:
    """Of a file of which nothing is known, nothing can be said but its key."""
    if filters and not one.facts.is_known:
        return False
    return all(_fulfils(one, name, matchers) for name, matchers in filters.items())


def _fulfils(one: Entry, name: str, matchers: Sequence[Matcher]) -> bool:
    values = tuple(FILTERS[name].values(one)) or ("",)
    return any(matcher.fits(value) for matcher in matchers for value in values)


def _place(one: Entry, rank: int, order: str) -> tuple[int, str, str, str]:
    first = {NAME: one.facts.name.casefold(), CATEGORY: one.facts.category.casefold()}.get(order, "")
    number = {"": rank, CHANGED: -(one.changed_at or 0)}.get(order, 0)
    return (number, first, one.key, one.file)


def _unmatched(known: Sequence[Entry], wanted: Wanted) -> Iterator[Unmatched]:
    """Find the words that are most likely misspelt: whole words that nothing in the project is called by."""
    for name, words in wanted.filters.items():
        plain = [word for word in words if word and not is_pattern(word)]
        chosen = FILTERS[name]
        if not plain or chosen.takes_parts:
            continue
        told = {value for one in known for value in chosen.told(one) if value}
        there = {folded(value) for one in known for value in chosen.values(one)}
        for word in plain:
            if folded(word) not in there:
                yield _suggestion(name, word, told)


def _suggestion(name: str, word: str, told: AbstractSet[str]) -> Unmatched:
    from xchange_cli.nearest import nearest

    return Unmatched(name, word, nearest(word, told), tuple(sorted(told)))
