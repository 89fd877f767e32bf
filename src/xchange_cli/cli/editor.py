"""The user's own editor, on a text that is no file of the project."""

import os
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from xchange_cli.errors import ErrorCode, XchangeError

Made = TypeVar("Made")

_VARIABLES = ("VISUAL", "EDITOR")
_HINT = "Set VISUAL or EDITOR to the command that starts your editor and waits for it, such as `nano` or `code --wait`."


def edited(text: str, name: str, use: Callable[[str], Made]) -> Made:
    """Let the user edit a text in a file called `name`, and give what `use` makes of it.

    Where the editor or `use` fails, what the user has written is kept, and the message says where.

    Raises:
        XchangeError: USAGE when there is no editor; UNREADABLE when it fails or leaves what is no text; and what `use`
            raises.

    """
    command = _command(os.environ)
    folder = Path(tempfile.mkdtemp(prefix="xchange-"))
    file = folder / name
    file.write_text(text, encoding="utf-8", newline="\n")
    try:
        _run(command, file)
        made = use(_read(file))
    except XchangeError as error:
        if not _differs(file, text):
            _remove(file)
            raise
        hint = f"{error.hint} What you have written is kept in {file}.".strip()
        raise XchangeError(error.code, error.message, hint=hint, place=error.place) from error
    _remove(file)
    return made


def _command(environment: Mapping[str, str]) -> str:
    found = (environment.get(name, "").strip() for name in _VARIABLES)
    command = next((one for one in found if one), "notepad" if sys.platform == "win32" else "")
    if not command:
        raise XchangeError(ErrorCode.USAGE, "--edit needs an editor, and none is set", hint=_HINT)
    return command


def _run(command: str, file: Path) -> None:
    try:
        with _patient():
            ended = subprocess.run(_line(command, file), check=False)  # noqa: S603 - the user's own command
    except OSError as error:
        message = f"the editor `{command}` cannot be started: {error.strerror or error}"
        raise XchangeError(ErrorCode.UNREADABLE, message, hint=_HINT) from error
    if ended.returncode:
        how = "ended with exit code" if ended.returncode > 0 else "was ended by signal"
        message = f"the editor `{command}` {how} {abs(ended.returncode)}, so nothing is changed"
        raise XchangeError(ErrorCode.UNREADABLE, message)


def _line(command: str, file: Path) -> "str | list[str]":
    """Split as a shell does; Windows takes the line as it is."""
    if sys.platform == "win32":
        return f'{command} "{file}"'
    try:
        return [*shlex.split(command), str(file)]
    except ValueError as error:
        message = f"the editor `{command}` cannot be started: a quote is not closed"
        raise XchangeError(ErrorCode.USAGE, message, hint=_HINT) from error


@contextmanager
def _patient() -> Iterator[None]:
    """Leave Ctrl-C to the editor for as long as it runs."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        message = f"what the editor has written cannot be read: {error.strerror or error}"
        raise XchangeError(ErrorCode.UNREADABLE, message) from error
    except UnicodeDecodeError as error:
        message = "what the editor has written is no UTF-8 text"
        raise XchangeError(ErrorCode.UNREADABLE, message, hint="Save it as UTF-8.") from error


def _differs(file: Path, text: str) -> bool:
    try:
        return file.read_bytes() != text.encode()
    except OSError:
        return False


def _remove(file: Path) -> None:
    """Take the file away, and what editors leave beside it stays if it is anything but that."""
    with suppress(OSError):
        file.unlink()
        file.parent.rmdir()
