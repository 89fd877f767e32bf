"""Why a run failed: the step, the place in the file, and where each of its inputs came from."""

from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from xchange_cli.engine.events import Failure, StepCall
from xchange_cli.engine.view import RunView
from xchange_cli.expression.ast import ConfigValue, Expression, Literal, Reference, Template, walk
from xchange_cli.formats.cells import showable, width
from xchange_cli.formats.findings_text import write_excerpt
from xchange_cli.formats.folding import cut, fold
from xchange_cli.formats.style import Style
from xchange_cli.formats.values import compact, shown
from xchange_cli.formats.words import WIDTH, wrapped
from xchange_cli.model.integration import Flow, Input, Step
from xchange_cli.model.walk import walk_flow

MAX_VALUE = 60
MAX_MESSAGE_LINES = 12


def write_failure(failure: Failure, call: StepCall | None, run: RunView, out: TextIO, style: Style) -> None:
    """`call` is the attempt that failed."""
    name = showable(step_name(run.flow, failure.ref))
    where = f" at {failure.path}" if "/" in failure.path else ""
    attempts = f" after {call.attempt} attempts" if call and call.attempt > 1 else ""
    out.write(f"\n{style.paint('error', 'failed')}: {style.paint('bold', name)}{where}{attempts}\n")
    _write_message(run.redactor.text(failure.message), out)
    if failure.span is not None:
        out.write(f"\n{style.paint('bold', showable(str(failure.span.place)))}:\n")
        write_excerpt(failure.span, "error", out, style)
    step = _step(run.flow, failure.ref)
    if step is not None and call is not None and call.ref == failure.ref:
        _Inputs(step, call.inputs, run, out, style).write()


def step_name(flow: Flow, ref: str) -> str:
    """Give the name of the step with this key, or the key itself."""
    step = _step(flow, ref)
    return step.name if step else ref


def _step(flow: Flow, ref: str) -> Step | None:
    return next((placed.step for placed in walk_flow(flow) if placed.step.ref == ref), None)


def _write_message(message: str, out: TextIO) -> None:
    lines = [piece for line in message.split("\n") for piece in fold(line.rstrip("\r"), WIDTH - 2)]
    out.writelines(f"  {line}".rstrip() + "\n" for line in lines[:MAX_MESSAGE_LINES])
    if len(lines) > MAX_MESSAGE_LINES:
        out.write(f"  … {sum(map(len, lines[MAX_MESSAGE_LINES:])):,} more characters\n")


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
