"""What an edit changed, or would change."""

from collections.abc import Iterator
from typing import TextIO

from xchange_cli.authoring.details import Change, Edited, Picture
from xchange_cli.authoring.labels import KEY
from xchange_cli.formats.cells import showable, width
from xchange_cli.formats.changed_lines import changed_lines
from xchange_cli.formats.folding import cut
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import WIDTH, count, wrapped

_NOTHING = "(none)"
_EMPTY = "(empty)"


def render(edited: Edited, out: TextIO) -> None:
    style = Style.of(out)
    if not edited.is_written:
        out.writelines(changed_lines(edited.source, edited.text, style, shows_raw=not out.isatty()))
    for change in edited.changes:
        if edited.is_written or change.what == "icon":
            done = "changed" if edited.is_written else "would change"
            out.write(f"{style.paint('ok', done)} {_said(change, WIDTH - len(done) - 1)}\n")
    out.writelines(f"{wrapped(one)}\n" for one in edited.same)
    if not edited.changes:
        out.write("nothing is changed\n")
    elif edited.is_written:
        out.write(f"wrote {', '.join(showable(file.name) for file in edited.files)}\n")


def _said(change: Change, room: int) -> str:
    """Say it in one line: from what to what, as far as there is room for both."""
    start = f"{change.what}: "
    if change.what == KEY:
        return cut(f"{start}{', '.join(_steps(change))}", room)
    after = _shown(change.after)
    whole = f"{start}{_shown(change.before)} → {after}"
    return whole if width(whole) <= room else cut(f"{start}{after}", room)


def _steps(change: Change) -> Iterator[str]:
    before, after = (one if isinstance(one, tuple) else () for one in (change.before, change.after))
    yield from (f"-{label}" for label in before if label not in after)
    yield from (f"+{label}" for label in after if label not in before)


def _shown(value: str | tuple[str, ...] | Picture | None) -> str:
    match value:
        case None:
            return _NOTHING
        case Picture(width=None):
            return f"no image, {value.size:,} bytes"
        case Picture():
            return f"{value.width:,} x {value.height:,} pixels"
        case str() if "\n" in value:
            return count(len(value.splitlines()), "line")
        case str():
            return showable(value) or _EMPTY
    return ", ".join(value)
