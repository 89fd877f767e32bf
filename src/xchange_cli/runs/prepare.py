"""Everything between the words of a command line and a run that may start."""

import os
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.implementations import Implementations
from xchange_cli.configset.bind import Binding, bind
from xchange_cli.configset.read import ConfigSet, read_config_set
from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.document.parse import Document, parse
from xchange_cli.engine.driver import SystemClock
from xchange_cli.engine.launch import Launch, launch
from xchange_cli.engine.payload import RunFacts
from xchange_cli.engine.plan import iteration_mock, needed_config, trigger_taking_payload, unperformable
from xchange_cli.engine.run_id import ulid
from xchange_cli.engine.view import RunView
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.expression.step_names import step_ref
from xchange_cli.model.find import find_flow, find_step
from xchange_cli.model.integration import Flow, Integration, Step
from xchange_cli.project.project import Project
from xchange_cli.project.targets import Target
from xchange_cli.redaction import Redactor
from xchange_cli.runs.inputs import mock_value, read_payload, read_set_source, split_assignment
from xchange_cli.source import Source
from xchange_cli.validation.project_files import read_project_files
from xchange_cli.validation.schema_findings import schema_findings
from xchange_cli.validation.validate import Report, finish, validate


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


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies around a command: the folder it was called in, the environment, standard input."""

    folder: Path
    environment: Mapping[str, str]
    stdin: bytes = b""


@dataclass(frozen=True, slots=True)
class Prepared:
    """`view` is None when an error among the findings forbids the run. `unperformable` steps may yet be reached."""

    findings: tuple[Diagnostic, ...]
    view: RunView | None = None
    unperformable: tuple[Step, ...] = ()
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
    if report.integration is None or not report.integration.flows:
        if report.has_errors:
            return report.diagnostics
        raise XchangeError(ErrorCode.NOT_FOUND, f"{target.name} has no flow")
    return Loaded(target, report, report.integration, files.catalog)


def prepare(loaded: Loaded, request: RunRequest, around: Surroundings) -> Prepared:
    """Bind the config, read payload and mocks, and make the run ready to start.

    Raises:
        XchangeError: for names that mean nothing and files that cannot be read.

    """
    flow = find_flow(loaded.integration, request.flow)
    mocks = dict(_mock(text, flow, around.folder) for text in request.mocks)
    until = find_step(flow, request.until).ref if request.until else ""
    payload = None
    mocked = set(mocks)
    if request.payload:
        payload = read_payload(request.payload, loaded.beside, around.folder, around.stdin)
        mocked.update(trigger_taking_payload(flow, loaded.implementations, mocks))
    binding, config_name = _bind(loaded, flow, mocked, request, around)
    blocking = tuple(_blocking(loaded.report.diagnostics, flow, mocked))
    findings = (*blocking, *_finished(binding, loaded))
    if any(found.severity is Severity.ERROR for found in findings):
        return Prepared(findings)
    view = _view(loaded, request, binding, config_name, (flow, payload, mocks, until))
    missing = unperformable(flow, loaded.implementations, mocked)
    warnings = sum(found.severity is Severity.WARNING for found in loaded.report.diagnostics)
    return Prepared(findings, view, tuple(missing), warnings)


def _view(
    loaded: Loaded,
    request: RunRequest,
    binding: Binding,
    config_name: str,
    what: tuple[Flow, Any, Mapping[str, Any], str],
) -> RunView:
    flow, payload, mocks, until = what
    clock = SystemClock()
    now = time.time()
    run_id = ulid(int(now * 1000), os.urandom(10))
    started_at = datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    start = Launch(
        integration=loaded.integration,
        flow=flow,
        facts=RunFacts(run_id, started_at, config_name),
        config=binding.values,
        payload=payload,
        mocks=mocks,
        until=until,
        timeout=request.timeout,
        waits=request.waits,
    )
    events = launch(start, loaded.catalog, loaded.implementations, clock)
    redactor = Redactor(binding.secrets)
    return RunView(run_id, flow, events, redactor, clock.monotonic, config_name, binding.origins)


def _bind(
    loaded: Loaded, flow: Flow, mocked: Collection[str], request: RunRequest, around: Surroundings
) -> tuple[Binding, str]:
    config_set, set_folder = _config_set(loaded, request.config, around)

    def read_file(path: str) -> str:
        return Source.read(set_folder / path, path).text

    binding = bind(
        loaded.integration,
        config_set,
        catalog=loaded.catalog,
        overrides=dict(split_assignment(text, "--var") for text in request.variables),
        environment=around.environment,
        read_file=read_file,
        needed=needed_config(loaded.integration, flow, loaded.implementations, mocked),
    )
    return binding, config_set.name if config_set else ""


def _config_set(loaded: Loaded, given: str, around: Surroundings) -> tuple[ConfigSet | None, Path]:
    if not given:
        return None, around.folder
    name, source = read_set_source(given, loaded.beside, around.folder)
    folder = (around.folder / source.name).parent

    def sibling(base: str) -> Source:
        return read_set_source((folder / f"{base}.yml").as_posix(), None, around.folder)[1]

    return read_config_set(source, name, sibling=sibling, check=_check_set), folder


def _check_set(document: Document) -> Iterator[Diagnostic]:
    return schema_findings(document, "config-set", unknown_keys=Severity.ERROR)


def _finished(binding: Binding, loaded: Loaded) -> Iterator[Diagnostic]:
    for found in binding.diagnostics:
        yield finish(found, parse(found.span.source), loaded.target.key)


def _blocking(found: tuple[Diagnostic, ...], flow: Flow, mocks: Collection[str]) -> Iterator[Diagnostic]:
    """Yield the errors that concern this run: of the file as a whole and of the flow, but of no mocked step."""
    mocked = {iteration_mock(key)[0] for key in mocks}
    for diagnostic in found:
        concerns_flow = diagnostic.flow in {"", flow.name}
        if (
            diagnostic.severity is Severity.ERROR
            and concerns_flow
            and step_ref(diagnostic.step) not in mocked
        ):
            yield diagnostic


def _mock(text: str, flow: Flow, folder: Path) -> tuple[str, Any]:
    name, value = split_assignment(text, "--mock")
    step, iteration = iteration_mock(name)
    return find_step(flow, step).ref + iteration, mock_value(value, folder)
