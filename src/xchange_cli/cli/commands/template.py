from typing import TYPE_CHECKING, Annotated, cast

import typer

from xchange_cli.cli.completion.versions import versions
from xchange_cli.cli.params import output_option
from xchange_cli.cli.registry_option import ENDPOINT, REGISTRY

if TYPE_CHECKING:
    from xchange_cli.registry.version_state import Template

_WORDS = ("no", "org", "all")


def _known_word(value: str) -> str:
    if value not in _WORDS:
        raise typer.BadParameter(f"{value!r} is not one of {', '.join(_WORDS)}")
    return value


def template(
    version: Annotated[
        str,
        typer.Argument(
            metavar="KEY@N",
            help="A published version, such as order-intake@1.",
            show_default=False,
            autocompletion=versions,
        ),
    ],
    offered_to: Annotated[
        str,
        typer.Argument(
            metavar="|".join(_WORDS),
            help="To whom it is offered: to nobody, to the own organisation, or to customers, too.",
            show_default=False,
            callback=_known_word,
            autocompletion=lambda: list(_WORDS),
        ),
    ],
    *,
    registry: Annotated[str, REGISTRY] = "",
    endpoint_url: Annotated[str, ENDPOINT] = "",
    output: Annotated[str, output_option("marked")] = "text",
) -> None:
    """Offer a published version as a template for new integrations, or no longer.

    `xchange new NEWKEY --from template:KEY` begins with the newest version of KEY that is offered.

    Examples:

      xchange template order-intake@1 org
      xchange template order-intake@1 no

    Exit codes:

      0  done, also where it is so already
      1  the registry is damaged
      2  the version has no number
      3  there is no such version, or the registry cannot be read or written
      4  the registry refuses the credentials
      5  the registry cannot be reached
    """
    from xchange_cli.cli.marking import show_change
    from xchange_cli.cli.registry_option import opened_registry
    from xchange_cli.registry.version_ref import version_ref
    from xchange_cli.release.actor import actor
    from xchange_cli.release.versions.addressing import exact_version
    from xchange_cli.release.versions.templating import offer

    project, opened = opened_registry(registry, endpoint_url)
    manifest = exact_version(opened, version_ref(version))
    changed = offer(opened, manifest, cast("Template", offered_to), actor(project.root))
    show_change(project, registry, changed, output)
