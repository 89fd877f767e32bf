"""What a run asks for and what it tells. Frozen, without time stamps, so that two runs compare by `==`."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from xchange_cli.components.spec import ActionResult, FlowCall, LogLine
from xchange_cli.model.integration import Flow
from xchange_cli.source import Span

State = Mapping[str, Mapping[str, Any]]
"""What steps keep: values by kind of state and key."""

NO_STATE: State = MappingProxyType({})


class Status(StrEnum):
    """How a run ended; `no_changes`: a polling trigger found nothing new, and no other step ran."""

    SUCCESS = "success"
    ERROR = "error"
    TIMEOUT = "timeout"
    NO_CHANGES = "no_changes"

    @property
    def is_failure(self) -> bool:
        return self in {Status.ERROR, Status.TIMEOUT}


class Handling(StrEnum):
    """What happens after a failed attempt."""

    RETRIED = "retried"
    IGNORED = "ignored"
    ENDED_RUN = "ended-run"


class StepCall(NamedTuple):
    """One attempt to perform one step.

    `path` is unique in a run: `loopOverItems[2]/httpPost#2` is the third item, second attempt.
    `step_results` is what the step may see of the steps before it; code steps read it. It is no copy: later
    steps change it. `unusable` is the key of an input whose value could not be made: no action may be
    performed without it. `is_public` is False for a component of the user's own organisation. `state` is what
    steps before it have kept, by kind (`executionState`, …). `retry_delay` is the time in seconds after which the
    next attempt follows if this one fails; None if none would. `step_name` is the name as the file has it.
    """

    path: str
    ref: str
    component: str
    action: str
    inputs: Mapping[str, Any]
    attempt: int
    step_results: Mapping[str, Any]
    unusable: str = ""
    is_public: bool = True
    state: State = NO_STATE
    retry_delay: float | None = None
    step_name: str = ""

    @property
    def step_path(self) -> str:
        """The path of the step, which all its attempts share."""
        return self.path.removesuffix(f"#{self.attempt}")


class Failure(NamedTuple):
    """Why a step failed; `span` is the place in the integration's file, where one is to blame."""

    path: str
    ref: str
    kind: str
    message: str
    span: Span | None


class Done(NamedTuple):
    """The answer to a StepCall that was performed."""

    result: ActionResult
    logs: tuple[LogLine, ...] = ()
    warnings: tuple[str, ...] = ()


class Failed(NamedTuple):
    """The answer to a StepCall that could not be performed.

    `is_final`: no error handling of the flow may go on, since the flow is not to blame: the run has used up its
    time (`kind` is then `timeout`), or nobody can perform the action here.
    """

    kind: str
    message: str
    logs: tuple[LogLine, ...] = ()
    warnings: tuple[str, ...] = ()
    input_key: str = ""
    offset: int | None = None
    is_final: bool = False


Outcome = Done | Failed


class RunStarted(NamedTuple):
    flow: str


class StepStarting(NamedTuple):
    """A request: the interpreter goes on when the Outcome of the call is sent to it."""

    call: StepCall


class Waiting(NamedTuple):
    """A request to let time pass, answered with None."""

    path: str
    seconds: float
    reason: str


class FlowCalling(NamedTuple):
    """A request to start another flow, answered with the Outcome that the calling step then has."""

    path: str
    ref: str
    call: FlowCall


class LogWritten(NamedTuple):
    path: str
    level: str
    message: str


class Warned(NamedTuple):
    """A behaviour that hosted platforms may have differently; told once a place."""

    path: str
    message: str
    span: Span | None


class LoopStarted(NamedTuple):
    path: str
    ref: str
    total: int


class IterationStarting(NamedTuple):
    """`position` counts from 0."""

    path: str
    ref: str
    position: int


class StepFinished(NamedTuple):
    """A step gave its result; loops around the step that ended the run never do."""

    path: str
    ref: str
    attempt: int
    result: ActionResult


class StepFailed(NamedTuple):
    failure: Failure
    attempt: int
    handling: Handling


class Response(NamedTuple):
    """The HTTP answer that a caller of the flow gets."""

    status_code: int
    content_type: str
    headers: Mapping[str, str]
    body: Any


class RunFinished(NamedTuple):
    """`stopped_at` names the step when the run was asked to end there; then there is no response.

    `state` is what there is to keep, by kind: what the run began with and its steps changed. A failed run keeps none
    and shows no response: what an asynchronous caller got before is not repeated.
    """

    status: Status
    failure: Failure | None
    response: Response | None
    state: State
    stopped_at: str = ""


class Cause(StrEnum):
    """Why an execution was started."""

    COMMAND = "command"
    CROSS_FLOW = "cross-flow"
    RECURSION = "recursion"
    RETRY = "retry"
    DEPLOY = "deploy"
    REMOVE = "remove"
    ROUTING = "routing"


class Execution(NamedTuple):
    """One execution of one flow. `parent` is the run id of the one that led to it, `path` the step that called it.

    `attempt` counts from 1; `waited_for` tells whether its parent waits for it.
    """

    run_id: str
    flow: Flow
    cause: Cause = Cause.COMMAND
    parent: str = ""
    path: str = ""
    attempt: int = 1
    waited_for: bool = False


class Nested(NamedTuple):
    """An event of another execution than the one that the command asked for."""

    execution: Execution
    event: "RunEvent"


RunEvent = (
    RunStarted
    | StepStarting
    | Waiting
    | FlowCalling
    | Nested
    | LogWritten
    | Warned
    | LoopStarted
    | IterationStarting
    | StepFinished
    | StepFailed
    | RunFinished
)
