"""What a run needs to go on where another process has left it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xchange_cli.engine.events import Outcome, RunFinished, Waiting
from xchange_cli.engine.program import Program
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.record.divergence import compare
from xchange_cli.record.journal import Journal, Secrets, Told
from xchange_cli.record.record import Record
from xchange_cli.record.replay import Programs, Recorded, recorded
from xchange_cli.redaction import Redactor


class Kept(Mapping[str, Outcome]):
    """Outcomes by path, each made when it is asked for: by then more secrets may be known."""

    def __init__(self, paths: Mapping[str, Any], told: Callable[[str], Told | None]) -> None:
        self._paths = paths
        self._told = told

    def __getitem__(self, path: str) -> Outcome:
        """Give an outcome.

        Raises:
            XchangeError: INVALID when it holds a secret that is known by its name only.

        """
        told = self._told(path)
        if told is None:
            raise KeyError(path)
        if told.unbound:
            raise unknown_secret(path, min(told.unbound))
        return told.outcome

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


@dataclass(frozen=True, slots=True)
class Resume:
    """What had come to an end, and `forgotten`, the calls that are made again.

    `answers` are those of called flows and `children` the ids of their runs, by path of the call; of calls that are made
    `anew` the flow gets a run of its own again. `reworded` are the paths of results that held a secret in another
    form than its own; now they hold its own form. `otherwise` counts the finished calls of the step that failed which
    would be other ones today. `finished` counts the calls that gave a result, `size` the bytes of
    the journal that mean something.
    """

    outcomes: Mapping[str, Outcome]
    answers: Mapping[str, Outcome]
    children: Mapping[str, str]
    forgotten: tuple[str, ...]
    anew: tuple[str, ...]
    reworded: tuple[str, ...]
    otherwise: int
    is_state_saved: bool
    waits: Counter[tuple[str, str]]
    finished: int
    size: int

    @property
    def remarks(self) -> Iterator[str]:
        """Say what the user of a resumed run should know."""
        if self.otherwise:
            step = self.forgotten[0].rpartition("/")[2]
            yield f"`{step}` has changed; what it gave in {self.otherwise:,} earlier passes stays as it was"
        if self.reworded:
            more = f" (and {len(self.reworded) - 1:,} more)" if len(self.reworded) > 1 else ""
            path = self.reworded[0]
            yield f"the result of {path}{more} held a secret in another form than its own; now it has its own"

    def waited(self, waiting: Waiting) -> bool:
        """Tell whether a wait is over, once for each time that it was waited out."""
        key = (waiting.path, waiting.reason)
        if self.waits[key] <= 0:
            return False
        self.waits[key] -= 1
        return True


def plan_resume(
    record: Record,
    program: Program,
    config: Mapping[str, Any],
    secrets: Secrets,
    redactor: Redactor,
    programs: Programs,
) -> Resume:
    """Find out how to go on with a run, by today's program and config values. Hold the record's lock meanwhile.

    A failed run goes on at the step that failed, with its first attempt; where that has called a flow, with the run of
    that flow, unless the step would call it with something else today.

    Raises:
        XchangeError: USAGE when the run ended well, INVALID when a finished step would be another today (`compare`).

    """
    _require_open_end(record)
    journal = Journal(record, secrets)
    before = recorded(record.start(secrets()), record.source(), journal, programs, secrets())
    forgotten = _attempts(journal, _failed_step(record, before))
    for path in forgotten:
        journal.forget(path)
    differences = compare(before, program, config, redactor, frozenset(forgotten))
    anew = forgotten if differences.asks_otherwise else ()
    for path in anew:
        journal.forget_call(path)
    return Resume(
        outcomes=Kept(journal.steps, journal.step),
        answers=Kept(journal.answers, journal.answer),
        children=journal.children,
        forgotten=forgotten,
        anew=anew,
        reworded=journal.reworded,
        otherwise=differences.kept,
        is_state_saved=journal.is_state_saved,
        waits=journal.waits,
        finished=journal.finished,
        size=journal.size,
    )


def _require_open_end(record: Record) -> None:
    if record.has_ended_well:
        raise nothing_left(record)


def nothing_left(record: Record) -> XchangeError:
    """Refuse to go on with a run that has ended well with all that it has led to; it may have needed a retry."""
    end = record.end
    ended = "error, but success when it was retried" if end is None or end.status.is_failure else end.status
    hint = "Only a run that failed or was interrupted can be resumed."
    if end is not None and end.stopped_at:
        hint = f"It ended after `{end.stopped_at}`, as --until asked; run the flow anew to go further."
    return XchangeError(
        ErrorCode.USAGE, f"the run {record.run_id} has ended ({ended}): nothing is left to do", hint=hint
    )


def _failed_step(record: Record, before: Recorded) -> str:
    """Give the path of the step that ended the run; empty when none did.

    A process may have been killed between the failure and the note that the run has ended.
    """
    end = record.end
    if end is not None:
        return end.failure_path
    if not before.journal.last_failed:
        return ""
    finished = next((event for event in before.events() if isinstance(event, RunFinished)), None)
    return finished.failure.path if finished and finished.failure else ""


def _attempts(journal: Journal, step_path: str) -> tuple[str, ...]:
    return tuple(path for path in journal.steps if step_path and path.partition("#")[0] == step_path)


def unknown_secret(path: str, name: str) -> XchangeError:
    return XchangeError(
        ErrorCode.INVALID,
        f"the run cannot be resumed: the result of {path} held the secret `{name}`, which no config gives today",
        hint="Give it under that name, or run the flow anew.",
    )
