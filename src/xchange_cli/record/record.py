"""The record of one run, as it lies in its folder."""

import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.record.blobs import Blobs
from xchange_cli.record.facts import RunEnd, RunStart, end_of, start_of
from xchange_cli.record.lock import is_held
from xchange_cli.record.names import (
    BLOBS,
    BROKEN,
    END,
    INTEGRATION,
    INTERRUPTED,
    LOCK,
    RUNNING,
    SCHEMA,
    START,
)
from xchange_cli.record.values import Decoder
from xchange_cli.source import Source

NO_SECRETS: Mapping[str, str] = {}


class Record:
    """Reads its files when they are asked for; everything raises XchangeError (UNREADABLE) where they are damaged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.run_id = folder.name

    def start(self, secrets: Mapping[str, str] = NO_SECRETS) -> RunStart:
        """Give what the run started from, with the values of secrets (by name) in place of their tags."""
        try:
            return start_of(self.decoder(secrets).decode(self._start_data))
        except (*BROKEN, OSError) as error:
            raise self.damaged(START) from error

    @cached_property
    def _start_data(self) -> Any:
        data = self._json(START)
        if data is None:
            raise self.damaged(START)
        return data

    @property
    def end(self) -> RunEnd | None:
        data = self._json(END)
        if data is None:
            return None
        try:
            return end_of(self.decoder(NO_SECRETS).decode(data))
        except (*BROKEN, OSError) as error:
            raise self.damaged(END) from error

    @property
    def has_ended_well(self) -> bool:
        end = self.end
        return end is not None and not end.status.is_failure

    @property
    def status(self) -> str:
        """Say how the run ended; `running`, or `interrupted` when its process is no more."""
        end = self.end
        if end is not None:
            return end.status.value
        return RUNNING if self.is_running else INTERRUPTED

    @property
    def is_running(self) -> bool:
        return is_held(self.folder / LOCK)

    def source(self) -> Source:
        """Give the text of the integration that ran, with the tags of secrets."""
        path = self.folder / INTEGRATION
        kept = Source.read(path)
        start = self.start()
        return Source(start.file or path.as_posix(), kept.text)

    def decoder(self, secrets: Mapping[str, str]) -> Decoder:
        return Decoder(secrets, Blobs(self.folder / BLOBS).load)

    def damaged(self, where: str) -> XchangeError:
        return XchangeError(
            ErrorCode.UNREADABLE,
            f"the record of the run {self.run_id} is damaged: {where}",
            hint=f"It is kept in {self.folder.as_posix()}.",
        )

    def _json(self, name: str) -> Any:
        """Read a file; None where there is none."""
        path = self.folder / name
        try:
            data = json.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise XchangeError(
                ErrorCode.UNREADABLE, f"{path.as_posix()} cannot be read: {error.strerror}"
            ) from error
        except BROKEN as error:
            raise self.damaged(name) from error
        if not isinstance(data, dict) or data.get("schema") != SCHEMA:
            raise self.damaged(name)
        return data
