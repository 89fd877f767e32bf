"""What inputs say: their expressions, and the settings that stand beside them."""

from collections.abc import Hashable, Iterator

from xchange_cli.changes.comparison.defaults import NEWER_KEYS
from xchange_cli.changes.comparison.plain import plain
from xchange_cli.document.node import Mapping, Node, Sequence
from xchange_cli.expression.ast import ConfigValue, Expression, Item, Items, Literal, Malformed, walk
from xchange_cli.expression.parse import parse_input

UNSET = ("unset",)
"""What an input says that is there but has no value."""

_OF_VALUE = frozenset(["name", "type", "value"])
_SHOWN = ("visibleToCustomerDeployer", "visibleToOrgDeployer")


def meaning_of_input(node: Node, *, any_order: bool) -> Hashable:
    """Give what `{type: …, value: …}` says; with `any_order`, of pairs with names of their own in whatever order."""
    expression = parse_input(node)
    if any(isinstance(part, Malformed) for part in walk(expression)):
        return plain(node.data)
    settings = frozenset(_settings(node, ()))
    if not settings and is_unset(expression):
        return UNSET
    if any_order and isinstance(expression, Items):
        return _pairs(expression.items), settings
    return expression, settings


def is_unset(expression: Expression) -> bool:
    """Tell an input without a value: empty text, nothing, or a reference or config variable that is not chosen yet."""
    match expression:
        case Literal(value):
            return value is None or value == ""
        case ConfigValue(key):
            return not key
    return False


def _pairs(items: tuple[Item, ...]) -> Hashable:
    """Give pairs without their order, unless a name is there twice or not known before a run."""
    names = [item.name.value if isinstance(item.name, Literal) else item.name for item in items]
    has_names = all(isinstance(name, str) and name for name in names)
    return frozenset(items) if has_names and len(set(names)) == len(names) else items


def _settings(node: Node, where: tuple[str, ...]) -> Iterator[Hashable]:
    """Yield what stands beside type and value, at any depth, as far as it says more than nothing."""
    if isinstance(node, Sequence):
        for number, item in enumerate(node.items):
            name = item.data.get("name") if isinstance(item, Mapping) else None
            yield from _settings(item, (*where, name if isinstance(name, str) and name else str(number)))
    if not isinstance(node, Mapping):
        return
    for key, entry in node.entries.items():
        if key == "meta" and isinstance(entry.value, Mapping):
            yield from _said_by_meta(entry.value, where)
        elif key == "value" and isinstance(entry.value, Sequence):
            yield from _settings(entry.value, where)
        elif key not in _OF_VALUE and entry.value.data is not None:
            yield (*where, key), plain(entry.value.data)


def _said_by_meta(meta: Mapping, where: tuple[str, ...]) -> Iterator[Hashable]:
    """Yield who may see an input, in today's words; without a word everybody may, of the organisation's own only itself."""
    flags = {NEWER_KEYS.get(key, key): entry.value.data for key, entry in reversed(meta.entries.items())}
    is_of_organisation = flags.get("orgOnly") is True
    for key, flag in flags.items():
        says_nothing = flag is True if key in _SHOWN else flag is False
        if key == "visibleToCustomerDeployer" and is_of_organisation:
            says_nothing = flag is False
        if not says_nothing and flag is not None:
            yield (*where, "meta", key), plain(flag)
