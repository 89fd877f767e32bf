"""The text of an integration, and what its fields say, with other names for some of its parts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from xchange_cli.changes.comparison.features import condition_items
from xchange_cli.changes.comparison.part import Part, PartKind
from xchange_cli.changes.comparison.parts import name_key
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.node import Entry, Node, Scalar, Sequence
from xchange_cli.document.node import Mapping as MappingNode
from xchange_cli.document.parse import Document
from xchange_cli.errors import XchangeError
from xchange_cli.expression.step_names import step_ref
from xchange_cli.model.integration import Integration
from xchange_cli.model.walk import walk_flow
from xchange_cli.renaming.in_file import names_in_file
from xchange_cli.renaming.kind import Kind
from xchange_cli.renaming.lookup import Lookup
from xchange_cli.renaming.names import Target
from xchange_cli.renaming.scalars import rewrite
from xchange_cli.renaming.spelling import Change, NewName, change
from xchange_cli.validation.facts import Facts


class Use(NamedTuple):
    """A place that names a part, with what stands there when the part has its new name."""

    part: Part
    change: Change


def with_names(integration: Integration, catalog: Catalog, names: Mapping[Part, str]) -> Document:
    """Give the text of an integration in which these parts of it have these names, and all references follow.

    Nothing else changes, and nothing is checked: whether a name is free is the caller's to know. A place that cannot hold
    the new name keeps the old one.

    Raises:
        XchangeError: INVALID with the place, where an alias does not let the text be written.

    """
    changes = [use.change for use in uses(integration, catalog, names)]
    for part, name in names.items():
        node = _name_node(part)
        if node is not None:
            changes.append(Change(node, 0, len(node.value), name))
    return rewrite(Document(integration.node.source, integration.node), changes).document


def uses(integration: Integration, catalog: Catalog, names: Mapping[Part, str]) -> Iterator[Use]:
    """Yield the places that name one of these parts, but for those where the parts get their names."""
    parts = dict(_targets(integration, names))
    found = names_in_file(Lookup(Facts(integration, catalog))) if parts else ()
    for named in dict.fromkeys(found):
        part = parts.get(named.target) if named.target is not None and not named.is_shared else None
        if part is not None:
            try:
                yield Use(part, change(named, NewName(names[part], step_ref(names[part]))))
            except XchangeError:
                continue  # no reference can hold the name here, so none does
    for part, name in names.items():
        if part.kind is PartKind.BRANCH:
            for item in condition_items(part, catalog):
                if isinstance(item.name_node, Scalar):
                    yield Use(part, Change(item.name_node, 0, len(item.name_node.value), name))


class Renamed:
    """Values with other names in them."""

    def __init__(self, found: Iterable[Use]) -> None:
        self._uses: dict[int, list[Use]] = {}
        for use in dict.fromkeys(found):
            self._uses.setdefault(id(use.change.node), []).append(use)

    def named_in(self, node: Node | None) -> Counter[Part]:
        """Count the uses of other names in a value, by the part that they name."""
        found: Counter[Part] = Counter()
        if self._uses and node is not None:
            self._count(node, found)
        return found

    def _count(self, node: Node, found: Counter[Part]) -> None:
        match node:
            case Scalar():
                for use in self._uses.get(id(node), ()):
                    found[use.part] += 1
            case MappingNode():
                for entry in node.entries.values():
                    self._count(entry.value, found)
            case Sequence():
                for item in node.items:
                    self._count(item, found)

    def put_in(self, node: Node) -> Node:
        """Give a copy of a value with the other names in it; its places are those of the value."""
        match node:
            case Scalar():
                return self._scalar(node)
            case MappingNode():
                entries = {
                    key: Entry(entry.key, self.put_in(entry.value)) for key, entry in node.entries.items()
                }
                data = {key: entry.value.data for key, entry in entries.items()}
                return MappingNode(node.source, node.start, node.end, entries, data)
            case Sequence():
                items = [self.put_in(item) for item in node.items]
                return Sequence(node.source, node.start, node.end, items, [item.data for item in items])
        return node

    def _scalar(self, node: Scalar) -> Scalar:
        text = node.value
        found = self._uses.get(id(node), [])
        for _, made in sorted(found, key=lambda use: use.change.start, reverse=True):
            text = text[: made.start] + made.text + text[made.end :]
        return Scalar(node.source, node.start, node.end, text, node.style, text) if found else node


def _targets(integration: Integration, names: Mapping[Part, str]) -> Iterator[tuple[Target, Part]]:
    parts = {id(part.facts): part for part in names}
    for number, variable in enumerate(integration.config_vars):
        if (part := parts.get(id(variable))) is not None:
            yield Target(Kind.CONFIG_VAR, number), part
    for number, flow in enumerate(integration.flows):
        if (part := parts.get(id(flow))) is not None:
            yield Target(Kind.FLOW, number), part
        for at, placed in enumerate(walk_flow(flow)):
            if (part := parts.get(id(placed.step))) is not None:
                yield Target(Kind.STEP, number, at), part


def _name_node(part: Part) -> Scalar | None:
    return part.node.text(name_key(part.kind))
