"""Answers to steps from the command line: which steps they are for, and which steps they keep from running."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.model.find import find_step
from xchange_cli.model.integration import Flow, Integration
from xchange_cli.model.mocked_steps import meant, misfit, outside_of_loops, split_pass, split_step
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
        for flow, step_name in meant(name, integration, flows):
            key, fitting = _mock(step_name, value, flow)
            mocks.setdefault(flow.name, {})[key] = fitting
    return mocks


def joined(
    kept: Mapping[str, Mapping[str, Any]], given: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Join the mocks that a record knows with those of a command line, which come before them."""
    names = dict.fromkeys((*kept, *given))
    return {name: {**kept.get(name, {}), **given.get(name, {})} for name in names}


def _mock(name: str, value: Any, flow: Flow) -> tuple[str, Any]:
    step_name, number = split_step(name, flow)
    step = find_step(flow, step_name)
    fault = outside_of_loops(step, number, flow)
    if fault:
        raise XchangeError(ErrorCode.USAGE, fault, hint=f"Write --mock {step.ref}=…")
    found = misfit(value, step)
    if found is not None:
        raise XchangeError(ErrorCode.USAGE, found.message, hint=found.hint)
    return step.ref + number, value


def kept_from_running(mocks: Mapping[str, Any], flow: Flow) -> frozenset[str]:
    """Give the keys of the steps that no iteration performs: those with a mock, and those inside of mocked loops."""
    mocked = {key for key in mocks if not split_pass(key)[1]}
    return frozenset({*mocked, *_inside(mocked, flow)})


def _inside(mocked: set[str], flow: Flow) -> Iterator[str]:
    for placed in walk_flow(flow):
        if any(around.steps is not None and around.ref in mocked for around in placed.containers):
            yield placed.step.ref
