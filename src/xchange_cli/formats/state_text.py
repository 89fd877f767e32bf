"""What is kept between runs, by the place where it belongs."""

from itertools import groupby
from typing import TextIO

from xchange_cli.formats.cells import showable
from xchange_cli.formats.folding import cut
from xchange_cli.formats.style import Style
from xchange_cli.formats.table import table
from xchange_cli.formats.values import compact
from xchange_cli.formats.words import count
from xchange_cli.state.entries import Entry, StateView

_HEADS = ("KEY", "SAVED (UTC)", "VALUE")
_LONGEST_KEY = 30
_LONGEST_VALUE = 120


def render(view: StateView, out: TextIO) -> None:
    style = Style.of(out)
    for heading, entries in groupby(view.entries, _heading):
        out.write(f"{style.paint('bold', heading)}\n")
        out.writelines(table(_HEADS, [_row(entry) for entry in entries], style, "  "))
        out.write("\n")
    if view.entries:
        out.write(f"{count(len(view.entries), 'value')} {view.done}.\n")
    else:
        out.write("Nothing is kept.\n")


def _heading(entry: Entry) -> str:
    """Say `orders, acme, Nightly (flow)`; what others share is left out."""
    place = ", ".join(showable(name) for name in entry.place if name)
    return f"{place} ({entry.scope})"


def _row(entry: Entry) -> tuple[str, str, str]:
    saved = entry.saved.replace("T", " ")[: len("2024-05-17 09:30:15")]
    return cut(entry.key, _LONGEST_KEY), saved, cut(compact(entry.value), _LONGEST_VALUE)
