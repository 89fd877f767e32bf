"""Short words for values in messages."""

from xchange_cli.changes.comparison.delta import Delta
from xchange_cli.changes.words.readable import text_of
from xchange_cli.document.node import Node

_LONGEST = 60


def said(node: Node | None) -> str:
    """Give a value on one line, cut where it is long; `none` for what is empty or not written."""
    if node is None or node.data in (None, "", [], {}):
        return "none"
    text = text_of(node)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def before_and_after(delta: Delta) -> str:
    return f"{said(delta.old_value)} → {said(delta.new_value)}"


def following(delta: Delta) -> str:
    """Say how many references have the new name; empty for none."""
    match delta.follows:
        case 0:
            return ""
        case 1:
            return "; 1 reference follows"
    return f"; {delta.follows} references follow"
