from typing import Annotated

import typer

from xchange_cli.cli.default_group import default_group
from xchange_cli.cli.params import output_option

rules = typer.Typer(cls=default_group("list"), rich_markup_mode="rich")


@rules.callback()
def _about() -> None:
    """List all rules, or try the project's own on their cases.

    A project grades rules in xchange.yaml, under lint and rules, and has rules of its own in rules/*.yml.

    Examples:

      xchange rules
      xchange rules --output json
      xchange rules check
    """


@rules.command("list")
def list_rules(*, output: Annotated[str, output_option("rules")] = "text") -> None:
    """List all rules with their severities, those of the project, too.

    The word `list` may be left out.

    Examples:

      xchange rules
      xchange rules --output json

    Exit codes:

      0  listed
      3  the project file cannot be read
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.cli.own_rules import own_rules
    from xchange_cli.validation.pages import pages

    formats.write("rules", output, pages(own_rules()), sys.stdout)


@rules.command()
def check(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Files of house rules, or patterns; by default those of the project.",
            show_default=False,
        ),
    ] = None,
    *,
    output: Annotated[str, output_option("checked_rules")] = "text",
) -> None:
    """Try the project's own rules on the cases that they bring along.

    A valid case must be silent, and of an invalid one each finding must be where a comment marks it.

    Examples:

      xchange rules check
      xchange rules check rules/naming.yml
      xchange rules check --output json

    Exit codes:

      0   every case is as it says
      1   a rule cannot be used
      3   a file cannot be read, or there is no house rule
      11  a case fails
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.cli.exits import Exit
    from xchange_cli.cli.here import here
    from xchange_cli.project.find import project_of
    from xchange_cli.validation.house.check import check_rules
    from xchange_cli.validation.project_files import read_project_files

    folder, given = here(), files or ()
    project = project_of(given, folder)
    checked = check_rules(project, given, folder, read_project_files(project, folder).catalog)
    formats.write("checked_rules", output, checked, sys.stdout)
    if checked.has_unreadable:
        raise typer.Exit(Exit.UNREADABLE)
    if checked.has_errors:
        raise typer.Exit(Exit.FINDINGS)
    raise typer.Exit(Exit.TEST_FAILED if checked.failed else Exit.OK)
