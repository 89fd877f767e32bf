"""Conditions on the values that a path leads to."""

import re
from typing import NamedTuple

from xchange_cli.document.node import Mapping, Node, Scalar, Sequence
from xchange_cli.validation.house.globs import Globs
from xchange_cli.validation.house.paths import Path
from xchange_cli.validation.house.regex import fits

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class Condition(NamedTuple):
    """Holds where one of the values at `path` passes all the tests that are not None.

    `given` False is no such test: it holds where no value at the path says anything.
    """

    path: Path
    words: frozenset[str] | None = None
    like: Globs | None = None
    matches: str | None = None
    at_least: float | None = None
    at_most: float | None = None
    given: bool | None = None

    def look(self, node: Node) -> "Look":
        """See what is at the path below a value."""
        found = self.path.find(node)
        if self.given is False:
            said = tuple(value for value in found if is_given(value))
            return Look(holds=not said, found=said)
        passing = tuple(value for value in found if self._passes(value))
        return Look(bool(passing), tuple(found), passing)

    def _passes(self, node: Node) -> bool:
        if self.given and not is_given(node):
            return False
        return self._has_right_text(node) and self._is_in_range(node)

    def _has_right_text(self, node: Node) -> bool:
        if self.words is None and self.like is None and self.matches is None:
            return True
        text = text_of(node)
        if text is None:
            return False
        return (
            (self.words is None or text in self.words)
            and (self.like is None or self.like.take(text))
            and (self.matches is None or fits(self.matches, text))
        )

    def _is_in_range(self, node: Node) -> bool:
        if self.at_least is None and self.at_most is None:
            return True
        text = text_of(node)
        if text is None or not _NUMBER.fullmatch(text):
            return False
        number = float(text)
        return (self.at_least is None or number >= self.at_least) and (
            self.at_most is None or number <= self.at_most
        )


class Look(NamedTuple):
    """Whether a condition holds, the values that it is about, and those of them that make it hold."""

    holds: bool
    found: tuple[Node, ...]
    passing: tuple[Node, ...] = ()


def text_of(node: Node) -> str | None:
    """Give the text that a single value is compared by, with or without quotes; None for lists and mappings."""
    if not isinstance(node, Scalar):
        return None
    if node.data is None:
        return ""
    return str(node.data).lower() if isinstance(node.data, bool) else node.value


def is_given(node: Node) -> bool:
    """Tell whether a value says anything; what is empty does not."""
    match node:
        case Scalar():
            return text_of(node) != ""
        case Mapping():
            return bool(node.entries)
        case Sequence():
            return bool(node.items)
        case _:
            return True
