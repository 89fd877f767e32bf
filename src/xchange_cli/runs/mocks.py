"""Answers to steps from the command line: which steps they are for, and which steps they keep from running."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from xchange_cli.engine.plan import iteration_mock
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.expression.step_names import step_ref
from xchange_cli.model.find import find_step
from xchange_cli.model.integration import Flow, Integration, Step
from xchange_cli.model.walk import walk_flow
from xchange_cli.runs.inputs import mock_value, split_assignment


def read_mocks(
    texts: Iterable[str], integration: Integration, flows: Sequence[Flow], folder: Path
) -> dict[str, dict[str, Any]]:
    """Read `STEP=…`, `STEP[2]=…` and `FLOW/STEP=…` into results by flow name and step key (and iteration).

    A name without a flow is for the flows that are started, and their steps; of two mocks for one step the last counts.

    Raises:
        XchangeError: for steps and branches that are not there, iterations of steps in no loop, and values
            that are no JSON.

    """
    mocks: dict[str, dict[str, Any]] = {}
    for text in texts:
        name, written = split_assignment(text, "--mock")
        value = mock_value(written, folder)
        for flow, step_name in _meant(name, integration, flows):
            key, fitting = _mock(step_name, value, flow)
            mocks.setdefault(flow.name, {})[key] = fitting
    return mocks


def joined(
    kept: Mapping[str, Mapping[str, Any]], given: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Join the mocks that a record knows with those of a command line, which come before them."""
    names = dict.fromkeys((*kept, *given))
    return {name: {**kept.get(name, {}), **given.get(name, {})} for name in names}


def _meant(name: str, integration: Integration, flows: Sequence[Flow]) -> list[tuple[Flow, str]]:
    """Give the flows that a mock is for, with the step's name; the first one where none has the step."""
    known = [(flow, name) for flow in flows if _has(flow, name)]
    flow_name, is_split, step_name = name.partition("/")
    while not known and is_split:
        other = next((one for one in integration.flows if flow_name in {one.name, step_ref(one.name)}), None)
        if other is not None:
            return [(other, step_name)]
        more, is_split, step_name = step_name.partition("/")
        flow_name = f"{flow_name}/{more}"
    return known or [(flows[0], name)]


def _has(flow: Flow, name: str) -> bool:
    names = {name, iteration_mock(name)[0]}
    return any(placed.step.name in names or placed.step.ref in names for placed in walk_flow(flow))


def _mock(name: str, value: Any, flow: Flow) -> tuple[str, Any]:
    is_name = any(placed.step.name == name for placed in walk_flow(flow))
    step_name, iteration = (name, "") if is_name else iteration_mock(name)
    step = find_step(flow, step_name)
    if iteration and not _is_in_loop(step, flow):
        raise XchangeError(
            ErrorCode.USAGE,
            f"the step `{step.name}` is in no loop, so there is no {step.ref}{iteration}",
            hint=f"Write --mock {step.ref}=…",
        )
    return step.ref + iteration, _fitting(value, step)


def _fitting(value: Any, step: Step) -> Any:
    """Refuse an error or branch that is no text, and a branch that the step does not have.

    A trigger's result is no branch.
    """
    if isinstance(value, dict) and value.keys() == {"error"}:
        _require_text(value, "error", step)
    elif step.branches is not None and not step.is_trigger:
        _require_branch(value, step, [branch.name for branch in step.branches])
    return value


def _require_text(value: Mapping[str, Any], key: str, step: Step) -> None:
    if not isinstance(value[key], str):
        raise XchangeError(
            ErrorCode.USAGE,
            f"the `{key}` in the mock of `{step.name}` is no text",
            hint="Text goes in double quotes.",
        )


def _require_branch(value: Any, step: Step, names: list[str]) -> None:
    branch = value
    if isinstance(value, dict) and value.keys() == {"branch", "result"}:
        _require_text(value, "branch", step)
        branch = value["branch"]
    if isinstance(branch, str) and branch not in names:
        raise XchangeError(
            ErrorCode.USAGE,
            f"the step `{step.name}` has no branch `{branch}`",
            hint=f"There are: {', '.join(names)}.",
        )


def _is_in_loop(step: Step, flow: Flow) -> bool:
    return any(
        around.steps is not None
        for placed in walk_flow(flow)
        if placed.step is step
        for around in placed.containers
    )


def kept_from_running(mocks: Mapping[str, Any], flow: Flow) -> frozenset[str]:
    """Give the keys of the steps that no iteration performs: those with a mock, and those inside of mocked loops."""
    mocked = {key for key in mocks if not iteration_mock(key)[1]}
    return frozenset({*mocked, *_inside(mocked, flow)})


def _inside(mocked: set[str], flow: Flow) -> Iterator[str]:
    for placed in walk_flow(flow):
        if any(around.steps is not None and around.ref in mocked for around in placed.containers):
            yield placed.step.ref
