"""Small flows written as indented lines, performed by a script of outcomes, told as lines of text.

Trigger
Each                             a step with steps inside is a loop
  Check                          a step with branches inside
    ? Big
      Send <- to: each.currentItem
    ? Else
  Save | retry 2 every 5 doubling then ignore
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from textwrap import dedent
from typing import Any

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.spec import ActionResult, LogLine
from xchange_cli.document.parse import parse
from xchange_cli.engine import events
from xchange_cli.engine.driver import drive
from xchange_cli.engine.events import Done, Failed, Outcome, StepCall
from xchange_cli.engine.interpreter import ExecutionContext, run
from xchange_cli.engine.program import compile_flow
from xchange_cli.model.build import build
from xchange_cli.model.integration import Integration
from xchange_cli.source import Source

CATALOG = Catalog.load()
FOREVER = float("inf")


def integration(text: str, *, synchronous: bool = False) -> Integration:
    """Build an integration with one flow of these lines; a step called Trigger is the trigger."""
    lines = [
        (len(line) - len(line.lstrip()), line.strip()) for line in dedent(text).splitlines() if line.strip()
    ]
    flow = {"name": "Flow", "isSynchronous": synchronous, "steps": _steps(lines)}
    return built(json.dumps({"definitionVersion": 7, "name": "Test", "flows": [flow]}, indent=1))


def integration_of(*steps: dict[str, Any]) -> Integration:
    """Build an integration with one flow of these steps, as `step` makes them."""
    return built(json.dumps({"name": "Test", "flows": [{"name": "Flow", "steps": steps}]}))


def built(text: str) -> Integration:
    found = build(parse(Source("integration.yml", text)).root)
    assert found is not None
    return found


def step(
    name: str, inputs: dict[str, Any] | None = None, action: str = "scripted.act", **more: Any
) -> dict[str, Any]:
    component, _, key = action.partition(".")
    return {
        "name": name,
        "action": {"key": key, "component": {"key": component, "isPublic": True, "version": "LATEST"}},
        "inputs": inputs or {},
        **more,
    }


def value(text: str) -> dict[str, Any]:
    return {"type": "value", "value": text}


def reference(path: str) -> dict[str, Any]:
    return {"type": "reference", "value": path}


def items(*terms: Any) -> dict[str, Any]:
    return {"type": "complex", "value": list(terms)}


def _steps(lines):
    return [_step(line, inner) for line, inner in _blocks(lines)]


def _blocks(lines):
    """Give each line of the lowest indent with the lines below it that stand further in."""
    while lines:
        (indent, line), rest = lines[0], lines[1:]
        end = next((at for at, (deep, _) in enumerate(rest) if deep <= indent), len(rest))
        yield line, rest[:end]
        lines = rest[end:]


def _step(line, inner):
    head, _, errors = line.partition("|")
    name, _, inputs = head.partition("<-")
    pairs = (given.partition(":") for given in inputs.split(",") if given.strip())
    made = step(name.strip(), {key.strip(): reference(path.strip()) for key, _, path in pairs})
    if made["name"] == "Trigger":
        made["isTrigger"] = True
    if errors:
        made["errorConfig"] = _error_config(errors.split())
    if inner and inner[0][1].startswith("?"):
        blocks = _blocks(inner)
        made["branches"] = [{"name": branch[1:].strip(), "steps": _steps(below)} for branch, below in blocks]
    elif inner:
        made["steps"] = [] if inner[0][1] == "(nothing)" else _steps(inner)
    return made


def _error_config(words):
    def number(word):
        return int(words[words.index(word) + 1]) if word in words else 0

    return {
        "errorHandlerType": words[0],
        "maxAttempts": number("retry"),
        "delaySeconds": number("every"),
        "usesExponentialBackoff": "doubling" in words,
        "ignoreFinalError": "then" in words,
    }


# --- outcomes


def gives(data: Any = None, **more: Any) -> Done:
    return Done(ActionResult(data, **more))


def follows(branch: str) -> Done:
    return gives(branch, branch=branch)


def repeats(*items: Any) -> Done:
    return gives(items=list(items))


def says(*lines: str, warnings: tuple[str, ...] = (), data: Any = None) -> Done:
    return Done(ActionResult(data), tuple(LogLine("INFO", line) for line in lines), warnings)


def fails(message: str = "no", kind: str = "action-failed", **more: Any) -> Failed:
    return Failed(kind, message, **more)


BREAKS = gives(break_loop=True)
STOPS = gives("stopped", stop=True)


class Scripted:
    """Answers by path or else by step key; of a list one after the other. What has no answer gives its key."""

    def __init__(self, script: dict[str, Outcome | list[Outcome]]) -> None:
        self._script = {
            key: list(value) if isinstance(value, list) else value for key, value in script.items()
        }
        self.calls: list[StepCall] = []

    def perform(self, call: StepCall) -> Outcome:
        self.calls.append(call)
        answer = self._script.get(call.path, self._script.get(call.ref, gives(call.ref)))
        return answer.pop(0) if isinstance(answer, list) else answer


@dataclass
class HandClock:
    """A clock that only moves when somebody sleeps or moves it."""

    time: float = 0.0
    slept: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def now(self) -> datetime:
        return datetime(2024, 5, 17, 9, 30, 15, 123000, UTC) + timedelta(seconds=self.time)

    def random(self) -> float:
        return 0.5

    def random_bytes(self, count: int) -> bytes:
        return bytes(range(count))


# --- what happens


def happenings(text, script=None, *, synchronous=False, until="", config=None, performer=None):
    """Run a flow of these lines, or the flow of an integration, and give its events."""
    whole = integration(text, synchronous=synchronous) if isinstance(text, str) else text
    [flow] = whole.flows
    context = ExecutionContext("run-1", config or {}, until)
    started = run(compile_flow(flow, CATALOG), context)
    return list(drive(started, performer or Scripted(script or {}), HandClock(), FOREVER, waits=False))


def inputs_of(path: str, happened) -> Any:
    """Give the inputs of the one call with this path."""
    [call] = [
        event.call for event in happened if isinstance(event, events.StepStarting) and event.call.path == path
    ]
    return call.inputs


def told(happened) -> str:
    """Tell events as lines: kind, path, data."""
    return "\n".join(" ".join(filter(None, TELL[type(event)](event))) for event in happened)


def lines(text: str) -> str:
    """Take the indent off an expected story."""
    return dedent(text).strip()


def story(text, script=None, **more) -> str:
    return told(happenings(text, script, **more))


TELL = {
    events.RunStarted: lambda it: ("begins", it.flow),
    events.StepStarting: lambda it: (
        "starts",
        it.call.path,
        json.dumps(it.call.inputs) if it.call.inputs else "",
    ),
    events.StepFinished: lambda it: ("gives", it.path, json.dumps(it.result.data)),
    events.StepFailed: lambda it: (
        ("fails", it.failure.path, f"attempt {it.attempt}: {it.failure.message}; {it.handling.value}")
    ),
    events.LoopStarted: lambda it: ("repeats", it.path, f"{it.total} times"),
    events.IterationStarting: lambda it: ("pass", it.path, str(it.position)),
    events.Waiting: lambda it: ("waits", it.path, f"{it.seconds:g} s: {it.reason}"),
    events.LogWritten: lambda it: ("logs", it.path, f"{it.level} {it.message}"),
    events.Warned: lambda it: ("warns", it.path, it.message),
    events.RunFinished: lambda it: ("ends", it.status.value, it.stopped_at and f"at {it.stopped_at}"),
}
