"""For runs of which no record is kept."""

from xchange_cli.engine.events import Cause, Execution, Outcome, RunFinished, Waiting
from xchange_cli.engine.launch import Launch
from xchange_cli.engine.performer import Performer
from xchange_cli.runs.setting import Journal


class NoJournal:
    """Of executions that are not recorded."""

    is_state_saved = False
    remarks = ()

    def around(self, performer: Performer) -> Performer:
        return performer

    def child(self, _path: str) -> None:
        return None

    def answer(self, _path: str) -> None:
        return None

    def call(self, path: str, run_id: str, flow: str) -> None:
        """Keep nothing."""

    def called(self, path: str, outcome: Outcome) -> None:
        """Keep nothing."""

    def is_over(self, _waiting: Waiting) -> bool:
        return False

    def waited(self, waiting: Waiting) -> None:
        """Keep nothing."""

    def state_saved(self) -> None:
        """Keep nothing."""

    def finish(self, finished: RunFinished) -> None:
        """Keep nothing."""

    def close(self) -> None:
        """Keep nothing."""


class NoRecords:
    """Records nothing and knows of nothing."""

    def open(self, _execution: Execution, _request: Launch) -> Journal:
        return NoJournal()

    def earlier(self, _run_id: str) -> None:
        return None

    def past(self, _run_id: str) -> None:
        return None

    def has_ended_well(self, _run_id: str) -> bool:
        return False

    def begun(self, _parent: str, _cause: Cause, _flow: str) -> None:
        return None
