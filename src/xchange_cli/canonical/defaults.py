"""Inputs that say nothing but what their component takes anyway, and dropping them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from xchange_cli.canonical.tree import Alias, Group, Leaf, Part, Tree, Written
from xchange_cli.components.catalog import Catalog
from xchange_cli.components.spec import InputSpec
from xchange_cli.document.node import Mapping, Scalar
from xchange_cli.javascript.values import to_text
from xchange_cli.model.integration import Input, Integration, Step
from xchange_cli.model.walk import walk_integration

_PLAIN_INPUT = {"type", "value"}
_LATEST = {"", "LATEST"}


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
        for given, spec in _known(placed.step, catalog):
            text = _default_text(spec)
            if text is not None and _text_of(given, spec) == text:
                start = given.key_node.start
                yield Default(flow.name, placed.step.name, given.key, text, start)


def drop(tree: Tree, defaults: list[Default]) -> list[Default]:
    """Take inputs out of a tree; give those that went.

    One with a comment stays, as does one that an anchor or an alias has to do with.
    """
    by_start = {default.start: default for default in defaults}
    dropped: list[Default] = []
    _drop(tree.root, by_start, dropped)
    return sorted(dropped, key=lambda default: default.start)


def _known(step: Step, catalog: Catalog) -> Iterator[tuple[Input, InputSpec]]:
    action = step.action
    if action is None or action.version not in _LATEST:
        return
    known = catalog.action(action.component, action.key, is_public=action.is_public)
    for key, given in step.inputs.items():
        spec = known.inputs.get(key) if known is not None else None
        if spec is not None and spec.basis.is_sure:
            yield given, spec


def _default_text(spec: InputSpec) -> str | None:
    if spec.default is None or spec.secret or spec.collection != "none" or spec.inputs:
        return None
    text = _text(spec.default, spec)
    return None if text == "" and spec.required else text


def _text_of(given: Input, spec: InputSpec) -> str | None:
    """Give the value of an input that is a literal and says nothing more."""
    node = given.node
    if not isinstance(node, Mapping) or set(node.entries) != _PLAIN_INPUT or node.data["type"] != "value":
        return None
    value = node.get("value")
    return _text(value.data, spec) if isinstance(value, Scalar) and value.data is not None else None


def _text(data: Any, spec: InputSpec) -> str | None:
    """Give a value as inputs have it: text, and `true` and `false` in lower case."""
    if not isinstance(data, str | int | float):
        return None
    text = data if isinstance(data, str) else to_text(data)
    return text.lower() if spec.type == "boolean" else text


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
