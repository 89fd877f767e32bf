from typing import Annotated

import typer

from xchange_cli.cli.completion.integrations import integrations
from xchange_cli.cli.params import output_option
from xchange_cli.cli.registry_option import ENDPOINT, REGISTRY

_CATEGORIES = ("publish", "availability", "labels", "template", "fork", "delete")


def _known_categories(given: list[str] | None) -> list[str]:
    categories = given or []
    for category in categories:
        if category not in _CATEGORIES:
            raise typer.BadParameter(f"{category!r} is not one of {', '.join(_CATEGORIES)}")
    return categories


def log(
    key: Annotated[
        str,
        typer.Argument(
            metavar="[KEY]",
            help="Only what was done with this integration and its versions.",
            show_default=False,
            autocompletion=integrations,
        ),
    ] = "",
    *,
    category: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WORD",
            help=f"Only entries of this kind: {', '.join(_CATEGORIES)}. May be repeated.",
            callback=_known_categories,
            autocompletion=lambda: list(_CATEGORIES),
            show_default=False,
        ),
    ] = None,
    user: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Only what this user did; a part is enough. May be repeated.",
            show_default=False,
        ),
    ] = None,
    since: Annotated[
        str,
        typer.Option(
            metavar="TIME",
            help="Only since then: 2024-05-17, 2024-05-17T09:30 (UTC), 12h, 7d.",
            show_default=False,
        ),
    ] = "",
    limit: Annotated[int, typer.Option(help="So many entries at most; 0 for all.", min=0)] = 50,
    details: Annotated[bool, typer.Option("--details", help="Show what belongs to each entry, too.")] = False,
    registry: Annotated[str, REGISTRY] = "",
    endpoint_url: Annotated[str, ENDPOINT] = "",
    output: Annotated[str, output_option("log")] = "text",
) -> None:
    """Show the activity log: who published, marked, labelled, offered, forked or deleted what, and when.

    The newest entry is first. Nothing is ever taken out of the log; times are UTC.

    Examples:

      xchange log
      xchange log order-intake --category publish --category availability
      xchange log --user ada --since 7d --output json

    Exit codes:

      0  shown, even if there is no entry
      1  the registry is damaged
      2  wrong usage, such as a time that is none
      3  nothing is known of the key, or the registry cannot be read
      4  the registry refuses the credentials
      5  the registry cannot be reached
    """
    import sys
    from datetime import UTC, datetime

    from xchange_cli import formats
    from xchange_cli.cli.registry_option import opened_registry
    from xchange_cli.formats import detailed_log
    from xchange_cli.release.versions.history import Wanted, history
    from xchange_cli.release.versions.since import moment

    start = moment(since, datetime.now(UTC)) if since else None
    _, opened = opened_registry(registry, endpoint_url)
    wanted = Wanted(key, frozenset(category or ()), tuple(user or ()), start, limit)
    found = history(opened, wanted)
    if details and output == "text":
        detailed_log.render(found, sys.stdout)
    else:
        formats.write("log", output, found, sys.stdout)
