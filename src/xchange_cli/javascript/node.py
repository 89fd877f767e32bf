"""Runs JavaScript in one Node.js process a run: code that needs what QuickJS has not.

The code has no environment variables, files, processes or connections; `fetch` is made by this process, one exchange
after the other, in the order in which the code asks. Clocks show UTC and the locale is en-US. A call ends when what
the function returned is settled: timers and exchanges that are left then are given up. What a call changes in
built-in objects (`Array.prototype.x = …`) stays for the later calls of the run, as it does on a hosted platform.
"""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Any, Final, Self

from xchange_cli.javascript.errors import JavaScriptError, LogLine
from xchange_cli.javascript.failures import NEVER_SETTLED, Failure, Limits, error_of
from xchange_cli.javascript.fetching import fetch
from xchange_cli.javascript.json_text import to_json
from xchange_cli.javascript.messages import Asked, Ended, read_message
from xchange_cli.javascript.node_process import NodeProcess
from xchange_cli.javascript.node_program import NodeProgram
from xchange_cli.javascript.places import V8
from xchange_cli.javascript.scripts import CALL, ModuleOutcome, Program, Scripts
from xchange_cli.wire.http import HttpClient, WireError

MEMORY_LIMIT = 1024 * 1024 * 1024
"""Bytes that the values of the code may take, as much as a whole run has on hosted platforms."""

MOST_LOGGED = 64 * 1024 * 1024
"""Characters that one call may log, with what each line takes besides."""

_LINE_COST = 64

_LONGEST_CALL = 24 * 60 * 60.0
_GARBLED: Final = Failure(
    "node-failed", "Node.js told something that is no message; the code may have changed built-in objects", ""
)
_OUT_OF_MEMORY: Final = ("heap out of memory", "Allocation failed", "Out of memory", "OOM", "bad_alloc")
"""Words of Node.js when it ends for want of memory."""

_NO_BUFFER: Final = ("RangeError: Array buffer allocation failed", "RangeError: Failed to allocate memory")


class NodeWorker(Scripts):
    """Runs JavaScript with Node.js; the process starts with the first call and after one that had to be stopped."""

    def __init__(self, program: NodeProgram, http: HttpClient, *, memory_limit: int = MEMORY_LIMIT) -> None:
        self._program = program
        self._http = http
        self._memory_limit = memory_limit
        self._process: NodeProcess | None = None

    def run_module(
        self, code: str, *, context: Mapping[str, Any], step_results: Mapping[str, Any], seconds: float
    ) -> ModuleOutcome:
        return self._run(Program("", (("code", code),)), (context, step_results), seconds)

    def call_function(self, source: str, args: Sequence[Any], *, seconds: float, input_key: str = "") -> Any:
        return self.call_functions(CALL, {input_key: source}, args, seconds=seconds).value

    def call_functions(
        self, driver: str, sources: Mapping[str, str], args: Sequence[Any], *, seconds: float
    ) -> ModuleOutcome:
        return self._run(Program(driver, tuple(sources.items())), args, seconds)

    def through(self, http: HttpClient) -> Self:
        self._http = http
        return self

    def close(self) -> None:
        """Kill the process; a later call starts another."""
        if self._process is not None:
            process, self._process = self._process, None
            process.end()

    def _run(self, program: Program, args: Sequence[Any], seconds: float) -> ModuleOutcome:
        if seconds <= 0:
            raise JavaScriptError("no time is left to run the code", kind="timeout")
        frame = _call_frame(program, args)
        if self._process is None:
            self._process = self._started()
        limits = Limits(min(seconds, _LONGEST_CALL), self._memory_limit)
        call = _Call(self._process, self._http, dict(program.sources), limits)
        try:
            return call.run(frame)
        finally:
            if not call.leaves_process_usable:
                self.close()

    def _started(self) -> NodeProcess:
        try:
            return NodeProcess(self._program, self._memory_limit)
        except OSError as error:
            reason = error.strerror or str(error)
            raise JavaScriptError(
                f"{self._program.path} does not start: {reason}", kind="node-failed"
            ) from error


class _Call:
    """One call, from its frame to its outcome."""

    def __init__(
        self, process: NodeProcess, http: HttpClient, sources: Mapping[str, str], limits: Limits
    ) -> None:
        self._process = process
        self._http = http
        self._sources = sources
        self._limits = limits
        self._deadline = monotonic() + limits.seconds
        self._logs: list[LogLine] = []
        self._logged = 0
        self.leaves_process_usable = False

    def run(self, frame: str) -> ModuleOutcome:
        """Do what the process asks for until it tells the outcome."""
        self._process.send(frame)
        while True:
            message = self._next()
            if isinstance(message, LogLine):
                self._log(message)
            elif isinstance(message, Asked):
                self._fetch(message)
            else:
                return self._outcome(message)

    def _next(self) -> LogLine | Asked | Ended:
        try:
            frame = self._process.receive(self._deadline - monotonic())
        except TimeoutError:
            raise self._failed(Failure("timeout", "", "")) from None
        if frame is None:
            raise self._failed(_death(self._process.end()))
        try:
            return read_message(frame)
        except ValueError as error:
            raise self._failed(_GARBLED) from error

    def _log(self, line: LogLine) -> None:
        self._logged += len(line.message) + _LINE_COST
        if self._logged > MOST_LOGGED:
            message = f"the code logged more than {MOST_LOGGED // 1_048_576} MiB"
            raise JavaScriptError(message, kind="out-of-memory", logs=self._logs)
        self._logs.append(line)

    def _fetch(self, asked: Asked) -> None:
        try:
            answer = fetch(self._http, asked, self._deadline - monotonic())
        except WireError as error:
            raise self._failed(Failure(error.kind, error.message, asked.stack)) from error
        self._process.send(json.dumps({"answers": asked.id, **answer}))

    def _outcome(self, ended: Ended) -> ModuleOutcome:
        if not ended.is_settled:
            self.leaves_process_usable = ended.is_reusable
            raise self._failed(NEVER_SETTLED)
        if ended.failure is None:
            self.leaves_process_usable = ended.is_reusable
            return ModuleOutcome(ended.value, tuple(self._logs))
        if ended.failure.message.startswith(_NO_BUFFER):
            raise self._failed(ended.failure._replace(kind="out-of-memory"))
        self.leaves_process_usable = ended.is_reusable
        raise self._failed(ended.failure)

    def _failed(self, failure: Failure) -> JavaScriptError:
        return error_of(failure, self._sources, limits=self._limits, logs=self._logs, places=V8)


def _call_frame(program: Program, args: Sequence[Any]) -> str:
    """Write a call; bytes go beside the arguments, so that the code gets them as buffers."""
    found: list[str] = []

    def write_bytes(data: bytes) -> Any:
        found.append(b64encode(data).decode("ascii"))
        return {"__xchange_bytes": len(found) - 1}

    arguments = to_json(args, write_bytes)
    given = json.dumps({"driver": program.driver, "sources": dict(program.sources)})
    head = json.dumps({"program": given, "bytes": found})
    return f'{head[:-1]},"arguments":{arguments}}}'


def _death(last_words: str) -> Failure:
    if any(sign in last_words for sign in _OUT_OF_MEMORY):
        return Failure("out-of-memory", "", "")
    lines = [line.strip() for line in last_words.splitlines() if line.strip()]
    reason = f": {lines[0][:200]}" if lines else ""
    return Failure("node-failed", f"Node.js ended before the code did{reason}", "")
