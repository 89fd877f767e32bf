"""A workflow command of GitHub's: one line of a job's log that is shown beside a line of a file."""

from xchange_cli.source import Span

ANNOTATED = 10
"""So many annotations of a kind GitHub takes from one step of a job; it drops the others without a word."""


def annotation(
    kind: str, title: str, message: str, *, file: str = "", line: int = 0, span: Span | None = None
) -> str:
    """Give a command, without its line end; `kind` is `error`, `warning` or `notice`, `file` is for what has no place in it.

    `line` is for what has no end there.
    """
    properties: dict[str, object] = {"file": file} if file else {}
    if file and line:
        properties["line"] = line
    if span is not None:
        properties = _place(span)
    properties["title"] = title
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{kind} {written}::{_data(message)}"


def _place(span: Span) -> dict[str, object]:
    first, last = span.first, span.last
    if first.line != last.line:  # GitHub refuses columns for a range of several lines
        return {"file": span.source.name, "line": first.line, "endLine": last.line}
    return {
        "file": span.source.name,
        "line": first.line,
        "col": first.column,
        "endLine": last.line,
        "endColumn": last.column,
    }


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
