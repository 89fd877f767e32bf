from typing import Annotated

import typer

keys = typer.Typer(rich_markup_mode="rich", no_args_is_help=True)


@keys.callback()
def _about() -> None:
    """Make a key to sign versions with.

    A signature proves who published a version, and that nobody changed it since.

    Examples:

      xchange keys new
      xchange keys new -o ~/.ssh/xchange.pem
    """


@keys.command()
def new(
    *,
    file: Annotated[
        str,
        typer.Option(
            "--file",
            "-o",
            metavar="FILE",
            help="Where the private key goes, by default .xchange/signing-key.pem; missing folders are made.",
            show_default=False,
        ),
    ] = "",
) -> None:
    """Make a key: the private half in a file, the public half as a line for xchange.yaml.

    Whoever has the file can sign as you. `xchange publish --sign FILE` signs with it, `xchange verify` asks for it.

    Examples:

      xchange keys new
      xchange keys new -o ~/.ssh/xchange.pem

    Exit codes:

      0  made
      3  the file cannot be written
      6  the file is there already; a key is never overwritten
    """
    import sys

    from xchange_cli.cli.here import here
    from xchange_cli.formats import written_key_text
    from xchange_cli.project.keys import shown
    from xchange_cli.project.local import make_local
    from xchange_cli.project.project import Project
    from xchange_cli.release.versions.keys import FILE_NAME, write_new_key

    folder = here()
    path = folder / file if file else make_local(Project.find(folder)) / FILE_NAME
    key = write_new_key(path, file or shown(path, folder))
    written_key_text.render(key, sys.stdout)
    sys.stdout.flush()
    written_key_text.tell(key, sys.stderr)
