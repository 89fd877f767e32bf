"""Published versions. There are none yet; commands that take `KEY@VERSION` complete it by this function already."""

from xchange_cli.cli.completion.integrations import integrations


def versions(incomplete: str) -> list[str]:
    """Offer integrations, and behind `@` the versions of one."""
    return [] if "@" in incomplete else integrations(incomplete)
