"""The lines of a run on a screen of 80 columns: one a step, in columns, and notes below it."""

from typing import NamedTuple, TextIO

from xchange_cli.engine.view import RunView
from xchange_cli.formats.cells import showable, width
from xchange_cli.formats.folding import cut, fold
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import WIDTH
from xchange_cli.model.integration import Step
from xchange_cli.model.walk import Placed, walk_flow

DONE, FAILED, BAR = "✓", "✗", "│"
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
    def __init__(self, run: RunView, out: TextIO, style: Style) -> None:
        self._out = out
        self._style = style
        self._redact = run.redactor.text
        placed = list(walk_flow(run.flow))
        self.placed: dict[str, Placed] = {one.step.ref: one for one in reversed(placed)}
        self._name_width = min(MAX_NAME_WIDTH, max(map(_name_width, placed), default=0))
        self._action_width = min(
            MAX_ACTION_WIDTH, max((width(_action(one.step)) for one in placed), default=0)
        )

    def name(self, ref: str) -> str:
        placed = self.placed.get(ref)
        return cut(placed.step.name if placed else ref, MAX_NAME_WIDTH)

    def step(self, mark: str, kind: str, ref: str, milliseconds: float, detail: str) -> None:
        """Write a step's line; a detail that does not fit goes below. Details may hold names of branches."""
        detail = showable(self._redact(detail))
        placed = self.placed.get(ref)
        indent = self._indent(ref)
        name = self.name(ref)
        action = cut(_action(placed.step), MAX_ACTION_WIDTH) if placed else ""
        blanks = " " * (self._name_width - width(indent) - 2 - width(name))
        columns = f"{action}{' ' * (self._action_width - width(action))}"
        head = f"{indent}{self._style.paint(kind, mark)} {name}{blanks} {self._style.paint('dim', columns)}"
        taken = width(f"{indent}{mark} {name}{blanks} {columns} ") + _TIME_WIDTH + 2
        fits = taken + width(detail) <= WIDTH
        self._out.write(f"{head} {_time(milliseconds)}  {detail if fits else ''}".rstrip() + "\n")
        if not fits and detail:
            self.note(ref, Note("dim", "", detail))

    def note(self, ref: str, note: Note) -> None:
        """Write a note below a step, cut where it is long."""
        indent = self._indent(ref)
        room = max(NARROWEST, WIDTH - len(indent) - 4)
        label = f"{note.label} " if note.label else ""
        lines = [
            piece for line in f"{label}{note.text}".split("\n") for piece in fold(line.rstrip("\r"), room)
        ]
        bar = self._style.paint("dim", BAR)
        for number, line in enumerate(lines[:MAX_NOTE_LINES]):
            self._out.write(
                f"{indent}{bar} {'' if number == 0 else '  '}{self._painted(line, note, number)}".rstrip()
                + "\n"
            )
        if len(lines) > MAX_NOTE_LINES:
            more = sum(map(len, lines[MAX_NOTE_LINES:]))
            self._out.write(f"{indent}{bar}   {self._style.paint('dim', f'… {more:,} more characters')}\n")

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


def _time(milliseconds: float) -> str:
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
