from typing import Annotated

import typer

from xchange_cli.cli.exits import Exit
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
        ),
    ] = None,
    *,
    output: Annotated[str, output_option("validate")] = "text",
    fail_on: Annotated[
        Severity, typer.Option(help="The least severity that makes the command fail (exit code 1).")
    ] = Severity.ERROR,
) -> None:
    """Check integration files: YAML, structure, references, components.

    Nothing is sent anywhere and no code is run.

    Examples:

      xchange validate
      xchange validate integrations/acme/integration.yml
      xchange validate acme --fail-on warning
      xchange validate 'integrations/*' --output github
      git show HEAD:integration.yml | xchange validate -
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.cli.here import here
    from xchange_cli.project.find import project_of
    from xchange_cli.validation.many import validate_many
    from xchange_cli.validation.project_files import find_targets

    folder = here()
    arguments = paths or []
    project = project_of(arguments, folder)
    targets = find_targets(project, arguments, folder)
    stdin = sys.stdin.buffer.read() if any(target.path is None for target in targets) else b""
    result = validate_many(project, targets, folder, fail_on=fail_on, stdin=stdin)
    formats.write("validate", output, result, sys.stdout)
    if result.has_unreadable:
        raise typer.Exit(Exit.UNREADABLE)
    raise typer.Exit(Exit.OK if result.ok else Exit.FINDINGS)
