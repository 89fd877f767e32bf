"""What a rule says, with words in braces that are filled in."""

import re
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from xchange_cli.validation.house.around import Around, Read, action, component

VALUE = "value"
LONGEST = 60
"""Characters of a value that a message shows."""

_BLANK = re.compile(r"(?<!\{)\{([A-Za-z]+)\}(?!\})")

_READERS: dict[str, Read] = {
    "integration": attrgetter("facts.key"),
    "flow": attrgetter("flow.flow.name"),
    "step": attrgetter("step.step.name"),
    "component": component,
    "action": action,
    "configVar": attrgetter("variable.key"),
    "input": attrgetter("input.key"),
}
_OF_FLOW = (VALUE, "integration", "flow")
_OF_STEP = (*_OF_FLOW, "step", "component", "action")

FILLED = {
    "integration": (VALUE, "integration"),
    "flow": _OF_FLOW,
    "step": _OF_STEP,
    "trigger": _OF_STEP,
    "configVar": (VALUE, "integration", "configVar"),
    "input": (*_OF_STEP, "input", "configVar"),
}
"""The words that can be filled in, by what a rule looks at."""


class Blank(NamedTuple):
    """A word in braces; `start` and `end` are the offsets of the word."""

    word: str
    start: int
    end: int


def blanks(text: str) -> Iterator[Blank]:
    for found in _BLANK.finditer(text):
        yield Blank(found[1], found.start(1), found.end(1))


def filled(text: str, around: Around, value: str) -> str:
    """Fill in; what is not there, such as the step of a config variable's input, leaves nothing."""

    def word(found: "re.Match[str]") -> str:
        return shortened(value) if found[1] == VALUE else _read(found[1], around)

    return _BLANK.sub(word, text)


def unfilled(text: str) -> str:
    """Put `…` in the place of the words in braces, once for several that follow each other."""
    return re.sub("…+", "…", _BLANK.sub("…", text))


def shortened(value: str) -> str:
    """Give a value on one line and not too long."""
    line = " ".join(value[: 4 * LONGEST].split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _read(word: str, around: Around) -> str:
    if word in {"flow", "step"} and around.step is None and around.flow is None:
        return ""
    if word == "configVar" and around.variable is None:
        return ""
    return _READERS[word](around)
