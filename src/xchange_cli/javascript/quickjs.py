"""The built-in JavaScript engine: runs code steps and the functions of inputs.

Time limits: QuickJS counts CPU time of the whole process and looks at it between instructions; between the jobs of
async code the host looks at the wall clock. While code runs, Python handles no signal: whoever wants Ctrl-C to take
effect before the call ends must watch for it in another thread, which a call lets run. A single native operation (a
huge BigInt power) cannot be interrupted.

Dates are those of hosted platforms, whose clocks show UTC, and locale-dependent formatting is that of en-US. The
first call sets the time zone of the process for good. On Windows QuickJS knows no other zone than UTC.
"""

import os
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, Self

from xchange_cli.javascript.engine import Engine
from xchange_cli.javascript.errors import JavaScriptError
from xchange_cli.javascript.failures import Limits
from xchange_cli.javascript.json_text import to_json
from xchange_cli.javascript.scripts import CALL, ModuleOutcome, Program, Scripts
from xchange_cli.wire.http import HttpClient

_MOST_ENGINES = 32
"""Code made from templates may differ on each call: the engines longest unused make room."""

MEMORY_LIMIT = 1024 * 1024 * 1024
"""Bytes that an engine may use, as much as a whole run has on hosted platforms."""

_LONGEST_CALL = 24 * 60 * 60.0
"""Seconds; beyond some weeks the engine's clock, which counts in 32 bits on some systems, would run over."""


class CodeHost(Scripts):
    """Runs JavaScript with QuickJS.

    Each module text has an engine of its own (about 1 ms and 0.2 MB); functions have one for each driver.
    """

    def __init__(self, *, memory_limit: int = MEMORY_LIMIT) -> None:
        self._memory_limit = memory_limit
        self._engines: OrderedDict[str, Engine] = OrderedDict()

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
        del http  # code in QuickJS has no fetch
        return self

    def _run(self, program: Program, args: Sequence[Any], seconds: float) -> ModuleOutcome:
        if seconds <= 0:
            raise JavaScriptError("no time is left to run the code", kind="timeout")
        limits = Limits(min(seconds, _LONGEST_CALL), self._memory_limit)
        arguments = to_json(args)
        key = program.driver or program.sources[0][1]
        engine = self._engine(key)
        try:
            return engine.run(program, arguments, limits)
        finally:
            if not engine.is_reusable:
                del self._engines[key]

    def _engine(self, key: str) -> Engine:
        engine = self._engines.get(key)
        if not self._engines:
            _use_utc()
        if engine is None:
            engine = self._engines[key] = Engine(self._memory_limit)
            if len(self._engines) > _MOST_ENGINES:
                self._engines.popitem(last=False)
        self._engines.move_to_end(key)
        return engine


def _use_utc() -> None:
    os.environ["TZ"] = "UTC"
    if hasattr(time, "tzset"):
        time.tzset()
