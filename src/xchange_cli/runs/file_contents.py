"""What a file holds that is neither JSON nor YAML: text or bytes, which its name or else its bytes tell."""

import mimetypes
from pathlib import Path

from xchange_cli.source import Source
from xchange_cli.wire.media_types import FORM, OCTETS, PLAIN, is_text

_TYPES = {
    ".xml": "application/xml",
    ".csv": "text/csv",
    ".txt": PLAIN,
    ".html": "text/html",
    ".htm": "text/html",
    ".form": FORM,
    ".urlencoded": FORM,
    ".gz": "application/gzip",
}


def contents(path: Path, name: str, data: bytes) -> tuple[str, str | bytes]:
    """Give the content type of a file, and its bytes, or their text where the type is one of text.

    Raises:
        XchangeError: UNREADABLE where the name promises text and the bytes are none.

    """
    content_type = _content_type(path)
    if not content_type:
        return _guessed(data)
    return content_type, Source.decode(name, data).text if is_text(content_type) else data


def _content_type(path: Path) -> str:
    """Look the name up in Python's own table: what this machine says elsewhere would differ from others."""
    known = _TYPES.get(path.suffix.lower())
    if known is not None:
        return known
    guessed, encoding = mimetypes.MimeTypes().guess_type(path.name)
    return OCTETS if encoding else guessed or ""


def _guessed(data: bytes) -> tuple[str, str | bytes]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return OCTETS, data
    return (OCTETS, data) if "\0" in text else (PLAIN, text)
