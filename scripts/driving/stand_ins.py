"""Stand-ins for the world around a flow: results of steps that go over the network, requests, trigger results."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from driving.branches import ABSENT
from driving.shapes import Shape, Shapes, Taken
from driving.values import completed
from xchange_cli.components.catalog import Catalog
from xchange_cli.components.implementations import Implementations
from xchange_cli.components.spec import ActionSpec
from xchange_cli.model.integration import Flow, Step
from xchange_cli.model.walk import walk_flow

_REQUEST = ("headers", "queryParameters", "rawBody", "body", "pathFragment")
_MORE_KEYS = "..."
_WORDS: Mapping[str, Any] = {
    "<number>": 1,
    "<boolean>": True,
    "<object>": {},
    "<date>": "2026-01-31T12:00:00.000Z",
    "<id>": "1",
}


_ENDLESS = frozenset({("recursive-flow", "invokeRecursive")})
"""What would not end, since stand-ins never come to the end of their data."""


def example_result(example: Any, name: str) -> Any:
    """Give the catalogue's example with values in place of its placeholders (`<string>`, `<number>`, …)."""
    match example:
        case dict():
            return {key: example_result(value, key) for key, value in example.items() if key != _MORE_KEYS}
        case list():
            return [example_result(value, name) for value in example]
        case str() if example == "<url>":
            return f"https://example.test/{name}"
        case str() if example.startswith("<") and example.endswith(">"):
            return _WORDS.get(example, name)
        case _:
            return example


class StandIns:
    """Makes up what comes from outside for the flows of one integration."""

    def __init__(self, catalog: Catalog, implementations: Implementations) -> None:
        self._catalog = catalog
        self._implementations = implementations

    def mocks(self, flow: Flow, taken: Taken) -> dict[str, Any]:
        """Give results by step key for the steps that cannot run here without a network.

        Of triggers only one that is to take another branch than its first; of others the payload is the result.
        """
        shapes = Shapes(flow, taken)
        trigger = flow.trigger
        steps = [placed.step for placed in walk_flow(flow) if self._needs_mock(placed.step)]
        mocks = {
            step.ref: self._mock(step, shapes.of(step.ref), taken) for step in steps if not step.is_trigger
        }
        if trigger is not None and trigger in steps and taken.get(trigger.ref):
            mocks[trigger.ref] = _branching(trigger, self.payload(flow, taken), taken)
        return mocks

    def payload(self, flow: Flow, taken: Taken) -> dict[str, Any] | None:
        """Give the request, or what a trigger that is not performed here shows; None where there is no request."""
        trigger = flow.trigger
        if trigger is None or self._is_scheduled(trigger):
            return None
        known = example_result(self._example(trigger), "trigger")
        shape = Shapes(flow, taken).of(trigger.ref)
        parts = dict(_request(shape))
        whole = completed(known if isinstance(known, dict) else {}, Shape(parts), "trigger")
        sent = _as_sent({key: value for key, value in whole.items() if key in _REQUEST})
        if not sent and not self._needs_mock(trigger):
            return None
        return {**sent, "body": _typed(sent.get("body"))}

    def _is_scheduled(self, trigger: Step) -> bool:
        return trigger.schedule is not None and not self._needs_mock(trigger)

    def _spec(self, step: Step) -> ActionSpec | None:
        action = step.action
        if action is None:
            return None
        return self._catalog.action(action.component, action.key, is_public=action.is_public)

    def _example(self, trigger: Step) -> Any:
        """Give what an app's trigger shows, which is close to what it is sent."""
        spec, action = self._spec(trigger), trigger.action
        entry = self._catalog.entry(action.component, is_public=action.is_public) if action else None
        return spec.example if spec and entry and entry.kind != "utility" else None

    def _needs_mock(self, step: Step) -> bool:
        action = step.action
        if action is None:
            return True
        performed = self._implementations.perform_for(
            action.component, action.key, is_public=action.is_public
        )
        return performed is None or self._goes_out(step) or (action.component, action.key) in _ENDLESS

    def _goes_out(self, step: Step) -> bool:
        """Tell whether a step connects: a trigger with a connection, an action of a component that has such."""
        spec, action = self._spec(step), step.action
        component = self._catalog.component(action.component, is_public=action.is_public) if action else None
        if spec is None or component is None:
            return False
        asked = (spec,) if step.is_trigger else component.actions.values()
        return any(given.type == "connection" for one in asked for given in one.inputs.values())

    def _mock(self, step: Step, shape: Shape, taken: Taken) -> Any:
        """Give the example, completed; where there is none, what is read, or else an empty object or list."""
        spec = self._spec(step)
        known = example_result(spec.example, step.ref) if spec else None
        if known is None and not shape.is_read:
            known = [] if spec and "list" in spec.output.lower() else {}
        value = completed(known, shape, step.ref)
        value = None if value is ABSENT else value
        return _branching(step, value, taken) if step.branches else value


def _request(shape: Shape) -> Iterator[tuple[str, Shape]]:
    """Yield what is read of the request; a body that is read whole as text is what its `data` holds."""
    for key in _REQUEST:
        part = shape.parts.get(key)
        if part is None:
            continue
        if part.packed is not None:
            _, media_type, _ = part.packed
            part = Shape({"data": Shape(packed=part.packed), "contentType": Shape(fixed=media_type)})
        elif key in {"body", "rawBody"}:
            part.at(("data",))
        yield key, part


def _branching(step: Step, value: Any, taken: Taken) -> dict[str, Any]:
    branches = step.branches or ()
    return {"branch": branches[taken.get(step.ref, 0)].name, "result": value}


def _typed(body: Any) -> dict[str, Any]:
    data = body.get("data") if isinstance(body, dict) else None
    media_type = "text/plain" if isinstance(data, str) else "" if data is None else "application/json"
    return {"contentType": media_type, "data": None, **(body if isinstance(body, dict) else {})}


def _as_sent(trigger: Any) -> Any:
    """Write the body as text where its sender says that it is text."""
    body = trigger.get("body") if isinstance(trigger, dict) else None
    if not isinstance(body, dict) or isinstance(body.get("data"), str):
        return trigger
    media_type = body.get("contentType") or (trigger.get("headers") or {}).get("Content-Type", "")
    if not media_type.startswith("text/"):
        return trigger
    return {**trigger, "body": {"data": json.dumps(body["data"]), "contentType": media_type}}
