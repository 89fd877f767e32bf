"""What a file holds that is neither JSON nor YAML: text or bytes, which its name or else its bytes tell."""

import mimetypes
from pathlib import Path

from xchange_cli.engine.bodies import FORM, OCTETS, PLAIN, is_text
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.looking import is_folder
from xchange_cli.source import MAX_BYTES, Source

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


def read_bytes(path: Path, name: str, what: str) -> bytes:
    """Read a file; `name` is what messages show for it, `what` is what it is taken for, such as "payload".

    Raises:
        XchangeError: NOT_FOUND, or UNREADABLE also where it is too large.

    """
    try:
        if is_folder(path):
            raise XchangeError(ErrorCode.UNREADABLE, f"{name} is a folder, not a file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise XchangeError(ErrorCode.NOT_FOUND, f"{name} does not exist", hint="Check the path.") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise XchangeError(ErrorCode.UNREADABLE, f"{name} cannot be read: {reason}") from error
    if len(data) > MAX_BYTES:
        raise XchangeError(
            ErrorCode.UNREADABLE,
            f"{name} is too large: a {what} may have {MAX_BYTES // 1_048_576} MiB",
            hint="Hosted platforms take requests of up to 6 MB.",
        )
    return data


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
