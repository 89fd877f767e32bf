"""Fixes made in the text of a file, round by round, each judged by what validating the new text says."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from xchange_cli.diagnostics import Diagnostic, Edit, Severity
from xchange_cli.document.edit import apply, write
from xchange_cli.errors import XchangeError
from xchange_cli.project.targets import Target
from xchange_cli.source import Source
from xchange_cli.validation.baseline import Baseline, Hider
from xchange_cli.validation.checker import Checker
from xchange_cli.validation.fix_choice import Chosen, choose
from xchange_cli.validation.fix_places import one_of_each_place, place_of, worse_places
from xchange_cli.validation.hidden_tokens import token_texts
from xchange_cli.validation.result import FileFix, FileResult
from xchange_cli.validation.schema_check import MAX_VIOLATIONS

_ENDS_READING = "yaml-syntax"
MAX_ROUNDS = 10
"""A round mends what did not touch in the round before; two or three are usual."""
_FEW = 16
"""So many fixes are judged one by one where it is not clear which of them make something worse."""

Judge = Callable[[Source], FileResult]
"""Validates a text as if a file held it."""


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
        return self.mend(target.path, source, lambda text: self._checker.check_source(target, text))

    def mend(self, path: Path | None, source: Source, judge: Judge) -> FileResult:
        """Give what `judge` says of a text when all has been mended in it that can be."""
        state = _State(source, judge(source))
        fixed: list[Diagnostic] = []
        refused: set[str] = set()
        secrets = _secrets(state)
        for _ in range(MAX_ROUNDS):
            chosen = choose(self._own(state), unsafe=self._unsafe)
            trial = _Trial(judge, state)
            trial.accept([one for one in chosen if one.found.fingerprint not in refused])
            if not trial.made and refused:  # what was bad may be good now
                trial.accept(chosen)
            if not trial.made:
                break
            refused = {one.found.fingerprint for one in chosen}.difference(
                one.found.fingerprint for one in trial.made
            )
            state, made = trial.after, trial.made
            fixed += (one.found for one in made)
            secrets |= _secrets(state)
        if not fixed:
            return state.result
        secrets |= token_texts(source) | token_texts(state.source)
        fix = FileFix(path, source, state.source.text, tuple(fixed), frozenset(secrets))
        return state.result._replace(fix=fix)

    def _own(self, state: _State) -> list[Diagnostic]:
        """Give the findings in the file itself; those in files beside it are not mended from here."""
        found: Iterable[Diagnostic] = state.result.diagnostics
        if self._known is not None:
            found = Hider(self._known).unknown(found)
        return [one for one in found if one.span.source.name == state.source.name]


class _Trial:
    """Finds the fixes that make nothing worse: `made`, and `after`, the state with them."""

    def __init__(self, judge: Judge, before: _State) -> None:
        self._judge = judge
        self._before = before
        self.made: list[Chosen] = []
        self.after = before

    def accept(self, candidates: Sequence[Chosen]) -> None:
        """Add those candidates that make nothing worse: all at once where that works, else place by place."""
        worse = self._add(candidates)
        if worse is None:
            return
        good = [one for one in candidates if place_of(one.found) not in worse]
        if len(candidates) <= _FEW or any(one.found.rule == _ENDS_READING for one in candidates):
            self._accept_halves(candidates)
        elif good and self._add(good) is None:
            self._accept_rest([one for one in candidates if place_of(one.found) in worse])
        else:
            self._accept_rest(candidates)

    def _accept_rest(self, candidates: Sequence[Chosen]) -> None:
        """Try one candidate of each place at a time: where it gets worse then, that one is to blame."""
        first, others = one_of_each_place(candidates)
        worse = self._add(first)
        if worse is not None:
            good = [one for one in first if place_of(one.found) not in worse]
            if len(first) <= _FEW or (good and self._add(good) is not None):
                self._accept_halves(first)
        if others:
            self._accept_rest(others)

    def _accept_halves(self, candidates: Sequence[Chosen]) -> None:
        if self._add(candidates) is None or len(candidates) == 1:
            return
        middle = len(candidates) // 2
        self._accept_halves(candidates[:middle])
        self._accept_halves(candidates[middle:])

    def _add(self, candidates: Sequence[Chosen]) -> frozenset[str] | None:
        """Add candidates if that makes nothing worse, else give the places where it does."""
        if not candidates:
            return None
        together = [*self.made, *candidates]
        after = _after(self._judge, self._before, together)
        if _is_worse(self._before, after, together):
            return worse_places(self._before.result.diagnostics, after.result.diagnostics, together)
        self.made, self.after = together, after
        return None


def _after(judge: Judge, state: _State, made: Sequence[Chosen]) -> _State:
    old = state.source
    edits: list[Edit] = [edit for one in made for edit in one.fix.edits]
    text = apply(old, edits)
    new = Source(old.name, text, encoding=old.encoding, has_bom=old.has_bom, is_private=old.is_private)
    return _State(new, judge(new))


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
    found, found_then = _by_rule(before), _still_there(before, after)
    mended = Counter(one.found.rule for one in made)
    return any(found_then[rule] > found[rule] - number for rule, number in mended.items())


def _reads_on(end: Diagnostic, after: _State) -> bool:
    """Tell whether a text can be read further than to where it could not; what is found then was there before."""
    rest = (found for found in after.result.diagnostics if found.rule == _ENDS_READING)
    return all(found.span.first.line > end.span.first.line for found in rest)


def _errors(state: _State) -> int:
    return sum(found.severity is Severity.ERROR for found in state.result.diagnostics)


def _still_there(before: _State, after: _State) -> Counter[str]:
    """Count findings by rule; where not all were told before, only those told then: others have taken their places."""
    if len(before.result.diagnostics) < MAX_VIOLATIONS:
        return _by_rule(after)
    told = {found.fingerprint for found in before.result.diagnostics}
    return Counter(found.rule for found in after.result.diagnostics if found.fingerprint in told)


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
