"""Patterns for names: `*` stands for any characters, `?` for one, `[abc]` for one of these."""

import re
from collections.abc import Iterable
from fnmatch import translate
from typing import NamedTuple

_MAGIC = frozenset("*?[")
_ALL = translate("*")


def is_pattern(text: str) -> bool:
    """Tell whether a text stands for more than itself."""
    return bool(_MAGIC.intersection(text))


class Globs(NamedTuple):
    """Patterns, one of which must fit a whole text; those without a special character are `words`."""

    words: frozenset[str]
    patterns: tuple["re.Pattern[str]", ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Globs":
        listed = list(texts)
        special = [text for text in listed if is_pattern(text)]
        return cls(
            frozenset(listed).difference(special), tuple(re.compile(translate(text)) for text in special)
        )

    @property
    def take_all(self) -> bool:
        return any(pattern.pattern == _ALL for pattern in self.patterns)

    def take(self, text: str) -> bool:
        if text in self.words:
            return True
        return bool(self.patterns) and any(pattern.match(text) for pattern in self.patterns)
