"""Which fields of a part say something else than before."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from xchange_cli.changes.comparison.code_layout import is_same_code
from xchange_cli.changes.comparison.defaults import is_left_out, newer_address
from xchange_cli.changes.comparison.inputs import UNSET
from xchange_cli.changes.comparison.names import Renamed
from xchange_cli.changes.comparison.part import Address, Part, PartKind
from xchange_cli.changes.comparison.plain import is_equal
from xchange_cli.changes.comparison.values import is_same, meaning
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.node import Node
from xchange_cli.model.integration import ConfigVar, Step

_CODE: Address = ("inputs", "code")


class FieldChange(NamedTuple):
    """Values as the files have them; None where a field is not written."""

    address: Address
    old: Node | None
    new: Node | None


class Compared(NamedTuple):
    """What differs between two parts, and how many references in them have followed which (old) part to its new name."""

    changes: tuple[FieldChange, ...]
    followed: Counter[Part]


class FieldComparison(NamedTuple):
    """Compares fields, knowing the defaults of components and the names that have changed.

    `renamed` gives old values the names of today, `former` gives new ones the names that were. Both know uses by the old part.
    """

    catalog: Catalog
    renamed: Renamed
    former: Renamed

    def compare(self, old: Part, new: Part) -> Compared:
        """Compare two parts that are the same one, in the order of the new file; what is gone comes last."""
        before, after = _by_newer_address(old), _by_newer_address(new)
        changes: list[FieldChange] = []
        followed: Counter[Part] = Counter()
        for address in {**after, **before} if after.keys() != before.keys() else after:
            change = FieldChange(address, before.get(address), after.get(address))
            led, leads = self.renamed.named_in(change.old), self.former.named_in(change.new)
            if led or leads:
                followed += led & leads
                is_unchanged = led == leads and self._has_followed(old, new, change)
            else:
                is_unchanged = self._says_the_same(old, new, change)
            if not is_unchanged:
                changes.append(change)
        if old.kind is PartKind.ELEMENT and old.name != new.name:
            followed += self.renamed.named_in(old.node) & self.former.named_in(new.node)
        return Compared(tuple(changes), followed)

    def _has_followed(self, old: Part, new: Part, change: FieldChange) -> bool:
        """Tell whether new names are all that differs; code may write them in ways that only one direction comes to."""
        address, was, now = change
        if was is None or now is None:
            return False
        then, today = self.former.put_in(now), self.renamed.put_in(was)
        if is_same(new, address, today, now) or is_same(old, address, was, then):
            return True
        return _are_codes(old, new, address) and (is_same_code(today, now) or is_same_code(was, then))

    def _says_the_same(self, old: Part, new: Part, change: FieldChange) -> bool:
        address, was, now = change
        if was is not None and now is not None and is_equal(was.data, now.data):
            return True
        if is_same(old, address, was, now) and is_same(new, address, was, now):
            return True
        if was is not None and now is not None and _are_codes(old, new, address) and is_same_code(was, now):
            return True
        return self._is_left_out(old, address, was) and self._is_left_out(new, address, now)

    def _is_left_out(self, part: Part, address: Address, node: Node | None) -> bool:
        said = meaning(part, address, node)
        if said is None:
            return True
        if said is UNSET and part.kind is PartKind.INTEGRATION:
            return True
        if address[0] != "inputs" or len(address) != 2 or not isinstance(part.facts, Step | ConfigVar):
            return False
        given = part.facts.inputs.get(address[1])
        return is_left_out(part, address[1], given, self.catalog, is_set=said is not UNSET)


def _are_codes(old: Part, new: Part, address: Address) -> bool:
    return address == _CODE and all(map(_runs_code, (old, new)))


def _runs_code(part: Part) -> bool:
    action = part.facts.action if isinstance(part.facts, Step) else None
    return action is not None and action.is_public and action.component == "code"


def _by_newer_address(part: Part) -> Mapping[Address, Node]:
    """Give the fields, those of older exports in the words of today; where both are there, the newer one counts."""
    if part.kind is not PartKind.CONFIG_VAR:
        return part.fields
    fields: dict[Address, Node] = {}
    for address, node in part.fields.items():
        newer = newer_address(address)
        if newer == address or newer not in part.fields:
            fields[newer] = node
    return fields
