"""A run as a command: finds the integration, asks for what is missing, shows findings and events."""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import typer

from xchange_cli import formats
from xchange_cli.cli.exits import Exit
from xchange_cli.cli.here import here
from xchange_cli.cli.interrupts import answered_promptly
from xchange_cli.cli.report import refuse
from xchange_cli.cli.session import Session
from xchange_cli.engine.events import RunEvent, RunFinished, Status
from xchange_cli.engine.view import RunView
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.formats import prepared_text, warning_text
from xchange_cli.formats.cells import showable
from xchange_cli.model.integration import Integration
from xchange_cli.project.find import project_of
from xchange_cli.project.targets import STDIN, Target, resolve
from xchange_cli.redaction import Redactor
from xchange_cli.runs.prepare import Loaded, RunRequest, Surroundings, load, prepare

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
    folder = here()
    arguments = [options.target] if options.target else []
    as_json = options.output.startswith("json")
    session = Session.of(context)

    def tell_secrets(redactor: Redactor) -> None:
        session.redact = redactor.text

    project = project_of(arguments, folder)
    target = _only(resolve(project, arguments, folder))
    around = Surroundings(folder, os.environ, _stdin(target, options.request), tell_secrets)
    loaded = load(project, target, around)
    if not isinstance(loaded, Loaded):
        return refuse(loaded, as_json=as_json)
    request = replace(options.request, flow=options.request.flow or _choose_flow(loaded.integration))
    prepared = prepare(loaded, request, around)
    if prepared.view is None:
        return refuse(prepared.findings, as_json=as_json)
    prepared_text.render(prepared, sys.stderr)
    return _show(prepared.view, options.output, request.until)


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


def _show(view: RunView, output: str, until: str) -> Exit:
    ended = _Ending(view.events)
    with answered_promptly():
        formats.write("run", output, replace(view, events=iter(ended)), sys.stdout)
    if until and ended.status is Status.SUCCESS and not ended.stopped_at:
        sys.stdout.flush()
        message = f"the run came to its end without `{until}`, the step of --until."
        warning_text.render(message, sys.stderr)
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
