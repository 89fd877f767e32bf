from typing import Annotated

import typer

from xchange_cli.cli.completion.beside import config_sets_or_all
from xchange_cli.cli.completion.integrations import integrations
from xchange_cli.cli.completion.known import rule_list
from xchange_cli.cli.params import output_option
from xchange_cli.diagnostics import Severity


def validate(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Files, folders, patterns, keys of integrations, or - for standard input; "
            "by default the whole project.",
            show_default=False,
            autocompletion=integrations,
        ),
    ] = None,
    *,
    output: Annotated[str, output_option("validate")] = "text",
    fail_on: Annotated[
        Severity, typer.Option(help="The least severity that makes the command fail (exit code 1).")
    ] = Severity.ERROR,
    config: Annotated[
        str,
        typer.Option(
            metavar="SET|all",
            help="Check each integration with this config set, or with all of its sets.",
            show_default=False,
            autocompletion=config_sets_or_all,
        ),
    ] = "",
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what can be mended without changing what a file means.")
    ] = False,
    unsafe_fixes: Annotated[
        bool,
        typer.Option("--unsafe-fixes", help="With --fix or --diff: make the fixes that are guesses, too."),
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what --fix would change, and change nothing (exit code 1).")
    ] = False,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE,…",
            help="Show only these rules' findings; code-* stands for many.",
            show_default=False,
            autocompletion=rule_list,
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE,…",
            help="Leave these rules' findings out.",
            show_default=False,
            autocompletion=rule_list,
        ),
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Leave out the known findings in this file.", show_default=False),
    ] = None,
    no_baseline: Annotated[
        bool, typer.Option("--no-baseline", help="Show known findings, too, whatever xchange.yaml says.")
    ] = False,
    write_baseline: Annotated[
        str,
        typer.Option(metavar="FILE", help="Write what is found now as known findings.", show_default=False),
    ] = "",
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Count findings by rule instead of showing them.")
    ] = False,
    since: Annotated[
        str,
        typer.Option(
            metavar="REVISION",
            help="Check only what has changed since the common commit with a git revision.",
            show_default=False,
        ),
    ] = "",
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again whenever a file changes, until Ctrl-C.")
    ] = False,
) -> None:
    """Check integration files: YAML, structure, references, components.

    Nothing is sent anywhere and no code is run.

    Examples:

      xchange validate
      xchange validate integrations/acme/integration.yml
      xchange validate acme --fail-on warning
      xchange validate acme --config all
      xchange validate 'integrations/*' --output github
      xchange validate --fix
      xchange validate acme --unsafe-fixes --diff
      xchange validate --select 'unknown-*' --statistics
      xchange validate --write-baseline baseline.json
      xchange validate --since origin/main
      git show HEAD:integration.yml | xchange validate -

    Exit codes:

      0  no finding at or above --fail-on
      1  findings at or above --fail-on, or --diff shows a change
      3  a file cannot be read, or nothing matches
    """
    from xchange_cli.cli.here import here
    from xchange_cli.cli.validating import Wanted, validate_once

    wanted = Wanted(
        paths=tuple(paths or ()),
        output=output,
        fail_on=fail_on,
        config=config,
        fix=fix,
        unsafe_fixes=unsafe_fixes,
        diff=diff,
        select=tuple(select or ()),
        ignore=tuple(ignore or ()),
        baseline=baseline,
        no_baseline=no_baseline,
        write_baseline=write_baseline,
        statistics=statistics,
        since=since,
    )
    if watch:
        from xchange_cli.cli.watching import watch as watch_files

        watch_files(wanted, here())
    raise typer.Exit(validate_once(wanted))
