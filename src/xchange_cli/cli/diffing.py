"""What `diff` does with its arguments: find the sides, compare them, note approvals, give the result."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.cli.exits import OF_ERROR, Exit
from xchange_cli.cli.here import here
from xchange_cli.diagnostics import Severity
from xchange_cli.errors import ErrorCode, XchangeError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xchange_cli.changes.grade import Grade
    from xchange_cli.diagnostics import Diagnostic
    from xchange_cli.project.project import Project
    from xchange_cli.registry.registry import Registry
    from xchange_cli.release.comparing.approving import Approved
    from xchange_cli.release.comparing.compared import Differences


_SETTINGS = ("integrations", "registry", "publish")


class Wanted(NamedTuple):
    """The arguments and options; texts that are empty ask for nothing."""

    sides: tuple[str, ...] = ()
    key: str = ""
    config: str = ""
    approve: tuple[str, ...] = ()
    because: str = ""
    registry: str = ""


def differences_of(wanted: Wanted) -> "Differences":
    """Compare what is wanted.

    Raises:
        XchangeError: as `pairs_of` and `differing` do.

    """
    from xchange_cli.formats.reading_progress import reading_progress
    from xchange_cli.project.find import project_of
    from xchange_cli.release.comparing.differing import differing
    from xchange_cli.release.comparing.sides import Ground
    from xchange_cli.release.comparing.wish import Wish, pairs_of
    from xchange_cli.validation.project_files import read_project_files

    _require_sense(wanted)
    folder = here()
    project = project_of(wanted.sides, folder)
    ground = Ground.of(project, folder, lambda: _registry(project, wanted, folder), sys.stdin.buffer.read)
    old, new = (*wanted.sides, "", "")[:2]
    pairs = pairs_of(ground, Wish(old, new, wanted.key), lambda: _published(project, wanted, folder))
    files = read_project_files(project, folder)
    _require_settings(files.diagnostics)
    with reading_progress(sys.stderr) as tell:
        found = differing(ground, pairs, files.catalog, wanted.config, tell)
    return found._replace(project=project.root.name, made=f"{datetime.now().astimezone():%Y-%m-%d}")


def approve(differences: "Differences", wanted: Wanted) -> "Approved":
    """Write the approvals that are wanted.

    Raises:
        XchangeError: as `approving.approve` does.

    """
    from xchange_cli.release.actor import actor
    from xchange_cli.release.comparing import approving

    folder = here()
    words = approving.Words(" ".join(wanted.because.split()), actor(folder))
    return approving.approve(differences, wanted.approve, words, folder)


def show(differences: "Differences", approved: "Approved | None", output: str) -> None:
    """Show what differs; as text, of what was approved that alone, and what is still open."""
    from xchange_cli import formats

    if approved is not None and output == "text":
        formats.write("approved", output, approved, sys.stdout)
        return
    if approved is not None:
        from xchange_cli.formats.approved_text import done

        sys.stderr.write(f"{done(approved)}\n")
    formats.write("diff", output, differences, sys.stdout)
    if output == "github":
        from xchange_cli.cli.job_summary import add_to_job_summary
        from xchange_cli.formats.diff_github import job_summary

        add_to_job_summary(lambda: job_summary(differences))


def tell(differences: "Differences", gate: "Grade | None") -> Exit:
    """Say on standard error what readers of the result have to know besides, and give the exit code.

    That is what could not be compared, errors in the new side, approvals that fit no change, and what the gate keeps back.
    """
    from xchange_cli.formats import comparing_talk

    comparing_talk.render(differences, gate, here(), sys.stderr)
    codes = {OF_ERROR[trouble.code] for trouble in differences.troubles}
    if codes:
        special = codes & {Exit.CONFLICT, Exit.NETWORK, Exit.CREDENTIALS}
        return max(special, default=Exit.UNREADABLE)
    return Exit.FINDINGS if gate is not None and any(differences.open_changes(gate)) else Exit.OK


def _require_settings(findings: "Iterable[Diagnostic]") -> None:
    """Refuse a project file that does not say which integrations there are, or where they are published."""
    from xchange_cli.project.project import FILE_NAME

    for found in findings:
        source = found.span.source
        is_setting = any(found.pointer.startswith(f"/{key}") for key in _SETTINGS)
        if Path(source.name).name == FILE_NAME and found.severity is Severity.ERROR and is_setting:
            raise XchangeError(ErrorCode.UNREADABLE, found.message, hint=found.hint, place=found.span.place)


def _require_sense(wanted: Wanted) -> None:
    if len(wanted.sides) > 2:
        message = f"two sides are compared, and there are {len(wanted.sides)}"
        raise XchangeError(ErrorCode.USAGE, message, hint="`xchange diff --help` shows what a side can be.")
    if "" in wanted.sides:
        raise XchangeError(
            ErrorCode.USAGE, "a side is empty", hint="Name a path, a key, a version or a revision."
        )
    if wanted.approve and not wanted.because.strip():
        raise XchangeError(ErrorCode.USAGE, "--approve takes --because", hint="Say why the change is wanted.")
    if wanted.because and not wanted.approve:
        raise XchangeError(
            ErrorCode.USAGE, "--because is of no use without --approve", hint="Name a fingerprint."
        )


def _registry(project: "Project", wanted: Wanted, folder: "Path") -> "Registry":
    from xchange_cli.release.registry_of import registry_of

    return registry_of(project, wanted.registry, folder=folder)


def _published(project: "Project", wanted: Wanted, folder: "Path") -> "Registry | None":
    """Give the registry where it has anything."""
    from xchange_cli.cli.published import asks_registry

    return _registry(project, wanted, folder) if asks_registry(project, wanted.registry, must=True) else None
