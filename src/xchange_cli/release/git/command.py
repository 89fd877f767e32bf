"""Git, asked the same way everywhere: in English, without a prompt, in a folder."""

import os
import random
import re
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError

_FIXED = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_EDITOR": "true",
    "GIT_SEQUENCE_EDITOR": "true",
    "GIT_MERGE_AUTOEDIT": "no",
}
_LOOKING = {"GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"}
_SHORT_PAUSE = 0.05
_LONGEST_PAUSE = 1.5
"""Seconds."""

_IN_URL = re.compile(r"(?<=://)[^/@\s]+@")


class GitAnswer(NamedTuple):
    """`code` is git's exit code; `error` what it said on standard error, without credentials."""

    code: int
    output: bytes
    error: str

    @property
    def ok(self) -> bool:
        return self.code == 0

    @property
    def text(self) -> str:
        return os.fsdecode(self.output.rstrip(b"\r\n"))

    @property
    def reason(self) -> str:
        """Give the line of the error that says most, for a message."""
        lines = [line.strip() for line in self.error.splitlines() if line.strip()]
        fatal = [line for line in lines if line.startswith(("fatal:", "error:", "remote:"))]
        said = (fatal or lines or [f"git ended with exit code {self.code}"])[0]
        return said.removeprefix("fatal: ").removeprefix("error: ").removeprefix("remote: ").strip()


def look(folder: Path, *arguments: str) -> GitAnswer:
    """Ask something that changes nothing and fetches nothing.

    Raises:
        XchangeError: UNREADABLE when git cannot be started.

    """
    return _git(folder, arguments, _LOOKING)


def act(folder: Path, *arguments: str, given: bytes = b"") -> GitAnswer:
    """Let git do something; the answer says whether it did. `given` is what it reads from standard input.

    Raises:
        XchangeError: UNREADABLE when git cannot be started.

    """
    return _git(folder, arguments, {}, given)


def pause(attempt: int) -> None:
    """Wait a little, longer from time to time, so that those who are in each other's way come apart."""
    time.sleep(random.uniform(0, min(_LONGEST_PAUSE, _SHORT_PAUSE * 2.0**attempt)))  # noqa: S311 - no secret


def top_of(folder: Path) -> Path | None:
    """Give the top of the working tree around a folder; None without one, and without git."""
    try:
        answer = look(folder, "rev-parse", "--show-toplevel")
    except XchangeError:
        return None
    return Path(answer.text) if answer.ok and answer.text else None


def _git(
    folder: Path, arguments: tuple[str, ...], settings: Mapping[str, str], given: bytes = b""
) -> GitAnswer:
    command = ("git", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", *arguments)
    try:
        ended = subprocess.run(  # noqa: S603 - git itself; what could be an option stands behind `--`
            command,
            cwd=folder,
            env={**os.environ, **_FIXED, **settings},
            input=given,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        message = f"git cannot be started: {error.strerror or error}"
        raise XchangeError(ErrorCode.UNREADABLE, message, hint="Install git.") from error
    told = ended.stderr.decode(errors="replace")
    return GitAnswer(ended.returncode, ended.stdout, _IN_URL.sub("", told))
