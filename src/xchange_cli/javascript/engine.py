"""One QuickJS engine with one program in it."""

import sys
import threading
from collections.abc import Mapping
from functools import cache
from time import monotonic

from xchange_cli.javascript.errors import JavaScriptError, LogLine
from xchange_cli.javascript.failures import NEVER_SETTLED, Failure, Limits, error_of
from xchange_cli.javascript.json_text import from_json, to_json
from xchange_cli.javascript.scripts import ModuleOutcome, Program

_STACK_BYTES = 1024 * 1024 if sys.platform == "win32" else 4 * 1024 * 1024
"""Half of what the main thread has where nobody changed it (python.exe: 2 MB; elsewhere 8 MB)."""

_PARTS = ("prelude.js", "programs.js")

_ROOM_TO_REPORT = 32 * 1024 * 1024
"""Added to an exhausted engine's memory so that its log lines can still be fetched."""


class Engine:
    """A QuickJS context of its own: nothing that one program does is seen by another.

    It holds one program at a time, compiled once and evaluated afresh by each call. Globals that a call added are
    removed after it; only changes to built-in objects (`Array.prototype.x = …`) stay for the engine's later calls.
    Not usable from another thread than the one that made it.

    `is_reusable` turns false once an engine was stopped, exhausted, or marked in a way that cannot be undone.
    """

    def __init__(self, memory_limit: int) -> None:
        import quickjs

        self._errors = (quickjs.JSException, quickjs.StackOverflow)
        self._context = quickjs.Context()
        self._context.set_memory_limit(memory_limit)
        self._context.set_max_stack_size(_stack_bytes())
        self._command = self._context.eval(_prelude())
        self._program: Program | None = None
        self._sources: Mapping[str, str] = {}
        self.is_reusable = True

    def run(self, program: Program, arguments: str, limits: Limits) -> ModuleOutcome:
        """Call the program with a JSON list of arguments and finish all that it started.

        Raises:
            JavaScriptError: for whatever the code did wrong.

        """
        if program != self._program:
            self._load(program, limits)
        try:
            finished = from_json(self._finish(arguments, limits))
        except self._errors as error:
            raise self._stopped(Failure.uncaught(str(error)), limits) from None
        logs = _lines(finished["logs"])
        self.is_reusable = finished["reusable"]
        outcome = finished["outcome"]
        if outcome is None:
            self.is_reusable = False
            raise error_of(NEVER_SETTLED, self._sources, limits=limits, logs=logs)
        if "error" in outcome:
            failure = Failure.read(outcome["error"])
            self.is_reusable = self.is_reusable and failure.kind != "out-of-memory"
            raise error_of(failure, self._sources, limits=limits, logs=logs)
        return ModuleOutcome(outcome.get("value"), logs)

    def _load(self, program: Program, limits: Limits) -> None:
        self._program = None
        self._sources = dict(program.sources)
        given = to_json({"driver": program.driver, "sources": self._sources})
        self._context.set_time_limit(limits.seconds)
        try:
            refusal = self._command("load", given)
        except self._errors as error:
            raise self._stopped(Failure.uncaught(str(error)), limits) from None
        if refusal:
            raise error_of(Failure.read(from_json(refusal)), self._sources, limits=limits, logs=())
        self._program = program

    def _finish(self, arguments: str, limits: Limits) -> str:
        """Run the call and the jobs it leaves; the engine counts CPU time in a job, we the time over all."""
        deadline = monotonic() + limits.seconds
        context = self._context
        context.set_time_limit(limits.seconds)
        self._command("start", arguments)
        while context.execute_pending_job():
            left = deadline - monotonic()
            if left <= 0:
                raise self._stopped(Failure("timeout", "", ""), limits)
            context.set_time_limit(left)
        return str(self._command("finish", ""))

    def _stopped(self, failure: Failure, limits: Limits) -> JavaScriptError:
        self.is_reusable = False
        return error_of(failure, self._sources, limits=limits, logs=self._logs_left(limits))

    def _logs_left(self, limits: Limits) -> tuple[LogLine, ...]:
        """Fetch the log lines of a stopped call; an engine without memory may be unable to tell them."""
        self._context.set_time_limit(1.0)
        self._context.set_memory_limit(limits.memory + _ROOM_TO_REPORT)
        try:
            return _lines(from_json(self._command("logs", "")))
        except self._errors:
            return (LogLine("warn", "the log lines of this step were lost with the engine's memory"),)


def _lines(logs: list[list[str]]) -> tuple[LogLine, ...]:
    return tuple(LogLine(level, message) for level, message in logs)


@cache
def _prelude() -> str:
    from importlib.resources import files

    folder = files("xchange_cli.javascript")
    prelude, programs = (folder.joinpath(name).read_text(encoding="utf-8") for name in _PARTS)
    return f"{prelude}({programs})"


def _stack_bytes() -> int:
    """Keep well inside the stack of this thread, since overrunning it would end the process."""
    return min(_STACK_BYTES, _room() // 2)


def _room() -> int:
    chosen = threading.stack_size()
    if chosen and threading.current_thread() is not threading.main_thread():
        return chosen
    if sys.platform == "win32":
        return 2 * _STACK_BYTES
    from resource import RLIM_INFINITY, RLIMIT_STACK, getrlimit

    soft, _ = getrlimit(RLIMIT_STACK)
    return 2 * _STACK_BYTES if soft == RLIM_INFINITY else soft
