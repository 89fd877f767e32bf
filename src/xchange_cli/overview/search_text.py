"""How well integrations fit words that may stand anywhere."""

from collections.abc import Iterator, Sequence

from xchange_cli.overview.entry import Entry
from xchange_cli.overview.search_words import Matcher, folded, is_pattern

_NOT_FOUND = -1


def rank(entries: Sequence[Entry], words: Sequence[str]) -> list[tuple[int, Entry]]:
    """Keep the entries in which all words are found, each with its rank: the lower, the better they fit.

    A word is looked for in key and name first, then in labels and category, names of flows, and the description.
    """
    matchers = [Matcher(word, is_part=True) for word in words]
    ranked = ((_rank(one, matchers), one) for one in entries)
    return [(number, one) for number, one in ranked if number != _NOT_FOUND]


def _rank(one: Entry, matchers: Sequence[Matcher]) -> int:
    total = 0
    for matcher in matchers:
        found = next((number for number, text in enumerate(_places(one)) if _is_in(matcher, text)), None)
        if found is None:
            return _NOT_FOUND
        total += found + (0 if _is_whole(matcher, one) else 1)
    return total


def _is_in(matcher: Matcher, texts: Sequence[str]) -> bool:
    return any(matcher.fits(text) for text in texts)


def _places(one: Entry) -> Iterator[Sequence[str]]:
    facts = one.facts
    yield (one.key, facts.name)
    yield (*facts.labels, facts.category)
    yield tuple(flow.name for flow in facts.flows)
    yield (facts.description,)


def _is_whole(matcher: Matcher, one: Entry) -> bool:
    return not is_pattern(matcher.word) and matcher.word in {folded(one.key), folded(one.facts.name)}
