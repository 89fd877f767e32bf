"""Whether the finished steps of a run would be the same ones today, with the same inputs."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from xchange_cli.engine.events import RunEvent, StepCall, StepStarting
from xchange_cli.engine.program import Program
from xchange_cli.errors import ErrorCode, Place, XchangeError
from xchange_cli.model.integration import Flow, Step
from xchange_cli.model.walk import walk_flow
from xchange_cli.record.replay import Recorded, interpreted, replay
from xchange_cli.record.values import Encoder
from xchange_cli.redaction import Redactor

MAX_VALUE = 60
_MISSING = object()
_HINT = "Undo the change, or run the flow anew."


class Differences(NamedTuple):
    """`asks_otherwise`: the step that failed would call a flow with something else today. `kept` counts its finished
    calls, in earlier passes of a loop, that would be other ones today.
    """

    asks_otherwise: bool = False
    kept: int = 0


def compare(
    recorded: Recorded,
    program: Program,
    config: Mapping[str, Any],
    redactor: Redactor,
    failed: Collection[str],
) -> Differences:
    """Let the run of the record and today's go side by side as far as the record has outcomes.

    The step that failed, by the paths of its calls, need not be the same: it is what is likely to be mended.

    Raises:
        XchangeError: INVALID at the place in today's file where the first other finished step differs.

    """
    if _are_equal(recorded, program, config):
        return Differences()
    kept, failed_refs = 0, {_ref_in(path) for path in failed}
    journal = recorded.journal
    today = interpreted(program, recorded.start._replace(config=config))
    calls_now = _calls(replay(today, journal))
    for then in _calls(recorded.events()):
        if then.path not in journal.steps:
            break
        pair = _Pair(then, next(calls_now, None), program.flow, redactor)
        difference = pair.difference()
        if difference is not None and then.path in failed:
            return Differences(asks_otherwise=True, kept=kept)
        if difference is not None and not (pair.is_in_place and then.ref in failed_refs):
            raise difference
        kept += difference is not None
    return Differences(kept=kept)


def _ref_in(path: str) -> str:
    return path.rpartition("/")[2].partition("#")[0]


def _are_equal(recorded: Recorded, program: Program, config: Mapping[str, Any]) -> bool:
    """Tell whether file and config are what they were: then nothing can differ, and there is no need to look."""
    then, now = recorded.program.flow.node.source, program.flow.node.source
    return then.text == now.text and recorded.start.config == config


def _calls(events: Iterator[RunEvent]) -> Iterator[StepCall]:
    return (event.call for event in events if isinstance(event, StepStarting))


class _Pair(NamedTuple):
    """A call of a finished step, and the one that would be made in its place today."""

    then: StepCall
    now: StepCall | None
    flow: Flow
    redactor: Redactor

    @property
    def is_in_place(self) -> bool:
        return self.now is not None and self.now.path == self.then.path

    def difference(self) -> XchangeError | None:
        """Say what differs, if anything does."""
        then, now = self.then, self.now
        if now is None or not self.is_in_place:
            place = f"`{now.step_name}` ({now.path})" if now else "the end of the run"
            return self._differs(f"{self._finished} is finished, but today {place} would come in its place")
        if (now.component, now.action, now.is_public) != (then.component, then.action, then.is_public):
            return self._differs(
                f"{self._finished} was {_action(then)} when it was run, and is {_action(now)} today"
            )
        for key in {**then.inputs, **now.inputs}:
            before, after = then.inputs.get(key, _MISSING), now.inputs.get(key, _MISSING)
            if before != after and self._shown(before) != self._shown(after):
                return self._differs(
                    f"{self._finished} is finished, but would have another input `{key}` today: "
                    f"{self._cut(after)}; it was {self._cut(before)}",
                    key,
                )
        return None

    @property
    def _finished(self) -> str:
        where = f" ({self.then.path})" if self.then.path != self.then.ref else ""
        return f"the step `{self.then.step_name}`{where}"

    def _shown(self, value: Any) -> str:
        return "nothing" if value is _MISSING else Encoder(Redactor()).encode(value)

    def _cut(self, value: Any) -> str:
        text = "nothing" if value is _MISSING else Encoder(self.redactor).encode(value)
        return text if len(text) <= MAX_VALUE else f"{text[:MAX_VALUE]}…"

    def _differs(self, message: str, key: str = "") -> XchangeError:
        return XchangeError(ErrorCode.INVALID, message, hint=_HINT, place=self._place(key))

    def _place(self, key: str) -> Place | None:
        ref = (self.now or self.then).ref
        step = next((placed.step for placed in walk_flow(self.flow) if placed.step.ref == ref), None)
        return _place(step, key) if step else self.flow.name_node.span.place


def _place(step: Step, key: str) -> Place:
    given = step.inputs.get(key)
    return (given.value_node if given else step.name_node).span.place


def _action(call: StepCall) -> str:
    return f"`{call.action}` of `{call.component}`"
