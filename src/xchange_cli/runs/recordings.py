"""How a run reaches the network: live, recorded into a file, answered from it, or not at all."""

import os
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from xchange_cli.engine.world import NoHttp
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.expression.step_names import step_ref
from xchange_cli.project.keys import shown
from xchange_cli.redaction import Redactor, Secret
from xchange_cli.source import Source
from xchange_cli.wire.http import HttpClient

if TYPE_CHECKING:
    from xchange_cli.wire.recordings_file import Exchange

MOST_BYTES = 256 * 1024 * 1024
"""Twice what a recording can grow to."""

_MOST_TOLD = 5
_NOT_IN_NAMES = frozenset("/\\\0")


class HttpMode(StrEnum):
    """What `--http` says."""

    LIVE = "live"
    RECORD = "record"
    REPLAY = "replay"
    DENY = "deny"


def recording_path(name: str, flow_name: str, beside: Path | None, folder: Path) -> Path:
    """Give the file of a recording: `recordings/NAME.json` beside the integration, by default by the flow's name.

    Raises:
        XchangeError: USAGE when the name is a path.

    """
    if name in {".", ".."} or _NOT_IN_NAMES & set(name):
        raise XchangeError(
            ErrorCode.USAGE,
            f"{name!r} is no name of a recording",
            hint="Recordings are files recordings/NAME.json beside the integration.",
        )
    chosen = name.removesuffix(".json") or step_ref(flow_name) or "flow"
    return (beside or folder) / "recordings" / f"{chosen}.json"


def read_recording(path: Path, folder: Path) -> "tuple[Exchange, ...]":
    """Read a recording.

    Raises:
        XchangeError: NOT_FOUND, UNREADABLE, or INVALID with the place or part that is broken.

    """
    from xchange_cli.document.json_text import read_json
    from xchange_cli.wire.recordings_file import BadRecordingError, from_data

    source = _read(path, shown(path, folder))
    data = read_json(source)
    try:
        return from_data(data)
    except BadRecordingError as error:
        hint = error.hint or "Correct it, or record it again with --http record."
        raise XchangeError(ErrorCode.INVALID, f"{source.name}: {error.message}", hint=hint) from error


def _read(path: Path, name: str) -> Source:
    """Recordings may be larger than any file that people write."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise XchangeError(ErrorCode.UNREADABLE, f"{name} is larger than {MOST_BYTES >> 20} MiB")
        return Source(name, data.decode("utf-8-sig"))
    except FileNotFoundError as error:
        hint = "Make it with --http record, or name another one with --recording."
        raise XchangeError(ErrorCode.NOT_FOUND, f"there is no recording {name}", hint=hint) from error
    except UnicodeDecodeError as error:
        raise XchangeError(ErrorCode.UNREADABLE, f"{name} is not UTF-8 text") from error
    except OSError as error:
        raise XchangeError(ErrorCode.UNREADABLE, f"{name} cannot be read: {error.strerror}") from error


def write_recording(path: Path, folder: Path, exchanges: "Iterable[Exchange]") -> None:
    """Write a recording; who reads the file sees the old one or the new one, whole.

    Raises:
        XchangeError: UNREADABLE with the reason that the system gives.

    """
    import json

    from xchange_cli.wire.recordings_file import to_data

    text = json.dumps(to_data(exchanges), ensure_ascii=False, indent=2) + "\n"
    data = text.encode("utf-8", "backslashreplace")  # half a surrogate pair is written as JSON writes it
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            unfinished.write_bytes(data)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        message = f"{shown(path, folder)} cannot be written: {error.strerror}"
        raise XchangeError(ErrorCode.UNREADABLE, message) from error


class HttpPlan:
    """One a run: makes the HTTP client, and says at the end what came of it; `finish` is told whether the run ended well.

    `connects` tells whether the run may open connections.
    """

    def __init__(
        self, mode: HttpMode, make: Callable[[], HttpClient], finish: Callable[[bool], tuple[str, ...]]
    ) -> None:
        self.mode = mode
        self.make = make
        self.finish = finish

    @property
    def connects(self) -> bool:
        return self.mode in {HttpMode.LIVE, HttpMode.RECORD}


def plan_http(
    mode: HttpMode,
    path: Path,
    folder: Path,
    *,
    live: Callable[[], HttpClient],
    redactor: Redactor,
    secrets: Iterable[Secret] = (),
) -> HttpPlan:
    """Prepare for a way to the network; `live` makes a client that makes one hop.

    `finish` of what is returned has to be called when the run is over, however it ended: it writes the recording, and
    gives sentences for the user. Only a run that ended well replaces a recording by its own. It raises XchangeError where
    that cannot be done.

    Raises:
        XchangeError: for a replay whose recording cannot be used.

    """
    name = shown(path, folder)
    match mode:
        case HttpMode.RECORD:
            return _recording(path, folder, live, redactor)
        case HttpMode.REPLAY:
            from xchange_cli.wire.replaying import ReplayingHttp

            replaying = ReplayingHttp(read_recording(path, folder), redactor, name, secrets=secrets)
            return HttpPlan(mode, lambda: replaying, lambda _: _unused(replaying.unused(), name))
        case HttpMode.DENY:
            return HttpPlan(mode, NoHttp, _nothing)
        case HttpMode.LIVE:
            return HttpPlan(mode, live, _nothing)


def _recording(path: Path, folder: Path, live: Callable[[], HttpClient], redactor: Redactor) -> HttpPlan:
    from xchange_cli.wire.recording import RecordingHttp

    made: list[RecordingHttp] = []

    def make() -> HttpClient:
        made.append(RecordingHttp(live(), redactor))
        return made[-1]

    def finish(ended_well: bool) -> tuple[str, ...]:
        exchanges = [exchange for client in made for exchange in client.exchanges()]
        left_out = [sentence for client in made for sentence in client.left_out()]
        name = shown(path, folder)
        if not exchanges and path.exists():
            return (*left_out, f"there was nothing to record, so {name} stays as it was")
        if not ended_well and path.exists():
            return (*left_out, _kept(name))
        write_recording(path, folder, exchanges)
        count = f"{len(exchanges)} exchange{'' if len(exchanges) == 1 else 's'}"
        return (*left_out, f"recorded {count} in {name}")

    return HttpPlan(HttpMode.RECORD, make, finish)


def _kept(name: str) -> str:
    return f"the run did not end well, so {name} stays as it was; remove it to record such a run"


def _nothing(_ended_well: bool) -> tuple[str, ...]:
    return ()


def _unused(requests: tuple[str, ...], name: str) -> tuple[str, ...]:
    if not requests:
        return ()
    told = ", ".join(requests[:_MOST_TOLD])
    others = f" and {len(requests) - _MOST_TOLD} more" if len(requests) > _MOST_TOLD else ""
    return (f"the run did not make these requests of {name}: {told}{others}",)
