"""What a command asks for when it runs a flow, and what lies around it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from xchange_cli.redaction import Redactor
from xchange_cli.runs.inputs import split_assignment

SCHEDULE = "schedule"


class RunRequest(NamedTuple):
    """The words of the command line, as they came; `timeout` is in seconds.

    `trigger` is empty or `schedule`, `at` the time at which a schedule is to start the flow. `deploys` and `removes` ask
    for the flows that a platform runs when an instance is deployed or removed. `http` is live, record, replay or deny,
    `javascript` auto, quickjs or node; empty where the command does not say it. `resume` names a recorded run.
    `is_routed` asks for the flow that finds out which one a request is for, and for that one. `kept_mocks` are results by
    flow name and step key that the record of a run knows, in which tags stand for secrets; `mocks` come before them.
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
    http: str = ""
    recording: str = ""
    javascript: str = ""
    is_recorded: bool = True
    resume: str = ""
    is_routed: bool = False
    kept_mocks: Mapping[str, Mapping[str, Any]] = MappingProxyType({})

    @property
    def http_mode(self) -> str:
        return self.http or "live"

    @property
    def script_host(self) -> str:
        return self.javascript or "auto"

    def kept(self, mocks: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        """Give what a record keeps of the command, so that the run can be resumed without saying it all again.

        `mocks` are results by flow name and step key. Values stand for themselves, so that a short secret is found.
        """
        return {
            "config": self.config,
            "variables": dict(split_assignment(text, "--var") for text in self.variables),
            "mocks": mocks,
            "allowWrites": list(self.allow_writes),
            "http": self.http_mode,
            "recording": self.recording,
            "javascript": self.script_host,
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
