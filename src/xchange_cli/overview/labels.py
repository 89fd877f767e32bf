"""What stands in the boxes of a chart, broken into lines that fit."""

from typing import NamedTuple

from xchange_cli.model.failure_words import in_words as failure_in_words
from xchange_cli.model.schedule_words import schedule_in_words
from xchange_cli.overview.chart import Arm, Block
from xchange_cli.overview.lettering import lines, plain, width

NODE_WIDTH = 232.0
ICON = 24.0
"""Room for the picture of what the step is."""
PADDING = 9.0
LINE = 16.0
SIZE, SMALL = 12.5, 11.0
"""Heights of the letters in pixels; names are bold."""

_ROOM = NODE_WIDTH - ICON - 2 * PADDING
_MOST_LINES = 2


class Label(NamedTuple):
    """Lines of text: the name, the action, then what else is to be known. `full` is the name, however long."""

    name: tuple[str, ...]
    action: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    full: str = ""

    @property
    def height(self) -> float:
        return len((*self.name, *self.action, *self.notes)) * LINE + 2 * PADDING


def label_of(block: Block) -> Label:
    schedule = schedule_in_words(block.schedule) if block.schedule else ""
    notes = [text for text in (schedule, failure_in_words(block.failure)) if text]
    return Label(
        lines(block.name or "(no name)", _ROOM, SIZE, _MOST_LINES, bold=True),
        _action(block),
        tuple(line for note in notes for line in lines(note, _ROOM, SMALL, _MOST_LINES)),
        plain(block.name),
    )


def _action(block: Block) -> tuple[str, ...]:
    """Name the component and the action: on one line where both fit."""
    keys = [key for key in (block.component, block.action) if key]
    whole = " · ".join(keys)
    if width(plain(whole), SMALL) <= _ROOM:
        return lines(whole, _ROOM, SMALL, 1)
    return tuple(line for key in keys for line in lines(key, _ROOM, SMALL, 1))


def name_of_arm(arm: Arm) -> Label:
    room = NODE_WIDTH - 2 * PADDING
    return Label(lines(arm.name or "(no name)", room, SIZE, _MOST_LINES, bold=True), full=plain(arm.name))
