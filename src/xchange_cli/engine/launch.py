"""Starts a local run: joins program, performers and clock, and gives the run's events."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.implementations import Implementations
from xchange_cli.engine.context import Clock
from xchange_cli.engine.deadline import DeadlinePerformer
from xchange_cli.engine.driver import FlowCaller, WaitingBook, drive
from xchange_cli.engine.events import RunEvent, State
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
from xchange_cli.engine.world import World
from xchange_cli.model.integration import Flow, Integration

ASYNCHRONOUS_LIMIT = 15 * 60.0
SYNCHRONOUS_LIMIT = 30.0
"""Seconds that hosted platforms give an execution."""


Around = Callable[[Performer], Performer]
"""Puts a performer around all others, such as one that records."""


class Launch(NamedTuple):
    """What one execution needs to know. `payload` is a whole payload or a request body; `timeout` is in seconds.

    `waits_for_answer` tells whether the caller waits for the end; None leaves it to request and flow. `state` is what
    earlier executions have kept.
    """

    integration: Integration
    flow: Flow
    facts: RunFacts
    config: Mapping[str, Any] = MappingProxyType({})
    payload: Any = None
    mocks: Mapping[str, Any] = MappingProxyType({})
    until: str = ""
    timeout: float | None = None
    waits: bool = True
    waits_for_answer: bool | None = None
    state: State = MappingProxyType({})

    @property
    def execution(self) -> dict[str, Any]:
        """The facts of the execution, with those of a captured payload laid over them."""
        return repeated_facts(self.payload, execution_facts(self.integration, self.flow, self.facts))


def launch(
    request: Launch,
    catalog: Catalog,
    implementations: Implementations,
    clock: Clock,
    *,
    world: World | None = None,
    around: Around = lambda performer: performer,
    call_flow: FlowCaller | None = None,
    waiting: WaitingBook | None = None,
) -> Iterator[RunEvent]:
    """Yield the events of an execution as they happen."""
    flow = request.flow
    execution = request.execution
    payload = trigger_payload(request.payload, execution, request.facts.invoke_type)
    is_synchronous = request.waits_for_answer
    if is_synchronous is None:
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
        world=world,
        catalog=catalog,
    )
    if mocks:
        performer = MockPerformer(mocks, branch_names(flow), performer)
    performer = around(DeadlinePerformer(performer, clock, deadline, waits=request.waits))
    context = ExecutionContext(
        request.facts.run_id, request.config, request.until, is_synchronous, request.state
    )
    events = run(compile_flow(flow, catalog), context)
    return drive(
        events, performer, clock, deadline, waits=request.waits, call_flow=call_flow, waiting=waiting
    )
