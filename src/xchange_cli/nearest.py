"""The word that somebody probably meant."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import NamedTuple

_CUTOFF = 0.66
"""Lowest likeness (0 to 1) that still counts: one wrong letter in a word of three just passes."""
_FOR_SAME_BEGINNING = 0.2
"""How much the beginning that both words share counts, if it is all of the word: `-variable` stands for `-var`."""
_SHORTEST_BEGINNING = 3
_MANY = 40
"""From this number of candidates on, an index of their letters is faster than a look at each."""
_ROUNDING = 1e-9


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Find the candidate that `word` most likely stands for, or None if none is close.

    Candidates that differ in case only win over those that differ in punctuation, these over the only one
    that the word is the beginning of, and that over similar ones. The answer does not depend on the order of
    the candidates.
    """
    return _words(frozenset(candidates)).nearest(word)


@lru_cache(maxsize=16)
def _words(candidates: frozenset[str]) -> "_Words":
    return _Words(candidates)


def _letters_and_digits(word: str) -> str:
    return "".join(filter(str.isalnum, word.casefold()))


class _Words:
    """Candidates, prepared for many questions: a file with many mistakes asks about the same ones again and again."""

    def __init__(self, candidates: frozenset[str]) -> None:
        self._candidates = candidates
        self._known = sorted(candidates)
        self._folded = [candidate.casefold() for candidate in self._known]
        self._was_asked = False

    def nearest(self, word: str) -> str | None:
        if word in self._candidates:
            return word
        same = self._by_case.get(word.casefold()) if word else None
        simple = _letters_and_digits(word)
        if same is None and simple:
            same = self._by_letters.get(simple)
        return same or self._only_one_beginning_with(word) or self._most_similar(word)

    @cached_property
    def _by_case(self) -> dict[str, str]:
        return dict(zip(reversed(self._folded), reversed(self._known), strict=True))

    @cached_property
    def _in_order(self) -> list[str]:
        return sorted(self._folded)

    @cached_property
    def _by_letters(self) -> dict[str, str]:
        return {_letters_and_digits(candidate): candidate for candidate in reversed(self._known)}

    def _only_one_beginning_with(self, word: str) -> str | None:
        if len(word) < _SHORTEST_BEGINNING:
            return None
        start = word.casefold()
        index = bisect_left(self._in_order, start)
        begun = [folded for folded in self._in_order[index : index + 2] if folded.startswith(start)]
        return self._by_case[begun[0]] if len(begun) == 1 else None

    def _most_similar(self, word: str) -> str | None:
        """Find the first of those with the highest likeness and beginning together."""
        best, best_score = None, 0.0
        for number, ratio, extra in self._scored(word):
            if ratio > max(_CUTOFF, best_score - extra):
                best, best_score = self._known[number], ratio + extra
        return best

    def _scored(self, word: str) -> Iterator["_Scored"]:
        """Yield, in the order of the alphabet, at least all those between which the best is decided."""
        folded = word.casefold()
        if _is_too_long(folded, self._longest):
            return iter(())
        is_worth_it, self._was_asked = self._was_asked and len(self._known) >= _MANY, True
        if not is_worth_it:
            return _scored_one_by_one(word, folded, self._folded)
        return iter(sorted(self._index.scored(word, folded, self._folded)))

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._folded), default=0)

    @cached_property
    def _index(self) -> "_Index":
        return _Index(self._folded)


def _is_too_long(word: str, longest: int) -> bool:
    """Tell whether a word could not be like any other, even if it had all letters of the longest one."""
    return 2 * longest <= _CUTOFF * (len(word) + longest)


class _Scored(NamedTuple):
    number: int
    ratio: float
    extra: float


def _scored_one_by_one(word: str, folded: str, others: list[str]) -> Iterator[_Scored]:
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(b=folded, autojunk=False)
    best_score = 0.0
    for number, other in enumerate(others):
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() <= _CUTOFF:
            continue
        extra = _for_same_beginning(word, _same_beginning(folded, other))
        if matcher.quick_ratio() > max(_CUTOFF, best_score - extra):
            ratio = matcher.ratio()
            best_score = max(best_score, ratio + extra if ratio > _CUTOFF else 0)
            yield _Scored(number, ratio, extra)


