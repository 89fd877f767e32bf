"""Cases of house rules: like those of built-in rules (`validation/cases.py`), but without room on the left.

A case that begins with a dash holds steps of the flow `Flow`, behind a webhook trigger called `Trigger`. Any other
case holds keys of an integration file; those that such a file needs and the case lacks are added behind it. The
integration's key is `case`.
"""

import re
from typing import NamedTuple

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.document.node import Scalar
from xchange_cli.source import Source, Span
from xchange_cli.validation.cases import HEADER, TRIGGER, Expected, expectations, observed

KEY = "case"
_DEPTH = 6
"""Columns that steps stand to the right in a whole file."""

_BEFORE_STEPS = HEADER + TRIGGER
_NEEDED = {
    "definitionVersion": "definitionVersion: 7\n",
    "name": "name: Case\n",
    "description": "description: ''\n",
    "flows": f"flows:\n  - name: Flow\n{TRIGGER}",
}
_CODE = re.compile(r"^[ \t]*[^ \t\n#]", re.MULTILINE)


class Case(NamedTuple):
    """A case and the place of its text in the file of the rule."""

    node: Scalar

    @property
    def text(self) -> str:
        return self.node.value

    @property
    def has_steps(self) -> bool:
        return re.match(r"(?:[ \t]*(?:#[^\n]*)?\n)*- ", self.text) is not None

    def source(self) -> Source:
        """Give the whole file that the case stands for."""
        return Source(self.node.source.name, self._whole())

    def expected(self) -> list[Expected]:
        """Give what the caret lines say."""
        return expectations(self.text)

    def observed(self, found: Diagnostic) -> Expected:
        """Say of a finding what a caret line of this case can say; line 0 where it lies outside of the case."""
        seen = observed(found)
        if self.has_steps:
            line, column = seen.line - _BEFORE_STEPS.count("\n"), seen.column - _DEPTH
        else:
            line, column = seen.line, seen.column
        if not 1 <= line <= len(self.text.rstrip("\n").split("\n")):
            return seen._replace(line=0, column=1)
        return seen._replace(line=line, column=column)

    def place(self, one: Expected) -> Span:
        """Find in the file of the rule what a caret line points at."""
        lines = self.text.split("\n")
        if one.line < 1:
            return self.node.source.span(self.node.start, self.node.start)
        start = sum(len(line) + 1 for line in lines[: one.line - 1])
        length = len(lines[one.line - 1])
        first = min(one.column - 1, length)
        last = min(one.column - 1 + one.width, length)
        return self.node.span_of(start + first, start + max(first, last))

    def columns(self, one: Expected) -> tuple[int, int]:
        """Give the first and the last column, in the file of the rule, that a caret line points at."""
        span, length = self.place(one), len(self.text.split("\n")[one.line - 1])
        beyond = max(0, one.column - 1 - length), max(0, one.column - 1 + one.width - length)
        return span.first.column + beyond[0], span.last.column - 1 + beyond[1]

    def _whole(self) -> str:
        text = self.text if self.text.endswith("\n") else f"{self.text}\n"
        if self.has_steps:
            lines = text.splitlines(keepends=True)
            return _BEFORE_STEPS + "".join(_moved(line) for line in lines)
        return text + "".join(
            added for key, added in _NEEDED.items() if not re.search(rf"^{key}[ \t]*:", text, re.MULTILINE)
        )


def has_code(case: str) -> bool:
    """Tell whether a case holds more than comments."""
    return _CODE.search(case) is not None


def _moved(line: str) -> str:
    """Move a line to its depth; caret lines stay at the left, where no text of several lines takes them in."""
    return line if line.startswith("#") or not line.strip() else " " * _DEPTH + line
