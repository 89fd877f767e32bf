"""A part of a path to a value, where a reference or JavaScript names it: its place, and other words for it."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.diagnostics import Fix
from xchange_cli.expression.ast import Reference
from xchange_cli.source import Span
from xchange_cli.validation.code_inputs import exchange_word, rename
from xchange_cli.validation.facts import CodeUse
from xchange_cli.validation.fixes import use_word

if TYPE_CHECKING:
    from xchange_cli.javascript.reading.uses import Segment

_PLAIN = re.compile(r"[A-Za-z_$][\w$]*", re.ASCII)


class ReferencePart(NamedTuple):
    reference: Reference
    at: int

    @property
    def span(self) -> Span:
        return self.reference.span(self.at, self.at)

    def renamed(self, word: str | None) -> tuple[Fix, ...]:
        return use_word(word, self.reference.node, self.span)

    def put_before(self, parts: Sequence[str]) -> tuple[Fix, ...]:
        """Write parts in front of this one; brackets are left to the author."""
        segment = self.reference.segments[self.at]
        if self.reference.node.value[segment.start - 1] != ".":
            return ()
        return self.renamed(".".join((*parts, self.reference.path[self.at])))

    def spelt(self, path: Sequence[str]) -> str:
        return ".".join(path)


class CodePart(NamedTuple):
    use: CodeUse
    segment: "Segment"

    @property
    def span(self) -> Span:
        return self.use.span(self.segment.start, self.segment.end)

    def renamed(self, word: str | None) -> tuple[Fix, ...]:
        return rename(self.use, self.segment, word)

    def put_before(self, parts: Sequence[str]) -> tuple[Fix, ...]:
        """Write parts in front of this one; brackets and patterns are left to the author."""
        start, end = self.segment.start, self.segment.end
        if self.use.code[start - 1] != "." or not all(map(_PLAIN.fullmatch, parts)):
            return ()
        return exchange_word(self.use, start, end, ".".join((*parts, self.segment.name)))

    def spelt(self, path: Sequence[str]) -> str:
        first, *others = path
        return first + "".join(map(_spelt, others))


def _spelt(part: str) -> str:
    if _PLAIN.fullmatch(part):
        return f".{part}"
    return f"[{part}]" if part.isdecimal() else f'["{part}"]'
