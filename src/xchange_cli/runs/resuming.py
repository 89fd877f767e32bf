"""A run that goes on: what its record says in place of the words of a command line."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from xchange_cli.engine.events import Cause
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.looking import is_file
from xchange_cli.project.project import Project
from xchange_cli.project.targets import Target
from xchange_cli.record.facts import why_final
from xchange_cli.record.find import existing_record, find_record
from xchange_cli.record.folder import runs_folder
from xchange_cli.record.names import FAILURES, INTERRUPTED
from xchange_cli.record.record import Record
from xchange_cli.redaction import TAG_START
from xchange_cli.runs.request import RunRequest

_INSTEAD = "A resumed run starts as it did before; leave this out."


def record_of(project: Project, request: RunRequest) -> Record:
    """Find the record that a command names.

    Raises:
        XchangeError: NOT_FOUND, or USAGE where more options say what the run starts from, or where its answers come from
            a recording: nobody knows how far into it the run had come.

    """
    for name, given in (
        ("--flow", request.flow),
        ("--payload", request.payload),
        ("--until", request.until),
        ("--trigger", request.trigger),
        ("--deploy", request.deploys),
        ("--remove", request.removes),
        ("--no-record", not request.is_recorded),
        ("--http replay", request.http == "replay"),
    ):
        if given:
            raise XchangeError(ErrorCode.USAGE, f"--resume and {name} do not go together", hint=_INSTEAD)
    record = find_record(runs_folder(project), request.resume)
    start = record.start()
    reason = why_final(start.file, start.more)
    if reason:
        raise XchangeError(ErrorCode.USAGE, reason, hint="Run it again.")
    return record


def about_leader(record: Record) -> tuple[str, ...]:
    """Say what else is to be gone on with when a run goes on that another one has led to."""
    start = record.start()
    leader = existing_record(record.folder.parent, start.parent)
    is_one_of_several = start.cause in {Cause.DEPLOY, Cause.REMOVE}
    if leader is None or not (is_one_of_several or leader.status in {*FAILURES, INTERRUPTED}):
        return ()
    return (
        f"only this run goes on; `xchange run --resume {start.parent}` goes on with the one that led to it, too",
    )


def target_of(record: Record, project: Project) -> Target:
    """Give the file that was run."""
    start = record.start()
    path = Path(str(start.more.get("path", start.file)))
    return Target(start.file, start.integration_key, project.root / path)


def request_of(record: Record, request: RunRequest) -> RunRequest:
    """Fill in what the record knows; what the command line says for itself wins.

    A config variable whose value was a secret has to be given again: the record has only the name of it.
    """
    start = record.start()
    kept = start.more
    is_first = not start.parent
    is_lifecycle = is_first and (kept.get("deploys") or kept.get("removes"))
    folder = kept.get("folder", "")
    mocks, kept_mocks = _mocks(kept.get("mocks", ()), folder)
    return request._replace(
        flow="" if is_lifecycle else start.flow,
        config=request.config or _named_in(folder, kept.get("config", "")),
        variables=(*_variables(kept.get("variables", ())), *request.variables),
        mocks=(*mocks, *request.mocks),
        kept_mocks=kept_mocks,
        until=start.until,
        waits=request.waits and start.waits,
        timeout=request.timeout if request.timeout is not None else start.timeout,
        allow_writes=(*kept.get("allowWrites", ()), *request.allow_writes),
        http=request.http or _as_before(kept.get("http", "")),
        recording=request.recording or kept.get("recording", ""),
        javascript=request.javascript or kept.get("javascript", ""),
        retries=request.retries or bool(kept.get("retries")),
        trigger=kept.get("trigger", "") if is_first else "",
        at=kept.get("at", "") if is_first else "",
        deploys=is_first and bool(kept.get("deploys")),
        removes=is_first and bool(kept.get("removes")),
        is_routed=is_first and bool(kept.get("isRouted")),
    )


def _as_before(http: str) -> str:
    """Record no more: the recording of the first part would give way to one of the rest."""
    return "live" if http == "record" else http


def _named_in(folder: str, name: str) -> str:
    """Give the path of a file that a command in another folder has named; other words stay."""
    path = Path(folder) / name
    return str(path) if folder and name and is_file(path) else name


def _variables(kept: Mapping[str, str] | Sequence[str]) -> Iterator[str]:
    """Yield those that were no secrets; older records have the words of the command line."""
    texts = (f"{key}={value}" for key, value in kept.items()) if isinstance(kept, Mapping) else kept
    return (text for text in texts if TAG_START not in text)


def _mocks(kept: Any, folder: str) -> tuple[tuple[str, ...], Mapping[str, Any]]:
    """Give the words of a command line, as older records have them, and results by flow name and step key."""
    if isinstance(kept, Mapping):
        return (), kept
    return tuple(_mock_named_in(folder, text) for text in kept), {}


def _mock_named_in(folder: str, text: str) -> str:
    name, separator, value = text.partition("=")
    return f"{name}{separator}{_named_in(folder, value)}"
