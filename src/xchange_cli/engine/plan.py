"""What can be said about a run before it starts."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from xchange_cli.components.implementations import Implementations
from xchange_cli.expression.ast import ConfigValue, Literal, walk
from xchange_cli.model.integration import Flow, Integration, Step
from xchange_cli.model.walk import walk_flow


def unperformable(flow: Flow, implementations: Implementations, mocked: Collection[str]) -> list[Step]:
    """Give the steps that have neither code here nor a mock, in the order of the flow."""
    return [
        placed.step
        for placed in walk_flow(flow)
        if not _is_performed(placed.step, implementations) and not _is_mocked(placed.step, mocked)
    ]


def needed_config(
    integration: Integration, flow: Flow, implementations: Implementations, mocked: Collection[str]
) -> frozenset[str]:
    """Give the config variables that performed steps of the flow read; mocked ones read none.

    Of code, each variable whose key it contains counts.
    """
    keys = [variable.key for variable in integration.config_vars]
    needed: set[str] = set()
    for placed in walk_flow(flow):
        step = placed.step
        if not _is_mocked(step, mocked) and _is_performed(step, implementations):
            needed.update(_named(step, keys))
    return frozenset(needed)


def trigger_taking_payload(
    flow: Flow, implementations: Implementations, mocked: Collection[str]
) -> tuple[str, ...]:
    """Give the key of a trigger that cannot be performed here: a given payload stands for what it would show."""
    trigger = flow.trigger
    if trigger is None or _is_mocked(trigger, mocked) or _is_performed(trigger, implementations):
        return ()
    return (trigger.ref,)


def branch_names(flow: Flow) -> dict[str, tuple[str, ...]]:
    """Give, by step key, the branches of the steps that have some."""
    return {
        placed.step.ref: tuple(branch.name for branch in placed.step.branches)
        for placed in walk_flow(flow)
        if placed.step.branches is not None
    }


def iteration_mock(key: str) -> tuple[str, str]:
    """Split `createRow[2]` into step and `[2]`; without an iteration the second part is empty."""
    match = re.fullmatch(r"(.*?)(\[\d+\])?", key, re.DOTALL)
    assert match is not None
    return match[1], match[2] or ""


def _is_performed(step: Step, implementations: Implementations) -> bool:
    action = step.action
    return action is not None and implementations.perform_for(action.component, action.key) is not None


def _is_mocked(step: Step, mocked: Collection[str]) -> bool:
    return any(iteration_mock(key)[0] == step.ref for key in mocked)


def _named(step: Step, keys: list[str]) -> Iterator[str]:
    for given in step.inputs.values():
        for part in walk(given.expression):
            if isinstance(part, ConfigValue):
                yield part.key
            elif isinstance(part, Literal) and _is_code(step, part.value):
                yield from (key for key in keys if key and key in part.value)


def _is_code(step: Step, value: Any) -> bool:
    return isinstance(value, str) and step.action is not None and step.action.component == "code"
