"""What of an integration the catalogue does not know: it can neither be checked in full nor run without a mock."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from xchange_cli.components.catalog import Catalog
from xchange_cli.model.integration import ActionRef, Integration
from xchange_cli.model.walk import walk_integration


class Unknown(NamedTuple):
    """A component, action, trigger, connection or data source (`kind`), and how often the integration uses it.

    `name` is the key of a component, or `component.key` of what belongs to one.
    """

    kind: str
    name: str
    uses: int


def unknown_parts(integration: Integration, catalog: Catalog) -> tuple[Unknown, ...]:
    """Give all that is unknown, sorted by kind and name. What belongs to an unknown component is not told as well."""
    counts = Counter(_found(integration, catalog))
    return tuple(Unknown(kind, name, uses) for (kind, name), uses in sorted(counts.items()))


def _found(integration: Integration, catalog: Catalog) -> Iterator[tuple[str, str]]:
    for _, placed in walk_integration(integration):
        kind = "trigger" if placed.step.is_trigger else "action"
        yield from _unknown(placed.step.action, kind, catalog)
    for variable in integration.config_vars:
        yield from _unknown(variable.connection, "connection", catalog)
        yield from _unknown(variable.data_source, "data source", catalog)


def _unknown(ref: ActionRef | None, kind: str, catalog: Catalog) -> Iterator[tuple[str, str]]:
    if ref is None:
        return
    component = catalog.component(ref.component, is_public=ref.is_public)
    if component is None:
        yield "component", ref.component
        return
    known = {
        "connection": component.connections,
        "data source": component.data_sources,
    }.get(kind, {**component.actions, **component.triggers})
    if ref.key not in known:
        yield kind, f"{ref.component}.{ref.key}"