def _same_beginning(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _for_same_beginning(word: str, count: int) -> float:
    return _FOR_SAME_BEGINNING * count / max(1, len(word))


class _Group(NamedTuple):
    """Words of one length that share as many letters and as long a beginning with the one in question."""

    best_score: float
    extra: float
    words: int


class _Index:
    """Sets of words by what they have in common; a set is a number whose bits are the words' numbers.

    A word can be no more like another than the letters that both have and the lengths of both allow. So those that
    can be the best are found without a look at each.
    """

    def __init__(self, words: list[str]) -> None:
        self._all = (1 << len(words)) - 1
        lengths: dict[int, list[int]] = {}
        letters: dict[tuple[str, int], list[int]] = {}
        places: dict[tuple[str, int], list[int]] = {}
        for number, word in enumerate(words):
            lengths.setdefault(len(word), []).append(number)
            counts: Counter[str] = Counter()
            for place, letter in enumerate(word):
                counts[letter] += 1
                letters.setdefault((letter, counts[letter]), []).append(number)
                places.setdefault((letter, place), []).append(number)
        size = len(words)
        self._by_length = {key: _bits(numbers, size) for key, numbers in lengths.items()}
        self._by_letter = {key: _bits(numbers, size) for key, numbers in letters.items()}
        self._by_place = {key: _bits(numbers, size) for key, numbers in places.items()}

    def scored(self, word: str, folded: str, others: list[str]) -> Iterator[_Scored]:
        from difflib import SequenceMatcher

        matcher = SequenceMatcher(b=folded, autojunk=False)
        best_score = 0.0
        for group in sorted(self._groups(word, folded), reverse=True):
            if group.best_score < best_score - _ROUNDING:
                return
            for number in _numbers(group.words):
                matcher.set_seq1(others[number])
                ratio = matcher.ratio()
                if ratio > _CUTOFF:
                    best_score = max(best_score, ratio + group.extra)
                    yield _Scored(number, ratio, group.extra)

    def _groups(self, word: str, folded: str) -> Iterator[_Group]:
        """Yield the words that may be like enough; `best_score` is what they can reach at most."""
        with_beginning = list(self._with_beginning(folded))
        sharing = self._sharing(folded)
        for length, of_length in self._by_length.items():
            for count, with_letters in enumerate(sharing):
                ratio = 2 * count / max(1, length + len(folded))
                here = of_length & with_letters
                if not here or ratio <= _CUTOFF:
                    continue
                for beginning, words in with_beginning:
                    if here & words:
                        extra = _for_same_beginning(word, beginning)
                        yield _Group(ratio + extra, extra, here & words)

    def _with_beginning(self, folded: str) -> Iterator[tuple[int, int]]:
        """Yield the words that begin with just so many letters of a word."""
        words = self._all
        for place, letter in enumerate(folded):
            further = words & self._by_place.get((letter, place), 0)
            if words != further:
                yield place, words ^ further
            words = further
        yield len(folded), words

    def _sharing(self, folded: str) -> list[int]:
        """Give, for each number, the words that have just so many letters in common with a word."""
        exactly = [self._all]
        counts: Counter[str] = Counter()
        for letter in folded:
            counts[letter] += 1
            having = self._by_letter.get((letter, counts[letter]), 0)
            one_more = [words & having for words in exactly]
            exactly = [words & ~having for words in exactly] + [0]
            for number, words in enumerate(one_more, 1):
                exactly[number] |= words
        return exactly


def _bits(numbers: list[int], size: int) -> int:
    marks = bytearray(size // 8 + 1)
    for number in numbers:
        marks[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(marks, "little")


def _numbers(words: int) -> Iterator[int]:
    while words:
        lowest = words & -words
        yield lowest.bit_length() - 1
        words ^= lowest
