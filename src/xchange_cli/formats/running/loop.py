"""What the iterations of a loop add up to, for each step inside of it."""

from dataclasses import dataclass, field

from xchange_cli.engine.events import Handling
from xchange_cli.formats.running.lines import DONE, FAILED, Lines, Note

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


class LoopSummary:
    """Kept for the outermost loop that runs; its size does not depend on the number of iterations."""

    def __init__(self, path: str, ref: str, total: int) -> None:
        self.path = path
        self.ref = ref
        self.total = total
        self.begun = 0
        self._totals: dict[str, _Total] = {}
        self._notes: dict[str, list[Note]] = {}
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
        """Keep a note under the iteration it comes from, unless there are enough of its kind."""
        notes = self._notes.setdefault(ref, [])
        if sum((kept.kind == "dim") == (note.kind == "dim") for kept in notes) < MAX_NOTES:
            iteration = path.rpartition("/")[0]
            notes.append(note._replace(label=f"{iteration}: {note.label}" if iteration else note.label))
        else:
            self._left_out += 1

    def write(self, lines: Lines) -> None:
        """Write the steps inside in the order of the flow, each with its notes; the loop's own line is written."""
        for ref in reversed(lines.placed):
            if ref in self._totals:
                total = self._totals[ref]
                kind = "error" if total.failed else "warning" if total.ignored else "ok"
                lines.step(DONE if kind == "ok" else FAILED, kind, ref, total.milliseconds, total.detail)
                self._write_notes(ref, lines)
        for ref in list(self._notes):
            self._write_notes(ref, lines)
        if self._left_out:
            lines.note(self.ref, Note("dim", "", f"… {self._left_out:,} more; --output jsonl shows all"))

    def _write_notes(self, ref: str, lines: Lines) -> None:
        for note in self._notes.pop(ref, ()):
            lines.note(ref, note)

    def _total(self, ref: str) -> _Total:
        return self._totals.setdefault(ref, _Total())
