"""The lines of an execution on a screen of 80 columns: one a step, in columns, and notes below it."""

from collections.abc import Callable
from typing import NamedTuple

from xchange_cli.formats.cells import showable, width
from xchange_cli.formats.folding import cut, fold
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import WIDTH
from xchange_cli.model.integration import Flow, Step
from xchange_cli.model.walk import Placed, walk_flow

DONE, FAILED, RUNNING, BAR = "✓", "✗", "…", "│"
ALL_EVENTS, ALL_OF_RECORD = "--output jsonl", "--output json"
MAX_NAME_WIDTH = 36
MAX_ACTION_WIDTH = 18
MAX_NOTE_LINES = 6
NARROWEST = 30
_TIME_WIDTH = 9


class Note(NamedTuple):
    """Something to say below a step: a log line, a warning, a wait. `kind` is how the label is painted."""

    kind: str
    label: str
    text: str


class Lines:
    """Makes texts of whole lines; `margin` stands before each, where the execution is part of another.

    `whole` is the option that shows what the text leaves out.
    """

    def __init__(
        self,
        flow: Flow,
        redact: Callable[[str], str],
        style: Style,
        margin: str = "",
        whole: str = ALL_EVENTS,
    ) -> None:
        self.whole = whole
        self._style = style
        self._redact = redact
        self._margin = margin
        self._room = WIDTH - width(margin)
        placed = list(walk_flow(flow))
        self.placed: dict[str, Placed] = {one.step.ref: one for one in reversed(placed)}
        self._name_width = min(MAX_NAME_WIDTH, max(map(_name_width, placed), default=0))
        self._action_width = min(
            MAX_ACTION_WIDTH, max((width(_action(one.step)) for one in placed), default=0)
        )

    def below(self, ref: str, flow: Flow) -> "Lines":
        """Make lines of a flow that stand below the step that has called it."""
        margin = f"{self._margin}{self._indent(ref)}{BAR} "
        return Lines(flow, self._redact, self._style, margin, self.whole)

    def name(self, ref: str) -> str:
        placed = self.placed.get(ref)
        return cut(placed.step.name if placed else ref, MAX_NAME_WIDTH)

    def step(self, mark: str, kind: str, ref: str, milliseconds: float, detail: str) -> str:
        """Give a step's line; a detail that does not fit goes below. Details may hold names of branches."""
        detail = showable(self._redact(detail))
        placed = self.placed.get(ref)
        indent = self._indent(ref)
        name = self.name(ref)
        action = cut(_action(placed.step), MAX_ACTION_WIDTH) if placed else ""
        blanks = " " * (self._name_width - width(indent) - 2 - width(name))
        columns = f"{action}{' ' * (self._action_width - width(action))}"
        head = f"{indent}{self._style.paint(kind, mark)} {name}{blanks} {self._style.paint('dim', columns)}"
        taken = width(f"{indent}{mark} {name}{blanks} {columns} ") + _TIME_WIDTH + 2
        fits = taken + width(detail) <= self._room
        line = self._line(f"{head} {time_text(milliseconds)}  {detail if fits else ''}")
        return line if fits or not detail else line + self.note(ref, Note("dim", "", detail))

    def note(self, ref: str, note: Note) -> str:
        """Give a note below a step, cut where it is long."""
        indent = self._indent(ref)
        room = max(NARROWEST, self._room - len(indent) - 4)
        label = f"{note.label} " if note.label else ""
        lines = [
            piece for line in f"{label}{note.text}".split("\n") for piece in fold(line.rstrip("\r"), room)
        ]
        start = f"{indent}{self._style.paint('dim', BAR)} "
        shown = [self._painted(line, note, number) for number, line in enumerate(lines[:MAX_NOTE_LINES])]
        if len(lines) > MAX_NOTE_LINES:
            more = sum(map(len, lines[MAX_NOTE_LINES:]))
            shown.append(self._style.paint("dim", f"… {more:,} more characters"))
        return "".join(
            self._line(f"{start}{'' if number == 0 else '  '}{line}") for number, line in enumerate(shown)
        )

    def line(self, text: str, kind: str = "") -> str:
        """Give one line that belongs to no step, cut where it is long."""
        shown = cut(self._redact(text), self._room)
        return self._line(self._style.paint(kind, shown) if kind else shown)

    def paragraph(self, text: str, kind: str = "") -> str:
        """Give a text that belongs to no step, broken into as many lines as it needs."""
        first, *rest = fold(self._redact(text).replace("\n", " "), self._room - 2)
        lines = [first, *(f"  {line}" for line in rest)]
        return "".join(self._line(self._style.paint(kind, line) if kind else line) for line in lines)

    def _line(self, text: str) -> str:
        margin = self._style.paint("dim", self._margin)
        return f"{margin}{text}".rstrip() + "\n"

    def _painted(self, line: str, note: Note, number: int) -> str:
        """Paint a whole line where it is only told, but just the label of what wants attention."""
        if note.kind == "dim":
            return self._style.paint("dim", line)
        if number > 0 or not line.startswith(note.label):
            return line
        return self._style.paint(note.kind, note.label) + line[len(note.label) :]

    def _indent(self, ref: str) -> str:
        placed = self.placed.get(ref)
        return "  " * (placed.depth if placed else 0)


def _action(step: Step) -> str:
    return step.action.key if step.action else ""


def _name_width(placed: Placed) -> int:
    return 2 * placed.depth + 2 + min(MAX_NAME_WIDTH, width(placed.step.name))


def time_text(milliseconds: float) -> str:
    if milliseconds >= 10_000:
        return f"{milliseconds / 1000:>7.1f} s"
    return f"{milliseconds:>6.1f} ms"


def size_text(size: int) -> str:
    """Say `40 B`, `1.5 KiB`, `2.0 MiB`."""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size / 1024:.1f} KiB"
    return f"{size / 1024 / 1024:.1f} MiB"
