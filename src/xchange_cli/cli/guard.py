"""The one place that turns whatever ends a command into an exit code and a message."""

import errno
import sys
from collections.abc import Callable
from typing import cast

import typer

from xchange_cli.cli import streams
from xchange_cli.cli.exits import Exit
from xchange_cli.cli.params import wants_json
from xchange_cli.cli.session import Session
from xchange_cli.errors import ErrorCode, XchangeError

USAGE_ERROR = cast("type[Exception]", typer.BadParameter.__mro__[1])
"""What the terminal library raises for wrong usage; it does not export this class."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


def guard(command: Callable[[Session], int], arguments: list[str]) -> int:
    """Run a command and give the exit code, whatever happens."""
    try:
        code = _guarded(command, arguments)
        streams.flush()
    except BrokenPipeError:
        streams.silence()
        return Exit.READER_GONE
    except OSError as error:  # what was to be said about an error cannot be said
        return _refuse_output(error)
    return code


def _guarded(command: Callable[[Session], int], arguments: list[str]) -> int:
    session = Session()
    as_json = wants_json(arguments)
    try:
        code = _code_of(command, session)
        streams.flush()
    except (KeyboardInterrupt, typer.Abort):
        sys.stderr.write(f"{session.interrupted}\n")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        raise
    except USAGE_ERROR as error:
        return _report_usage(error, as_json=as_json)
    except XchangeError as error:
        return _report(error, as_json=as_json)
    except Exception as error:  # noqa: BLE001 - this is the outermost place
        return _unexpected(error, arguments, session, as_json=as_json)
    return code


def _code_of(command: Callable[[Session], int], session: Session) -> int:
    try:
        return command(session)
    except typer.Exit as wanted:
        return wanted.exit_code


def _report(error: XchangeError, *, as_json: bool) -> int:
    from xchange_cli.cli.report import report

    return report(error, as_json=as_json)


def _report_usage(error: BaseException, *, as_json: bool) -> int:
    message = " ".join(str(getattr(error, "format_message", error.__str__)()).split())
    if not message:  # the help was asked for by giving no argument, and is written
        return Exit.USAGE
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "xchange"
    problem = XchangeError(
        ErrorCode.USAGE,
        message[0].lower() + message[1:].rstrip("."),
        hint=f"`{path} --help` shows how it is used.",
    )
    return _report(problem, as_json=as_json)


def _unexpected(error: Exception, arguments: list[str], session: Session, *, as_json: bool) -> int:
    if isinstance(error, OSError) and error.filename is None:
        if error.errno == errno.EINVAL and sys.platform == "win32":  # how Windows says that a pipe is closed
            raise BrokenPipeError from error
        if error.errno in _FULL:
            return _refuse_output(error)
    from xchange_cli.cli.crash import apologise

    return apologise(error, arguments, session, as_json=as_json)


def _refuse_output(error: OSError) -> int:
    sys.stderr.write(f"error: the output cannot be written: {error.strerror}\n")
    streams.silence()
    return Exit.UNREADABLE
