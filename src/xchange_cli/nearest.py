"""The word that somebody probably meant."""

from collections.abc import Iterable

_CUTOFF = 0.66
"""Lowest likeness (0 to 1) that still counts: one wrong letter in a word of three just passes."""


_SHORTEST_BEGINNING = 3


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Find the candidate that `word` most likely stands for, or None if none is close.

    Candidates that differ in case only win over those that differ in punctuation, these over the only one
    that the word is the beginning of, and that over similar ones. The answer does not depend on the order of
    the candidates.
    """
    known = sorted(set(candidates))
    if word in known:
        return word
    for simplify in (str.casefold, _letters_and_digits):
        simple = simplify(word)
        same = next((candidate for candidate in known if simple and simplify(candidate) == simple), None)
        if same is not None:
            return same
    return _only_one_beginning_with(word, known) or _most_similar(word, known)


def _only_one_beginning_with(word: str, known: list[str]) -> str | None:
    begun = [candidate for candidate in known if candidate.casefold().startswith(word.casefold())]
    return begun[0] if len(begun) == 1 and len(word) >= _SHORTEST_BEGINNING else None


def _letters_and_digits(word: str) -> str:
    return "".join(filter(str.isalnum, word.casefold()))


def _most_similar(word: str, known: list[str]) -> str | None:
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(b=word.casefold(), autojunk=False)
    best, best_ratio = None, _CUTOFF
    for candidate in known:
        matcher.set_seq1(candidate.casefold())
        if matcher.real_quick_ratio() <= best_ratio or matcher.quick_ratio() <= best_ratio:
            continue
        ratio = matcher.ratio()
        if ratio > best_ratio:
            best, best_ratio = candidate, ratio
    return best
