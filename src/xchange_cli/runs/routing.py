"""Finds the flow and the customer that a request to a shared URL is for, as the integration says it."""

from collections.abc import Iterator, Mapping
from typing import Any

from xchange_cli.components.conversions import to_string
from xchange_cli.engine.events import Cause, Nested, RunEvent, RunFinished, RunStarted, Status, StepFinished
from xchange_cli.engine.payload import for_customer, trigger_payload
from xchange_cli.engine.scope import RunScope
from xchange_cli.errors import ErrorCode, Place, XchangeError
from xchange_cli.expression.evaluate import compile_expression
from xchange_cli.expression.step_names import step_ref
from xchange_cli.model.integration import Flow, Integration
from xchange_cli.nearest import nearest

REQUEST = "payload"
"""The word for the request in fields that need no flow to be run first."""

_FLOW = "flowNameField"
_CUSTOMER = "externalCustomerIdField"


def is_routed(integration: Integration) -> bool:
    """Tell whether requests come to one URL for several flows, and a flow finds out which one they are for."""
    return integration.endpoint_type != "flow_specific" and bool(integration.preprocess_flow)


class Route:
    """Looks on while the preprocess flow runs, and tells then which flow the request is for.

    `first` is the id of its first attempt; `is_answered` tells whether the last one came to its end and did well.
    """

    def __init__(self, integration: Integration, config: Mapping[str, Any], first: str) -> None:
        self._integration = integration
        self._scope = RunScope(config)
        self._attempts = {first}
        self.is_answered = False

    def watch(self, events: Iterator[RunEvent]) -> Iterator[RunEvent]:
        for event in events:
            self._note(self._of_attempt(event))
            yield event

    def _of_attempt(self, event: RunEvent) -> RunEvent | None:
        """Give the event of an attempt; None where it is of another execution."""
        if not isinstance(event, Nested):
            return event
        execution = event.execution
        if execution.cause is Cause.RETRY and execution.parent in self._attempts:
            self._attempts.add(execution.run_id)
        return event.event if execution.run_id in self._attempts else None

    def _note(self, event: RunEvent | None) -> None:
        match event:
            case RunStarted():
                self._scope.steps.clear()
            case StepFinished():
                self._scope.steps[event.ref] = {"results": event.result.data}
            case RunFinished():
                self.is_answered = event.status is Status.SUCCESS and not event.stopped_at
            case _:
                return

    def flow(self) -> Flow:
        """Give the flow.

        Raises:
            XchangeError: USAGE where there is no such flow.

        """
        return chosen_flow(self._integration, self._scope)

    def customer(self) -> str | None:
        return _field(self._integration, _CUSTOMER, self._scope)


def direct_flow(integration: Integration, payload: Any) -> Flow | None:
    """Give the flow that a request names by itself; None where the URL has a flow or a flow finds it out.

    Raises:
        XchangeError: USAGE where it names none.

    """
    if not _is_direct(integration) or _FLOW not in integration.routing:
        return None
    return chosen_flow(integration, _request_scope(payload))


def with_customer(integration: Integration, payload: Any) -> Any:
    """Give a request as it comes to the instance of the customer that it names by itself."""
    if not _is_direct(integration):
        return payload
    customer = _field(integration, _CUSTOMER, _request_scope(payload))
    return payload if customer is None else for_customer(payload, customer)


def chosen_flow(integration: Integration, scope: RunScope) -> Flow:
    """Give the flow that the routing fields name in what the scope sees.

    Raises:
        XchangeError: USAGE where they name none.

    """
    others = [flow for flow in integration.flows if flow.name != integration.preprocess_flow]
    name = _field(integration, _FLOW, scope)
    if name is None and len(others) == 1:
        return others[0]
    found = next((flow for flow in others if name in {flow.name, step_ref(flow.name)}), None)
    if found is not None:
        return found
    names = [flow.name for flow in others]
    near = nearest(name or "", names)
    known = f"There are: {', '.join(f'`{one}`' for one in names)}."
    raise XchangeError(
        ErrorCode.USAGE,
        f"the request is for the flow `{name}`, which there is not"
        if name
        else f"the request names no flow: {_FLOW} gave nothing",
        hint=f"Did you mean `{near}`?"
        if near
        else f"{known} Choose one with --flow, or look at the payload.",
        place=_place(integration),
    )


def _place(integration: Integration) -> Place | None:
    field = integration.routing.get(_FLOW)
    return field.value_node.span.place if field else None


def _is_direct(integration: Integration) -> bool:
    return integration.endpoint_type != "flow_specific" and not integration.preprocess_flow


def _request_scope(payload: Any) -> RunScope:
    scope = RunScope({})
    scope.steps[REQUEST] = {"results": trigger_payload(payload, {})}
    return scope


def _field(integration: Integration, key: str, scope: RunScope) -> str | None:
    given = integration.routing.get(key)
    value = compile_expression(given.expression)(scope) if given is not None else None
    return None if value is None else to_string(value)
