from enum import StrEnum
from typing import Annotated

import typer

from xchange_cli.cli.completion.beside import config_sets_or_all
from xchange_cli.cli.completion.integrations import integrations
from xchange_cli.cli.completion.versions import versions
from xchange_cli.cli.params import output_option
from xchange_cli.cli.registry_option import REGISTRY


class FailOn(StrEnum):
    BREAKING = "breaking"
    RISKY = "risky"


def diff(
    sides: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[OLD] [NEW]",
            help="Each a file, a folder, - for standard input, KEY, KEY@3, KEY@latest, REVISION:PATH, or a whole project: "
            "its folder or a git revision. By default what was published last, and the working tree.",
            show_default=False,
            autocompletion=versions,
        ),
    ] = None,
    *,
    key: Annotated[
        str,
        typer.Option(
            metavar="KEY", help="This integration alone.", show_default=False, autocompletion=integrations
        ),
    ] = "",
    config: Annotated[
        str,
        typer.Option(
            metavar="SET|all",
            help="Say whether this config set, or each one, breaks or needs a value.",
            show_default=False,
            autocompletion=config_sets_or_all,
        ),
    ] = "",
    fail_on_change: Annotated[
        FailOn | None,
        typer.Option(help="The least grade that makes the command fail (exit code 1).", show_default=False),
    ] = None,
    approve: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FINGERPRINT",
            help="Note in approvals.yml that this change is wanted; takes --because. May be repeated.",
            show_default=False,
        ),
    ] = None,
    because: Annotated[
        str, typer.Option(metavar="TEXT", help="Why it is approved.", show_default=False)
    ] = "",
    registry: Annotated[str, REGISTRY] = "",
    git_driver: Annotated[
        bool,
        typer.Option(
            "--git-driver",
            help="Take the arguments that git gives an external diff; `xchange init --git-diff` sets it up.",
        ),
    ] = False,
    output: Annotated[str, output_option("diff")] = "text",
) -> None:
    """Show what differs in meaning between two versions of an integration, or of a whole project.

    Formatting, comments and the order of keys never show. Each change is graded for those who have the integration
    deployed: breaking, risky or safe. With one argument, that is compared with the working copy; without any, each
    integration is compared with its newest version or, where it has none, with the main branch.

    Examples:

      xchange diff
      xchange diff order-intake@3 --fail-on-change breaking
      xchange diff main --key order-intake --config all
      xchange diff HEAD~1:order-intake order-intake --output json
      xchange diff --approve 3fa1c07b52de --because "the shop was told"
      git show HEAD:flow.yml | xchange diff - flow.yml

    Exit codes:

      0  compared, and no change is as bad as --fail-on-change
      1  changes of that grade that nobody approved
      2  sides that do not go together, or options that do not
      3  a side is not there or is broken, or no change has the fingerprint
      4  the registry refuses the credentials
      5  the registry cannot be reached
      6  a file has the marks of a merge that is not finished
    """
    from xchange_cli.changes.grade import Grade
    from xchange_cli.cli.diffing import Wanted, differences_of, show, tell
    from xchange_cli.cli.diffing import approve as approve_wanted
    from xchange_cli.cli.exits import Exit

    if git_driver:
        from xchange_cli.cli.git_driver import show_for_git

        show_for_git(tuple(sides or ()))
        return
    wanted = Wanted(tuple(sides or ()), key, config, tuple(approve or ()), because, registry)
    found = differences_of(wanted)
    approved = approve_wanted(found, wanted) if approve else None
    found = approved.differences if approved is not None else found
    show(found, approved, output)
    ended = tell(found, Grade[fail_on_change.name] if fail_on_change is not None else None)
    if ended is not Exit.OK:
        raise typer.Exit(ended)
