"""Words that people look for: capitals do not count, and `*` stands for any characters."""

import re
import unicodedata
from functools import cached_property

ANY = "*"


def folded(text: str) -> str:
    """Give a text as it is compared: without capitals, and accents in one spelling."""
    small = text.casefold()
    return small if small.isascii() else unicodedata.normalize("NFC", small)


def is_pattern(word: str) -> bool:
    return ANY in word


class Matcher:
    """A word is for the whole of a text; with `is_part`, for a part of it, unless it has a `*` or is empty."""

    def __init__(self, word: str, *, is_part: bool = False) -> None:
        self.word = folded(word)
        self._is_part = is_part and bool(word) and not is_pattern(word)

    def fits(self, text: str) -> bool:
        return self.fits_folded(folded(text))

    def fits_folded(self, text: str) -> bool:
        if self._is_part:
            return self.word in text
        if is_pattern(self.word):
            return self._pattern.fullmatch(text) is not None
        return self.word == text

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = re.sub(r"\*+", ANY, self.word).split(ANY)
        return re.compile(".*".join(map(re.escape, parts)), re.DOTALL)
