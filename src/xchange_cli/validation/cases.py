"""Cases of rules: small files whose comment lines say which finding stands where.

A case is a whole file, or what stands below one of two openings, told apart by its indentation: steps of the
flow `Flow` behind a webhook trigger called `Trigger` (six blanks and a dash), or the keys of that flow (four
blanks). In an INVALID case a comment line points at the line above it:

          listInput: {type: reference, value: lisFiles.results}
    #                                         ^^^^^^^^ unknown-reference: no step of this flow is called `lisFiles`

The carets cover the span (its part in that line), then come slug and message. `#<` in place of `#` moves the
carets two columns to the left, for findings in the first column. In a block of JavaScript, where YAML has no
comments, the line is one of JavaScript, indented like the code; there `//<` moves the carets three columns to the left:

              exports = async () => ({ data: 1 });
              //<^^^^^^^ code-no-export: setting `exports` exports nothing
"""

import re
from typing import NamedTuple

from xchange_cli.diagnostics import Diagnostic

HEADER = """\
definitionVersion: 7
name: Case
description: ''
flows:
  - name: Flow
"""
TRIGGER = """\
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
"""

_CARETS = re.compile(
    r"(?P<mark>#<?| +//<?)(?P<blanks> *)(?P<carets>\^+) (?P<rule>[a-z0-9-]+): (?P<message>.*)"
)
_SHIFTS = {"#<": 2, "//<": 3}


class Expected(NamedTuple):
    line: int
    column: int
    width: int
    rule: str
    message: str


def complete(case: str) -> str:
    """Give the whole file that a case stands for."""
    if case.startswith("      - "):
        return HEADER + TRIGGER + case
    if case.startswith("    "):
        return HEADER + case
    return case


def expectations(text: str) -> list[Expected]:
    """Read the caret lines of a whole file."""
    found = []
    target = 0
    for number, line in enumerate(text.split("\n"), start=1):
        expected = caret_line(line, target)
        if expected is None:
            target = number
        else:
            found.append(expected)
    return sorted(found)


def caret_line(line: str, target: int = 0) -> Expected | None:
    """Read a comment that says what is found in the line `target`; None for any other line."""
    match = _CARETS.fullmatch(line)
    if match is None:
        return None
    column = match.start("carets") + 1 - _SHIFTS.get(match["mark"].strip(), 0)
    return Expected(target, column, len(match["carets"]), match["rule"], match["message"])


def observed(diagnostic: Diagnostic) -> Expected:
    """Say of a finding what a caret line can say; a span of several lines counts up to its first line's end."""
    first, last = diagnostic.span.first, diagnostic.span.last
    line_end = len(diagnostic.span.source.line(first.line)) + 1
    end = last.column if last.line == first.line else line_end
    return Expected(first.line, first.column, max(1, end - first.column), diagnostic.rule, diagnostic.message)
