"""How far the executions of a run have come: kept for every event, so it costs next to nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field

from xchange_cli.engine.events import (
    NO_STATE,
    Execution,
    Failure,
    Handling,
    IterationStarting,
    LoopStarted,
    RunEvent,
    RunFinished,
    State,
    StepCall,
    StepFailed,
    StepFinished,
    StepStarting,
    Waiting,
    Warned,
)
from xchange_cli.formats.failure_text import Blame
from xchange_cli.formats.step_times import StepTimes


@dataclass(slots=True)
class LoopPlace:
    """How far a loop has come; `position` counts from 0."""

    ref: str
    total: int
    begun: float
    position: int = 0


@dataclass(slots=True)
class Course:
    """What one execution has come to and is at; whoever draws it looks at it from another thread."""

    execution: Execution
    now: Callable[[], float]
    times: StepTimes = field(init=False)
    begun: float = field(init=False)
    call: StepCall | None = None
    path: str = ""
    loops: dict[str, LoopPlace] = field(default_factory=dict)
    waiting: tuple[Waiting, float] | None = None
    steps: int = 0
    ignored: int = 0
    warnings: int = 0
    state: State = field(default_factory=lambda: NO_STATE)
    """What the execution has begun with."""
    stopped_at: str = ""
    blame: Blame | None = None
    answered: Blame | None = None
    """What the flow failed of that a step has waited for last."""

    def __post_init__(self) -> None:
        self.times = StepTimes(self.now)
        self.begun = self.now()

    def event(self, event: RunEvent) -> None:
        """Take note of an event; the events of fast loops come first."""
        if isinstance(event, StepStarting):
            call = event.call
            if self.call is None:
                self.state = call.state
            self.call = call
            self.path = call.path if call.attempt == 1 else call.step_path
            self.steps += call.attempt == 1
            self.waiting = None
            self.times.begin(self.path)
        elif isinstance(event, IterationStarting):
            if event.path in self.loops:
                self.loops[event.path].position = event.position
        elif isinstance(event, StepFinished):
            if self.loops:
                self.loops.pop(event.path, None)
        else:
            self._rarer(event)

    def _rarer(self, event: RunEvent) -> None:
        match event:
            case LoopStarted(path, ref, total):
                self.loops[path] = LoopPlace(ref, total, self.now())
            case Waiting():
                self.waiting = (event, self.now())
            case Warned():
                self.warnings += 1
            case StepFailed(_, _, handling):
                self.ignored += handling is Handling.IGNORED
            case RunFinished(_, failure):
                self.blame = self._blamed(failure)
                self.stopped_at = event.stopped_at
                self.call = self.answered = None
                self.loops = {}
            case _:
                return

    def _blamed(self, failure: Failure | None) -> Blame | None:
        """Blame the step that failed, or that of the flow which it has waited for."""
        if failure is None:
            return None
        inner = self.answered
        if failure.kind == "flow-failed" and inner is not None:
            return inner._replace(callers=(*inner.callers, self.execution))
        call = self.call if self.call is not None and self.call.ref == failure.ref else None
        return Blame(self.execution, failure, call)
