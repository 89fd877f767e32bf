"""Keys that stand twice in the specification of a component: two actions, triggers, connections or inputs alike."""

from collections.abc import Iterator

from xchange_cli.diagnostics import Diagnostic, Related, Severity
from xchange_cli.document.node import Mapping, Node

_LISTS = ("actions", "triggers", "connections", "inputs")


def repeated_keys(node: Node | None) -> Iterator[Diagnostic]:
    """Yield a finding for each key that an earlier entry of the same list has."""
    if not isinstance(node, Mapping):
        return
    for name in _LISTS:
        listed = node.sequence(name)
        first: dict[str, Node] = {}
        for item in listed.mappings() if listed is not None else ():
            key = item.text("key")
            if key is not None and first.setdefault(key.value, key) is not key:
                yield _repeated(name, key.value, key, first[key.value])
            yield from repeated_keys(item)


def _repeated(name: str, word: str, key: Node, first: Node) -> Diagnostic:
    return Diagnostic(
        "duplicate-key",
        Severity.ERROR,
        f"two {name} have the key `{word}`",
        key.span,
        hint="Give each a key of its own.",
        subject=word,
        related=(Related(first.span, "first used here"),),
    )
