"""The steps of a run as lines of a tree; a loop's steps are summed up below it when it has ended."""

from dataclasses import dataclass
from typing import TextIO

from xchange_cli.engine.events import Handling, StepCall, StepFailed, StepFinished
from xchange_cli.engine.view import RunView
from xchange_cli.formats.cells import width
from xchange_cli.formats.step_times import StepTimes
from xchange_cli.formats.style import Style
from xchange_cli.formats.values import json_size
from xchange_cli.model.integration import Step
from xchange_cli.model.walk import Placed, walk_flow

DONE, FAILED, NOTE = "✓", "✗", "│"
TIMES = "\N{MULTIPLICATION SIGN}"
MAX_NAME_WIDTH = 36
MAX_ACTION_WIDTH = 20
PROGRESS_EVERY = 0.1
MAX_NOTES_IN_LOOP = 5


@dataclass(slots=True)
class _Total:
    """What the iterations of one step add up to."""

    runs: int = 0
    failures: int = 0
    milliseconds: float = 0.0
    branches: dict[str, int] | None = None


class Tree:
    """Writes a line for each finished step outside of loops, and for each outermost loop all that was in it."""

    def __init__(self, run: RunView, out: TextIO, style: Style) -> None:
        self._out = out
        self._style = style
        self._now = run.now
        self._times = StepTimes(run.now)
        self._placed: dict[str, Placed] = {
            placed.step.ref: placed for placed in reversed(list(walk_flow(run.flow)))
        }
        self._name_width = min(MAX_NAME_WIDTH, max(map(_name_width, self._placed.values()), default=0))
        actions = (width(_action(placed.step)) for placed in self._placed.values())
        self._action_width = min(MAX_ACTION_WIDTH, max(actions, default=0))
        self._totals: dict[str, _Total] = {}
        self._notes: dict[str, list[tuple[str, str, str]]] = {}
        self._left_out = 0
        self._loop = ""
        self._loop_sizes: dict[str, int] = {}
        self._shows_progress = style.is_on
        self._drawn_at = 0.0

    def starting(self, call: StepCall) -> None:
        self._times.begin(call.path.partition("#")[0])

    def loop(self, path: str, ref: str, total: int) -> None:
        self._loop_sizes[ref] = total
        if not self._loop:
            self._loop = path

    def iteration(self, path: str, ref: str, position: int) -> None:
        """Redraw the progress of the outermost loop, now and then, on a terminal."""
        if not self._shows_progress or path != self._loop:
            return
        now = self._now()
        if now - self._drawn_at >= PROGRESS_EVERY:
            self._drawn_at = now
            self._out.write(f"\r  {self._name(ref)} {position:,} of {self._loop_sizes[ref]:,}\x1b[K")
            self._out.flush()

    def finished(self, event: StepFinished) -> None:
        milliseconds = self._times.end(event.path)
        if event.path == self._loop:
            self._loop = ""
            self._write_loop(event, milliseconds)
        elif self._loop:
            self._add(event.ref, milliseconds, event.result.branch)
        else:
            detail = f"→ {event.result.branch}" if event.result.branch is not None else ""
            size = "" if detail else _size(json_size(event.result.data))
            self._line(DONE, "ok", event.ref, f"{_time(milliseconds)}  {detail or size}")

    def failed(self, event: StepFailed) -> None:
        failure = event.failure
        milliseconds = self._times.end(failure.path)
        if self._loop:
            self._add(failure.ref, milliseconds, None, failed=True)
        elif event.handling is Handling.ENDED_RUN:
            self._line(FAILED, "error", failure.ref, _time(milliseconds))
        elif event.handling is Handling.IGNORED:
            self._line(FAILED, "warning", failure.ref, f"{_time(milliseconds)}  ignored")

    def note(self, path: str, kind: str, message: str) -> None:
        """Show a log line or a warning; of a loop, the first few of each step when the loop has ended."""
        ref = path.rpartition("/")[2].partition("[")[0]
        if not self._loop:
            self._write_note(ref, kind, message)
            return
        notes = self._notes.setdefault(ref, [])
        if len(notes) < MAX_NOTES_IN_LOOP:
            notes.append((path, kind, message))
        else:
            self._left_out += 1

    def close(self) -> None:
        """Show what is known of a loop that did not come to its end."""
        if self._loop:
            path, self._loop = self._loop, ""
            ref = path.rpartition("/")[2]
            self._clear_progress()
            self._line(FAILED, "error", ref, f"{'':9}  of {self._loop_sizes[ref]:,}")
            self._write_inside(ref)

    def _add(self, ref: str, milliseconds: float, branch: str | None, *, failed: bool = False) -> None:
        total = self._totals.setdefault(ref, _Total())
        total.runs += 1
        total.milliseconds += milliseconds
        total.failures += failed
        if branch is not None:
            total.branches = total.branches or {}
            total.branches[branch] = total.branches.get(branch, 0) + 1

    def _write_loop(self, event: StepFinished, milliseconds: float) -> None:
        self._clear_progress()
        data = event.result.data
        times = f"{len(data):,} of {self._loop_sizes[event.ref]:,}"
        size = _size(json_size(data))
        self._line(DONE, "ok", event.ref, f"{_time(milliseconds)}  {times}, {size}")
        self._write_inside(event.ref)

    def _write_inside(self, loop_ref: str) -> None:
        loop = self._placed[loop_ref].step
        for ref, placed in reversed(self._placed.items()):
            if _is_inside(placed, loop) and ref in self._totals:
                self._write_total(ref, self._totals.pop(ref))
                for path, kind, message in self._notes.pop(ref, ()):
                    self._write_note(ref, kind, f"{path.rpartition('/')[0]}: {message}")
        if self._left_out:
            self._write_note(loop_ref, "dim", f"… {self._left_out:,} more; --output jsonl shows all")
            self._left_out = 0

    def _write_total(self, ref: str, total: _Total) -> None:
        mark, kind = (FAILED, "error") if total.failures else (DONE, "ok")
        failures = f", {total.failures:,} failed" if total.failures else ""
        counted = total.branches or {}
        branches = ", ".join(f"→ {branch} {TIMES}{times:,}" for branch, times in counted.items())
        self._line(
            mark, kind, ref, f"{_time(total.milliseconds)}  {branches or f'{TIMES}{total.runs:,}'}{failures}"
        )

    def _line(self, mark: str, kind: str, ref: str, rest: str) -> None:
        placed = self._placed.get(ref)
        indent = "  " * (placed.depth if placed else 0)
        plain = f"{indent}{mark} {self._name(ref)}"
        name = indent + self._style.paint(kind, mark) + plain[len(indent) + len(mark) :]
        blanks = " " * (self._name_width - width(plain))
        action = _action(placed.step) if placed else ""
        painted = self._style.paint("dim", f"{action:{self._action_width}}")
        self._out.write(f"{name}{blanks} {painted} {rest}".rstrip() + "\n")

    def _write_note(self, ref: str, kind: str, message: str) -> None:
        placed = self._placed.get(ref)
        indent = "  " * (placed.depth if placed else 0)
        for line in message.splitlines() or [""]:
            self._out.write(f"{indent}{self._style.paint(kind, f'{NOTE} {line}')}\n")

    def _name(self, ref: str) -> str:
        placed = self._placed.get(ref)
        return placed.step.name if placed else ref

    def _clear_progress(self) -> None:
        if self._shows_progress:
            self._out.write("\r\x1b[K")


def _is_inside(placed: Placed, loop: Step) -> bool:
    return any(container is loop for container in placed.containers)


def _action(step: Step) -> str:
    return step.action.key if step.action else ""


def _name_width(placed: Placed) -> int:
    return 2 * placed.depth + 2 + width(placed.step.name)


def _time(milliseconds: float) -> str:
    if milliseconds >= 10_000:
        return f"{milliseconds / 1000:>7.1f} s"
    return f"{milliseconds:>6.1f} ms"


def _size(size: int) -> str:
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size / 1024:.1f} KiB"
    return f"{size / 1024 / 1024:.1f} MiB"
