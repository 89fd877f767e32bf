"""Who did something, in a column."""

import re

from xchange_cli.formats.folding import cut

_ADDRESS = re.compile(r"\s*<[^<>]*>\s*\Z")


def short_name(user: str, room: int) -> str:
    """Give `Ann Example` for `Ann Example <ann@example.com>`, and no more than there is room for."""
    return cut(_ADDRESS.sub("", user) or user, room)
