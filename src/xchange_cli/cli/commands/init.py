from typing import Annotated

import typer

from xchange_cli.authoring.surroundings import Ci, Editor


def init(
    folder: Annotated[
        str,
        typer.Argument(
            metavar="DIR",
            help="Folder of the project; made where it is missing. By default this one.",
            show_default=False,
        ),
    ] = ".",
    *,
    ci: Annotated[
        list[Ci] | None,
        typer.Option(
            help="Add a workflow that validates, shows what changes, and publishes on merge; may be repeated.",
            show_default=False,
        ),
    ] = None,
    pre_commit: Annotated[
        bool, typer.Option("--pre-commit", help="Add a hook that validates before each commit.")
    ] = False,
    editor: Annotated[
        Editor | None, typer.Option(help="Let this editor check files by their schemas.", show_default=False)
    ] = None,
    git_diff: Annotated[
        bool, typer.Option("--git-diff", help="Let git show changes of integrations by `xchange diff`.")
    ] = False,
    git_merge: Annotated[
        bool, typer.Option("--git-merge", help="Let git merge integrations by flow and step, not by line.")
    ] = False,
    install_from: Annotated[
        str | None,
        typer.Option(
            metavar="REQUIREMENT",
            help="What pip installs in CI; by default what this xchange was installed from.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Begin a project: xchange.yaml, and what git, CI and editors need.

    Nothing is overwritten: a file that is there is left as it is, extended where that is safe, or you are told what
    to add. Done twice it changes nothing more. Workflows and hooks belong to the top of the git repository, also where
    DIR is a folder in it. With --git-diff, `git diff`, `git log -p --ext-diff` and `git show --ext-diff` speak of steps;
    with --git-merge, branches that change different parts of one flow merge without a conflict. Both settings are of your
    clone, the lines in .gitattributes are for all.

    Examples:

      xchange init
      xchange init shop --ci github --pre-commit
      xchange init --ci gitlab --editor vscode
      xchange init --git-diff --git-merge

    Exit codes:

      0  done, also where something is left for you to add
      2  wrong usage
      3  a file cannot be read or written; nothing was changed
      6  a file appeared meanwhile; nothing was changed
    """
    import sys
    from pathlib import Path

    from xchange_cli import formats
    from xchange_cli.authoring.new_project import ProjectWish, begin_project
    from xchange_cli.cli.here import here

    wish = ProjectWish(tuple(ci or ()), pre_commit, editor, install_from, git_diff, git_merge)
    formats.write("init", "text", begin_project(Path(folder), wish, here()), sys.stdout)
