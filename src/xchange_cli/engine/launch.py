"""Starts a local run: joins program, performers and clock, and gives the run's events."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.implementations import Implementations
from xchange_cli.engine.context import Clock
from xchange_cli.engine.deadline import DeadlinePerformer
from xchange_cli.engine.driver import drive
from xchange_cli.engine.events import RunEvent
from xchange_cli.engine.interpreter import ExecutionContext, run
from xchange_cli.engine.mocks import MockPerformer
from xchange_cli.engine.payload import (
    RunFacts,
    execution_facts,
    is_answered_at_end,
    repeated_facts,
    trigger_payload,
)
from xchange_cli.engine.performer import LivePerformer, Performer
from xchange_cli.engine.plan import branch_names, trigger_taking_payload
from xchange_cli.engine.program import compile_flow
from xchange_cli.model.integration import Flow, Integration

ASYNCHRONOUS_LIMIT = 15 * 60.0
SYNCHRONOUS_LIMIT = 30.0
"""Seconds that hosted platforms give an execution."""


@dataclass(frozen=True, slots=True)
class Launch:
    """What a run needs to know. `payload` is a whole payload or a request body; `timeout` is in seconds."""

    integration: Integration
    flow: Flow
    facts: RunFacts
    config: Mapping[str, Any] = field(default_factory=dict)
    payload: Any = None
    mocks: Mapping[str, Any] = field(default_factory=dict)
    until: str = ""
    timeout: float | None = None
    waits: bool = True


def launch(
    request: Launch, catalog: Catalog, implementations: Implementations, clock: Clock
) -> Iterator[RunEvent]:
    """Yield the events of a run as they happen."""
    flow = request.flow
    execution = repeated_facts(request.payload, execution_facts(request.integration, flow, request.facts))
    payload = trigger_payload(request.payload, execution)
    is_synchronous = is_answered_at_end(flow, payload)
    timeout = request.timeout
    if timeout is None:
        timeout = SYNCHRONOUS_LIMIT if is_synchronous else ASYNCHRONOUS_LIMIT
    deadline = clock.monotonic() + timeout
    mocks = dict(request.mocks)
    if request.payload is not None:
        mocks |= dict.fromkeys(trigger_taking_payload(flow, implementations, mocks), payload)
    performer: Performer = LivePerformer(
        implementations,
        config=request.config,
        payload=payload,
        execution=execution,
        clock=clock,
        deadline=deadline,
    )
    if mocks:
        performer = MockPerformer(mocks, branch_names(flow), performer)
    performer = DeadlinePerformer(performer, clock, deadline, waits=request.waits)
    context = ExecutionContext(request.facts.run_id, request.config, request.until, is_synchronous)
    events = run(compile_flow(flow, catalog), context)
    return drive(events, performer, clock, deadline, waits=request.waits)
