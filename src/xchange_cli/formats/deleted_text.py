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
    if deletion.takes_versions:
        upto = f"all published versions up to {deletion.key}@{deletion.newest}"
        what = upto if deletion.newest is not None else f"what was left of versions of {deletion.key}"
        out.write(f"{style.paint('ok', 'deleted')} {showable(what)}\n")
        message = f"the next version of {deletion.key} would be {done.last + 1}; the log keeps that"
        out.write(wrapped(message) + "\n")
