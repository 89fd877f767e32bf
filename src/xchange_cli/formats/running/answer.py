"""What a run leaves behind for people: the answer of the flow, and the state that it keeps."""

from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from xchange_cli.engine.events import Response
from xchange_cli.formats.folding import cut, fold
from xchange_cli.formats.style import Style
from xchange_cli.formats.values import compact, pretty, shown
from xchange_cli.formats.words import WIDTH, count
from xchange_cli.redaction import Redactor

MAX_LINES = 40
MAX_PIECES = 3
_INDENT = "  "


def write_answer(response: Response, redactor: Redactor, out: TextIO, style: Style) -> None:
    """Write status, headers and body; long lines are broken, very long ones and very many are cut."""
    head = f"answer {response.status_code} {cut(response.content_type, 50)}"
    out.write(f"\n{style.paint('bold', head)}\n")
    out.writelines(
        f"{cut(f'{_INDENT}{name}: {value}', WIDTH)}\n"
        for name, value in shown(response.headers, redactor).items()
    )
    if response.headers:
        out.write("\n")
    body = shown(response.body, redactor)
    lines = body.splitlines() if isinstance(body, str) else pretty(body).split("\n")
    for line in lines[:MAX_LINES]:
        out.writelines(f"{piece}\n" for piece in _pieces(line))
    if len(lines) > MAX_LINES:
        more = count(len(lines) - MAX_LINES, "more line")
        out.write(f"{_INDENT}… {more}; --output json shows all\n")


def write_state(state: Mapping[str, Any], redactor: Redactor, out: TextIO, style: Style) -> None:
    """Write what a run keeps for later runs, one line a kind of state."""
    if state:
        out.write(f"\n{style.paint('bold', 'state')}\n")
    out.writelines(
        f"{cut(f'{_INDENT}{name} = {compact(value)}', WIDTH)}\n"
        for name, value in shown(state, redactor).items()
    )


def _pieces(line: str) -> Iterator[str]:
    """Break a line; the second piece and the third stand further right than the first."""
    text = line.lstrip(" ")
    own = line[: len(line) - len(text)][: WIDTH // 2]
    first, rest = f"{_INDENT}{own}", f"{_INDENT}{own}    "
    room = WIDTH - len(rest)
    pieces = fold(text[: WIDTH * MAX_PIECES], room)
    for number, piece in enumerate(pieces[:MAX_PIECES]):
        is_cut = number == MAX_PIECES - 1 and len(pieces) > MAX_PIECES
        yield f"{rest if number else first}{cut(f'{piece}…', room) if is_cut else piece}".rstrip()
