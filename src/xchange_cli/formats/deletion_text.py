"""What deleting an integration would take away, and what depends on it."""

from collections.abc import Iterator, Sequence
from typing import TextIO

from xchange_cli.formats.cells import showable
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import count, wrapped
from xchange_cli.release.deleting.deleting import Deletion
from xchange_cli.release.deleting.dependants import Dependant, DependantKind

_MOST = 10
_WORDS = {
    DependantKind.FORK: "a fork of it",
    DependantKind.PUBLISHED_FORK: "a published fork of it",
    DependantKind.MENTION: "names it",
}


def render(deletion: Deletion, out: TextIO) -> None:
    place = deletion.place
    if place is not None:
        out.write(wrapped(f"{place.name}: {count(place.files, 'file')} of {deletion.key}") + "\n")
    out.write(wrapped(_published(deletion)) + "\n")
    out.writelines(_dependants(deletion.dependants, Style.of(out)))


def _published(deletion: Deletion) -> str:
    if deletion.silence is not None:
        return f"published versions stay; which there are is not known: {deletion.silence.reason}"
    if deletion.has_rest:
        return "no version is published; what earlier ones have left goes, too, for good"
    if deletion.newest is None:
        return "no version is published"
    last = f"{deletion.key}@{deletion.newest}"
    return f"published versions up to {last} {'go, too, for good' if deletion.purges else 'stay'}"


def _dependants(dependants: Sequence[Dependant], style: Style) -> Iterator[str]:
    if not dependants:
        yield "nothing here depends on it\n"
        return
    yield f"{style.paint('warning', 'what depends on it:')}\n"
    for one in dependants[:_MOST]:
        place = f"{one.name}:{one.line}" if one.line else one.name
        yield f"  {showable(place)}: {_WORDS[one.kind]}\n"
    if len(dependants) > _MOST:
        yield f"  and {len(dependants) - _MOST:,} more\n"
