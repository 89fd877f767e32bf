"""How fixes change files, as a unified diff that `patch -p0` and `git apply -p0` can take."""

from collections.abc import Iterable, Iterator
from typing import TextIO

from xchange_cli.formats.cells import showable
from xchange_cli.formats.style import Style
from xchange_cli.validation.result import FileFix

_KINDS = {"@": "info", "+": "ok", "-": "error"}
_HIDDEN = "***"
_NO_LINE_END = "\\ No newline at end of file"


def render(fixes: Iterable[FileFix], out: TextIO) -> None:
    """Write the lines as the files have them; on a terminal, without what could steer it."""
    style = Style.of(out)
    on_terminal = out.isatty()
    for fix in fixes:
        for number, line in enumerate(_diff(fix)):
            kind = "bold" if number < 2 else _KINDS.get(line[:1], "")
            shown = showable(line.removesuffix("\r")) if on_terminal else line
            out.write(f"{style.paint(kind, shown) if kind else shown}\n")


def _diff(fix: FileFix) -> Iterator[str]:
    """Yield the lines of a diff without the LF at their ends; where secrets are near, no tool can apply it."""
    from difflib import unified_diff

    name = fix.source.name
    old, new = (_lines(_without_secrets(text, fix)) for text in (fix.source.text, fix.text))
    for line in unified_diff(old, new, name, name):
        yield line.removesuffix("\n")
        if not line.endswith("\n"):
            yield _NO_LINE_END


def _without_secrets(text: str, fix: FileFix) -> str:
    for secret in sorted(fix.secrets, key=len, reverse=True):
        text = text.replace(secret, _HIDDEN) if secret else text
    return text


def _lines(text: str) -> list[str]:
    """Split after each LF, the only line end that tools for patches know."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
