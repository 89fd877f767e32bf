"""Why a list of integrations may be shorter than was meant, for people."""

from collections.abc import Iterator, Sequence
from typing import TextIO

from xchange_cli.formats.words import count, wrapped
from xchange_cli.overview.search import Found, Unmatched

_MOST = 8
"""Words that are told where none is near."""

_HAS = {"category": "is of the category", "component": "uses the component", "fork-of": "is a fork of"}


def render(result: Found, patterns: Sequence[str], out: TextIO) -> None:
    """`patterns` say where the project has its integrations."""
    out.writelines(wrapped(text) + "\n" for text in _notes(result, patterns))


def _notes(result: Found, patterns: Sequence[str]) -> Iterator[str]:
    if not result.all_files:
        yield f"no integration here: no file matches {', '.join(patterns)}; `xchange new KEY` makes one"
        return
    yield from map(_unmatched, result.unmatched)
    if result.unread:
        files = ", ".join(one.file for one in result.unread[:_MOST])
        more = " …" if len(result.unread) > _MOST else ""
        number = count(len(result.unread), "file")
        yield f"{number} cannot be read and may be missing here: {files}{more}"


def _unmatched(one: Unmatched) -> str:
    has = _HAS.get(one.filter, f"has the {one.filter}")
    return f"no integration {has} `{one.word}`{_instead(one)}"


def _instead(one: Unmatched) -> str:
    if one.nearest:
        return f"; did you mean `{one.nearest}`?"
    if not one.known:
        return ""
    some = ", ".join(f"`{word}`" for word in one.known[:_MOST])
    return f"; there are {some}{' …' if len(one.known) > _MOST else ''}"
