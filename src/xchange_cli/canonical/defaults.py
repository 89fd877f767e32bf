"""Inputs that say nothing but what their component takes anyway, and dropping them."""

from collections.abc import Iterator
from typing import NamedTuple

from xchange_cli.canonical.tree import Alias, Group, Leaf, Part, Tree, Written
from xchange_cli.components.catalog import Catalog
from xchange_cli.model.integration import Integration
from xchange_cli.model.walk import walk_integration
from xchange_cli.validation.default_inputs import default_said, inputs_of_latest


class Default(NamedTuple):
    """An input that equals its default; `start` is the place of its key in the file. `value` is text."""

    flow: str
    step: str
    input: str
    value: str
    start: int


def defaults_in(integration: Integration, catalog: Catalog) -> Iterator[Default]:
    """Yield the inputs of steps whose value is the default that the catalogue is sure of.

    A step that is fixed to a version is left out: the catalogue knows the latest one. So are secrets, lists and empty
    texts that a required input cannot do without.
    """
    for flow, placed in walk_integration(integration):
        specs = inputs_of_latest(placed.step.action, catalog)
        for key, given in placed.step.inputs.items() if specs else ():
            text = default_said(given, specs[key]) if key in specs else None
            if text is not None:
                yield Default(flow.name, placed.step.name, key, text, given.key_node.start)


def drop(tree: Tree, defaults: list[Default]) -> list[Default]:
    """Take inputs out of a tree; give those that went.

    One with a comment stays, as does one that an anchor or an alias has to do with.
    """
    by_start = {default.start: default for default in defaults}
    dropped: list[Default] = []
    _drop(tree.root, by_start, dropped)
    return sorted(dropped, key=lambda default: default.start)


def _drop(group: Group, wanted: dict[int, Default], dropped: list[Default]) -> None:
    if group.is_kept or group.anchor:
        return
    kept: list[Part] = []
    for part in group.parts:
        if part.start in wanted and part.key is not None and not group.after and _is_alone(part):
            dropped.append(wanted[part.start])
        else:
            kept.append(part)
            if isinstance(part.value, Group):
                _drop(part.value, wanted, dropped)
    group.parts = kept


def _is_alone(part: Part) -> bool:
    """Tell whether a part has no comments and nothing that aliases are about."""
    if (
        part.before
        or part.behind
        or isinstance(part.key, Alias)
        or (part.key is not None and part.key.anchor)
    ):
        return False
    return _is_plain(part.value)


def _is_plain(value: Written) -> bool:
    match value:
        case Alias():
            return False
        case Leaf():
            return not value.anchor
        case Group():
            is_bare = not value.anchor and not value.after and not value.is_kept
            return is_bare and all(map(_is_alone, value.parts))
