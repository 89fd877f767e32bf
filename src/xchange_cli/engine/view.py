"""A run as those see it who show it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from xchange_cli.engine.events import Execution, RunEvent
from xchange_cli.errors import XchangeError
from xchange_cli.model.integration import Flow
from xchange_cli.redaction import Redactor


class RunView(NamedTuple):
    """`events` happen while they are asked for; `now` gives seconds of a clock that never goes back.

    `waits` is False when sleeping and delays are skipped. `origins` says of each config variable where its value came from.
    `execution` is the first one, where it is known how that came about. `last_words` are for the user when the events are over,
    `troubles` what could not be written then. `can_be_resumed` is of runs that are recorded; `is_resumed`
    tells that the run goes on with a record, `is_past` that it is read from one.
    """

    run_id: str
    flow: Flow
    events: Iterator[RunEvent]
    redactor: Redactor
    now: Callable[[], float]
    config_name: str = ""
    waits: bool = True
    origins: Mapping[str, str] = MappingProxyType({})
    last_words: Sequence[str] = ()
    troubles: Sequence[XchangeError] = ()
    is_recorded: bool = False
    is_resumed: bool = False
    is_past: bool = False
    can_be_resumed: bool = True
    execution: Execution | None = None

    @property
    def first(self) -> Execution:
        """The execution whose events are not `Nested`."""
        return self.execution or Execution(self.run_id, self.flow)
