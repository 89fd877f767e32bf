"""Finished findings as the comments of the files that they lie in leave them."""

from collections.abc import Iterable

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.document.parse import Document, parse
from xchange_cli.source import Source
from xchange_cli.validation.finish import finish
from xchange_cli.validation.ignore_comments import WORD
from xchange_cli.validation.ignores import settle, without_ignored


def settled(document: Document, found: Iterable[Diagnostic], key: str = "") -> list[Diagnostic]:
    """Drop what the comments of a file silence, and add what is wrong with them, finished with the `key`."""
    finished = list(found)
    known = set(map(id, finished))
    return [one if id(one) in known else finish(one, document, key) for one in settle(document, finished)]


def settled_with_others(source: Source, found: Iterable[Diagnostic], key: str) -> list[Diagnostic]:
    """Do the same for the file `source` and for findings in others that it leads to, whose comments are not judged."""
    left = list(found)
    if WORD in source.text:
        left = settled(parse(source), left, key)
    return unsilenced(left, judged=source)


def unsilenced(found: Iterable[Diagnostic], *, judged: Source | None = None) -> list[Diagnostic]:
    """Drop what comments silence in the files that findings lie in, but for one that was settled; judge no comment."""
    left = list(found)
    for source in dict.fromkeys(one.span.source for one in left):
        if source is not judged and WORD in source.text:
            left = without_ignored(parse(source), left)
    return left
