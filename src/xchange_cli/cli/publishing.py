"""What `publish` does with its options: read note and key, publish with progress, write the receipt, show the result."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.cli.exits import OF_ERROR, Exit
from xchange_cli.errors import ErrorCode, XchangeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from xchange_cli.registry.signatures import Signature
    from xchange_cli.release.git_facts_of import GivenFacts
    from xchange_cli.release.publish_outcome import PublishResult
    from xchange_cli.release.publish_wish import PublishWish
    from xchange_cli.release.selection import Meant

STDIN = "-"
_LARGEST_KEY = 64 * 1024


class Options(NamedTuple):
    """The options as they were typed; texts that are empty ask for nothing."""

    meant: "Meant"
    given: "GivenFacts"
    note: str | None = None
    note_file: str = ""
    registry: str = ""
    endpoint_url: str = ""
    output: str = "text"
    receipt: str = ""
    sign: str = ""
    external_version: str = ""
    dry_run: bool = False
    allow_dirty: bool = False
    any_branch: bool = False
    unavailable: bool = False
    commit: bool = False
    push: bool = False


def publish_once(options: Options) -> Exit:
    """Publish and show what was done.

    Raises:
        XchangeError: before anything is written.

    """
    from xchange_cli import formats
    from xchange_cli.cli.here import here
    from xchange_cli.formats import publishing_talk
    from xchange_cli.formats.publishing_progress import publishing_progress
    from xchange_cli.project.find import project_of
    from xchange_cli.release.publish import RegistryPlace, job_of, publish

    folder = here()
    project = project_of(options.meant.keys, folder)
    place = RegistryPlace(options.registry, options.endpoint_url)
    job = job_of(project, place, _wish(options, project.root), folder)
    with publishing_progress(sys.stderr) as told:
        result = publish(job, options.meant, told)
    if options.receipt and not options.dry_run:
        result = _with_receipt(options, result, job.registry.url, folder)
    _raise_alone(result)
    formats.write("published", options.output, result, sys.stdout)
    sys.stdout.flush()
    if options.output == "text":
        publishing_talk.render(result, sys.stderr)
    return _exit_of(result)


def _wish(options: Options, root: Path) -> "PublishWish":
    from xchange_cli.cli.here import here
    from xchange_cli.release.actor import actor
    from xchange_cli.release.publish_one import require_external_version
    from xchange_cli.release.publish_wish import PublishWish
    from xchange_cli.release.receipt import require_writable

    if options.external_version:
        require_external_version(options.external_version)
    if options.receipt:
        require_writable(here() / options.receipt, options.receipt)
    return PublishWish(
        note=_note(options),
        author=actor(root),
        external_version=options.external_version,
        is_available=not options.unavailable,
        allows_dirty=options.allow_dirty,
        allows_any_branch=options.any_branch,
        is_dry_run=options.dry_run,
        commits=options.commit or options.push,
        pushes=options.push,
        sign=_signer(options.sign) if options.sign else None,
        given=options.given,
    )


def _note(options: Options) -> str:
    """Give the note; on a terminal somebody can be asked for it.

    Raises:
        XchangeError: USAGE when there is none, or when it holds a secret; what reading its file raises.

    """
    from xchange_cli.release.no_secrets import require_no_secret

    if options.note is not None and options.note_file:
        raise XchangeError(
            ErrorCode.USAGE, "--note and --note-file exclude each other", hint="Leave one out."
        )
    text = _read_note(options.note_file) if options.note_file else options.note or ""
    note = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not note and not options.dry_run:
        note = _asked_note(options)
    require_no_secret("the note", note)
    return note


def _asked_note(options: Options) -> str:
    from xchange_cli.cli.new_wizard import may_ask

    if options.output != "text" or not may_ask():
        raise XchangeError(
            ErrorCode.USAGE,
            "a version needs a note",
            hint="Say what has changed: --note TEXT, or --note-file FILE.",
        )
    while True:
        note = _typed_note().strip()
        if note:
            return note


def _typed_note() -> str:
    import typer
    from rich.console import Console
    from rich.prompt import Prompt

    try:
        return Prompt.ask("What has changed", console=Console(stderr=True, highlight=False))
    except EOFError as error:
        raise typer.Abort from error


def _read_note(name: str) -> str:
    from xchange_cli.cli.here import here
    from xchange_cli.source import Source

    if name == STDIN:
        return Source.decode("<stdin>", sys.stdin.buffer.read()).text
    return Source.read(here() / name, name, is_named=True).text


def _signer(name: str) -> "Callable[[bytes], Signature]":
    from xchange_cli.cli.here import here
    from xchange_cli.registry.signatures import signer

    path = here() / name
    try:
        with path.open("rb") as file:
            pem = file.read(_LARGEST_KEY)
    except FileNotFoundError as error:
        hint = "`xchange keys new` makes one."
        raise XchangeError(ErrorCode.NOT_FOUND, f"the key file {name} does not exist", hint=hint) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise XchangeError(ErrorCode.UNREADABLE, f"the key file {name} cannot be read: {reason}") from error
    return signer(pem)


def _with_receipt(options: Options, result: "PublishResult", url: str, folder: Path) -> "PublishResult":
    from xchange_cli.release.receipt import receipt_of, write_receipt

    try:
        write_receipt(receipt_of(url, result.versions), folder / options.receipt, options.receipt)
    except XchangeError as error:
        return result._replace(trouble=result.trouble or error)
    return result


def _raise_alone(result: "PublishResult") -> None:
    """Let what ended the publishing of a single integration end the command, unless findings tell more of it."""
    if len(result.outcomes) != 1 or result.outcomes[0].findings:
        return
    error = result.outcomes[0].error
    if error is not None:
        raise error


def _exit_of(result: "PublishResult") -> Exit:
    errors = [one.error for one in result.outcomes if one.error is not None]
    if result.trouble is not None:
        errors.append(result.trouble)
    return max((OF_ERROR[error.code] for error in errors), default=Exit.OK)
