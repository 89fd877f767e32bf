"""What a run is doing now, as a few lines for a terminal: steps under way, loops with bars, waits."""

import io
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress_bar import ProgressBar
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from xchange_cli.formats.folding import cut
from xchange_cli.formats.running.course import Course, LoopPlace
from xchange_cli.formats.running.screen import Size
from xchange_cli.formats.step_paths import ref_of, step_name
from xchange_cli.formats.words import count

MOST_LINES = 12
WIDEST_BAR, NARROWEST_BAR = 30, 6
SHOWN_IN_LOOPS_AFTER = 0.5
"""Seconds; steps that are over before would only flicker."""

_SPEED_OVER = 10.0
"""Seconds that the speed of a loop is measured over."""


@dataclass(slots=True)
class _Speed:
    """How fast a loop has been lately."""

    seen: deque[tuple[float, int]] = field(default_factory=deque)

    def measure(self, now: float, position: int) -> float:
        """Give the passes a second; 0 when that is not known yet."""
        self.seen.append((now, position))
        while now - self.seen[0][0] > _SPEED_OVER:
            self.seen.popleft()
        since, before = self.seen[0]
        return (position - before) / (now - since) if now > since else 0.0


class Drawing:
    """Draws the courses that are under way; those that are called stand below those that wait for them."""

    def __init__(self, courses: Sequence[Course], now: Callable[[], float]) -> None:
        self._courses = courses
        self._now = now
        self._spinner = Spinner("dots")
        self._speeds: dict[tuple[str, str], _Speed] = {}

    def lines(self, size: Size) -> list[str]:
        """Give the lines, each with the codes that paint it."""
        console = Console(
            file=io.StringIO(),
            width=max(10, size.columns - 1),
            force_terminal=True,
            color_system="standard",
            legacy_windows=False,
            no_color=False,
        )
        rows = list(self._rows(tuple(self._courses), console.width))
        most = max(1, min(MOST_LINES, size.lines - 1))
        with console.capture() as captured:
            for row in rows[-most:]:
                console.print(row, no_wrap=True, overflow="crop", crop=True, highlight=False)
        return captured.get().splitlines()

    def _rows(self, courses: tuple[Course, ...], width: int) -> Iterator[Table | Text]:
        loops = {}
        indent = ""
        for depth, course in enumerate(courses):
            if depth:
                yield Text(cut(f"{indent}{course.execution.flow.name}", width), style="bold")
                indent += "  "
            for path, place in tuple(course.loops.items()):
                loops[course.execution.run_id, path] = place
                yield self._loop(course, path, place, indent, width)
                indent += "  "
            if row := self._step(course, indent, width, is_last=course is courses[-1]):
                yield row
                indent += "  "
        self._speeds = {key: speed for key, speed in self._speeds.items() if key in loops}
        if warnings := sum(course.warnings for course in courses):
            yield Text(count(warnings, "warning"), style="yellow")

    def _loop(self, course: Course, path: str, place: LoopPlace, indent: str, width: int) -> Table:
        done, total = place.position, place.total
        now = self._now()
        speed = self._speeds.setdefault((course.execution.run_id, path), _Speed()).measure(now, done)
        of = f"{total:,}"
        parts = [f"{done:{len(of)},} of {of}"]
        if speed > 0 and now - place.begun >= 1:
            parts += [_speed_text(speed), f"{duration((total - done) / speed)} left"]
        head = self._head(course, place.ref, indent, width)
        while len(parts) > 1 and head.cell_len + NARROWEST_BAR + 2 + len("  ".join(parts)) > width:
            parts.pop()
        told = "  ".join(parts)
        bar = min(WIDEST_BAR, width - head.cell_len - len(told) - 2)
        row = Table.grid(padding=(0, 1, 0, 0))
        if bar < NARROWEST_BAR:
            row.add_row(head, Text(told))
        else:
            row.add_row(head, ProgressBar(total=total or 1, completed=done, width=bar), Text(told))
        return row

    def _step(self, course: Course, indent: str, width: int, *, is_last: bool) -> Text | None:
        """Give the row of the step or the wait that is under way; None where nothing is, or not for long."""
        call, path = course.call, course.path
        if (waiting := self._waiting(course)) is not None:
            name, told = waiting
            return self._head(course, name, indent, width).append(f" {told}", style="dim")
        seconds = course.times.under_way(path)
        if call is None or path in course.loops or seconds is None:
            return None
        if course.loops and is_last and seconds < SHOWN_IN_LOOPS_AFTER:
            return None
        return self._head(course, call.ref, indent, width).append(f" {duration(seconds)}", style="dim")

    def _waiting(self, course: Course) -> tuple[str, str] | None:
        """Give the key of the step that waits, and how long it still does."""
        if course.waiting is None:
            return None
        waiting, since = course.waiting
        left = waiting.seconds - (self._now() - since)
        if left <= 0:
            return None
        why = {"sleep": "", "flow-retry": " for the retry"}.get(waiting.reason, f" for the {waiting.reason}")
        return ref_of(waiting.path), f"waits{why}, {duration(left)} left"

    def _head(self, course: Course, ref: str, indent: str, width: int) -> Text:
        flow = course.execution.flow
        name = cut(step_name(flow, ref) if ref else flow.name, max(8, width * 2 // 5 - len(indent)))
        return Text(indent).append_text(self._frame()).append(f" {name}")

    def _frame(self) -> Text:
        frame = self._spinner.render(self._now())
        assert isinstance(frame, Text)
        return Text(frame.plain, style="cyan")


def _speed_text(speed: float) -> str:
    return f"{speed:,.0f}/s" if speed >= 10 else f"{speed:.1f}/s"


def duration(seconds: float) -> str:
    """Say `3.2 s`, `4:05`, `1:00:00`."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
