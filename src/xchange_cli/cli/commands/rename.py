from typing import TYPE_CHECKING, Annotated

import typer

from xchange_cli.cli.completion.integrations import integrations
from xchange_cli.cli.completion.parts import flows, renamable
from xchange_cli.cli.params import output_option
from xchange_cli.renaming.kind import Kind

if TYPE_CHECKING:
    from xchange_cli.renaming.result import Renamed


def rename(
    key: Annotated[
        str,
        typer.Argument(
            metavar="KEY",
            help="The integration: its key, its folder or its file.",
            autocompletion=integrations,
        ),
    ],
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help="What is renamed.")],
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            help="Its name now; of flows and steps, the normalised name, too.",
            autocompletion=renamable,
        ),
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The name that it gets.")],
    *,
    in_flow: Annotated[
        str,
        typer.Option(
            metavar="FLOW",
            help="The flow of the step, where several have such a step.",
            show_default=False,
            autocompletion=flows,
        ),
    ] = "",
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change, and change nothing.")] = False,
    output: Annotated[str, output_option("renamed")] = "text",
) -> None:
    """Rename a flow, a step or a config variable, wherever it is named.

    Its references follow: in inputs, templates, conditions and code, in flow tests and config sets. All files change,
    or none. What may be meant, without being certain, is listed and left as it is.

    Examples:

      xchange rename order-intake step 'Sum Up' 'Add Up'
      xchange rename order-intake config-var Currency 'Price Currency' --diff
      xchange rename order-intake flow 'Receive Order' 'Take Order'
      xchange rename . step getItem 'Get Article' --in-flow 'Nightly Sync'

    Exit codes:

      0  renamed, also where places are listed that were left; or the name is the new one already
      1  the file is no YAML, or two things have the old name; nothing was changed
      2  the new name cannot be one, or steps of several flows are meant
      3  there is no such integration, or nothing in it has the old name
      6  the new name is taken, or something would come to mean something else; nothing was changed
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.cli.here import here
    from xchange_cli.formats import findings_text
    from xchange_cli.project.find import project_of
    from xchange_cli.project.integration_file import open_integration
    from xchange_cli.renaming.rename import rename as rename_in
    from xchange_cli.renaming.rename import write
    from xchange_cli.renaming.subject import Request

    folder = here()
    project = project_of([key], folder)
    file = open_integration(project, key, folder)
    found = rename_in(project, file, Request(kind, old, new, in_flow), folder)
    if diff and output == "text":
        _show_diff(found)
        return
    done = found if diff or not found.files else write(found)
    formats.write("renamed", output, done, sys.stdout)
    sys.stdout.flush()
    findings_text.render(done.findings, sys.stderr)


def _show_diff(found: "Renamed") -> None:
    """Write a diff to stdout, and what is left as it is to stderr: so the diff can be piped on."""
    import sys

    from xchange_cli.formats import fixes_diff, renamed_text
    from xchange_cli.source import Source
    from xchange_cli.validation.result import FileFix

    shown = ((file.path, Source(file.source.name, file.shown[0]), file.shown[1]) for file in found.files)
    fixes_diff.render((FileFix(path, before, after, ()) for path, before, after in shown), sys.stdout)
    sys.stdout.flush()
    renamed_text.render(found, sys.stderr)
