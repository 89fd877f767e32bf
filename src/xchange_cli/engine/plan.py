"""What can be said about a run before it starts."""

from collections.abc import Collection, Iterator
from typing import Any

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.implementations import Implementations
from xchange_cli.expression.ast import ConfigValue, Literal, walk
from xchange_cli.model.integration import Flow, Integration, Step
from xchange_cli.model.walk import walk_flow


def unperformable(flow: Flow, implementations: Implementations, mocked: Collection[str]) -> list[Step]:
    """Give the steps that have neither code here nor a mock, in the order of the flow.

    The mock of one pass of a loop leaves the step to be performed in the others.
    """
    return [step for step in _not_mocked(flow, mocked) if not _is_performed(step, implementations)]


def performed_steps(flow: Flow, implementations: Implementations, mocked: Collection[str]) -> list[Step]:
    """Give the steps that code here performs, in the order of the flow."""
    return [step for step in _not_mocked(flow, mocked) if _is_performed(step, implementations)]


def needed_config(
    integration: Integration, flow: Flow, implementations: Implementations, mocked: Collection[str]
) -> frozenset[str]:
    """Give the config variables that performed steps of the flow read; mocked ones read none.

    Of code, each variable whose key it contains counts.
    """
    keys = [variable.key for variable in integration.config_vars]
    needed: set[str] = set()
    for step in _not_mocked(flow, mocked):
        if _is_performed(step, implementations):
            needed.update(_named(step, keys))
    return frozenset(needed)


def trigger_taking_payload(
    flow: Flow, implementations: Implementations, mocked: Collection[str]
) -> tuple[str, ...]:
    """Give the key of a trigger that cannot be performed here: a given payload stands for what it would show."""
    trigger = flow.trigger
    if trigger is None or trigger.ref in mocked or _is_performed(trigger, implementations):
        return ()
    return (trigger.ref,)


def called_flows(
    integration: Integration, flow: Flow, catalog: Catalog, mocked: Collection[str]
) -> Iterator[Flow]:
    """Yield the flows that steps of a flow may call; a step that is told only at run time which, may call any."""
    for step in _not_mocked(flow, mocked):
        action = step.action
        spec = catalog.action(action.component, action.key, is_public=action.is_public) if action else None
        for key in (key for key, known in (spec.inputs if spec else {}).items() if known.type == "flow"):
            given = step.inputs.get(key)
            if given is None:
                continue
            if not isinstance(given.expression, Literal):
                yield from integration.flows
            elif (called := integration.flow(str(given.expression.value))) is not None:
                yield called


def branch_names(flow: Flow) -> dict[str, tuple[str, ...]]:
    """Give, by step key, the branches of the steps that have some."""
    return {
        placed.step.ref: tuple(branch.name for branch in placed.step.branches)
        for placed in walk_flow(flow)
        if placed.step.branches is not None
    }


def _is_performed(step: Step, implementations: Implementations) -> bool:
    action = step.action
    if action is None:
        return False
    perform = implementations.perform_for(action.component, action.key, is_public=action.is_public)
    return perform is not None


def _not_mocked(flow: Flow, mocked: Collection[str]) -> Iterator[Step]:
    """Yield the steps without a mock; the steps inside a loop with a mock are not run at all."""
    for placed in walk_flow(flow):
        loops = (container for container in placed.containers if container.steps is not None)
        if placed.step.ref not in mocked and all(loop.ref not in mocked for loop in loops):
            yield placed.step


def _named(step: Step, keys: list[str]) -> Iterator[str]:
    for given in step.inputs.values():
        for part in walk(given.expression):
            if isinstance(part, ConfigValue):
                yield part.key
            elif isinstance(part, Literal) and _is_code(step, part.value):
                yield from (key for key in keys if key and key in part.value)


def _is_code(step: Step, value: Any) -> bool:
    return isinstance(value, str) and step.action is not None and step.action.component == "code"
