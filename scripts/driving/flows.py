"""Runs of single flows with stand-ins for everything outside, each with state and records of its own."""

import contextlib
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from driving.config import example_set
from driving.explaining import Failing, failure_in, not_started
from driving.shapes import Taken
from driving.stand_ins import StandIns
from xchange_cli.engine.events import (
    Handling,
    LogWritten,
    Nested,
    RunEvent,
    RunFinished,
    StepFailed,
    StepFinished,
    Warned,
)
from xchange_cli.model.integration import Flow, Step
from xchange_cli.model.walk import walk_flow
from xchange_cli.runs.load import Loaded
from xchange_cli.runs.prepare import prepare
from xchange_cli.runs.request import SCHEDULE, RunRequest, Surroundings


@dataclass(slots=True)
class Driven:
    """What became of a flow: `failing` is None when each of its `runs` came to its end.

    `reached` are the keys of the steps that some run finished, `left` those of the others. `mocked` steps had
    stand-ins, `node` tells which steps ran in Node.js and why.
    """

    file: str
    flow: str
    failing: Failing | None = None
    status: str = ""
    runs: int = 0
    reached: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    mocked: list[str] = field(default_factory=list)
    node: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    answer: Any = None

    @property
    def is_fine(self) -> bool:
        return self.failing is None or bool(self.failing.explained)


def drive_flow(loaded: Loaded, flow: Flow, shared: Path, javascript: str) -> Driven:
    """Run a flow once for each branch that it may take, in a folder of its own; then all again in a shared folder.

    In the shared folder it finds what the runs before have kept. The first run that fails is the last.
    """
    driven = Driven(loaded.target.name, flow.name)
    ways = list(_ways(flow))
    with contextlib.ExitStack() as open_now:
        apart = (Path(open_now.enter_context(tempfile.TemporaryDirectory())) for _ in ways)
        runs = ((folder, taken) for folder, taken in zip(apart, ways, strict=True))
        for folder, taken in (*runs, *((shared, taken) for taken in reversed(ways))):
            _drive_once(driven, loaded, flow, folder, taken, javascript)
            if driven.failing is not None:
                break
    refs = list(dict.fromkeys(placed.step.ref for placed in walk_flow(flow)))
    finished = set(driven.reached)
    driven.reached = [ref for ref in refs if ref in finished]
    driven.left = [ref for ref in refs if ref not in finished]
    return driven


def _ways(flow: Flow) -> Iterator[Taken]:
    """Yield the first branches of all steps, then each other branch with those that lead to it."""
    yield {}
    yield from _ways_into(flow.steps, {})


def _ways_into(steps: tuple[Step, ...], taken: Taken) -> Iterator[Taken]:
    for step in steps:
        yield from _ways_into(step.steps or (), taken)
        for index, branch in enumerate(step.branches or ()):
            into = {**taken, step.ref: index}
            if index:
                yield into
            yield from _ways_into(branch.steps, into)


def _drive_once(
    driven: Driven, loaded: Loaded, flow: Flow, folder: Path, taken: Taken, javascript: str
) -> None:
    """Run a flow; all that it leaves behind goes into the folder."""
    driven.runs += 1
    apart = loaded._replace(project=loaded.project._replace(root=folder))
    request = _request(loaded, flow, folder, taken, javascript)
    prepared = prepare(apart, request, Surroundings(folder, {}))
    driven.mocked = [mock.partition("=")[0] for mock in request.mocks]
    driven.node = [f"{one.step.ref}: {one.need}" for one in prepared.node_steps]
    if prepared.view is None:
        driven.failing = not_started(prepared.findings[0], loaded.report)
    else:
        for event in prepared.view.events:
            _note(driven, loaded, event)


def _request(loaded: Loaded, flow: Flow, folder: Path, taken: Taken, javascript: str) -> RunRequest:
    stand_ins = StandIns(loaded.catalog, loaded.implementations)
    mocks = {one.name: stand_ins.mocks(one, taken) for one in loaded.integration.flows}
    payload = stand_ins.payload(flow, taken)
    is_mocked = flow.trigger is not None and flow.trigger.ref in mocks[flow.name]
    is_scheduled = flow.trigger is not None and flow.trigger.schedule is not None
    return RunRequest(
        flow=flow.name,
        config=_written(folder / "example.yml", example_set(loaded.integration, loaded.catalog)),
        payload=_written(folder / "payload.json", payload) if payload is not None and not is_mocked else "",
        trigger=SCHEDULE if payload is None and is_scheduled else "",
        mocks=tuple(_written_mocks(mocks, flow.name)),
        waits=False,
        http="deny",
        javascript=javascript,
    )


def _written_mocks(mocks: dict[str, dict[str, Any]], started: str) -> Iterator[str]:
    for flow, known in mocks.items():
        for ref, value in known.items():
            yield f"{ref if flow == started else f'{flow}/{ref}'}={json.dumps(value)}"


def _written(path: Path, data: Any) -> str:
    path.write_text(json.dumps(data), encoding="utf-8")
    return str(path)


def _note(driven: Driven, loaded: Loaded, event: RunEvent) -> None:
    """Note what happens, also in executions that the flow leads to; of failures the first one counts."""
    if isinstance(event, Nested):
        flow, inner, of_other = event.execution.flow.name, event.event, True
    else:
        flow, inner, of_other = driven.flow, event, False
    match inner:
        case StepFinished(ref=ref) if not of_other:
            driven.reached.append(ref)
        case StepFailed(failure, _, Handling.ENDED_RUN) if driven.failing is None:
            driven.failing = failure_in(failure, flow, loaded)
        case Warned(message=message) | LogWritten(message=message, level="warn"):
            if message not in driven.warnings:
                driven.warnings.append(message)
        case RunFinished(status, failure, response) if not of_other:
            driven.status, driven.answer = status.value, response.body if response else None
            if failure is not None and driven.failing is None:
                driven.failing = failure_in(failure, flow, loaded)
        case _:
            pass
