"""Regular expressions that are compiled when they are first used: most commands need few of them."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property


class LazyPattern:
    """What `re.compile` gives, later; for patterns that most commands never ask."""

    def __init__(self, text: str, flags: int = 0) -> None:
        self.text = text
        self._flags = flags

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self.text, self._flags)

    def match(self, text: str, *bounds: int) -> re.Match[str] | None:
        return self._pattern.match(text, *bounds)

    def fullmatch(self, text: str, *bounds: int) -> re.Match[str] | None:
        return self._pattern.fullmatch(text, *bounds)

    def search(self, text: str, *bounds: int) -> re.Match[str] | None:
        return self._pattern.search(text, *bounds)

    def finditer(self, text: str, *bounds: int) -> Iterator[re.Match[str]]:
        return self._pattern.finditer(text, *bounds)

    def findall(self, text: str) -> list[str]:
        return self._pattern.findall(text)

    def split(self, text: str) -> list[str | None]:
        return self._pattern.split(text)

    def sub(self, with_: str | Callable[[re.Match[str]], str], text: str) -> str:
        return self._pattern.sub(with_, text)
