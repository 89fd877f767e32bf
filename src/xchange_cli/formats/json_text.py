"""JSON on a text stream."""

import json
from typing import Any, TextIO


def write_json(data: Any, out: TextIO) -> None:
    """Write indented JSON and a line end; characters that the stream cannot hold are written as escapes."""
    out.write(json_text(data, out, indent=2) + "\n")


def write_json_line(data: Any, out: TextIO) -> None:
    """Write JSON on one line, which is right among JSON lines, too."""
    out.write(json_text(data, out) + "\n")


def json_text(data: Any, out: TextIO, *, indent: int | None = None) -> str:
    """Give JSON that the stream can hold; without `indent` it has no needless blanks."""
    separators = (",", ":") if indent is None else None
    text = json.dumps(data, ensure_ascii=False, indent=indent, separators=separators)
    try:
        text.encode(getattr(out, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(data, ensure_ascii=True, indent=indent, separators=separators)
    return text
