"""Everything between the words of a command line and a run that may start."""

import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.implementations import Implementations
from xchange_cli.configset.bind import Binding
from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.engine.driver import SystemClock
from xchange_cli.engine.launch import Launch, launch
from xchange_cli.engine.payload import RunFacts
from xchange_cli.engine.plan import needed_config, trigger_taking_payload, unperformable
from xchange_cli.engine.run_id import ulid
from xchange_cli.engine.view import RunView
from xchange_cli.expression.step_names import step_ref
from xchange_cli.model.find import find_flow, find_step
from xchange_cli.model.integration import Flow, Integration, Step
from xchange_cli.project.project import Project
from xchange_cli.project.targets import Target
from xchange_cli.redaction import Redactor
from xchange_cli.runs import config
from xchange_cli.runs.inputs import find_set, read_payload
from xchange_cli.runs.mocks import kept_from_running, read_mocks
from xchange_cli.runs.secrets import learning, secret_inputs
from xchange_cli.validation.project_files import read_project_files
from xchange_cli.validation.validate import Report, validate


@dataclass(frozen=True, slots=True)
class RunRequest:
    """The words of the command line, as they came; `timeout` is in seconds."""

    flow: str = ""
    config: str = ""
    payload: str = ""
    variables: tuple[str, ...] = ()
    mocks: tuple[str, ...] = ()
    until: str = ""
    waits: bool = True
    timeout: float | None = None


def _tell_nobody(_: Redactor) -> None:
    return


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies around a command: the folder it was called in, the environment, standard input.

    `tell_secrets` is called with a redactor as soon as there are secrets in the process.
    """

    folder: Path
    environment: Mapping[str, str]
    stdin: bytes = b""
    tell_secrets: Callable[[Redactor], None] = _tell_nobody


@dataclass(frozen=True, slots=True)
class Prepared:
    """`view` is None when an error among the findings forbids the run. `unperformable` steps may yet be reached.

    `given_trigger` cannot be performed here either: the payload that was given stands for what it would show.
    """

    findings: tuple[Diagnostic, ...]
    view: RunView | None = None
    unperformable: tuple[Step, ...] = ()
    given_trigger: Step | None = None
    other_warnings: int = 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """An integration that was read and checked, with the catalogue it was checked against."""

    target: Target
    report: Report
    integration: Integration
    catalog: Catalog
    implementations: Implementations = field(default_factory=Implementations)

    @property
    def beside(self) -> Path | None:
        """The integration's folder."""
        return self.target.path.parent if self.target.path else None


def load(project: Project, target: Target, around: Surroundings) -> Loaded | tuple[Diagnostic, ...]:
    """Read and check an integration; gives the findings where there is none to speak of.

    Raises:
        XchangeError: when a file cannot be read.

    """
    files = read_project_files(project, around.folder)
    report = validate(target.read(around.stdin), files.catalog, key=target.key)
    report = replace(report, diagnostics=(*files.diagnostics, *report.diagnostics))
    if report.integration is None or (report.has_errors and not report.integration.flows):
        return report.diagnostics
    return Loaded(target, report, report.integration, files.catalog)


class _Start(NamedTuple):
    """What a run starts from besides its config."""

    flow: Flow
    payload: Any
    mocks: Mapping[str, Any]
    until: str


def prepare(loaded: Loaded, request: RunRequest, around: Surroundings) -> Prepared:
    """Bind the config, read payload and mocks, and make the run ready to start.

    Raises:
        XchangeError: for names that mean nothing and files that cannot be read.

    """
    start = _start(loaded, request, around)
    mocked = set(kept_from_running(start.mocks, start.flow))
    given = trigger_taking_payload(start.flow, loaded.implementations, start.mocks) if request.payload else ()
    mocked.update(given)
    needed = needed_config(loaded.integration, start.flow, loaded.implementations, mocked)
    binding, found, name = _bind(loaded, needed, request, around)
    redactor = Redactor(binding.secrets)
    around.tell_secrets(redactor)
    findings = (*_blocking(loaded.report.diagnostics, start.flow, mocked), *found)
    if any(one.severity is Severity.ERROR for one in findings):
        return Prepared(findings)
    view = _view(loaded, request, binding, start, RunFacts(*_id_and_time(), name), redactor)
    missing = unperformable(start.flow, loaded.implementations, mocked)
    warnings = sum(one.severity is Severity.WARNING for one in loaded.report.diagnostics)
    trigger = start.flow.trigger if given else None
    return Prepared(findings, view, tuple(missing), trigger, warnings)


def _start(loaded: Loaded, request: RunRequest, around: Surroundings) -> _Start:
    flow = find_flow(loaded.integration, request.flow)
    mocks = read_mocks(request.mocks, flow, around.folder)
    until = find_step(flow, request.until).ref if request.until else ""
    payload = None
    if request.payload:
        payload = read_payload(request.payload, loaded.beside, around.folder, around.stdin)
    return _Start(flow, payload, mocks, until)


def _bind(
    loaded: Loaded, needed: frozenset[str], request: RunRequest, around: Surroundings
) -> tuple[Binding, tuple[Diagnostic, ...], str]:
    """Give the values, what is wrong with them, and the name of the config set."""
    path = find_set(request.config, loaded.beside, around.folder) if request.config else None
    config_set = config.read_set(path, around.folder) if path else None
    binding = config.bind_set(
        loaded.integration,
        loaded.catalog,
        config_set,
        folder=path.parent if path else around.folder,
        variables=request.variables,
        environment=around.environment,
        needed=needed,
    )
    found = tuple(config.findings(binding, config_set, loaded.target.key))
    return binding, found, config_set.name if config_set else ""


def _id_and_time() -> tuple[str, str]:
    now = time.time()
    at = datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return ulid(int(now * 1000), os.urandom(10)), at


def _view(
    loaded: Loaded,
    request: RunRequest,
    binding: Binding,
    start: _Start,
    facts: RunFacts,
    redactor: Redactor,
) -> RunView:
    clock = SystemClock()
    run = Launch(
        integration=loaded.integration,
        flow=start.flow,
        facts=facts,
        config=binding.values,
        payload=start.payload,
        mocks=start.mocks,
        until=start.until,
        timeout=request.timeout,
        waits=request.waits,
    )
    events = learning(
        launch(run, loaded.catalog, loaded.implementations, clock),
        secret_inputs(start.flow, loaded.catalog),
        redactor,
    )
    return RunView(
        run_id=facts.run_id,
        flow=start.flow,
        events=events,
        redactor=redactor,
        now=clock.monotonic,
        config_name=facts.config_name,
        waits=request.waits,
        origins=binding.origins,
    )


def _blocking(found: tuple[Diagnostic, ...], flow: Flow, mocked: Collection[str]) -> Iterator[Diagnostic]:
    """Yield the errors that concern this run: of the file as a whole and of the flow, but of no mocked step."""
    for diagnostic in found:
        concerns_flow = diagnostic.flow in {"", flow.name}
        is_error = diagnostic.severity is Severity.ERROR
        if is_error and concerns_flow and step_ref(diagnostic.step) not in mocked:
            yield diagnostic
