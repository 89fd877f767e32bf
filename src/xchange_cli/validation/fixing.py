"""Fixes made in the text of a file, round by round, each judged by what validating the new text says."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from xchange_cli.diagnostics import Diagnostic, Edit, Severity
from xchange_cli.document.edit import apply, write
from xchange_cli.errors import XchangeError
from xchange_cli.project.targets import Target
from xchange_cli.source import Source
from xchange_cli.validation.baseline import Baseline, Hider
from xchange_cli.validation.checker import Checker
from xchange_cli.validation.fix_choice import Chosen, choose
from xchange_cli.validation.result import FileFix, FileResult

_ENDS_READING = "yaml-syntax"
MAX_ROUNDS = 10
"""A round mends what did not touch in the round before; two or three are usual."""


class _State(NamedTuple):
    """A text and what validating it says."""

    source: Source
    result: FileResult


class Fixer:
    """Checks targets like `checker`, after mending what has a fix; findings that `known` holds are left alone."""

    def __init__(self, checker: Checker, *, unsafe: bool, known: Baseline | None = None) -> None:
        self._checker = checker
        self._unsafe = unsafe
        self._known = known

    def check(self, target: Target) -> FileResult:
        """Validate a file as fixes change it; one that cannot be read is a finding of its own."""
        try:
            source = self._checker.read(target)
        except XchangeError:
            return self._checker.check(target)
        state = _State(source, self._checker.check_source(target, source))
        fixed: list[Diagnostic] = []
        secrets = _secrets(state)
        for _ in range(MAX_ROUNDS):
            chosen = choose(self._own(state), unsafe=self._unsafe)
            made = self._accepted(target, state, chosen, [])
            if not made:
                break
            state = self._after(target, state, made)
            fixed += (one.found for one in made)
            secrets |= _secrets(state)
        if not fixed:
            return state.result
        fix = FileFix(target.path, source, state.source.text, tuple(fixed), frozenset(secrets))
        return state.result._replace(fix=fix)

    def _own(self, state: _State) -> list[Diagnostic]:
        """Give the findings in the file itself; those in files beside it are not mended from here."""
        found: Iterable[Diagnostic] = state.result.diagnostics
        if self._known is not None:
            found = Hider(self._known).unknown(found)
        return [one for one in found if one.span.source.name == state.source.name]

    def _accepted(
        self, target: Target, state: _State, candidates: Sequence[Chosen], made: list[Chosen]
    ) -> list[Chosen]:
        """Add to `made` those candidates that make nothing worse; all at once where that works, else by halves."""
        together = [*made, *candidates]
        if not candidates or not _is_worse(state, self._after(target, state, together), together):
            return together
        if len(candidates) == 1:
            return made
        middle = len(candidates) // 2
        first = self._accepted(target, state, candidates[:middle], made)
        return self._accepted(target, state, candidates[middle:], first)

    def _after(self, target: Target, state: _State, made: Sequence[Chosen]) -> _State:
        old = state.source
        edits: list[Edit] = [edit for one in made for edit in one.fix.edits]
        text = apply(old, edits)
        new = Source(old.name, text, encoding=old.encoding, has_bom=old.has_bom, is_private=old.is_private)
        return _State(new, self._checker.check_source(target, new))


def _secrets(state: _State) -> set[str]:
    return {span.text for span in state.result.secrets}


def _is_worse(before: _State, after: _State, made: Sequence[Chosen]) -> bool:
    """Tell whether there are more errors than before, or of a rule as many findings as before it should be mended.

    Findings are counted, not compared: a step that gets its right name takes its findings along, and what could not
    be judged before, such as the value of an input whose type was misspelled, may show a mistake of its own.
    """
    ends = [one.found for one in made if one.found.rule == _ENDS_READING]
    if ends:
        return not _reads_on(ends[-1], after)
    if _errors(after) > _errors(before):
        return True
    found, found_then = _by_rule(before), _by_rule(after)
    mended = Counter(one.found.rule for one in made)
    return any(found_then[rule] > found[rule] - number for rule, number in mended.items())


def _reads_on(end: Diagnostic, after: _State) -> bool:
    """Tell whether a text can be read further than to where it could not; what is found then was there before."""
    rest = (found for found in after.result.diagnostics if found.rule == _ENDS_READING)
    return all(found.span.first.line > end.span.first.line for found in rest)


def _errors(state: _State) -> int:
    return sum(found.severity is Severity.ERROR for found in state.result.diagnostics)


def _by_rule(state: _State) -> Counter[str]:
    return Counter(found.rule for found in state.result.diagnostics)


def write_fixes(fixes: Sequence[FileFix]) -> tuple[list[FileFix], list[XchangeError]]:
    """Write the changed files; give the fixes made, and what prevented others, whose files are as they were."""
    made: list[FileFix] = []
    troubles: list[XchangeError] = []
    for fix in fixes:
        try:
            if fix.path is not None:
                write(fix.path, fix.source, fix.text)
        except XchangeError as error:
            troubles.append(error)
        else:
            made.append(fix)
    return made, troubles
