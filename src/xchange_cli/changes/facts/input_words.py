"""Changes of inputs in words."""

from collections.abc import Callable

from xchange_cli.changes.comparison.delta import Delta
from xchange_cli.changes.facts.input_facts import is_set, is_short, key_of
from xchange_cli.changes.kind import Scene
from xchange_cli.changes.words.words import said
from xchange_cli.document.node import Node


def before_and_after(delta: Delta) -> str:
    """Give both values; where they read alike, the old one named something that is called otherwise by now."""
    old, new = _said(delta.old_value), _said(delta.new_value)
    return f"{old} → {new}" if old != new else f"still {new}, which has another name now"


def named(words: str = "") -> Callable[[Delta, Scene], str]:
    """Say which input it is and what happened to it, with both values where they are short."""

    def message(delta: Delta, _scene: Scene) -> str:
        values = f": {before_and_after(delta)}" if is_short(delta) else ""
        return f"`{key_of(delta)}`{f' {words}' if words else ''}{values}"

    return message


def _said(node: Node | None) -> str:
    return said(node) if is_set(node) else "none"
