"""Changes of a text in place: replace spans, keep every other character, and put the bytes back as they were."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from xchange_cli.diagnostics import Edit
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.source import Source

_BYTE_ORDER_MARK = "\ufeff"


def apply(source: Source, edits: Iterable[Edit]) -> str:
    """Give the text of `source` with all edits made; the places of all of them are those of the old text.

    Raises:
        ValueError: two edits are in each other's way, or one lies outside of the text.

    """
    parts: list[str] = []
    last: Edit | None = None
    done = 0
    for edit in sorted(edits, key=lambda one: (one.span.start, one.span.end)):
        start, end = edit.span.start, edit.span.end
        if not 0 <= start <= end <= len(source.text):
            raise ValueError(f"the edit of {start} to {end} lies outside of {source!r}")
        if last is not None and collide(last, edit):
            raise ValueError(f"two edits of {source!r} are in each other's way at {start}")
        parts += (source.text[done:start], edit.text)
        last, done = edit, end
    return "".join((*parts, source.text[done:]))


def collide(one: Edit, other: Edit) -> bool:
    """Tell whether two edits overlap, or begin at one place, so that their order would matter."""
    first, second = sorted((one.span, other.span), key=lambda span: (span.start, span.end))
    return second.start < first.end or second.start == first.start


def encode(source: Source, text: str) -> bytes:
    """Give the bytes of a text in the encoding of `source`, with its byte order mark if it has one.

    Raises:
        UnicodeEncodeError: the text has half of a surrogate pair.

    """
    mark = _BYTE_ORDER_MARK if source.has_bom else ""
    return (mark + text).encode(source.encoding)


def write(path: Path, source: Source, text: str) -> None:
    """Replace the file that `source` was read from, as a whole or not at all; its mode stays.

    Raises:
        XchangeError: UNREADABLE when the file is no longer what was read, or the system refuses.

    """
    target = Path(os.path.realpath(path))  # a link goes on leading to the file
    try:
        with target.open("r+b") as file:  # opened for writing, too: a file that is write-protected stays
            is_as_read = file.read() == encode(source, source.text)
            mode = os.fstat(file.fileno()).st_mode
        if not is_as_read:
            raise XchangeError(
                ErrorCode.UNREADABLE,
                f"{source.name} was changed by somebody else meanwhile, so it is left as it is",
                hint="Run the command again.",
            )
        _replace(target, encode(source, text), mode)
    except OSError as error:
        message = f"{source.name} cannot be written: {error.strerror or error}"
        raise XchangeError(ErrorCode.UNREADABLE, message, hint="It is as it was.") from error


def _replace(path: Path, data: bytes, mode: int) -> None:
    import tempfile

    descriptor, name = tempfile.mkstemp(prefix=".xchange-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode & 0o7777)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
