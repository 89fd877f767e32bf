"""Integrations in a list, with what is published of them."""

from collections.abc import Iterable

from xchange_cli.overview.entry import Entry
from xchange_cli.registry.registry import Registry
from xchange_cli.release.versions.publication_of import publication_in


def with_versions(entries: Iterable[Entry], registry: Registry) -> list[Entry]:
    """Say of each integration what is published of it.

    Raises:
        XchangeError: as the registry does.

    """
    published = {one.key: publication_in(one) for one in registry.summaries()}
    return [one._replace(published=published.get(one.key)) for one in entries]
