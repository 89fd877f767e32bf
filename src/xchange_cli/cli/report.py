"""How an error that ends a command is told."""

import sys

from xchange_cli.cli.exits import OF_ERROR
from xchange_cli.errors import XchangeError
from xchange_cli.formats.cells import showable
from xchange_cli.formats.json_text import write_json_line
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import wrapped


def report(error: XchangeError, *, as_json: bool) -> int:
    """Write the error and give the exit code: a line of JSON on standard output, words on standard error."""
    if as_json:
        write_json_line(_data(error), sys.stdout)
    else:
        _write_words(error)
    return OF_ERROR[error.code]


def _write_words(error: XchangeError) -> None:
    style = Style.of(sys.stderr)
    place = f"{showable(str(error.place))}: " if error.place else ""
    sys.stderr.write(f"{place}{style.paint('error', 'error:')} {showable(error.message)}\n")
    if error.hint:
        sys.stderr.write(wrapped(showable(error.hint), "hint: ") + "\n")


def _data(error: XchangeError) -> dict[str, object]:
    data: dict[str, object] = {
        "schema": "xchange.error/1",
        "code": error.code.value,
        "message": error.message,
        "hint": error.hint,
        "retryable": error.retryable,
    }
    if error.place:
        data["file"] = error.place.file
        data["start"] = {"line": error.place.line, "column": error.place.column}
    return data
