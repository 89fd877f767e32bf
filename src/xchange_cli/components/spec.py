"""What is known about components, and what a component may use when it performs an action.

The specification is the only description of a component: validation, conversion of inputs, defaults,
secrets, effects and documentation all read it.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from xchange_cli.javascript.scripts import Scripts
    from xchange_cli.wire.http import HttpClient

Kept = TypeVar("Kept")


class Basis(StrEnum):
    """How a fact is known; only SOURCE and USAGE facts are sure enough for an error."""

    SOURCE = "source"
    USAGE = "usage"
    SIBLING = "sibling"
    DOCS = "docs"
    INFERRED = "inferred"

    @property
    def is_sure(self) -> bool:
        return self in {Basis.SOURCE, Basis.USAGE}


class Effect(StrEnum):
    """What performing an action does to the world; unknown counts as WRITES."""

    PURE = "pure"
    READS = "reads"
    WRITES = "writes"


class InputSpec(NamedTuple):
    """One input. `type`: string text password boolean code data connection conditional flow structuredObject;
    `collection`: none valuelist keyvaluelist. `accepts` are the keys of the component's connections that an input of the type
    connection accepts; empty for all."""

    key: str
    label: str
    type: str
    required: bool
    basis: Basis
    collection: str = "none"
    default: Any = None
    choices: tuple[str, ...] = ()
    secret: bool = False
    note: str = ""
    inputs: tuple["InputSpec", ...] = ()
    accepts: tuple[str, ...] = ()


class ActionSpec(NamedTuple):
    """An action or, with `is_trigger`, a trigger; `schedule` is `needed` or `possible` of one that has a schedule.

    `needed` are the inputs that have to be set: required ones without a default. Of a boolean, nothing means false.
    """

    key: str
    title: str
    summary: str
    basis: Basis
    effect: Effect
    inputs: Mapping[str, InputSpec]
    is_trigger: bool = False
    output: str = ""
    example: Any = None
    behaviour: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    branch_input: str = ""
    source: str = ""
    schedule: str = ""
    needed: tuple[InputSpec, ...] = ()


class ConnectionSpec(NamedTuple):
    key: str
    label: str
    basis: Basis
    inputs: Mapping[str, InputSpec]
    oauth2: str = ""


class ComponentSpec(NamedTuple):
    key: str
    title: str
    kind: str
    summary: str
    confidence: str
    actions: Mapping[str, ActionSpec]
    triggers: Mapping[str, ActionSpec]
    connections: Mapping[str, ConnectionSpec]
    data_sources: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_own: bool = False


class FlowCall(NamedTuple):
    """A request of a step to start another flow of the same integration, or with an empty name its own.

    `body` and `headers` are what the called flow gets as its request. `waits` False starts the execution when the
    calling one has ended; None leaves it to the called flow.
    """

    flow: str
    body: Any = None
    headers: Mapping[str, str] = MappingProxyType({})
    waits: bool | None = None


class ActionResult(NamedTuple):
    """What an action gives back. Control flow is said here, so the engine knows no special action keys.

    `branch`: the branch to follow; `items`: what the steps below repeat over; `break_loop`: leave the innermost
    loop; `stop`: end the execution successfully; `wait`: seconds to wait before the next step. `answer` is for
    triggers: the body of the answer that an asynchronous caller gets at once. `no_changes` is for polling triggers:
    there is nothing new, and the run ends without a step. `call` starts another flow; what it answers becomes the
    data. `state` is what to keep, by kind (`instanceState`, `crossFlowState`, `executionState`, `integrationState`)
    and key; None takes a key away.
    """

    data: Any = None
    content_type: str | None = None
    status_code: int | None = None
    headers: Mapping[str, str] | None = None
    branch: str | None = None
    items: Sequence[Any] | None = None
    break_loop: bool = False
    stop: bool = False
    wait: float = 0.0
    state: Mapping[str, Any] | None = None
    answer: Any = None
    no_changes: bool = False
    call: FlowCall | None = None


class LogLine(NamedTuple):
    level: str
    message: str


class ActionError(Exception):
    """An action cannot do what it was asked to.

    `input` and `offset` give the place: the key of the input to blame and a position in its text, where known.
    """

    def __init__(
        self, message: str, *, kind: str = "action-failed", input_key: str = "", offset: int | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.kind = kind
        self.input_key = input_key
        self.offset = offset


class ActionContext(Protocol):
    """All that an action may use of the world."""

    @property
    def step_results(self) -> Mapping[str, Any]:
        """What code steps see as `stepResults`: by step key, `{"results": …}` or `{"currentItem", "index"}`."""
        ...

    @property
    def config_vars(self) -> Mapping[str, Any]:
        """Run-time values of the config variables by key."""
        ...

    @property
    def execution(self) -> Mapping[str, Any]:
        """Facts of this run for code steps: executionId, instance, customer, flow, startedAt, …

        Also `stepId`, the step's key, and the state that the steps before it have kept, by kind.
        """
        ...

    @property
    def payload(self) -> Mapping[str, Any]:
        """The request that started the run, as a trigger shows it (headers, body, queryParameters, …)."""
        ...

    @property
    def javascript(self) -> "Scripts":
        """Runs the author's JavaScript; one for the whole run."""
        ...

    @property
    def seconds_left(self) -> float:
        """Time until the run's deadline."""
        ...

    @property
    def http(self) -> "HttpClient":
        """The run's HTTP client; what it sends passes the write guard.

        Its `WireError`s may be left alone: they make the step fail with their kind.
        """
        ...

    @property
    def idempotency_key(self) -> str:
        """The same for every attempt to perform this step in this pass, also after a resume."""
        ...

    def state(self, kind: str) -> Mapping[str, Any]:
        """What is kept of a kind (`instanceState`, `crossFlowState`, …), with what earlier steps changed."""
        ...

    def require_access(self, host: str, what: Callable[[], str] | None = None) -> None:
        """Ask before a connection is opened that is not one of `http`, and before each write over it.

        `what` describes what would be written (`putObject of orders.csv to bucket acme, 231 bytes`); None only
        reads. `host` is empty where it is not known.

        Raises:
            WireError: `network-denied` or `write-blocked`; let it pass.

        """
        ...

    def kept(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Give what `make` made the first time in this run, such as a client with open connections.

        What has a method `close` is closed when the run ends.
        """
        ...

    def learn_secret(self, name: str, value: str) -> None:
        """Tell a secret that came up only now, such as an access token, so that it is shown nowhere."""
        ...

    def pause(self, seconds: float) -> None:
        """Wait, as before another attempt; not at all in a run that skips waiting.

        Raises:
            ActionError: `timeout` at once when the run ends before.

        """
        ...

    def now(self) -> datetime:
        """The time, in UTC."""
        ...

    def random_bytes(self, count: int) -> bytes: ...

    def log(self, level: str, message: str) -> None: ...

    def warn(self, message: str) -> None:
        """Tell the user about a behaviour that the hosted platform does not document."""
        ...

    def random(self) -> float:
        """0 ≤ x < 1."""
        ...


Perform = Callable[[ActionContext, Mapping[str, Any]], ActionResult]
"""`perform(context, inputs) -> result`; inputs hold every declared key, converted, None where not set."""


class Example(NamedTuple):
    """A worked example that the tests perform and the documentation shows."""

    action: str
    inputs: Mapping[str, Any]
    result: Any
    error: str = ""


class Implementation(NamedTuple):
    """The code of one component: its actions by key, with worked examples.

    `asks_access` is False of code that may write to a remote system without asking (`require_access`, `http`):
    whether it may is then asked before it is performed.
    """

    actions: Mapping[str, Perform]
    examples: tuple[Example, ...] = ()
    asks_access: bool = True
