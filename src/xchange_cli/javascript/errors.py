"""What can go wrong with an author's JavaScript."""

from collections.abc import Sequence
from typing import NamedTuple


class LogLine(NamedTuple):
    """A line that code wrote with `context.logger` or `console`."""

    level: str
    message: str


class JavaScriptError(Exception):
    """The author's code is wrong, failed, or was stopped.

    `kind`: syntax-error, javascript-error (thrown by the code), no-function (nothing that can be called),
    not-json (a value that JSON cannot hold), never-settled, timeout, out-of-memory, node-missing (Node.js is needed
    and absent) or node-failed (it ended by itself); or that of the WireError which is the cause.
    `line` and `column` are 1-based, count characters of the code text, and are None where unknown.
    `logs` are the lines written before the failure; `input_key` names the source to blame where several ran.
    """

    def __init__(
        self,
        message: str,
        *,
        kind: str = "javascript-error",
        line: int | None = None,
        column: int | None = None,
        logs: Sequence[LogLine] = (),
        input_key: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.kind = kind
        self.line = line
        self.column = column
        self.logs = tuple(logs)
        self.input_key = input_key
