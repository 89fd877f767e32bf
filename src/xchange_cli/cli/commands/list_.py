from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from xchange_cli.cli.completion.integrations import integrations
from xchange_cli.cli.completion.known import components
from xchange_cli.cli.params import output_option
from xchange_cli.cli.registry_option import REGISTRY
from xchange_cli.overview.orders import ORDERS

if TYPE_CHECKING:
    from pathlib import Path

    from xchange_cli.overview.entry import Entry
    from xchange_cli.project.project import Project

_FILTERS = "Only integrations with …"


def _filter(metavar: str, text: str, completion: Callable[[], object] | None = None) -> Any:
    return typer.Option(
        metavar=metavar,
        help=text,
        show_default=False,
        rich_help_panel=_FILTERS,
        autocompletion=completion,
    )


def _flag(text: str) -> Any:
    return typer.Option(help=text, rich_help_panel=_FILTERS, show_default=False)


def _known_order(value: str) -> str:
    if value and value not in ORDERS:
        raise typer.BadParameter(f"{value!r} is not one of {', '.join(ORDERS)}")
    return value


def list_(
    text: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TEXT]...",
            help="Words that all occur: in key, name, labels, category, names of flows or the description.",
            show_default=False,
        ),
    ] = None,
    *,
    name: Annotated[list[str] | None, _filter("TEXT", "this in the name.")] = None,
    description: Annotated[list[str] | None, _filter("TEXT", "this in the description.")] = None,
    category: Annotated[list[str] | None, _filter("WORD", "this category.")] = None,
    label: Annotated[list[str] | None, _filter("WORD", "this label.")] = None,
    trigger: Annotated[
        list[str] | None,
        _filter(
            "WORD", "such a trigger: webhook, schedule, deployment, removal, flow, app, none, or a component."
        ),
    ] = None,
    component: Annotated[
        list[str] | None, _filter("WORD", "a step or connection of this component.", components)
    ] = None,
    action: Annotated[
        list[str] | None, _filter("WORD", "a step with this action: httpPost or http.httpPost.")
    ] = None,
    connection: Annotated[
        list[str] | None, _filter("WORD", "this connection, or one of this component.")
    ] = None,
    config_var: Annotated[list[str] | None, _filter("TEXT", "this in the key of a config variable.")] = None,
    flow: Annotated[list[str] | None, _filter("TEXT", "this in the name of a flow.")] = None,
    step: Annotated[list[str] | None, _filter("TEXT", "this in the name of a step.")] = None,
    published: Annotated[bool, _flag("a published version.")] = False,
    unpublished: Annotated[bool, _flag("no published version.")] = False,
    unavailable: Annotated[bool, _flag("a newest version that is marked as unavailable.")] = False,
    template: Annotated[bool, _flag("a version that is offered as a template.")] = False,
    fork: Annotated[bool, _flag("another integration that they are a fork of.")] = False,
    fork_of: Annotated[list[str] | None, _filter("KEY", "this parent.", integrations)] = None,
    sort: Annotated[
        str,
        typer.Option(
            metavar="|".join(ORDERS),
            help="In this order; by default the best match for TEXT first, else by key.",
            callback=_known_order,
            autocompletion=lambda: list(ORDERS),
            show_default=False,
        ),
    ] = "",
    registry: Annotated[str, REGISTRY] = "",
    output: Annotated[str, output_option("listing")] = "text",
) -> None:
    """List the integrations of the project, or find some of them.

    Filters may be repeated: one of the same kind is enough, and of different
    kinds all must fit. Capitals do not count. A TEXT may be a part of a name, a
    WORD is whole; in both `*` stands for any characters, and '' for nothing at
    all. Files that cannot be read are listed, too.

    The registry is read if it is a folder; another one where --registry or a filter about versions asks for it.

    Examples:

      xchange list
      xchange list order slack
      xchange list --component slack --component ms-teams --trigger webhook
      xchange list --label 'crm*' --action httpPost --output json
      xchange list --category '' --sort changed
      xchange list --unpublished

    Exit codes:

      0  done, also when no integration fits: what is most likely misspelt is said
      2  wrong usage
      3  the project, or a registry that is asked for, cannot be read
      4  the registry that is asked for refuses access
      5  the registry that is asked for cannot be reached
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.cli.here import here
    from xchange_cli.formats import unfound_text
    from xchange_cli.formats.reading_progress import reading_progress
    from xchange_cli.overview.index import entries
    from xchange_cli.overview.search import Wanted, search
    from xchange_cli.overview.search_filters import NO, UNAVAILABLE, YES
    from xchange_cli.project.find import project_of

    filters = {
        "name": name,
        "description": description,
        "category": category,
        "label": label,
        "trigger": trigger,
        "component": component,
        "action": action,
        "connection": connection,
        "config-var": config_var,
        "flow": flow,
        "step": step,
        "published": _words({YES: published, NO: unpublished, UNAVAILABLE: unavailable}),
        "template": ["org", "all"] if template else None,
        "fork": _words({YES: fork}),
        "fork-of": fork_of,
    }
    words = [word for part in text or () for word in part.split()]
    folder = here()
    project = project_of((), folder)
    _tell_of(project)
    with reading_progress(sys.stderr) as told:
        known = entries(project, folder, told)
    known = _released(
        project, known, folder, registry, must=published or unpublished or unavailable or template
    )
    found = search(known, Wanted(words, {key: given or () for key, given in filters.items()}, sort))
    formats.write("listing", output, found, sys.stdout)
    sys.stdout.flush()
    unfound_text.render(found, project.integrations, sys.stderr)


def _tell_of(project: "Project") -> None:
    """Say what is wrong with the project file itself."""
    import sys

    if project.document is not None and project.document.diagnostics:
        from xchange_cli.formats import findings_text
        from xchange_cli.validation.hidden_tokens import without_tokens

        findings_text.render(without_tokens(project.document.diagnostics), sys.stderr)


def _words(wishes: dict[str, bool]) -> list[str]:
    return [word for word, is_wanted in wishes.items() if is_wanted]


def _released(
    project: "Project", entries: "list[Entry]", folder: "Path", url: str, *, must: bool
) -> "list[Entry]":
    """Add what is known of versions and forks; unless it must, only of what costs next to nothing."""
    import sys

    from xchange_cli.cli.published import asks_registry
    from xchange_cli.formats import silence_text
    from xchange_cli.release.forking.listed_forks import with_parents

    entries = with_parents(entries)
    if not asks_registry(project, url, must=must):
        return entries
    from xchange_cli.release.out_of_reach import Silence, asked
    from xchange_cli.release.registry_of import registry_of
    from xchange_cli.release.versions.listed import with_versions

    registry = registry_of(project, url, folder=folder)
    if must or url:
        return with_versions(entries, registry)
    known = asked(lambda: with_versions(entries, registry), whatever_is_wrong=True)
    if isinstance(known, Silence):
        silence_text.render_unknown(known, sys.stderr)
        return entries
    return known
