"""Answers steps with what the user gave for them, in place of performing them."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.conversions import to_string
from xchange_cli.components.spec import ActionResult
from xchange_cli.engine.events import Done, Failed, Outcome, StepCall
from xchange_cli.engine.performer import Performer


class MockPerformer:
    """Answers the steps that have a mock and hands on the others.

    `mocks` are results by step key, or by step key and iteration of the innermost loop (`createRow[2]`, the third
    pass); `{"error": "message"}` makes the step fail, `{"noChanges": true}` lets a polling trigger find
    nothing. A step with branches follows the branch that its result
    names, or the one in `{"branch": "Name", "result": …}`. The mock of a loop is the loop's whole result: the
    steps inside are not run.
    """

    def __init__(
        self, mocks: Mapping[str, Any], branches: Mapping[str, tuple[str, ...]], otherwise: Performer
    ) -> None:
        self._mocks = mocks
        self._branches = branches
        self._otherwise = otherwise

    def perform(self, call: StepCall) -> Outcome:
        for key in _keys(call):
            if key in self._mocks:
                return self._answer(call.ref, self._mocks[key])
        return self._otherwise.perform(call)

    def _answer(self, ref: str, value: Any) -> Outcome:
        if isinstance(value, dict) and value.keys() == {"error"}:
            return Failed("mocked", to_string(value["error"]))
        if isinstance(value, dict) and value == {"noChanges": True}:
            return Done(ActionResult(no_changes=True))
        names = self._branches.get(ref)
        if not names:
            return Done(ActionResult(value))
        if isinstance(value, dict) and value.keys() == {"branch", "result"}:
            return Done(ActionResult(value["result"], branch=to_string(value["branch"])))
        if value in names:
            return Done(ActionResult(value, branch=value))
        return Done(
            ActionResult(value, branch=names[0]),
            warnings=(f"the mock names no branch; `{names[0]}`, the first one, is followed",),
        )


def _keys(call: StepCall) -> tuple[str, ...]:
    """Give `createRow[2]` and `createRow` for `loopOverItems[2]/createRow`, only the second outside of loops."""
    parent, is_inside, _ = call.path.rpartition("/")
    if not is_inside:
        return (call.ref,)
    return (f"{call.ref}[{parent.rpartition('[')[2]}", call.ref)
