"""A run as a command: finds the integration, asks for what is missing, shows findings and events."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import typer

from xchange_cli import formats
from xchange_cli.cli.exits import Exit
from xchange_cli.cli.interrupts import answered_promptly
from xchange_cli.cli.session import Session
from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.engine.events import RunEvent, RunFinished, Status
from xchange_cli.engine.view import RunView
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.formats import findings_text
from xchange_cli.formats.cells import showable
from xchange_cli.formats.finding_data import finding
from xchange_cli.formats.json_text import write_json_line
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import count, wrapped
from xchange_cli.model.integration import Integration, Step
from xchange_cli.project.find import project_of
from xchange_cli.project.targets import STDIN, Target, resolve
from xchange_cli.redaction import Redactor
from xchange_cli.runs.prepare import Loaded, Prepared, RunRequest, Surroundings, load, prepare

EXIT_OF = {Status.SUCCESS: Exit.OK, Status.ERROR: Exit.FLOW_FAILED, Status.TIMEOUT: Exit.TIMEOUT}


class Options(NamedTuple):
    target: str | None
    request: RunRequest
    output: str


def execute(context: typer.Context, options: Options) -> Exit:
    """Run a flow and give the exit code.

    Raises:
        XchangeError: for whatever is wrong with the words of the command line.

    """
    _use_utc()
    here = Path.cwd()
    arguments = [options.target] if options.target else []
    session = Session.of(context)

    def tell_secrets(redactor: Redactor) -> None:
        session.redact = redactor.text

    project = project_of(arguments, here)
    target = _only(resolve(project, arguments, here))
    around = Surroundings(here, os.environ, _stdin(target, options.request), tell_secrets)
    loaded = load(project, target, around)
    if not isinstance(loaded, Loaded):
        return _refuse(loaded, options.output)
    request = replace(options.request, flow=options.request.flow or _choose_flow(loaded.integration))
    prepared = prepare(loaded, request, around)
    if prepared.view is None:
        return _refuse(prepared.findings, options.output)
    _warn(prepared)
    return _show(prepared.view, options.output, request.until)


def _use_utc() -> None:
    """Let JavaScript's dates be those of hosted platforms, whose clocks show UTC."""
    os.environ["TZ"] = "UTC"
    if hasattr(time, "tzset"):
        time.tzset()


def _only(targets: Sequence[Target]) -> Target:
    if len(targets) == 1:
        return targets[0]
    names = ", ".join(target.key or target.name for target in targets)
    raise XchangeError(ErrorCode.USAGE, "which integration?", hint=f"Name one: {names}.")


def _stdin(target: Target, request: RunRequest) -> bytes:
    wants_payload = request.payload == STDIN
    if wants_payload and target.path is None:
        raise XchangeError(ErrorCode.USAGE, "standard input can be the integration or the payload, not both")
    return sys.stdin.buffer.read() if wants_payload or target.path is None else b""


def _choose_flow(integration: Integration) -> str:
    """Ask on a terminal; elsewhere the missing choice is an error that lists the names."""
    names = [flow.name for flow in integration.flows]
    if len(names) == 1 or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return ""
    for number, name in enumerate(names, start=1):
        typer.echo(f"{number:>3}  {showable(name)}", err=True)
    answer = str(typer.prompt("Which flow (number or name)", err=True))
    return names[int(answer) - 1] if answer.isdecimal() and 0 < int(answer) <= len(names) else answer


def _refuse(findings: Sequence[Diagnostic], output: str) -> Exit:
    """Say why the run does not start: as one JSON object, or as findings among the talk."""
    errors = sum(found.severity is Severity.ERROR for found in findings)
    message = f"the run does not start: {count(errors, 'error')}"
    if output.startswith("json"):
        error = {"schema": "xchange.error/1", "code": ErrorCode.INVALID.value, "message": message}
        rest = {"hint": "", "retryable": False, "findings": [finding(found) for found in findings]}
        write_json_line({**error, **rest}, sys.stdout)
    else:
        findings_text.render(findings, sys.stderr)
        sys.stderr.write(f"{message}\n")
    return Exit.FINDINGS


def _warn(prepared: Prepared) -> None:
    """Say on standard error what the user may want to know before anything runs."""
    findings_text.render(prepared.findings, sys.stderr)
    named = [f"`{step.name}` ({_action(step)})" for step in prepared.unperformable]
    if len(named) == 1:
        step = prepared.unperformable[0]
        option = "--payload " if step.is_trigger else f"--mock {step.ref}="
        _warning(
            f"{named[0]} has no local code; the run fails if it is reached. {option}FILE gives it a result."
        )
    elif named:
        mock = "--mock STEP=FILE gives a step a result."
        _warning(
            f"{len(named)} steps have no local code; the run fails if one is reached: {', '.join(named)}. {mock}"
        )
    if prepared.given_trigger is not None:
        trigger = prepared.given_trigger
        _warning(
            f"`{trigger.name}` ({_action(trigger)}) has no local code; the payload is taken for its result "
            "as it is: no signature is checked, nothing is fetched."
        )
    if prepared.other_warnings:
        shown = count(prepared.other_warnings, "warning")
        pronoun = "it" if prepared.other_warnings == 1 else "them"
        sys.stderr.write(f"{shown} about the file; `xchange validate` shows {pronoun}\n")
    sys.stderr.flush()


def _action(step: Step) -> str:
    return f"{step.action.component}.{step.action.key}" if step.action else "no action"


def _warning(text: str) -> None:
    """Write a warning that is about no place in a file."""
    word = "warning: "
    painted = Style.of(sys.stderr).paint("warning", word.rstrip()) + " "
    sys.stderr.write(wrapped(showable(text), word).replace(word, painted, 1) + "\n")


def _show(view: RunView, output: str, until: str) -> Exit:
    ended = _Ending(view.events)
    with answered_promptly():
        formats.write("run", output, replace(view, events=iter(ended)), sys.stdout)
    if until and ended.status is Status.SUCCESS and not ended.stopped_at:
        sys.stdout.flush()
        _warning(f"the run came to its end without `{until}`, the step of --until.")
    return EXIT_OF[ended.status]


class _Ending:
    """Hands events on and remembers how the run ended."""

    def __init__(self, events: Iterator[RunEvent]) -> None:
        self._events = events
        self.status = Status.ERROR
        self.stopped_at = ""

    def __iter__(self) -> Iterator[RunEvent]:
        for event in self._events:
            if isinstance(event, RunFinished):
                self.status = event.status
                self.stopped_at = event.stopped_at
            yield event
