"""What may not be shown of two integrations: which fields are secret, and values with the secrets taken out."""

import operator
import re
from collections.abc import Iterable

from xchange_cli.changes.comparison.delta import Delta
from xchange_cli.changes.comparison.part import Address, Part, PartKind
from xchange_cli.components.catalog import Catalog
from xchange_cli.configset.connection_spec import connection_spec
from xchange_cli.document.node import Mapping, Node, Scalar, Sequence
from xchange_cli.model.integration import ConfigVar, Step
from xchange_cli.validation.secret_texts import (
    assigned_secrets,
    is_stand_in,
    may_hold_tokens,
    names_secret,
    tokens_in,
)
from xchange_cli.wire.sensitive import without_fields

SECRET, OTHER_SECRET = "«secret»", "«another secret»"
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_SHORTEST = 8
"""No token and no text of code that is taken for a secret has fewer characters."""

_SCHEMES = frozenset({"", "basic", "bearer", "token"})


def is_secret(part: Part, address: Address, catalog: Catalog) -> bool:
    """Tell whether a field is secret as a whole: by the catalogue, or by its name where the catalogue knows nothing.

    Inputs of connections are, unless the catalogue says otherwise.
    """
    if address[:1] == ("organizationApiKeys",):
        return True
    if address[:1] == ("defaultValue",):
        return part.kind is PartKind.CONFIG_VAR and names_secret(part.name)
    if address[:1] != ("inputs",) or len(address) < 2:
        return False
    key = address[1]
    match part.facts:
        case ConfigVar(data_type="connection"):
            spec = connection_spec(part.facts, catalog)
            known = spec.inputs.get(key) if spec else None
            return known is None or known.secret
        case Step(action=ref) if ref is not None:
            action = catalog.action(ref.component, ref.key, is_public=ref.is_public)
            known = action.inputs.get(key) if action else None
            return names_secret(key) if known is None else known.secret
    return names_secret(key)


class Concealing:
    """Takes the secrets out of values, and remembers them; `known` are those that the other file has.

    It looks for tokens and the like inside of texts, too, unless `reads_texts` is False.
    """

    def __init__(self, known: Iterable[str] = (), *, reads_texts: bool = True) -> None:
        self.found: set[str] = set()
        self._known = frozenset(known)
        self._reads_texts = reads_texts

    def node(self, node: Node, *, is_secret: bool = False) -> Node:
        """Give a value without its secrets; the very same one where it has none."""
        match node:
            case Scalar():
                return self._scalar(node, is_secret=is_secret)
            case Mapping():
                return self._mapping(node, is_secret=is_secret)
            case Sequence():
                return self._sequence(node, is_secret=is_secret)
        return node

    def _sequence(self, node: Sequence, *, is_secret: bool) -> Sequence:
        items = [self.node(item, is_secret=is_secret) for item in node.items]
        if all(map(operator.is_, items, node.items)):
            return node
        return Sequence(node.source, node.start, node.end, items, [item.data for item in items])

    def _scalar(self, node: Scalar, *, is_secret: bool) -> Scalar:
        if node.data is None or isinstance(node.data, bool) or not node.value:
            return node
        text = self._stand_in(node.value) if is_secret else self._text(node.value)
        return (
            node if text == node.value else Scalar(node.source, node.start, node.end, text, node.style, text)
        )

    def _mapping(self, node: Mapping, *, is_secret: bool) -> Mapping:
        """Hide what an input or an entry of a list says under the name of a secret, but not its type and name."""
        has_value = "value" in node.entries
        if has_value:
            if _names_something(node):
                return node
            is_secret = is_secret or names_secret(_text(node, "name") or _text(node, "key"))
        hidden = {}
        for key, entry in node.entries.items():
            is_told = is_secret and (key == "value" or not has_value)
            by_name = isinstance(entry.value, Scalar) and names_secret(key)
            shown = self.node(entry.value, is_secret=is_told or by_name)
            if shown is not entry.value:
                hidden[key] = entry._replace(value=shown)
        if not hidden:
            return node
        entries = {**node.entries, **hidden}
        data = {key: entry.value.data for key, entry in entries.items()}
        return Mapping(node.source, node.start, node.end, entries, data)

    def _text(self, text: str) -> str:
        """Take out tokens, passwords of URLs, what code gives to names of secrets, and fields of JSON."""
        if not self._reads_texts or len(text) < _SHORTEST:
            return text
        found = list(tokens_in(text)) if may_hold_tokens(text) else []
        found += (one for _, one in assigned_secrets(text))
        for one in sorted(found, key=lambda one: one.start, reverse=True):
            text = text[: one.start] + self._stand_in(text[one.start : one.end]) + text[one.end :]
        return without_fields(text) if '"' in text else text

    def _stand_in(self, text: str) -> str:
        if not is_stand_in(text):
            self.found.add(text)
        return SECRET if not self._known or text in self._known else OTHER_SECRET


def without_secrets(delta: Delta, catalog: Catalog) -> Delta:
    """Give a difference whose two values can be shown; of two secrets it can still be told whether they are the same."""
    old, read_old, new = delta.old_value, delta.read_old, delta.new_value
    first = Concealing()
    if old is not None and delta.old is not None:
        is_hidden = is_secret(delta.old, delta.address, catalog)
        old = first.node(old, is_secret=is_hidden)
        read_old = first.node(read_old, is_secret=is_hidden) if read_old is not None else None
    if new is not None and delta.new is not None:
        second = Concealing(first.found)
        new = second.node(new, is_secret=is_secret(delta.new, delta.address, catalog))
    return delta._replace(old_value=old, read_old=read_old, new_value=new)


def secrets_of(part: Part, catalog: Catalog) -> set[str]:
    """Give the values of secret fields, headers and the like that stand in a part and all below it."""
    concealing = Concealing(reads_texts=False)
    for one in part.walk():
        for address, node in one.fields.items():
            if address[0] in {"inputs", "defaultValue"}:
                concealing.node(node, is_secret=is_secret(one, address, catalog))
    return concealing.found


def _names_something(node: Mapping) -> bool:
    """Tell whether an input only names where its value comes from."""
    kind = _text(node, "type")
    if kind in {"reference", "configVar"}:
        return True
    text = _text(node, "value")
    return kind == "template" and "{{" in text and _PLACEHOLDER.sub("", text).strip().lower() in _SCHEMES


def _text(node: Mapping, key: str) -> str:
    found = node.text(key)
    return found.value if found is not None else ""
