"""What `publish` does with its options: read note and key, publish with progress, write the receipt, show the result."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.cli.exits import OF_ERROR, Exit
from xchange_cli.errors import ErrorCode, XchangeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from xchange_cli.changes.grade import Grade
    from xchange_cli.registry.signatures import Signature
    from xchange_cli.release.git.facts_of import GivenFacts
    from xchange_cli.release.publishing.outcome import PublishResult
    from xchange_cli.release.publishing.selection import Meant
    from xchange_cli.release.publishing.wish import PublishWish

_LARGEST_KEY = 64 * 1024
_FINGERPRINT = re.compile(r"[0-9a-f]{12}")


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
    fail_on_change: "Grade | None" = None
    allow_breaking: tuple[str, ...] = ()


def publish_once(options: Options) -> Exit:
    """Publish and show what was done.

    Raises:
        XchangeError: before anything is written.

    """
    from xchange_cli import formats
    from xchange_cli.cli.here import here
    from xchange_cli.cli.publishing_note import asking
    from xchange_cli.formats import publishing_talk
    from xchange_cli.formats.publishing_progress import publishing_progress
    from xchange_cli.project.find import project_of
    from xchange_cli.release.publishing.publish import RegistryPlace, job_of, publish

    folder = here()
    project = project_of(options.meant.keys, folder)
    place = RegistryPlace(options.registry, options.endpoint_url)
    wish = _wish(options, project.root)
    ask = None if wish.note or options.dry_run else asking(options.output)
    job = job_of(project, place, wish, folder)
    with publishing_progress(sys.stderr) as told:
        result = publish(job, options.meant, told, ask)
    if options.receipt and not options.dry_run and (result.versions or _exit_of(result) == Exit.OK):
        result = _with_receipt(options, result, job.registry.url, folder)
    if options.output == "github":
        _summarize(result)
    _raise_alone(result, options.output)
    formats.write("published", options.output, result, sys.stdout)
    sys.stdout.flush()
    if options.output != "json":
        publishing_talk.render(result, sys.stderr)
    return _exit_of(result)


def _wish(options: Options, root: Path) -> "PublishWish":
    from xchange_cli.cli.here import here
    from xchange_cli.cli.publishing_note import given_note
    from xchange_cli.release.actor import actor
    from xchange_cli.release.publishing.wish import PublishWish
    from xchange_cli.release.versions.external_versions import require_external_version
    from xchange_cli.release.versions.receipt import require_writable

    if options.external_version:
        require_external_version(options.external_version)
    if options.receipt:
        require_writable(here() / options.receipt, options.receipt)
    return PublishWish(
        note=given_note(options.note, options.note_file),
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
        fail_on_change=options.fail_on_change,
        allowed=_allowed(options.allow_breaking),
    )


def _allowed(words: tuple[str, ...]) -> frozenset[str]:
    """Read fingerprints, which `xchange diff` shows.

    Raises:
        XchangeError: USAGE.

    """
    from xchange_cli.release.publishing.wish import ALL

    allowed = frozenset(word.strip().lower() for word in words)
    for word in sorted(allowed - {ALL}):
        if _FINGERPRINT.fullmatch(word) is None:
            message = f"{word!r} is no fingerprint of a change"
            hint = f"`xchange diff` shows them: 12 hex digits. `{ALL}` stands for all changes."
            raise XchangeError(ErrorCode.USAGE, message, hint=hint)
    return allowed


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
    from xchange_cli.release.versions.receipt import receipt_of, write_receipt

    try:
        write_receipt(receipt_of(url, result.versions), folder / options.receipt, options.receipt)
    except XchangeError as error:
        return result._replace(trouble=_without_receipt(result, error))
    return result


def _without_receipt(result: "PublishResult", error: XchangeError) -> XchangeError:
    """Say what is published all the same, and what else went wrong."""
    names = [one.reference for one in result.versions]
    state = (
        f"{', '.join(names)} {'is' if len(names) == 1 else 'are'} published"
        if names
        else "nothing is published"
    )
    before = f"{result.trouble.message}; " if result.trouble is not None else ""
    again = " ".join(dict.fromkeys(one.key for one in result.versions))
    hint = (
        f"`xchange publish {again} --receipt FILE` writes it later; what is the same is not published again."
    )
    code = result.trouble.code if result.trouble is not None else error.code
    return XchangeError(
        code, f"{before}{state}, but without a receipt: {error.message}", hint=hint if names else ""
    )


def _summarize(result: "PublishResult") -> None:
    from xchange_cli.cli.job_summary import add_to_job_summary
    from xchange_cli.formats.publishing_summary import job_summary

    add_to_job_summary(lambda: job_summary(result))


def _raise_alone(result: "PublishResult", output: str) -> None:
    """Let what ended the publishing of a single integration end the command, unless findings or changes tell more of it."""
    if len(result.outcomes) != 1 or result.outcomes[0].findings or result.outcomes[0].refused:
        return
    if output == "github":  # it is told beside the line, and in the log
        return
    error = result.outcomes[0].error
    if error is not None:
        if output == "text":
            from xchange_cli.formats import publishing_talk

            publishing_talk.warn(result, sys.stderr)
        raise error


def _exit_of(result: "PublishResult") -> Exit:
    errors = [one.error for one in result.outcomes if one.error is not None]
    if result.trouble is not None:
        errors.append(result.trouble)
    return max((OF_ERROR[error.code] for error in errors), default=Exit.OK)
