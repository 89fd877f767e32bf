"""The activity log with all that belongs to each entry."""

from collections.abc import Iterator
from typing import Any, TextIO

from xchange_cli.formats.cells import showable
from xchange_cli.formats.folding import fold
from xchange_cli.formats.log_text import conclusion
from xchange_cli.formats.style import Style
from xchange_cli.formats.values import compact
from xchange_cli.formats.words import WIDTH
from xchange_cli.registry.activity import Activity
from xchange_cli.release.versions.history import History

_INDENT = "    "
_NONE = "(none)"
_NOTHING: tuple[Any, ...] = ("", None, [], {})


def render(history: History, out: TextIO) -> None:
    style = Style.of(out)
    for one in history.entries:
        out.write(style.paint("bold", showable(f"{one.time}  {one.category}  {one.subject}")) + "\n")
        for line in (one.user, one.preview, *_details(one)):
            out.writelines(f"{_INDENT}{piece}\n" for piece in fold(line, WIDTH - len(_INDENT)) if piece)
        out.write("\n")
    out.write(f"{conclusion(history)}\n")


def _details(one: Activity) -> Iterator[str]:
    for name, value in one.details.items():
        if isinstance(value, dict) and value.keys() == {"before", "after"}:
            yield f"{name}: {_shown(value['before'])} → {_shown(value['after'])}"
        elif value not in _NOTHING:
            yield f"{name}: {_shown(value)}"


def _shown(value: Any) -> str:
    """Say a value as people do."""
    match value:
        case bool():
            return "yes" if value else "no"
        case list() if all(isinstance(inner, str) for inner in value):
            return ", ".join(value) or _NONE
        case str():
            return value or _NONE
        case dict():
            kept = {key: inner for key, inner in value.items() if inner not in _NOTHING}
            return compact(kept)
    return compact(value)
