"""Steps by the names under which answers are given for them, and whether an answer fits its step."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from xchange_cli.expression.step_names import step_ref
from xchange_cli.model.integration import Flow, Integration, Step
from xchange_cli.model.walk import walk_flow


class Misfit(NamedTuple):
    """Why an answer is none for its step, and what to do."""

    message: str
    hint: str


def split_pass(key: str) -> tuple[str, str]:
    """Split `createRow[2]`, a step in the third pass of its loop, into step and `[2]`, which may be empty."""
    match = re.fullmatch(r"(.*?)(\[[0-9]+\])?", key, re.DOTALL)
    assert match is not None
    return match[1], match[2] or ""


def meant(name: str, integration: Integration, flows: Sequence[Flow]) -> list[tuple[Flow, str]]:
    """Give the flows that `STEP` or `FLOW/STEP` is for, with the step's name.

    A name without a flow is for those of `flows` that have such a step; the first one where none has it.
    """
    known = [(flow, name) for flow in flows if _has(flow, name)]
    flow_name, is_split, step_name = name.partition("/")
    while not known and is_split:
        other = next((one for one in integration.flows if flow_name in {one.name, step_ref(one.name)}), None)
        if other is not None:
            return [(other, step_name)]
        more, is_split, step_name = step_name.partition("/")
        flow_name = f"{flow_name}/{more}"
    return known or [(flows[0], name)]


def split_step(name: str, flow: Flow) -> tuple[str, str]:
    """Split a name into that of the step and the pass of its loop; brackets may be part of the step's own name."""
    is_name = any(placed.step.name == name for placed in walk_flow(flow))
    return (name, "") if is_name else split_pass(name)


def outside_of_loops(step: Step, number: str, flow: Flow) -> str:
    """Say that a step in no loop has no pass `number`; empty where it may have one."""
    if not number or _is_in_loop(step, flow):
        return ""
    return f"the step `{step.name}` is in no loop, so there is no {step.ref}{number}"


def misfit(value: Any, step: Step) -> Misfit | None:
    """Find fault with an error or branch that is no text, and with a branch that the step does not have.

    A trigger's result is no branch.
    """
    if isinstance(value, dict) and value.keys() == {"error"}:
        return _not_text(value, "error", step)
    if step.branches is None or step.is_trigger:
        return None
    return _wrong_branch(value, step, [branch.name for branch in step.branches])


def _has(flow: Flow, name: str) -> bool:
    names = {name, split_pass(name)[0]}
    return any(placed.step.name in names or placed.step.ref in names for placed in walk_flow(flow))


def _is_in_loop(step: Step, flow: Flow) -> bool:
    return any(
        around.steps is not None
        for placed in walk_flow(flow)
        if placed.step is step
        for around in placed.containers
    )


def _not_text(value: Mapping[str, Any], key: str, step: Step) -> Misfit | None:
    if isinstance(value[key], str):
        return None
    return Misfit(f"the `{key}` in the mock of `{step.name}` is no text", "Text goes in double quotes.")


def _wrong_branch(value: Any, step: Step, names: list[str]) -> Misfit | None:
    branch = value
    if isinstance(value, dict) and value.keys() == {"branch", "result"}:
        fault = _not_text(value, "branch", step)
        if fault is not None:
            return fault
        branch = value["branch"]
    if not isinstance(branch, str) or branch in names:
        return None
    return Misfit(f"the step `{step.name}` has no branch `{branch}`", f"There are: {', '.join(names)}.")
