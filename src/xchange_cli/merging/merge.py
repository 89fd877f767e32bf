"""Two changed copies of an integration and what both come from → one file, written over ours."""

from collections.abc import Sequence as SequenceABC
from typing import NamedTuple

from xchange_cli.changes.comparison.parts import read_parts
from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Severity
from xchange_cli.document.conflict_marks import with_marks
from xchange_cli.document.entries import line_end
from xchange_cli.document.final_line_end import with_final_line_end
from xchange_cli.document.hunks import Hunk, Lines, with_endings
from xchange_cli.document.node import Mapping, Sequence
from xchange_cli.document.parse import Document, parse
from xchange_cli.document.unaliased import unaliased
from xchange_cli.errors import ErrorCode, Place, XchangeError
from xchange_cli.merging.attempt import attempt
from xchange_cli.merging.comments import with_their_comments
from xchange_cli.merging.found import Conflict
from xchange_cli.model.build import build
from xchange_cli.source import Source

LABELS = ("ours", "base", "theirs")


class Merged(NamedTuple):
    """`text` is the result; while there are conflicts, their marks are in it, and each side's lines between them."""

    text: str
    conflicts: tuple[Conflict, ...]


def merge(
    base: Source, ours: Source, theirs: Source, catalog: Catalog, labels: SequenceABC[str] = LABELS
) -> Merged:
    """Merge what both sides have changed since the base, by what the parts are, not by lines.

    What only one side has changed is that side's, byte for byte. Where the sides are in each other's way, the result has
    marks with the `labels` of ours, base and theirs. Were the written text ever to say something else than was meant, the
    whole file would be one conflict.

    Raises:
        XchangeError: INVALID with the place, where one of the three is no YAML mapping, or a list of parts holds
            something else.

    """
    if ours.text in {base.text, theirs.text}:
        return Merged(theirs.text, ())
    if base.text == theirs.text:
        return Merged(ours.text, ())
    documents = [with_final_line_end(_read(source)) for source in (_or_nothing(base), ours, theirs)]
    plain = [_read(unaliased(one.source, one.root)) for one in documents if one.root is not None]
    for mine in dict.fromkeys((documents[1].source, plain[1].source)):
        try:
            commented = with_their_comments(plain[0], _read(mine), plain[2])
            found = attempt(plain[0], commented, plain[2], catalog)
        except XchangeError:
            continue  # an alias is in the way of a new name: the next text is without
        if found is not None:
            return _written(found.lines, found.conflicts, ours, labels)
    return _whole(base, ours, theirs, labels)


def _or_nothing(base: Source) -> Source:
    """Give an integration without anything where there was none yet: both sides have added the file."""
    return base if base.text.strip() else Source(base.name, "{}\n")


def _written(
    lines: Lines, conflicts: SequenceABC[Conflict], ours: Source, labels: SequenceABC[str]
) -> Merged:
    written = with_marks(lines, labels, line_end(ours, 0))
    places = sorted(written.lines.items(), key=lambda one: (one[1], one[0]))
    text = written.text if written.lines else _ended_like(ours, written.text)
    return Merged(text, tuple(conflicts[number]._replace(line=line) for number, line in places))


def _ended_like(ours: Source, text: str) -> str:
    """Leave the last line without an end if ours has none, unless that would change what it says."""
    if ours.text.endswith(("\n", "\r")):
        return text
    shorter = text.removesuffix(line_end(ours, 0))
    return shorter if parse(Source("", shorter)).data == parse(Source("", text)).data else text


def _whole(base: Source, ours: Source, theirs: Source, labels: SequenceABC[str]) -> Merged:
    ending = line_end(ours, 0)
    hunk = Hunk((0,), ours.text, base.text, theirs.text)
    what = "the two versions cannot be brought together part by part"
    first, second = (source.span(0, len(source.text)) for source in (ours, theirs))
    return _written(with_endings([hunk], ending), [Conflict((), "", "", what, first, second)], ours, labels)


def _read(source: Source) -> Document:
    document = parse(source)
    wrong = next((one for one in document.diagnostics if one.severity is Severity.ERROR), None)
    if wrong is not None:
        place = Place(source.name, *source.position(wrong.span.start))
        raise XchangeError(ErrorCode.INVALID, wrong.message, hint=wrong.hint, place=place)
    if not isinstance(document.root, Mapping):
        message = "this is no integration: the file has no keys at its top"
        raise XchangeError(ErrorCode.INVALID, message, place=Place(source.name, 1, 1))
    _require_parts(document.root)
    return document


def _require_parts(root: Mapping) -> None:
    """Refuse what stands among parts and is none: nobody could tell what becomes of it."""
    integration = build(root)
    for part in read_parts(integration).walk() if integration is not None else ():
        for key in part.children:
            others = part.fields.get((key,))
            if isinstance(others, Sequence):
                message = f"an item of `{key}` is {others.items[0].kind}, not a mapping"
                raise XchangeError(ErrorCode.INVALID, message, place=others.items[0].span.place)
