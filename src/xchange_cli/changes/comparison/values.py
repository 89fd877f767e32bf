"""What fields say, so that two of them can be compared by it and not by how they are written."""

from collections.abc import Hashable
from typing import Any

from xchange_cli.changes.comparison.defaults import is_default
from xchange_cli.changes.comparison.inputs import meaning_of_input
from xchange_cli.changes.comparison.part import Address, Part, PartKind
from xchange_cli.changes.comparison.plain import is_equal, plain
from xchange_cli.changes.comparison.settings import meaning_of_settings
from xchange_cli.document.node import Mapping, Node, Scalar
from xchange_cli.model.integration import ConfigVar

_WITHOUT_ORDER = frozenset(
    ["headers", "keyValueInput", "messageAttributes", "queryParameters", "queryParams", "tagging", "tags"]
)
"""Inputs that hold pairs of a name and a value, whose order no receiver may rely on (HTTP, JSON objects, tags)."""

_ROUTING = frozenset(["externalCustomerIdField", "externalCustomerUserIdField", "flowNameField"])
_SETS = frozenset([(PartKind.INTEGRATION, "labels"), (PartKind.FLOW, "organizationApiKeys")])
_SETS_IN_SCHEMAS = frozenset(["enum", "required", "type"])


def is_same(part: Part, address: Address, old: Node | None, new: Node | None) -> bool:
    """Tell whether two values of one field mean the same; `part` is one that has it. None is "not written"."""
    if old is not None and new is not None and is_equal(old.data, new.data):
        return True
    return meaning(part, address, old) == meaning(part, address, new)


def is_input(part: Part, address: Address) -> bool:
    """Tell whether a field is an input: `{type: …, value: …}`."""
    if len(address) == 1:
        return part.kind is PartKind.INTEGRATION and address[0] in _ROUTING
    return address[0] == "inputs" and len(address) == 2 and part.kind in {PartKind.STEP, PartKind.CONFIG_VAR}


def meaning(part: Part, address: Address, node: Node | None) -> Hashable:
    """Give what a field says, in a form that is only good for being compared; None where it says nothing."""
    if node is None:
        return None
    key = address[0]
    if is_input(part, address):
        return meaning_of_input(node, any_order=address[-1] in _WITHOUT_ORDER)
    if is_default(part, address, node):
        return None
    match node:
        case Mapping() if len(address) == 1:
            return meaning_of_settings(key, node)
        case Scalar() if address == ("defaultValue",) and isinstance(part.facts, ConfigVar):
            return _of_default(part.facts, node.data)
        case Scalar() if address[-2:] == ("component", "version"):
            return plain(node.value)
    if key == "schemas":
        return _of_schema(node.data)
    if len(address) == 1 and (part.kind, key) in _SETS and isinstance(node.data, list):
        return frozenset(map(plain, node.data))
    return plain(node.data)


def _of_default(variable: ConfigVar, data: Any) -> Hashable:
    """Read a default as a run does; what a run refuses is the text that it is."""
    from xchange_cli.configset.values import BadValueError, decode
    from xchange_cli.javascript.values import to_text

    text = data if isinstance(data, str) else to_text(data)
    try:
        return "value", plain(decode(variable, text))
    except BadValueError:
        return "text", text


def _of_schema(data: Any) -> Hashable:
    """Read a JSON Schema, in which the order of some lists says nothing."""
    if isinstance(data, list):
        return "list", tuple(map(_of_schema, data))
    if not isinstance(data, dict):
        return plain(data)
    return "mapping", frozenset(
        (key, frozenset(map(plain, value)) if _is_set(key, value) else _of_schema(value))
        for key, value in data.items()
    )


def _is_set(key: str, value: Any) -> bool:
    return key in _SETS_IN_SCHEMAS and isinstance(value, list)
