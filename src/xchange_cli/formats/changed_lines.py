"""The lines that differ between two texts of a file, as a diff without the lines around them: no secret is among them."""

from collections.abc import Iterator

from xchange_cli.formats.cells import showable
from xchange_cli.formats.style import Style
from xchange_cli.source import Source

_KINDS = {"@": "info", "+": "ok", "-": "error"}
_NO_LINE_END = "\\ No newline at end of file"


def changed_lines(source: Source, text: str, style: Style, *, shows_raw: bool) -> Iterator[str]:
    """Yield the lines of the diff, each with its end; `shows_raw` for programs, which want every character."""
    from difflib import unified_diff

    old, new = _lines(source.text), _lines(text)
    for number, line in enumerate(unified_diff(old, new, source.name, source.name, n=0)):
        kind = "bold" if number < 2 else _KINDS.get(line[:1], "")
        shown = line.removesuffix("\n") if shows_raw else showable(line.rstrip("\r\n"))
        yield f"{style.paint(kind, shown) if kind else shown}\n"
        if not line.endswith("\n"):
            yield f"{_NO_LINE_END}\n"


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
