"""The words by which texts may mean what is renamed."""

import re
from collections.abc import Iterator
from functools import cached_property

from xchange_cli.renaming.subject import Subject

_SEVERAL_WORDS = re.compile(r"[a-z0-9]+[A-Z0-9]")


class Words:
    """`exact` are the name and, of a step, its key."""

    def __init__(self, subject: Subject) -> None:
        self.name = subject.old
        self.key = subject.old_key
        self.exact = tuple(dict.fromkeys(filter(None, (self.name, self.key))))

    def found_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the name stands as whole words; a key only where it cannot be an ordinary word."""
        return (match.span() for match in self._pattern.finditer(text))

    def is_meant_by(self, text: str) -> bool:
        """Tell whether a text is the name, is a path of a step, or holds a placeholder for it."""
        if text in self.exact or f"{{{{#{self.name}}}}}" in text:
            return True
        return bool(self.key) and (f"{{{{${self.key}." in text or text.startswith(f"{self.key}.results"))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        searched = [word for word in self.exact if word != self.key or _SEVERAL_WORDS.match(word)]
        words = "|".join(map(re.escape, searched or self.exact))
        return re.compile(rf"(?<!\w)(?:{words})(?!\w)")
