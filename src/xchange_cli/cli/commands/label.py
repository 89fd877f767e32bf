from typing import Annotated

import typer

from xchange_cli.cli.completion.versions import versions
from xchange_cli.cli.params import output_option
from xchange_cli.cli.registry_option import ENDPOINT, REGISTRY


def label(
    version: Annotated[
        str,
        typer.Argument(
            metavar="KEY@N",
            help="A published version, such as order-intake@1.",
            show_default=False,
            autocompletion=versions,
        ),
    ],
    *,
    add: Annotated[
        list[str] | None,
        typer.Option(metavar="LABEL", help="Add a label; may be repeated.", show_default=False),
    ] = None,
    remove: Annotated[
        list[str] | None,
        typer.Option(metavar="LABEL", help="Remove a label; may be repeated.", show_default=False),
    ] = None,
    registry: Annotated[str, REGISTRY] = "",
    endpoint_url: Annotated[str, ENDPOINT] = "",
    output: Annotated[str, output_option("marked")] = "text",
) -> None:
    """Give labels to a published version, or take them away.

    They are stored in lower case, beside the version. The labels in its file are part of what was published: they stay.

    Examples:

      xchange label order-intake@1 --add crm --remove old
      xchange label order-intake@1 --add stable --output json

    Exit codes:

      0  done, also where it is so already
      1  the registry is damaged
      2  no label is named or one holds a secret, the version has no number, or the label stands in the published file
      3  there is no such version, or the registry cannot be read or written
      4  the registry refuses the credentials
      5  the registry cannot be reached
    """
    from xchange_cli.authoring.labels import LabelWish
    from xchange_cli.cli.marking import show_change
    from xchange_cli.cli.registry_option import opened_registry
    from xchange_cli.registry.version_ref import version_ref
    from xchange_cli.release.actor import actor
    from xchange_cli.release.versions.addressing import exact_version
    from xchange_cli.release.versions.labelling import label as labelled

    project, opened = opened_registry(registry, endpoint_url)
    manifest = exact_version(opened, version_ref(version))
    wish = LabelWish(tuple(add or ()), tuple(remove or ()))
    show_change(project, registry, labelled(opened, manifest, wish, actor(project.root)), output)
