"""Which executions a command starts, and from what."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from xchange_cli.components.catalog import Catalog
from xchange_cli.engine.events import Cause
from xchange_cli.engine.payload import InvokeType
from xchange_cli.engine.plan import called_flows
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.model.find import find_flow, find_step
from xchange_cli.model.integration import Flow, Integration
from xchange_cli.runs import lifecycle, polling
from xchange_cli.runs.mocks import joined, read_mocks
from xchange_cli.runs.request import SCHEDULE, RunRequest
from xchange_cli.runs.routing import direct_flow, is_routed, with_customer
from xchange_cli.runs.setting import Start


class Starts(NamedTuple):
    """`first` are the executions that are started one after the other; `reached` are all flows that may run.

    `mocks` are those of all flows, by flow name. `is_routed`: the first finds the flow that the request is for.
    `notes` are for the user before the run starts.
    """

    cause: Cause
    first: tuple[Start, ...]
    reached: tuple[Flow, ...]
    mocks: Mapping[str, Mapping[str, Any]]
    is_routed: bool = False
    notes: tuple[str, ...] = ()


class _Chosen(NamedTuple):
    flows: tuple[Flow, ...]
    cause: Cause = Cause.COMMAND
    is_routed: bool = False
    notes: tuple[str, ...] = ()


def plan_starts(
    integration: Integration, catalog: Catalog, request: RunRequest, payload: Any, folder: Path
) -> Starts:
    """Find the flows to run and all that is given for them.

    Raises:
        XchangeError: for names that mean nothing and options that do not go together.

    """
    _refuse_contradictions(request)
    chosen = _chosen(integration, request, payload)
    flows = chosen.flows
    mocks = joined(request.kept_mocks, read_mocks(request.mocks, integration, flows, folder))
    until = find_step(flows[0], request.until).ref if request.until else ""
    first = Start(
        flows[0],
        with_customer(integration, payload) if request.payload else payload,
        mocks.get(flows[0].name, {}),
        until,
        request.timeout,
        invoke_type=invoke_type(chosen.cause, is_scheduled=request.trigger == SCHEDULE),
    )
    others = (first._replace(flow=flow, mocks=mocks.get(flow.name, {}), until="") for flow in flows[1:])
    beginning = integration.flows if chosen.is_routed else flows
    reached = tuple(_reached(integration, catalog, beginning, mocks))
    notes = (*chosen.notes, *polling.doubt(payload))
    return Starts(chosen.cause, (first, *others), reached, mocks, chosen.is_routed, notes)


_INVOKE_TYPES: Mapping[Cause, InvokeType] = MappingProxyType(
    {Cause.DEPLOY: InvokeType.DEPLOY, Cause.REMOVE: InvokeType.REMOVE}
)


def invoke_type(cause: Cause, *, is_scheduled: bool = False) -> str:
    """Give the platform's word for why there is an execution; of calls between flows the request itself says it."""
    return (InvokeType.SCHEDULE if is_scheduled else _INVOKE_TYPES.get(cause, InvokeType.TEST)).value


def _refuse_contradictions(request: RunRequest) -> None:
    """Refuse options that ask for different flows, or for a request where there is none."""
    if request.deploys and request.removes:
        raise XchangeError(ErrorCode.USAGE, "--deploy and --remove do not go together")
    is_lifecycle = request.deploys or request.removes
    option = "--deploy" if request.deploys else "--remove"
    for name, given in (
        ("--flow", request.flow),
        ("--payload", request.payload),
        ("--trigger", request.trigger),
    ):
        if is_lifecycle and given:
            raise XchangeError(ErrorCode.USAGE, f"{option} and {name} do not go together")
    if request.at and request.trigger != SCHEDULE:
        raise XchangeError(
            ErrorCode.USAGE, "--at is for schedules", hint="Write --trigger schedule --at TIME."
        )
    if request.trigger == SCHEDULE and request.payload:
        raise XchangeError(ErrorCode.USAGE, "a flow that its schedule starts gets no payload")


def _chosen(integration: Integration, request: RunRequest, payload: Any) -> _Chosen:
    if request.deploys:
        undecided = lifecycle.undecided(integration)
        return _Chosen(lifecycle.deployed(integration), Cause.DEPLOY, notes=undecided)
    if request.removes:
        return _Chosen(lifecycle.removed(integration), Cause.REMOVE)
    if request.is_routed:
        return _Chosen((find_flow(integration, integration.preprocess_flow),), is_routed=True)
    if request.flow or not request.payload:
        return _Chosen((_asked_for(integration, request),))
    if is_routed(integration):
        return _Chosen((find_flow(integration, integration.preprocess_flow),), is_routed=True)
    direct = direct_flow(integration, payload)
    return _Chosen((direct or _asked_for(integration, request),))


def _asked_for(integration: Integration, request: RunRequest) -> Flow:
    """Give the flow of this name; of a schedule without a name, the only one that has one."""
    if not request.flow and request.trigger == SCHEDULE:
        scheduled = [flow for flow in integration.flows if flow.trigger and flow.trigger.schedule]
        if len(scheduled) == 1:
            return scheduled[0]
    return find_flow(integration, request.flow)


def _reached(
    integration: Integration,
    catalog: Catalog,
    flows: tuple[Flow, ...],
    mocks: Mapping[str, Mapping[str, Any]],
) -> Iterator[Flow]:
    """Yield the flows and those that their steps may call, each once."""
    found = dict.fromkeys(flow.name for flow in flows)
    waiting = list(flows)
    while waiting:
        flow = waiting.pop(0)
        yield flow
        for called in called_flows(integration, flow, catalog, mocks.get(flow.name, {})):
            if called.name not in found:
                found[called.name] = None
                waiting.append(called)
