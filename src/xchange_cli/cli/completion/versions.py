"""Published versions, and what is offered as a template."""

from itertools import islice
from typing import TYPE_CHECKING

from xchange_cli.cli.completion.integrations import integrations

if TYPE_CHECKING:
    from xchange_cli.registry.registry import Registry

_MOST = 30
_TEMPLATE = "template:"


def versions(incomplete: str) -> list[str | tuple[str, str]]:
    """Offer integrations, and behind `@` the versions of one, the newest first."""
    key, mark, _ = incomplete.rpartition("@")
    if not mark:
        return [*integrations(incomplete)]
    registry = _registry()
    states = registry.states(key)
    return [
        (one.reference, one.note.partition("\n")[0] if states[one.number].available else "unavailable")
        for one in islice(registry.versions(key), _MOST)
    ]


def starts(incomplete: str) -> list[str]:
    """Offer what a new integration can begin with, files apart; templates as soon as the word for them is begun."""
    others = ["blank", *integrations(incomplete)]
    if not incomplete or incomplete[: len(_TEMPLATE)] != _TEMPLATE[: len(incomplete)]:
        return others
    from xchange_cli.release.versions.from_template import offered_templates

    return [*others, *(f"{_TEMPLATE}{key}" for key in offered_templates(_registry()))]


def _registry() -> "Registry":
    from xchange_cli.cli.registry_option import opened_registry

    return opened_registry("")[1]
