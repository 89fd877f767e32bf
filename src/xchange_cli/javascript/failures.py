"""From what the engine reports to errors that help: kind, place, and a word on what is missing."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from xchange_cli.javascript.errors import JavaScriptError, LogLine
from xchange_cli.javascript.needs import NODE_ONLY
from xchange_cli.javascript.places import QUICKJS, Places

_NOT_DEFINED = re.compile(r"ReferenceError: '?([\w$]+)'? is not defined")
_MODULE_SYNTAX = re.compile(r"^\s*(?:import|export)\b", re.MULTILINE)


class Failure(NamedTuple):
    """An error as the engine tells it; `blamed` is the key of the source that was at work."""

    kind: str
    message: str
    stack: str
    blamed: str = ""

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "Failure":
        return cls(data["kind"], data["message"], data["stack"], data["blamed"])

    @classmethod
    def uncaught(cls, report: str) -> "Failure":
        """Read an error that ended the engine's work: interruption, exhaustion, an error in a microtask."""
        message, _, stack = report.partition("\n")
        if message == "InternalError: interrupted":
            return cls("timeout", message, stack)
        if message in {"InternalError: out of memory", "null"}:
            return cls("out-of-memory", message, stack)
        return cls("javascript-error", message, stack)


NEVER_SETTLED = Failure(
    "never-settled", "the function never finishes: it waits for a promise that nothing settles", ""
)


def error_of(
    failure: Failure,
    sources: Mapping[str, str],
    *,
    limits: "Limits",
    logs: Sequence[LogLine],
    places: Places = QUICKJS,
) -> JavaScriptError:
    """Say what failed and where; with one source there is no doubt which is to blame."""
    key = failure.blamed or (next(iter(sources)) if len(sources) == 1 else "")
    code = sources.get(key, "")
    find = places.refused if failure.kind == "syntax-error" else places.thrown
    place = find(failure.stack, code)
    return JavaScriptError(
        _message(failure, code, limits),
        kind=failure.kind,
        line=place.line if place else None,
        column=place.column if place else None,
        logs=logs,
        input_key=key,
    )


class Limits(NamedTuple):
    """What one call may use."""

    seconds: float
    memory: int


def _message(failure: Failure, code: str, limits: Limits) -> str:
    if failure.kind == "timeout":
        return f"the code was stopped: it ran longer than {limits.seconds:.3g} s"
    if failure.kind == "out-of-memory":
        doubt = ", or threw null" if failure.message == "null" else ""
        return f"the code used more memory than the limit of {limits.memory // 1_048_576} MiB{doubt}"
    missing = _NOT_DEFINED.match(failure.message)
    if missing and missing[1] in NODE_ONLY:
        return f"{failure.message}: {missing[1]} is not available in the built-in JavaScript engine"
    if failure.kind == "syntax-error" and _MODULE_SYNTAX.search(code):
        return f"{failure.message}; code steps are CommonJS: write module.exports = …, not import or export"
    return failure.message
