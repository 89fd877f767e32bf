"""That an integration was deleted, and how it comes back."""

from shlex import quote
from typing import TextIO

from xchange_cli.formats.cells import showable
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import wrapped
from xchange_cli.release.deleting.deleting import Deleted


def render(done: Deleted, out: TextIO) -> None:
    style, deletion = Style.of(out), done.deletion
    place = deletion.place
    if place is not None:
        out.write(f"{style.paint('ok', 'deleted')} {showable(place.name)}\n")
        out.write(f"to have it back: mv {quote(showable(done.kept))} {quote(showable(place.name))}\n")
        if done.in_git:
            out.write(f"or as committed: git restore {quote(showable(place.name))}\n")
    if deletion.newest is not None and deletion.purges:
        last = f"{deletion.key}@{deletion.newest}"
        out.write(f"{style.paint('ok', 'deleted')} all published versions up to {showable(last)}\n")
        message = f"the next version of {deletion.key} would be {deletion.newest + 1}; the log keeps that"
        out.write(wrapped(message) + "\n")
