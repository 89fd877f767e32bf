"""Characters that end a line for libyaml, which reads YAML 1.1, and that are like any other in YAML 1.2.

They are hidden before libyaml reads a text, one character for one, so that every place stays what it was.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from yaml.events import ScalarEvent

_SEPARATOR = re.compile("[\x85\u2028\u2029]")
_PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE))
"""Characters that mean nothing to Unicode and everything is allowed to hold."""


class Readable(NamedTuple):
    """A text for libyaml; `originals` has, by its code, the separator that a character of the text stands for."""

    text: str
    originals: dict[int, str]

    def restored(self, get: Callable[[], Any]) -> Callable[[], Any]:
        """Give events whose values are those of the original text."""
        if not self.originals:
            return get

        def restore() -> Any:
            event = get()
            if isinstance(event, ScalarEvent):
                event.value = event.value.translate(self.originals)
            return event

        return restore


def readable(text: str) -> Readable:
    """Hide the line separators of a text, and put a byte order mark before one: libyaml drops it without counting."""
    originals: dict[int, str] = {}
    if not text.isascii():
        separators = sorted(set(_SEPARATOR.findall(text)))
        originals = (
            dict(zip(islice(_absent(text), len(separators)), separators, strict=True)) if separators else {}
        )
        text = (
            text.translate({ord(separator): code for code, separator in originals.items()})
            if originals
            else text
        )
    return Readable("\ufeff" + text if text.startswith("\ufeff") else text, originals)


def _absent(text: str) -> Iterator[int]:
    """Yield characters that neither stand in a text nor are written there as an escape such as `\\ue000`."""
    escapes = text.lower()
    for codes in _PRIVATE:
        for code in codes:
            if chr(code) not in text and f"{code:x}" not in escapes:
                yield code
