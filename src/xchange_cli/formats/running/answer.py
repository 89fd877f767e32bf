"""What a run leaves behind for people: the answer of the flow, and the state that it keeps."""

from collections.abc import Mapping
from typing import Any, TextIO

from xchange_cli.engine.events import Response
from xchange_cli.formats.folding import cut
from xchange_cli.formats.style import Style
from xchange_cli.formats.values import compact, pretty, shown
from xchange_cli.formats.words import WIDTH, count
from xchange_cli.redaction import Redactor

MAX_LINES = 40
LONGEST_LINE = 1_000
_INDENT = "  "


def write_answer(response: Response, redactor: Redactor, out: TextIO, style: Style) -> None:
    """Write status, headers and body. Lines are not broken, so that they can be copied; very many are cut."""
    head = f"answer {response.status_code} {cut(redactor.text(response.content_type), 50)}"
    out.write(f"\n{style.paint('bold', head)}\n")
    out.writelines(
        f"{cut(f'{_INDENT}{name}: {value}', WIDTH)}\n"
        for name, value in shown(response.headers, redactor).items()
    )
    if response.headers:
        out.write("\n")
    _write_body(response.body, redactor, out)


def write_result(result: Any, redactor: Redactor, out: TextIO, style: Style) -> None:
    """Write the result of the step that a run was asked to end after."""
    out.write(f"\n{style.paint('bold', 'result')}\n")
    _write_body(result, redactor, out)


def _write_body(value: Any, redactor: Redactor, out: TextIO) -> None:
    body = shown(value, redactor)
    lines = body.splitlines() if isinstance(body, str) else pretty(body).split("\n")
    out.writelines(f"{_INDENT}{cut(line, LONGEST_LINE)}\n" for line in lines[:MAX_LINES])
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
