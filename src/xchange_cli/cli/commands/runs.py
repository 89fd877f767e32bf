from typing import Annotated

import typer

from xchange_cli.cli.completion import records
from xchange_cli.cli.completion.integrations import integrations
from xchange_cli.cli.completion.parts import flows
from xchange_cli.cli.default_group import default_group
from xchange_cli.cli.params import output_option

STATUSES = ("success", "no_changes", "error", "timeout", "running", "interrupted", "unreadable")

runs = typer.Typer(cls=default_group("list"), rich_markup_mode="rich")


def _known_statuses(given: list[str] | None) -> list[str]:
    statuses = given or []
    for status in statuses:
        if status not in STATUSES:
            raise typer.BadParameter(f"{status!r} is not one of {', '.join(STATUSES)}")
    return statuses


_RUN = typer.Argument(
    metavar="RUN",
    help="Its id, a beginning or an end of it, or last.",
    show_default=False,
    autocompletion=records.runs,
)
_STATUS = typer.Option(
    help=f"Only runs of this status: {', '.join(STATUSES)}. May be repeated.",
    metavar="STATUS",
    callback=_known_statuses,
    autocompletion=lambda: list(STATUSES),
)


@runs.callback()
def _about() -> None:
    """List the runs of this machine, look at one again, remove old ones.

    Every run is recorded in .xchange/runs, without secrets.

    Examples:

      xchange runs
      xchange runs show last
      xchange runs show last httpPost
      xchange runs prune --keep 20
    """


@runs.command("list")
def list_runs(
    key: Annotated[
        str,
        typer.Argument(
            metavar="KEY",
            help="Only runs of this integration.",
            show_default=False,
            autocompletion=integrations,
        ),
    ] = "",
    *,
    flow: Annotated[
        str, typer.Option(help="Only runs of this flow.", metavar="NAME", autocompletion=flows)
    ] = "",
    status: Annotated[list[str] | None, _STATUS] = None,
    limit: Annotated[
        int, typer.Option(help="So many runs at most, without those that they led to; 0 for all.", min=0)
    ] = 20,
    output: Annotated[str, output_option("runs")] = "text",
) -> None:
    """List runs, the newest first.

    Runs that another run led to stand below it.

    Examples:

      xchange runs
      xchange runs acme --status error --status timeout
      xchange runs list --flow 'Receive Order' --limit 5 --output json

    Exit codes:

      0  listed, even if there is none
      3  the project cannot be read
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.cli.here import here
    from xchange_cli.project.project import Project
    from xchange_cli.record.folder import runs_folder
    from xchange_cli.record.listing import Wanted, entries, listing

    folder = runs_folder(Project.find(here()))
    wanted = Wanted(frozenset(status or ()), key, flow, limit)
    formats.write("runs", output, listing(entries(folder), wanted), sys.stdout)


@runs.command()
def show(
    run: Annotated[str, _RUN],
    step: Annotated[
        str,
        typer.Argument(
            metavar="STEP",
            help="One step: its key, its name, or a path such as loop[2]/post.",
            show_default=False,
        ),
    ] = "",
    *,
    output: Annotated[str, output_option("recorded")] = "text",
) -> None:
    """Show a run again, or one step of it with its inputs.

    Inputs are not recorded: they are worked out from the integration and the results as they were.

    Examples:

      xchange runs show last
      xchange runs show 7PDW4K2M
      xchange runs show last 'eachLine[2]/post'
      xchange runs show last post --output json

    Exit codes:

      0  shown, however the run ended
      3  there is no such run or step, or its record is damaged
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.cli.here import here
    from xchange_cli.project.project import Project
    from xchange_cli.record.folder import runs_folder
    from xchange_cli.record.look import look, look_at_step
    from xchange_cli.validation.project_files import read_project_files

    folder = here()
    project = Project.find(folder)
    found = look(runs_folder(project), run, read_project_files(project, folder).catalog)
    if step:
        formats.write("replayed", output, look_at_step(found, step), sys.stdout)
    else:
        formats.write("recorded", output, found, sys.stdout)


@runs.command()
def prune(
    *,
    older_than: Annotated[
        str,
        typer.Option(
            help="Remove runs that are older: 45m, 12h, 30d, 2w.", metavar="AGE", show_default=False
        ),
    ] = "",
    keep: Annotated[
        int | None, typer.Option(help="Keep so many of the newest runs.", min=0, show_default=False)
    ] = None,
    status: Annotated[list[str] | None, _STATUS] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be removed.")] = False,
    output: Annotated[str, output_option("pruned")] = "text",
) -> None:
    """Remove old runs.

    Without --older-than and --keep: those that are older than 30 days and not
    among the newest 100. With both: those that are older and not among so many.

    A run goes together with those that it led to, and never while one of them
    is running.

    Examples:

      xchange runs prune
      xchange runs prune --older-than 7d --status success
      xchange runs prune --keep 0 --dry-run

    Exit codes:

      0  removed, or nothing to remove
      3  a run cannot be removed
    """
    import sys
    from datetime import UTC, datetime

    from xchange_cli import formats
    from xchange_cli.cli.here import here
    from xchange_cli.project.project import Project
    from xchange_cli.record.folder import runs_folder
    from xchange_cli.record.listing import entries
    from xchange_cli.record.prune import Limits, age_of
    from xchange_cli.record.prune import prune as remove

    folder = runs_folder(Project.find(here()))
    limits = Limits(age_of(older_than) if older_than else None, keep, frozenset(status or ()))
    pruned = remove(folder, entries(folder), limits, datetime.now(UTC), is_dry_run=dry_run)
    formats.write("pruned", output, pruned, sys.stdout)
