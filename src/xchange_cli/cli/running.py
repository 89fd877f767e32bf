"""A run as a command: finds the integration, asks for what is missing, shows findings and events."""

import os
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import typer

from xchange_cli import formats
from xchange_cli.cli.exits import OF_ERROR, Exit
from xchange_cli.cli.here import here
from xchange_cli.cli.interrupts import answered_promptly
from xchange_cli.cli.session import Session
from xchange_cli.diagnostics import Diagnostic
from xchange_cli.engine.events import RunEvent, RunFinished, Status
from xchange_cli.engine.outcome import Outcome
from xchange_cli.engine.view import RunView
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.formats import prepared_text, warning_text
from xchange_cli.model.integration import Integration
from xchange_cli.project.find import project_of
from xchange_cli.project.targets import STDIN, Target
from xchange_cli.redaction import Redactor
from xchange_cli.runs.load import Loaded, load
from xchange_cli.runs.prepare import prepare
from xchange_cli.runs.request import RunRequest, Surroundings
from xchange_cli.validation.project_files import find_targets

EXIT_OF = {
    Status.SUCCESS: Exit.OK,
    Status.NO_CHANGES: Exit.OK,
    Status.ERROR: Exit.FLOW_FAILED,
    Status.TIMEOUT: Exit.TIMEOUT,
}


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
    request, record = options.request, None
    if request.resume:
        from xchange_cli.runs.resuming import record_of, request_of, target_of

        record = record_of(project, request)
        target, request = target_of(record, project), request_of(record, request)
    else:
        target = _only(find_targets(project, arguments, folder))
    around = Surroundings(folder, os.environ, _stdin(target, request), tell_secrets)
    loaded = load(project, target, around)
    if not isinstance(loaded, Loaded):
        return _refuse(loaded, as_json=as_json)
    request = request._replace(flow=request.flow or _choose_flow(loaded.integration, request))
    prepared = prepare(loaded, request, around, record=record)
    if prepared.view is None:
        return _refuse(prepared.findings, as_json=as_json)
    prepared_text.render(prepared, sys.stderr)
    return _show(prepared.view, options.output, request.until, session)


def _refuse(findings: tuple[Diagnostic, ...], *, as_json: bool) -> Exit:
    from xchange_cli.cli.report import refuse

    return refuse(findings, as_json=as_json)


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


def _choose_flow(integration: Integration, request: RunRequest) -> str:
    """Ask on a terminal; elsewhere the missing choice is an error that lists the names."""
    names = [flow.name for flow in integration.flows]
    is_told = request.deploys or request.removes or request.trigger
    if is_told or integration.endpoint_type != "flow_specific" or len(names) == 1:
        return ""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return ""
    from xchange_cli.formats.cells import showable

    for number, name in enumerate(names, start=1):
        typer.echo(f"{number:>3}  {showable(name)}", err=True)
    answer = str(typer.prompt("Which flow (number or name)", err=True))
    return names[int(answer) - 1] if answer.isdecimal() and 0 < int(answer) <= len(names) else answer


def _show(view: RunView, output: str, until: str, session: Session) -> Exit:
    ended = _Ending(view)
    may_go_on = view.is_recorded and view.can_be_resumed
    if may_go_on:
        session.interrupted = f"interrupted; `xchange run --resume {view.run_id}` goes on with it"
    try:
        with answered_promptly(session.interrupted):
            formats.write("run", output, view._replace(events=iter(ended)), sys.stdout)
    except XchangeError as error:
        if error.code is ErrorCode.UNREADABLE and may_go_on and ended.has_begun:
            raise _resumable(error, view.run_id) from error
        raise
    for message in view.last_words:
        sys.stdout.flush()
        warning_text.render(message, sys.stderr)
    if until and ended.status is Status.SUCCESS and not ended.stopped_at:
        sys.stdout.flush()
        message = f"the run came to its end without `{until}`, the step of --until."
        warning_text.render(message, sys.stderr)
    for trouble in view.troubles:
        from xchange_cli.formats import error_text

        sys.stdout.flush()
        error_text.render(trouble, sys.stderr)
    return max([ended.exit, *(OF_ERROR[trouble.code] for trouble in view.troubles)])


def _resumable(error: XchangeError, run_id: str) -> XchangeError:
    """Say of a run whose record could not be written on that what was written is not lost."""
    hint = f"{error.hint} `xchange run --resume {run_id}` goes on with it.".lstrip()
    return XchangeError(error.code, error.message, hint=hint, place=error.place, retryable=error.retryable)


class _Ending:
    """Hands events on and remembers how the executions ended."""

    def __init__(self, view: RunView) -> None:
        self._view = view
        self._outcome = Outcome()
        self.status = Status.ERROR
        self.stopped_at = ""
        self.has_begun = False

    def __iter__(self) -> Iterator[RunEvent]:
        first = self._view.first
        self._outcome.begun(first)
        for event in self._outcome.watch(self._view.events, first):
            self.has_begun = True
            if isinstance(event, RunFinished):
                self.status, self.stopped_at = event.status, event.stopped_at
            yield event

    @property
    def exit(self) -> Exit:
        return EXIT_OF[self._outcome.status]
