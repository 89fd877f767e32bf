"""What the executions of one command share, and what they need of whoever keeps things for them."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.implementations import Implementations
from xchange_cli.engine.context import Clock
from xchange_cli.engine.driver import WaitingBook
from xchange_cli.engine.events import Cause, Execution, Outcome, RunEvent, RunFinished, State
from xchange_cli.engine.launch import Launch
from xchange_cli.engine.payload import InvokeType
from xchange_cli.engine.performer import Performer
from xchange_cli.engine.world import World
from xchange_cli.model.integration import Flow, Integration
from xchange_cli.redaction import Redactor


class Start(NamedTuple):
    """What an execution starts from. `payload` is a whole payload or a request body.

    `invoke_type` is what the platform's header says of a request that does not say it.
    """

    flow: Flow
    payload: Any = None
    mocks: Mapping[str, Any] = MappingProxyType({})
    until: str = ""
    timeout: float | None = None
    waits_for_answer: bool | None = None
    invoke_type: str = InvokeType.TEST.value


class Earlier(NamedTuple):
    """What an execution that is resumed began with."""

    started_at: str
    state: State


class Journal(WaitingBook, Protocol):
    """The record of one execution; on a resume it also answers what had finished before."""

    @property
    def is_state_saved(self) -> bool: ...

    @property
    def remarks(self) -> tuple[str, ...]:
        """What there is to say about what had finished before."""
        ...

    def around(self, performer: Performer) -> Performer: ...

    def child(self, path: str) -> str | None:
        """Give the run id of the execution that the step at this path has started before."""
        ...

    def answer(self, path: str) -> Outcome | None:
        """Give what the flow that the step called has answered before."""
        ...

    def call(self, path: str, run_id: str, flow: str) -> None:
        """Note that a flow is about to be started."""
        ...

    def called(self, path: str, outcome: Outcome) -> None:
        """Note what the called flow answered."""
        ...

    def state_saved(self) -> None: ...

    def finish(self, finished: RunFinished) -> None: ...

    def close(self) -> None: ...


class Past(Protocol):
    """An execution that is over."""

    @property
    def flow(self) -> Flow: ...

    def events(self) -> Iterator[RunEvent]: ...

    def child(self, path: str) -> str | None:
        """Give the run id of the execution that the step at this path has started."""
        ...

    def require_secrets(self, path: str) -> None:
        """Make sure that all secrets are known that the result of a call held.

        Raises:
            XchangeError: where one is not.

        """
        ...


class Records(Protocol):
    """Where executions are recorded."""

    def open(self, execution: Execution, request: Launch) -> Journal | None:
        """Give the record to write; None where an earlier command has brought the execution to a good end."""
        ...

    def earlier(self, run_id: str) -> Earlier | None:
        """Give what an execution began with that an earlier command has recorded."""
        ...

    def past(self, run_id: str) -> Past | None:
        """Give what an earlier command has recorded of an execution that is over."""
        ...

    def has_ended_well(self, run_id: str) -> bool:
        """Tell whether an earlier command has brought an execution to a good end."""
        ...

    def begun(self, parent: str, cause: Cause, flow: str) -> str | None:
        """Give the id of the execution that an earlier command has begun after another one, for this cause."""
        ...


class Memory(Protocol):
    """What flows keep from one execution to the next."""

    def load(self, flow: str) -> State: ...

    def save(self, flow: str, before: State, after: State) -> tuple[str, ...]:
        """Keep the state of an execution that ended well; gives warnings.

        Raises:
            XchangeError: when it cannot be kept.

        """
        ...


class Setting(NamedTuple):
    """`mocks_of` are the mocks of flows that steps call, by the flows' names. `new_id` gives ids of executions, which
    begin with the true time, whatever time `clock` shows.
    """

    integration: Integration
    catalog: Catalog
    implementations: Implementations
    clock: Clock
    world: World
    memory: Memory
    records: Records
    redactor: Redactor
    new_id: Callable[[], str]
    config: Mapping[str, Any] = MappingProxyType({})
    config_name: str = ""
    mocks_of: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    waits: bool = True
    retries: bool = False
