"""Changes as data, without the texts that they lie in: what is kept of a comparison, and sent between processes."""

import json
from collections.abc import Iterable
from typing import Any

from xchange_cli.changes.change import Change, ChangeSet, Concern, Line
from xchange_cli.changes.grade import Grade
from xchange_cli.source import Source, Span


def written(changes: Iterable[Change], old: Source | None, new: Source | None) -> bytes | None:
    """Write the changes between two texts, on one line; None where one of them lies in neither text."""
    sources = (old, new)
    try:
        data = [_data(change, sources) for change in changes]
    except KeyError:
        return None
    return json.dumps(data, separators=(",", ":")).encode()


def read(data: bytes, key: str, old: Source | None, new: Source | None) -> ChangeSet:
    """Give what `written` wrote for the same two texts, in which the places lie again."""
    sources = (old, new)
    was, now = (source.name if source is not None else "" for source in sources)
    return ChangeSet(key, was, now, tuple(_change(row, sources) for row in json.loads(data)))


_Sources = tuple[Source | None, Source | None]


def _data(change: Change, sources: _Sources) -> list[Any]:
    return list(
        change._replace(
            grade=change.grade.value,  # type: ignore[arg-type]
            concern=change.concern.value,  # type: ignore[arg-type]
            old_span=_span_data(change.old_span, sources),  # type: ignore[arg-type]
            new_span=_span_data(change.new_span, sources),  # type: ignore[arg-type]
        )
    )


def _change(row: list[Any], sources: _Sources) -> Change:
    found = Change(*row)
    return found._replace(
        grade=Grade(found.grade),
        concern=Concern(found.concern),
        path=tuple(found.path),
        old_span=_span(found.old_span, sources),
        new_span=_span(found.new_span, sources),
        lines=tuple(Line(*line) for line in found.lines),
    )


def _span_data(span: Span | None, sources: _Sources) -> tuple[int, bool, int, int] | None:
    """Write a place.

    Raises:
        KeyError: it lies in another text.

    """
    if span is None:
        return None
    for number, source in enumerate(sources):
        if source is not None and source.name == span.source.name and source.text == span.source.text:
            return number, span.source.is_private, span.start, span.end
    raise KeyError(span.source.name)


def _span(data: Any, sources: _Sources) -> Span | None:
    if data is None:
        return None
    number, is_private, start, end = data
    source = sources[number]
    assert source is not None
    return Span(source.private if is_private else source, start, end)
