"""What somebody wrote about an integration, for terminals."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from xchange_cli.formats.cells import cell
from xchange_cli.formats.safe_markdown import is_remote, tokens_of
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import WIDTH
from xchange_cli.overview.documentation import Documentation

if TYPE_CHECKING:
    from markdown_it.token import Token
    from rich.console import Console

_LINE_ENDS = "\n\t"


def render(result: Documentation, out: TextIO) -> None:
    """Write the texts, each file under its name; nothing where nobody has written any."""
    style = Style.of(out)
    for number, page in enumerate(result.written):
        if page.name:
            out.write(("\n" if number else "") + style.paint("dim", _shown(f"── {page.name} ──")) + "\n\n")
        out.writelines(_lines(page.text, style))


def _lines(text: str, style: Style) -> Iterator[str]:
    """Yield lines of 80 columns at most; without colours, none ends with blanks."""
    from io import StringIO

    from rich.markdown import Markdown

    written = StringIO()
    markdown = Markdown("", hyperlinks=False, code_theme="ansi_dark")
    markdown.parsed = [_harmless(token) for token in tokens_of(text)]
    _console(written, style).print(markdown)
    for line in written.getvalue().splitlines():
        yield (line if style.is_on else line.rstrip()) + "\n"


def _console(out: TextIO, style: Style) -> "Console":
    from rich.console import Console

    return Console(
        file=out,
        width=WIDTH,
        force_terminal=style.is_on,
        color_system="standard" if style.is_on else None,
        no_color=not style.is_on,
        legacy_windows=False,
    )


def _harmless(token: "Token") -> "Token":
    """Take out of a token, and of those in it, what could steer a terminal; an image becomes text."""
    if token.type == "image":
        return _image(token)
    token.content = _shown(token.content)
    token.info = _shown(token.info)
    token.attrs = {name: _shown(str(value)) for name, value in token.attrs.items()}
    if token.children:
        told = (child for child in token.children if child.markup != "autolink")  # its text is its address
        token.children = [_harmless(child) for child in told]
    return token


def _image(token: "Token") -> "Token":
    from markdown_it.token import Token

    source = str(token.attrs.get("src", ""))
    where = source if is_remote(source) and not source.startswith("data:") else ""
    words = " ".join(part for part in ("image", token.content, where) if part)
    return Token("text", "", 0, content=_shown(f"[{words}]"))


def _shown(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(one if one in _LINE_ENDS else cell(one).text for one in text)
