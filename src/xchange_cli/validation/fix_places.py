"""Where a file gets worse by fixes: step by step, so that many bad ones are found at once."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.validation.fix_choice import Chosen

_PLACE = re.compile(r".*/(?:steps|requiredConfigVars|flows|elements)/\d+")
_ERRORS = "errors"


def place_of(found: Diagnostic) -> str:
    """Give the pointer of the step, config variable or the like that a finding is in; empty outside of one."""
    match = _PLACE.match(found.pointer)
    return match.group() if match else ""


def worse_places(
    before: Iterable[Diagnostic], after: Iterable[Diagnostic], made: Sequence[Chosen]
) -> frozenset[str]:
    """Give the places that have more errors, or of a rule as many findings as before it should be mended there."""
    then, now = _counts(before), _counts(after)
    wanted = Counter((place_of(one.found), one.found.rule) for one in made)
    more = {place for (place, kind), number in now.items() if kind == _ERRORS and number > then[place, kind]}
    unmended = {
        place for (place, rule), number in wanted.items() if now[place, rule] > then[place, rule] - number
    }
    return frozenset(more | unmended)


def one_of_each_place(candidates: Sequence[Chosen]) -> tuple[list[Chosen], list[Chosen]]:
    """Part the first candidate of each place from the others."""
    seen: set[str] = set()
    first: list[Chosen] = []
    others: list[Chosen] = []
    for one in candidates:
        place = place_of(one.found)
        (others if place in seen else first).append(one)
        seen.add(place)
    return first, others


def _counts(found: Iterable[Diagnostic]) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for one in found:
        place = place_of(one)
        counts[place, one.rule] += 1
        if one.severity is Severity.ERROR:
            counts[place, _ERRORS] += 1
    return counts
