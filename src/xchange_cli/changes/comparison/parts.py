"""An integration → the tree of its parts, each with the fields that are its own."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from xchange_cli.changes.comparison.part import Address, Facts, Part, PartKind
from xchange_cli.document.node import Mapping, Node, Scalar, Sequence
from xchange_cli.model.integration import Branch, ConfigPage, ConfigVar, Flow, Integration, PageElement, Step

WHOLE = frozenset(
    [
        "errorConfig",
        "externalCustomerIdField",
        "externalCustomerUserIdField",
        "flowNameField",
        "queueConfig",
        "renameAttributes",
        "retryConfig",
        "triggerResolver",
    ]
)
"""Keys of parts whose mapping is one field: it is one decision of its author."""

_WHOLE_BELOW = frozenset(["inputs", "schemas"])
"""Keys below which each entry is one field."""


class _Children(NamedTuple):
    key: str
    kind: PartKind
    facts: Iterable[Facts]


def read_parts(integration: Integration) -> Part:
    """Give the integration as a part, with all others below it.

    Every entry of the file is in one field of one part, but for names and the lists that hold parts. Of such a list, the
    items that are no mappings are a field of their own.
    """
    return _part(PartKind.INTEGRATION, integration, None)


def _part(kind: PartKind, facts: Facts, parent: Part | None) -> Part:
    part = Part(kind, _name(facts), facts.node, parent, facts)
    lists = {children.key: children for children in _lists(facts)}
    for key, entry in facts.node.entries.items():
        if key in lists:
            _read_list(part, lists[key], entry.value)
        elif not _is_name(part, key, entry.value):
            part.fields.update(fields_at((key,), entry.value))
    return part


def _lists(facts: Facts) -> Iterator[_Children]:
    match facts:
        case Integration():
            yield _Children("requiredConfigVars", PartKind.CONFIG_VAR, facts.config_vars)
            yield _Children("configPages", PartKind.PAGE, facts.config_pages)
            yield _Children("flows", PartKind.FLOW, facts.flows)
        case Flow() | Branch():
            yield _Children("steps", PartKind.STEP, facts.steps)
        case Step():
            yield _Children("steps", PartKind.STEP, facts.steps or ())
            yield _Children("branches", PartKind.BRANCH, facts.branches or ())
        case ConfigPage():
            yield _Children("elements", PartKind.ELEMENT, facts.elements)


def _read_list(part: Part, children: _Children, node: Node) -> None:
    if not isinstance(node, Sequence):
        part.fields[(children.key,)] = node
        return
    part.children[children.key] = [_part(children.kind, facts, part) for facts in children.facts]
    others = [item for item in node.items if not isinstance(item, Mapping)]
    if others:
        data = [item.data for item in others]
        part.fields[(children.key,)] = Sequence(node.source, node.start, node.end, others, data)


def _name(facts: Facts) -> str:
    """Give the name; an element is called like its config variable, and has none where it shows something else."""
    match facts:
        case ConfigVar():
            return facts.key
        case PageElement():
            return facts.value if facts.kind == "configVar" else ""
    return facts.name


def name_key(kind: PartKind) -> str:
    """Give the key under which parts have their names."""
    match kind:
        case PartKind.CONFIG_VAR:
            return "key"
        case PartKind.ELEMENT:
            return "value"
    return "name"


def _is_name(part: Part, key: str, node: Node) -> bool:
    if key != name_key(part.kind) or not isinstance(node, Scalar):
        return False
    return isinstance(node.data, str) and node.value == part.name


def fields_at(address: Address, node: Node) -> Iterator[tuple[Address, Node]]:
    """Split the value at an address into the fields that it has; an empty mapping is one itself."""
    if not isinstance(node, Mapping) or not node.entries or _is_whole(address):
        yield address, node
        return
    for key, entry in node.entries.items():
        yield from fields_at((*address, key), entry.value)


def _is_whole(address: Address) -> bool:
    return address[0] in WHOLE or (len(address) > 1 and address[0] in _WHOLE_BELOW)
