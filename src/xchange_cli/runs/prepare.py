"""Everything between the words of a command line and a run that may start."""

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.engine.plan import (
    needed_config,
    performed_steps,
    trigger_taking_payload,
    unperformable,
)
from xchange_cli.engine.view import RunView
from xchange_cli.expression.step_names import step_ref
from xchange_cli.model.integration import Flow, Step
from xchange_cli.redaction import Redactor
from xchange_cli.runs import config
from xchange_cli.runs.inputs import find_set
from xchange_cli.runs.load import Loaded
from xchange_cli.runs.mocks import kept_from_running
from xchange_cli.runs.opening import Bound, open_run
from xchange_cli.runs.request import RunRequest, Surroundings
from xchange_cli.runs.scripts import NodeStep, node_steps
from xchange_cli.runs.starts import Starts, plan_starts

if TYPE_CHECKING:
    from xchange_cli.record.record import Record


class Prepared(NamedTuple):
    """`view` is None when an error among the findings forbids the run. `unperformable` steps may yet be reached.

    `given_trigger` cannot be performed here either: the payload that was given stands for what it would show.
    """

    findings: tuple[Diagnostic, ...]
    view: RunView | None = None
    unperformable: tuple[Step, ...] = ()
    given_trigger: Step | None = None
    other_warnings: int = 0
    notes: tuple[str, ...] = ()
    node_steps: tuple[NodeStep, ...] = ()


def prepare(
    loaded: Loaded, request: RunRequest, around: Surroundings, *, record: "Record | None" = None
) -> Prepared:
    """Bind the config, read payload and mocks, and make the run ready to start; `record` is of a run that goes on.

    Raises:
        XchangeError: for names that mean nothing and files that cannot be read.

    """
    integration = loaded.integration
    payload, oddities = _payload(loaded, request, around)
    starts = plan_starts(integration, loaded.catalog, request, payload, around.folder)
    has_payload = bool(request.payload) or (record is not None and record.start().payload is not None)
    idle = {
        flow.name: _not_performed(loaded, flow, starts, has_payload=has_payload) for flow in starts.reached
    }
    needed = frozenset[str]().union(
        *(
            needed_config(integration, flow, loaded.implementations, idle[flow.name])
            for flow in starts.reached
        )
    )
    bound = _bind(loaded, needed, request, around)
    redactor = Redactor(bound.binding.secrets)
    around.tell_secrets(redactor)
    findings = (*_blocking(loaded.report.diagnostics, starts.reached, idle), *bound.findings)
    if any(one.severity is Severity.ERROR for one in findings):
        return Prepared(findings)
    _require_sound_code(loaded, starts.reached, idle)
    opened = open_run(loaded, request, around, starts, bound, redactor, record)
    missing = [
        step
        for flow in starts.reached
        for step in unperformable(flow, loaded.implementations, idle[flow.name])
    ]
    warnings = sum(one.severity is Severity.WARNING for one in loaded.report.diagnostics)
    first = starts.first[0].flow
    given = trigger_taking_payload(first, loaded.implementations, starts.mocks.get(first.name, {}))
    return Prepared(
        findings,
        opened.view,
        tuple(missing),
        first.trigger if given and has_payload else None,
        warnings,
        notes=(*oddities, *opened.notes),
        node_steps=tuple(
            found
            for flow in starts.reached
            for found in node_steps(flow, idle[flow.name], request.script_host)
        ),
    )


def _require_sound_code(loaded: Loaded, flows: Collection[Flow], idle: Mapping[str, Collection[str]]) -> None:
    """Refuse own components whose code cannot be loaded, before anything is sent.

    Raises:
        XchangeError: with the place in the component's file.

    """
    for flow in flows:
        for step in performed_steps(flow, loaded.implementations, idle[flow.name]):
            action = step.action
            assert action is not None
            trouble = loaded.implementations.trouble(action.component, action.key, is_public=action.is_public)
            if trouble is not None:
                raise trouble


def _payload(loaded: Loaded, request: RunRequest, around: Surroundings) -> tuple[Any, tuple[str, ...]]:
    """Give the payload and what there is to say about it."""
    if not request.payload:
        return None, ()
    from xchange_cli.runs.payload_files import read_payload

    limits = loaded.project.limits
    return read_payload(request.payload, loaded.beside, around.folder, around.stdin, limits=limits)


def _not_performed(loaded: Loaded, flow: Flow, starts: Starts, *, has_payload: bool) -> frozenset[str]:
    """Give the keys of steps that need no code: those with mocks, and a trigger that the request stands for."""
    mocks = starts.mocks.get(flow.name, {})
    kept = kept_from_running(mocks, flow)
    is_started = any(flow is start.flow for start in starts.first)
    if is_started and not has_payload:
        return kept
    return kept.union(trigger_taking_payload(flow, loaded.implementations, mocks))


def _bind(loaded: Loaded, needed: frozenset[str], request: RunRequest, around: Surroundings) -> Bound:
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
    return Bound(binding, config_set, found)


def _blocking(
    found: tuple[Diagnostic, ...], flows: Collection[Flow], idle: Mapping[str, Collection[str]]
) -> Iterator[Diagnostic]:
    """Yield the errors that concern this run: of the file as a whole and of its flows, but of no mocked step."""
    names = {flow.name for flow in flows}
    for diagnostic in found:
        concerns_run = not diagnostic.flow or diagnostic.flow in names
        is_error = diagnostic.severity is Severity.ERROR
        if is_error and concerns_run and step_ref(diagnostic.step) not in idle.get(diagnostic.flow, ()):
            yield diagnostic
