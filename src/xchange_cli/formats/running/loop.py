"""What many passes add up to, for each step: those of a loop, or of a flow that is called again and again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from xchange_cli.engine.events import Handling
from xchange_cli.formats.running.course import Course
from xchange_cli.formats.running.lines import DONE, FAILED, Lines, Note
from xchange_cli.formats.running.shown import Shown

TIMES = "\N{MULTIPLICATION SIGN}"
MAX_NOTES = 5
"""Of each step, so many notes that only tell and so many that warn."""


@dataclass(slots=True)
class _Total:
    milliseconds: float = 0.0
    runs: int = 0
    failed: int = 0
    ignored: int = 0
    retries: int = 0
    branches: dict[str, int] = field(default_factory=dict)

    @property
    def detail(self) -> str:
        branches = ", ".join(f"→ {name} {TIMES}{times:,}" for name, times in self.branches.items())
        troubles = [
            f"{self.failed:,} failed" if self.failed else "",
            f"{self.ignored:,} ignored" if self.ignored else "",
            f"{self.retries:,} retried" if self.retries else "",
        ]
        return ", ".join(part for part in (branches or f"{TIMES}{self.runs:,}", *troubles) if part)


class Called(Protocol):
    """Sums up a flow that steps call."""

    def another(self, course: Course) -> Shown: ...

    def text(self) -> str: ...


class Summary:
    """The steps of many passes; its size does not depend on their number."""

    def __init__(self) -> None:
        self._totals: dict[str, _Total] = {}
        self._notes: dict[str, dict[Note, int]] = {}
        self._called: dict[tuple[str, str], Called] = {}
        self._left_out = 0

    def finished(self, ref: str, milliseconds: float, branch: str | None) -> None:
        total = self._total(ref)
        total.runs += 1
        total.milliseconds += milliseconds
        if branch is not None:
            total.branches[branch] = total.branches.get(branch, 0) + 1

    def failed(self, ref: str, milliseconds: float, handling: Handling) -> None:
        total = self._total(ref)
        total.milliseconds += milliseconds
        total.runs += handling is not Handling.RETRIED
        total.failed += handling is Handling.ENDED_RUN
        total.ignored += handling is Handling.IGNORED
        total.retries += handling is Handling.RETRIED

    def note(self, ref: str, path: str, note: Note) -> None:
        """Keep a note under the pass it comes from, unless there are enough of its kind; equal ones are counted."""
        notes = self._notes.setdefault(ref, {})
        iteration = path.rpartition("/")[0]
        shown = note._replace(label=f"{iteration}: {note.label}".rstrip()) if iteration else note
        if shown in notes:
            notes[shown] += 1
        elif sum((kept.kind == "dim") == (note.kind == "dim") for kept in notes) < MAX_NOTES:
            notes[shown] = 1
        else:
            self._left_out += 1

    def called(self, ref: str, flow: str, make: Callable[[], Called]) -> Called:
        """Give what sums up a flow that a step calls; it is made for the first call."""
        if (ref, flow) not in self._called:
            self._called[ref, flow] = make()
        return self._called[ref, flow]

    def text(self, lines: Lines, ref: str) -> str:
        """Give the steps in the order of the flow, each with its notes; what was left out is told below `ref`."""
        parts = []
        for inner in reversed(lines.placed):
            if inner in self._totals:
                total = self._totals[inner]
                kind = "error" if total.failed else "warning" if total.ignored else "ok"
                mark = DONE if kind == "ok" else FAILED
                parts.append(lines.step(mark, kind, inner, total.milliseconds, total.detail))
                parts += self._below(inner, lines)
        for inner in list(self._notes):
            parts += self._below(inner, lines)
        if self._left_out:
            note = Note("dim", "", f"… {self._left_out:,} more; {lines.whole} shows all")
            parts.append(lines.note(ref, note))
        return "".join(parts)

    def _below(self, ref: str, lines: Lines) -> list[str]:
        notes = [lines.note(ref, _counted(note, times)) for note, times in self._notes.pop(ref, {}).items()]
        return [*notes, *(called.text() for (caller, _), called in self._called.items() if caller == ref)]

    def _total(self, ref: str) -> _Total:
        return self._totals.setdefault(ref, _Total())


def _counted(note: Note, times: int) -> Note:
    return note if times == 1 else note._replace(text=f"{note.text} {TIMES}{times:,}")


class LoopSummary(Summary):
    """Kept for the outermost loop that runs."""

    def __init__(self, path: str, ref: str, total: int) -> None:
        super().__init__()
        self.path = path
        self.ref = ref
        self.total = total
        self.begun = 0
