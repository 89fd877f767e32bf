"""The one error type for what a user can cause."""

from enum import StrEnum
from typing import Any, NamedTuple


class ErrorCode(StrEnum):
    """What went wrong, as programs see it: a small closed set; each has one exit code (cli/exits.py)."""

    USAGE = "usage"
    UNREADABLE = "unreadable"
    NOT_FOUND = "not-found"
    INVALID = "invalid"
    CONFLICT = "conflict"
    CREDENTIALS = "credentials"
    NETWORK = "network"


class Place(NamedTuple):
    """A point in a file, as messages show it; line and column are 1-based and count characters."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class XchangeError(Exception):
    """Something the user can cause and mend: what is wrong, where, and what to do about it."""

    def __init__(
        self,
        code: ErrorCode,
        message: str,
        *,
        hint: str = "",
        place: Place | None = None,
        retryable: bool = False,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.place = place
        self.retryable = retryable

    def __reduce__(self) -> "tuple[Any, ...]":
        """Go from process to process whole, which exceptions with named arguments do not by themselves."""
        return _bare, (type(self), self.args), self.__dict__


def _bare(kind: type[XchangeError], args: tuple[str, ...]) -> XchangeError:
    return kind.__new__(kind, *args)
