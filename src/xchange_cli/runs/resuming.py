"""A run that goes on: what its record says in place of the words of a command line."""

from pathlib import Path

from xchange_cli.engine.events import Cause
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.looking import is_file
from xchange_cli.project.project import Project
from xchange_cli.project.targets import Target
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
        XchangeError: NOT_FOUND, or USAGE where more options say what the run starts from.

    """
    for name, given in (
        ("--flow", request.flow),
        ("--payload", request.payload),
        ("--until", request.until),
        ("--trigger", request.trigger),
        ("--deploy", request.deploys),
        ("--remove", request.removes),
        ("--no-record", not request.is_recorded),
    ):
        if given:
            raise XchangeError(ErrorCode.USAGE, f"--resume and {name} do not go together", hint=_INSTEAD)
    return find_record(runs_folder(project), request.resume)


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
    """Give the file that was run.

    Raises:
        XchangeError: NOT_FOUND when it came from standard input, which nobody can read again.

    """
    start = record.start()
    if start.file == "<stdin>":
        raise XchangeError(
            ErrorCode.NOT_FOUND, "the run was of an integration on standard input, which cannot be resumed"
        )
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
    variables = (text for text in kept.get("variables", ()) if TAG_START not in text)
    return request._replace(
        flow="" if is_lifecycle else start.flow,
        config=request.config or _named_in(folder, kept.get("config", "")),
        variables=(*variables, *request.variables),
        mocks=(*(_mock_named_in(folder, text) for text in kept.get("mocks", ())), *request.mocks),
        until=start.until,
        waits=request.waits and start.waits,
        timeout=request.timeout if request.timeout is not None else start.timeout,
        allow_writes=(*kept.get("allowWrites", ()), *request.allow_writes),
        http=request.http if request.http != "live" else _as_before(kept.get("http", "live")),
        recording=request.recording or kept.get("recording", ""),
        javascript=request.javascript if request.javascript != "auto" else kept.get("javascript", "auto"),
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


def _mock_named_in(folder: str, text: str) -> str:
    name, separator, value = text.partition("=")
    return f"{name}{separator}{_named_in(folder, value)}"
