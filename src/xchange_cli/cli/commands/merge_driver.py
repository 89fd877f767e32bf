from typing import Annotated

import typer

_SIZE = 7
_BASE = typer.Argument(metavar="[BASE-LABEL]", help="What marks call the first: %S.", show_default=False)
_OURS = typer.Argument(metavar="[OUR-LABEL]", help="What marks call our side: %X.", show_default=False)
_THEIRS = typer.Argument(metavar="[THEIR-LABEL]", help="What marks call theirs: %Y.", show_default=False)


def merge_driver(
    base: Annotated[str, typer.Argument(metavar="BASE", help="The file that both sides come from: %O.")],
    ours: Annotated[str, typer.Argument(metavar="OURS", help="Our version, which the result replaces: %A.")],
    theirs: Annotated[str, typer.Argument(metavar="THEIRS", help="Their version: %B.")],
    marker_size: Annotated[
        int, typer.Argument(metavar="[MARKER-SIZE]", help="How long marks of conflicts are: %L.", min=1)
    ] = _SIZE,
    path: Annotated[
        str, typer.Argument(metavar="[PATH]", help="The name of the file: %P.", show_default=False)
    ] = "",
    base_label: Annotated[str, _BASE] = "",
    our_label: Annotated[str, _OURS] = "",
    their_label: Annotated[str, _THEIRS] = "",
) -> None:
    """Merge an integration for git, by its flows, steps, config variables, pages and inputs.

    `xchange init --git-merge` lets git call it in merges, rebases and cherry-picks. Two branches that add different steps
    to one flow merge without a conflict. A file that is no integration is merged by lines, as git does it.

    Examples:

      xchange merge-driver base.yml ours.yml theirs.yml
      xchange merge-driver -- base.yml ours.yml theirs.yml 7 integration.yml

    Exit codes:

      0  merged
      1  merged, with conflicts between marks
      2  wrong usage; git takes it for a conflict
      3  a file cannot be read or written; git takes it for a conflict
    """
    import sys

    from xchange_cli.cli.catalog_for_git import catalog_for_git
    from xchange_cli.cli.exits import Exit
    from xchange_cli.cli.here import here
    from xchange_cli.formats import git_merge_text
    from xchange_cli.merging.merge import LABELS
    from xchange_cli.release.upstream.git_merge import MergeWish, merge_for_git

    folder = here()
    given = zip((our_label, base_label, their_label), LABELS, strict=True)
    our_name, base_name, their_name = (
        usual if label[:1] in {"", "%"} else label
        for label, usual in given  # older git does not know %S, %X and %Y
    )
    wish = MergeWish(
        folder / base,
        folder / ours,
        folder / theirs,
        path or ours,
        marker_size,
        (our_name, base_name, their_name),
    )
    merged = merge_for_git(wish, lambda: catalog_for_git(folder))
    git_merge_text.render(merged, sys.stderr)
    if merged.has_conflicts:
        raise typer.Exit(Exit.FINDINGS)
