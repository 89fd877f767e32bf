"""Why a run failed: the step, the place in the file, and where each of its inputs came from."""

from collections.abc import Mapping
from typing import Any, TextIO

from xchange_cli.engine.events import Failure, StepCall
from xchange_cli.engine.view import RunView
from xchange_cli.expression.ast import ConfigValue, Expression, Literal, Reference, Template, walk
from xchange_cli.formats.cells import showable
from xchange_cli.formats.findings_text import write_excerpt
from xchange_cli.formats.style import Style
from xchange_cli.formats.values import compact, shown
from xchange_cli.formats.words import wrapped
from xchange_cli.model.integration import Input, Step
from xchange_cli.model.walk import walk_flow

MAX_VALUE = 60


def write_failure(failure: Failure, call: StepCall | None, run: RunView, out: TextIO, style: Style) -> None:
    """`call` is the attempt that failed."""
    step = next((placed.step for placed in walk_flow(run.flow) if placed.step.ref == failure.ref), None)
    name = step.name if step else failure.ref
    out.write(f"\n{style.paint('error', 'failed')}: {style.paint('bold', name)} at {failure.path}\n")
    out.write(wrapped(showable(run.redactor.text(failure.message)), "  ") + "\n")
    if failure.span is not None:
        out.write(f"\n{style.paint('bold', str(failure.span.place))}:\n")
        write_excerpt(failure.span, "error", out, style)
    if step is not None and call is not None and call.ref == failure.ref:
        _write_inputs(step, call.inputs, run, out, style)


def _write_inputs(step: Step, inputs: Mapping[str, Any], run: RunView, out: TextIO, style: Style) -> None:
    """List the inputs that have a value; what is not set explains nothing."""
    given = {key: value for key, value in inputs.items() if value is not None or _is_named(step, key)}
    if not given:
        return
    out.write("\ninputs\n")
    for key, value in given.items():
        text = _short(shown(value, run.redactor))
        origin = _origin(step.inputs.get(key), run)
        out.write(f"  {key} = {text}  {style.paint('dim', origin)}\n")


def _is_named(step: Step, key: str) -> bool:
    """Whether the file gives the input as something other than a literal."""
    given = step.inputs.get(key)
    return given is not None and not isinstance(given.expression, Literal)


def _short(value: Any) -> str:
    text = showable(compact(value))
    return text if len(text) <= MAX_VALUE else f"{text[: MAX_VALUE - 1]}…"


def _origin(given: Input | None, run: RunView) -> str:
    """Say where the value of an input came from."""
    if given is None:
        return "(default of the component)"
    names = list(dict.fromkeys(_sources(given.expression, run)))
    return f"({', '.join(names)})" if names else "(literal)"


def _sources(expression: Expression, run: RunView) -> list[str]:
    found = []
    for part in walk(expression):
        if isinstance(part, Reference):
            found.append(f"from {'.'.join(part.path)}")
        elif isinstance(part, ConfigValue) and part.key:
            origin = run.origins.get(part.key)
            found.append(f"config variable {part.key}" + (f", {origin}" if origin else ", no value"))
        elif isinstance(part, Template):
            found.append("template")
    return found
