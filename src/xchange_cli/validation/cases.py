"""Cases of rules: small files whose comment lines say which finding stands where.

A case is a whole file, or what stands below one of two openings, told apart by its indentation: steps of the
flow `Flow` behind a webhook trigger called `Trigger` (six blanks and a dash), or the keys of that flow (four
blanks). In an INVALID case a comment line points at the line above it:

          listInput: {type: reference, value: lisFiles.results}
    #                                         ^^^^^^^^ unknown-reference: no step of this flow is called `lisFiles`

The carets cover the span (its part in that line), then come slug and message. `#<` in place of `#` moves the
carets two columns to the left, for findings in the first column.
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

_CARETS = re.compile(r"#(<?)( *)(\^+) ([a-z0-9-]+): (.*)")


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
        match = _CARETS.fullmatch(line)
        if match is None:
            target = number
            continue
        shift, blanks, carets, rule, message = match.groups()
        column = len(blanks) + 2 - len(shift)
        found.append(Expected(target, column, len(carets), rule, message))
    return sorted(found)


def observed(diagnostic: Diagnostic) -> Expected:
    """Say of a finding what a caret line can say; a span of several lines counts up to its first line's end."""
    first, last = diagnostic.span.first, diagnostic.span.last
    line_end = len(diagnostic.span.source.line(first.line)) + 1
    end = last.column if last.line == first.line else line_end
    return Expected(first.line, first.column, max(1, end - first.column), diagnostic.rule, diagnostic.message)
