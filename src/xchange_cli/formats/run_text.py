"""A run for people: the tree of its steps as they finish, the answer, and, on failure, all that explains it.

Flows that it leads to are shown, too: below the step that waits for them, or as blocks of their own.
"""

from typing import TextIO

from xchange_cli.engine.view import RunView
from xchange_cli.formats.running.blocks import Blocks
from xchange_cli.formats.running.course import Course
from xchange_cli.formats.running.execution import Telling
from xchange_cli.formats.running.screen import Draw, screen_of
from xchange_cli.formats.running.shown import Ending, Notes
from xchange_cli.formats.running.summary import summary
from xchange_cli.formats.style import Style


def render(run: RunView, out: TextIO, left: Ending = Ending.INTERRUPTED) -> None:
    """Write the run; `left` says what a KeyboardInterrupt among its events means for what is under way."""
    style, begun = Style.of(out), run.now()
    under_way: list[Course] = []

    def make_draw() -> Draw:
        from xchange_cli.formats.running.drawing import Drawing

        return Drawing(under_way, run.now).lines

    screen = screen_of(out, style, make_draw)
    blocks = Blocks(Telling(run, style, Notes(run)), screen.write, under_way)
    try:
        for event in run.events:
            blocks.event(event)
    except KeyboardInterrupt:
        blocks.left(left)
        raise
    finally:
        screen.leave()
    out.writelines(summary(run, blocks, run.now() - begun, style))
