"""Where the conflicts of an unfinished merge lie, in which flow and step, and what settles each."""

import shlex

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.document.conflict_marks import marked
from xchange_cli.document.conflict_places import Place, places_of
from xchange_cli.document.locate import locate
from xchange_cli.document.merge_conflicts import RULE
from xchange_cli.document.parse import Document
from xchange_cli.source import Span
from xchange_cli.validation.finish import finish


def with_places(document: Document, key: str) -> list[Diagnostic]:
    """Give the findings about the text of a document; its conflicts with the names of what they are in.

    `key` is that of the integration, empty where the text is of no file.
    """
    found = list(document.diagnostics)
    conflicts = marked(document.source)
    if len(conflicts) != len(found) or any(one.rule != RULE for one in found):
        return found
    places = places_of(document.source, conflicts)
    return [_placed(one, place, key) for one, place in zip(found, places, strict=True)]


def _placed(one: Diagnostic, place: Place, key: str) -> Diagnostic:
    span = Span(place.document.source, place.offset, place.offset)
    there = finish(one._replace(span=span), place.document, "")
    hint = _way_out(there.step or there.flow or _name(place), key) if key else one.hint
    return one._replace(flow=there.flow, step=there.step, subject=there.pointer, hint=hint)


def _name(place: Place) -> str:
    """Give the name of the config variable or the page, else the key of the file that a conflict is in."""
    names = locate(place.document.root, place.offset, place.offset).names
    return names[min(1, len(names) - 1)] if names else ""


def _way_out(name: str, key: str) -> str:
    command = f"xchange upstream resolve {shlex.quote(name) if name else '--all'} ours {shlex.quote(key)}"
    return f"`{command}` takes our side, `theirs` the other one; or edit the lines and take out the marks."
