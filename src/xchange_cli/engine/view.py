"""A run as those see it who show it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from xchange_cli.engine.events import RunEvent
from xchange_cli.model.integration import Flow
from xchange_cli.redaction import Redactor


@dataclass(frozen=True, slots=True)
class RunView:
    """`events` happen while they are asked for; `now` gives seconds of a clock that never goes back.

    `waits` is False when sleeping and delays are skipped. `origins` says of each config variable where its value came from.
    """

    run_id: str
    flow: Flow
    events: Iterator[RunEvent]
    redactor: Redactor
    now: Callable[[], float]
    config_name: str = ""
    waits: bool = True
    origins: Mapping[str, str] = field(default_factory=dict)
