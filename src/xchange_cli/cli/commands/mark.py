from typing import Annotated

import typer

from xchange_cli.cli.completion.versions import versions
from xchange_cli.cli.params import output_option
from xchange_cli.cli.registry_option import ENDPOINT, REGISTRY

_WORDS = ("available", "unavailable")


def _known_word(value: str) -> str:
    if value not in _WORDS:
        raise typer.BadParameter(f"{value!r} is not one of {', '.join(_WORDS)}")
    return value


def mark(
    version: Annotated[
        str,
        typer.Argument(
            metavar="KEY@N",
            help="A published version, such as order-intake@1.",
            show_default=False,
            autocompletion=versions,
        ),
    ],
    availability: Annotated[
        str,
        typer.Argument(
            metavar="|".join(_WORDS),
            help="What it is to be.",
            show_default=False,
            callback=_known_word,
            autocompletion=lambda: list(_WORDS),
        ),
    ],
    *,
    because: Annotated[
        str, typer.Option(metavar="TEXT", help="The reason, for the version history.", show_default=False)
    ] = "",
    registry: Annotated[str, REGISTRY] = "",
    endpoint_url: Annotated[str, ENDPOINT] = "",
    output: Annotated[str, output_option("marked")] = "text",
) -> None:
    """Make a published version available, or unavailable.

    An unavailable version cannot be deployed. It stays in the history, and can be made available again.

    Examples:

      xchange mark order-intake@1 unavailable --because "loses orders"
      xchange mark order-intake@1 available

    Exit codes:

      0  done, also where it is so already
      1  the registry is damaged
      2  the version has no number, or the reason holds a secret
      3  there is no such version, or the registry cannot be read or written
      4  the registry refuses the credentials
      5  the registry cannot be reached
    """
    from xchange_cli.cli.marking import show_change
    from xchange_cli.cli.registry_option import opened_registry
    from xchange_cli.registry.version_ref import version_ref
    from xchange_cli.release.actor import actor
    from xchange_cli.release.versions.addressing import exact_version
    from xchange_cli.release.versions.marking import mark as made

    project, opened = opened_registry(registry, endpoint_url)
    manifest = exact_version(opened, version_ref(version))
    show_change(project, registry, made(opened, manifest, availability, because, actor(project.root)), output)
