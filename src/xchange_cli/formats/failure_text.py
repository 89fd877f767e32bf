"""Why a run failed: the step, the place in the file, and where each of its inputs came from."""

from collections.abc import Iterator, Mapping
from re import Match
from typing import Any, NamedTuple, TextIO

from xchange_cli.engine.events import Execution, Failure, StepCall
from xchange_cli.engine.view import RunView
from xchange_cli.expression.ast import ConfigValue, Expression, Literal, Reference, Template, walk
from xchange_cli.formats.cells import showable, width
from xchange_cli.formats.findings_text import write_excerpt
from xchange_cli.formats.folding import cut, fold
from xchange_cli.formats.resume_command import BLOCKED
from xchange_cli.formats.step_paths import ref_of, step_name, step_of
from xchange_cli.formats.style import Style
from xchange_cli.formats.values import compact, shown
from xchange_cli.formats.words import WIDTH, wrapped
from xchange_cli.model.integration import Input, Step

MAX_VALUE = 60
MAX_MESSAGE_LINES = 12
MAX_CALLERS = 3


class Blame(NamedTuple):
    """The failure that an execution ended with, and the attempt that failed, where a step is to blame.

    `execution` is the one that it happened in; `callers` are the executions that waited for it, the innermost first.
    """

    execution: Execution
    failure: Failure
    call: StepCall | None
    callers: tuple[Execution, ...] = ()


def write_failure(blame: Blame, run: RunView, out: TextIO, style: Style) -> None:
    failure, call, flow = blame.failure, blame.call, blame.execution.flow
    out.write(f"\n{_headline(blame, style)}\n")
    _write_message(failure.kind, run.redactor.text(failure.message), out)
    if failure.span is not None:
        out.write(f"\n{style.paint('bold', showable(str(failure.span.place)))}:\n")
        write_excerpt(failure.span, "error", out, style)
    step = step_of(flow, failure.ref)
    if step is not None and call is not None:
        _Inputs(step, call.inputs, run, out, style).write()


def _headline(blame: Blame, style: Style) -> str:
    """Name the step, where it stands in loops and called flows, and how often it was tried."""
    failure, call = blame.failure, blame.call
    if not failure.ref:
        return f"{style.paint('error', 'failed')}: the run as a whole"
    name = showable(step_name(blame.execution.flow, failure.ref))
    where = f" at {failure.path}" if "/" in failure.path else ""
    attempts = f" after {call.attempt} attempts" if call and call.attempt > 1 else ""
    lines = wrapped(f"failed: {name}{where}{attempts}{_callers(blame)}", "", "  ")
    lines = lines.replace("failed:", f"{style.paint('error', 'failed')}:", 1)
    return lines.replace(name, style.paint("bold", name), 1)


def _callers(blame: Blame) -> str:
    """Name the steps that waited for the flow, the nearest first."""
    called = (blame.execution, *blame.callers)[: len(blame.callers)]
    names = [
        step_name(caller.flow, ref_of(execution.path))
        for execution, caller in zip(called, blame.callers, strict=True)
    ]
    if not names:
        return ""
    nearest = ", called by ".join(f"`{showable(name)}`" for name in names[:MAX_CALLERS])
    more = f", and {len(names) - MAX_CALLERS} more" if len(names) > MAX_CALLERS else ""
    return f" of `{showable(blame.execution.flow.name)}`, called by {nearest}{more}"


def _write_message(kind: str, message: str, out: TextIO) -> None:
    blocked = BLOCKED.fullmatch(message) if kind == "write-blocked" else None
    if blocked is not None:
        _write_blocked(blocked, out)
        return
    _write_lines(message, "  ", out)


def _write_blocked(blocked: Match[str], out: TextIO) -> None:
    """Set apart what would have been sent, and what to write to have it sent."""
    what, option, entry = blocked.groups()
    out.write("  It was not sent, since it would change a remote system:\n")
    _write_lines(what, "    ", out)
    out.write("  To allow it, add to the command or to the config set:\n")
    _write_lines(option, "    ", out)
    _write_lines(entry, "    ", out)


def _write_lines(text: str, indent: str, out: TextIO) -> None:
    room = WIDTH - len(indent)
    lines = [piece for line in text.split("\n") for piece in fold(line.rstrip("\r"), room)]
    out.writelines(f"{indent}{line}".rstrip() + "\n" for line in lines[:MAX_MESSAGE_LINES])
    if len(lines) > MAX_MESSAGE_LINES:
        out.write(f"{indent}… {sum(map(len, lines[MAX_MESSAGE_LINES:])):,} more characters\n")


class _Inputs:
    """The inputs of a failed call: what the file gives, in its order, and in one paragraph what it does not."""

    def __init__(
        self, step: Step, values: Mapping[str, Any], run: RunView, out: TextIO, style: Style
    ) -> None:
        self._step = step
        self._values = values
        self._run = run
        self._out = out
        self._style = style

    def write(self) -> None:
        """Leave out what is not set: it explains nothing."""
        given = [key for key in self._step.inputs if self._values.get(key) is not None or self._is_named(key)]
        defaults = [key for key, value in self._values.items() if value is not None and key not in given]
        if given:
            self._out.write(f"\n{self._style.paint('bold', 'inputs')}\n")
        for key in given:
            self._write_given(key, self._step.inputs[key])
        if defaults:
            listed = ", ".join(f"{key} {self._short(key, 24)}" for key in defaults)
            text = wrapped(listed, "defaults of the component: ", "  ")
            self._out.write(f"\n{self._style.paint('dim', text)}\n")

    def _is_named(self, key: str) -> bool:
        """Tell whether the file gives the input as something other than a literal."""
        return not isinstance(self._step.inputs[key].expression, Literal)

    def _write_given(self, key: str, given: Input) -> None:
        """Write value and origin on one line, or on two."""
        value = f"  {showable(key)} = {self._value(key, given)}"
        origin = showable(f"← {origin_of(given, self._run.origins)}")
        if width(value) + 2 + width(origin) <= WIDTH:
            self._out.write(f"{value}  {self._style.paint('dim', origin)}\n")
            return
        self._out.write(f"{value}\n{self._style.paint('dim', wrapped(origin, '      ', '        '))}\n")

    def _value(self, key: str, given: Input) -> str:
        """Give the value; a text of several lines stands in the file, and its beginning says nothing."""
        expression = given.expression
        if isinstance(expression, Literal) and isinstance(expression.value, str):
            lines = len(expression.value.splitlines())
            if lines > 1:
                return f"text of {lines} lines"
        return self._short(key, MAX_VALUE)

    def _short(self, key: str, room: int) -> str:
        return cut(compact(shown(self._values.get(key), self._run.redactor)), room)


def origin_of(given: Input, origins: Mapping[str, str]) -> str:
    """Say where the value of an input came from: `literal`, `from eachLine.currentItem`, …"""
    expression = given.expression
    sources = " and ".join(dict.fromkeys(_sources(expression, origins)))
    if isinstance(expression, Template):
        return f"template of {sources}" if sources else "template"
    return sources or "literal"


def _sources(expression: Expression, origins: Mapping[str, str]) -> Iterator[str]:
    for part in walk(expression):
        if isinstance(part, Reference):
            yield ".".join(part.path)
        elif isinstance(part, ConfigValue) and part.key:
            yield f"config variable {part.key} ({origins.get(part.key, 'no value')})"
