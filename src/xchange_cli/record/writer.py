"""Writes the record of a run while it goes on; what was written survives whatever ends the process."""

import json
import os
import shutil
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from xchange_cli.engine.events import Done, Outcome, RunFinished, StepCall
from xchange_cli.errors import XchangeError
from xchange_cli.model.integration import Integration
from xchange_cli.record.blobs import Blobs
from xchange_cli.record.facts import RunStart, end_fields, iso, start_fields
from xchange_cli.record.files import (
    PRIVATE_FOLDER,
    not_written,
    open_to_append,
    write_all,
    write_atomically,
)
from xchange_cli.record.halves import beginning
from xchange_cli.record.lines import Lines
from xchange_cli.record.lock import RecordLock, hold, in_use
from xchange_cli.record.names import BLOBS, END, INTEGRATION, JOURNAL, SCHEMA, START
from xchange_cli.record.outcomes import outcome_fields
from xchange_cli.record.record import Record
from xchange_cli.record.source_text import stored_text
from xchange_cli.record.values import to_bytes
from xchange_cli.redaction import Redactor

if TYPE_CHECKING:
    from xchange_cli.record.resume import Resume


class RecordWriter:
    """Holds the lock of the record until `end` or `close`. One line an event, each written at once.

    Every method raises XchangeError (UNREADABLE) when the system refuses to write, and INVALID for values that no
    run should have. What was written before stays readable.
    """

    def __init__(self, folder: Path, redactor: Redactor, lock: RecordLock, steps: int = 0) -> None:
        self.folder = folder
        self._lines = Lines(redactor, Blobs(folder / BLOBS))
        self._lock = lock
        self._steps = steps
        self._path = folder / JOURNAL
        try:
            self._journal = open_to_append(self._path)
        except OSError as error:
            lock.release()
            raise not_written(self._path, error) from error

    @classmethod
    def create(cls, runs: Path, start: RunStart, integration: Integration, redactor: Redactor) -> Self:
        """Begin a record in the folder of all runs; `redactor` must know the secrets of the file already.

        The folder gets its name when all is in it that the run starts from: there are no records that have half begun.
        """
        folder = runs / start.run_id
        beside = beginning(runs, start.run_id)
        try:
            runs.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            beside.mkdir(mode=PRIVATE_FOLDER)
            _write_start(beside, start, integration, redactor)
            beside.rename(folder)
        except OSError as error:
            shutil.rmtree(beside, ignore_errors=True)
            raise (in_use(start.run_id) if folder.exists() else not_written(folder, error)) from error
        except XchangeError:
            shutil.rmtree(beside, ignore_errors=True)
            raise
        return cls(folder, redactor, hold(folder))

    @classmethod
    def reopen(
        cls, record: Record, resume: "Resume", at: datetime, redactor: Redactor, lock: RecordLock
    ) -> Self:
        """Go on with a record; `at` is the time. The lock must have been held since before the resume was planned.

        Raises:
            XchangeError: UNREADABLE.

        """
        writer = cls(record.folder, redactor, lock, resume.finished)
        try:
            writer._go_on(record, resume, at)
        except XchangeError:
            writer.close()
            raise
        return writer

    def _go_on(self, record: Record, resume: "Resume", at: datetime) -> None:
        """Cut off a torn last line, without which the next one would be lost."""
        try:
            os.ftruncate(self._journal, resume.size)
        except OSError as error:
            raise not_written(self._path, error) from error
        end = record.end
        after = f',"after":"{end.status}"' if end else ""
        anew = {"anew": list(resume.anew)} if resume.anew else {}
        self._append(
            f'"e":"resumed","at":{json.dumps(iso(at))}{after}', {"forget": list(resume.forgotten), **anew}
        )
        (self.folder / END).unlink(missing_ok=True)

    def step(self, call: StepCall, outcome: Outcome, milliseconds: float) -> None:
        """Note the outcome of a call."""
        is_done = isinstance(outcome, Done)
        head = f'"e":"step","ok":{"true" if is_done else "false"},"attempt":{call.attempt},"ms":{milliseconds:.3f}'
        self._append(head, {"path": call.path, "ref": call.ref, **outcome_fields(outcome)})
        self._steps += is_done

    def calling(self, path: str, run_id: str, flow: str) -> None:
        """Note that another flow is about to be started, as the run `run_id`."""
        self._append('"e":"call"', {"path": path, "run": run_id, "flow": flow})

    def called(self, path: str, outcome: Outcome) -> None:
        """Note what another flow has answered."""
        self._append('"e":"called"', {"path": path, "outcome": outcome_fields(outcome)})

    def waited(self, path: str, seconds: float, reason: str) -> None:
        """Note that a wait is over."""
        self._append('"e":"wait"', {"path": path, "seconds": seconds, "reason": reason})

    def state_saved(self) -> None:
        """Note that what the run keeps is kept."""
        self._append('"e":"state-saved"', {})

    def end(self, finished: RunFinished, ended_at: datetime, seconds: float) -> None:
        """Note how the run ended, and close."""
        try:
            fields = end_fields(finished, ended_at, seconds, self._steps)
            self._write_file(END, fields)
        finally:
            self.close()

    def close(self) -> None:
        """Let go of the record. Without an end before, the run counts as interrupted."""
        if self._journal >= 0:
            os.close(self._journal)
            self._journal = -1
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, place: TracebackType | None
    ) -> None:
        self.close()

    def _append(self, head: str, fields: dict[str, Any]) -> None:
        line = to_bytes(self._lines.write(head, fields) + "\n")
        try:
            write_all(self._journal, line)
        except OSError as error:
            raise not_written(self._path, error) from error

    def _write_file(self, name: str, fields: dict[str, Any]) -> None:
        _write(self.folder / name, fields, self._lines)


def _write_start(folder: Path, start: RunStart, integration: Integration, redactor: Redactor) -> None:
    write_atomically(folder / INTEGRATION, to_bytes(stored_text(integration, redactor)))
    _write(folder / START, start_fields(start), Lines(redactor, Blobs(folder / BLOBS)))


def _write(path: Path, fields: dict[str, Any], lines: Lines) -> None:
    write_atomically(path, to_bytes(lines.write(f'"schema":"{SCHEMA}"', fields) + "\n"))
