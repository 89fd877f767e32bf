"""Findings that are known and not shown: a baseline, kept in a file beside the project's own."""

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.project.keys import shown
from xchange_cli.validation.unignorable import NOT_IGNORABLE


class Known(NamedTuple):
    """One entry: `number` findings with this fingerprint in a file; rule, flow and step are for who reads the file.

    `file` is relative to the baseline's folder, with `/`.
    """

    file: str
    rule: str
    flow: str
    step: str
    fingerprint: str
    number: int


class Baseline(NamedTuple):
    """`path` is the file it is kept in; `folder` is the one that names in findings are relative to."""

    path: Path
    folder: Path
    entries: tuple[Known, ...] = ()

    @property
    def name(self) -> str:
        return shown(self.path, self.folder)

    def file_of(self, found: Diagnostic) -> str:
        """Name the file of a finding as entries do."""
        return self.entry_name(found.span.source.name)

    def entry_name(self, name: str) -> str:
        """Name a file, told as findings do, as entries do; standard input has no place."""
        return name if name.startswith("<") else shown(self.folder / name, self.path.parent)


class KnownFindings(NamedTuple):
    """What a baseline did: how many findings are not shown, and what of it does not occur any more."""

    file: str
    hidden: int
    gone: tuple[Known, ...] = ()

    @property
    def gone_count(self) -> int:
        return sum(entry.number for entry in self.gone)


class Hider:
    """Takes known findings out, file by file; of more findings than are known the last ones stay."""

    def __init__(self, baseline: Baseline) -> None:
        self.baseline = baseline
        self._left = Counter({(one.file, one.fingerprint): one.number for one in baseline.entries})
        self._hidden = 0

    def unknown(self, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Give the findings that the baseline does not know."""
        return tuple(one for one in found if not self._takes(one))

    def sum_up(self, is_judged: Callable[[Known], bool]) -> KnownFindings:
        """Say what was hidden, and which entries, of those that were looked for, found nothing any more."""
        gone = tuple(
            entry._replace(number=left)
            for entry in self.baseline.entries
            if (left := self._left[entry.file, entry.fingerprint]) and is_judged(entry)
        )
        return KnownFindings(self.baseline.name, self._hidden, gone)

    def _takes(self, found: Diagnostic) -> bool:
        place = (self.baseline.file_of(found), found.fingerprint)
        if found.rule in NOT_IGNORABLE or not self._left[place]:
            return False
        self._left[place] -= 1
        self._hidden += 1
        return True


def renewed(baseline: Baseline, found: Iterable[Diagnostic], is_judged: Callable[[Known], bool]) -> Baseline:
    """Give the baseline that knows all findings, and of its own entries those that were not looked for."""
    kept = {(one.file, one.fingerprint): one for one in baseline.entries if not is_judged(one)}
    counted: Counter[Known] = Counter()
    for one in found:
        file = baseline.file_of(one)
        if one.rule not in NOT_IGNORABLE and not file.startswith("<"):
            flow, step = one.flow, one.step
            counted[Known(file, one.rule, flow, step, one.fingerprint, 0)] += 1
    for entry, number in counted.items():
        kept[entry.file, entry.fingerprint] = entry._replace(number=number)
    return baseline._replace(entries=tuple(sorted(kept.values())))
