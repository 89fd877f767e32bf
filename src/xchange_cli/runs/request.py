"""What a command asks for when it runs a flow, and what lies around it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from xchange_cli.redaction import Redactor

SCHEDULE = "schedule"


class RunRequest(NamedTuple):
    """The words of the command line, as they came; `timeout` is in seconds.

    `trigger` is empty or `schedule`, `at` the time at which a schedule is to start the flow. `deploys` and `removes` ask
    for the flows that a platform runs when an instance is deployed or removed. `http` is live, record, replay or deny,
    `javascript` auto, quickjs or node. `resume` names a recorded run. `is_routed` asks for the flow that finds out which
    one a request is for, and for that one.
    """

    flow: str = ""
    config: str = ""
    payload: str = ""
    variables: tuple[str, ...] = ()
    mocks: tuple[str, ...] = ()
    until: str = ""
    waits: bool = True
    timeout: float | None = None
    trigger: str = ""
    at: str = ""
    deploys: bool = False
    removes: bool = False
    retries: bool = False
    allow_writes: tuple[str, ...] = ()
    http: str = "live"
    recording: str = ""
    javascript: str = "auto"
    is_recorded: bool = True
    resume: str = ""
    is_routed: bool = False

    @property
    def kept(self) -> dict[str, Any]:
        """What a record keeps of the command, so that the run can be resumed without saying it all again."""
        return {
            "config": self.config,
            "variables": list(self.variables),
            "mocks": list(self.mocks),
            "allowWrites": list(self.allow_writes),
            "http": self.http,
            "recording": self.recording,
            "javascript": self.javascript,
            "retries": self.retries,
            "trigger": self.trigger,
            "deploys": self.deploys,
            "removes": self.removes,
        }


def _tell_nobody(_: Redactor) -> None:
    return


class Surroundings(NamedTuple):
    """What lies around a command: the folder it was called in, the environment, standard input.

    `tell_secrets` is called with a redactor as soon as there are secrets in the process.
    """

    folder: Path
    environment: Mapping[str, str]
    stdin: bytes = b""
    tell_secrets: Callable[[Redactor], None] = _tell_nobody
