"""What runs an author's JavaScript, whichever engine does it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol, Self

from xchange_cli.javascript.errors import LogLine
from xchange_cli.wire.http import HttpClient

CALL = "function __xchange_driver(called, ...values) { return called(...values); }"
"""The driver that calls one function once."""


class Program(NamedTuple):
    """What an engine runs: a CommonJS module (the source `code`, no driver), or functions that a driver calls.

    The driver is a JavaScript function expression of ours; it gets the functions in the order of the sources,
    then the arguments.
    """

    driver: str
    sources: tuple[tuple[str, str], ...]


class ModuleOutcome(NamedTuple):
    """What code gave back, as JSON would hold it, and the lines it logged."""

    value: Any
    logs: tuple[LogLine, ...]


class Scripts(Protocol):
    """Runs JavaScript for one run; use it from one thread. Costs nothing until its first call."""

    def run_module(
        self, code: str, *, context: Mapping[str, Any], step_results: Mapping[str, Any], seconds: float
    ) -> ModuleOutcome:
        """Evaluate a CommonJS module and call the function it exports with (context, stepResults).

        `context.logger` is added. Async functions run to their end. The value is what JSON keeps of the returned
        one: undefined is None, functions are dropped, dates are text, NaN is None.

        Raises:
            JavaScriptError: for whatever the code did wrong, with the lines logged before.

        """
        ...

    def call_function(self, source: str, args: Sequence[Any], *, seconds: float, input_key: str = "") -> Any:
        """Call a JavaScript function expression and give what it returns; log lines are dropped.

        Raises:
            JavaScriptError: for whatever the code did wrong; its `input_key` is the one given here.

        """
        ...

    def call_functions(
        self, driver: str, sources: Mapping[str, str], args: Sequence[Any], *, seconds: float
    ) -> ModuleOutcome:
        """Let `driver`, trusted JavaScript, call function expressions: one crossing for a whole list.

        The driver is a function expression with a name that begins with `__xchange_`; it gets the functions in
        the order of the sources and then the arguments.

        Raises:
            JavaScriptError: for whatever the code did wrong; `input_key` is the key of the source to blame.

        """
        ...

    def through(self, http: HttpClient) -> Self:
        """Give this, with `http` for what code sends from now on with `fetch`."""
        ...
