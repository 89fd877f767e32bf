"""What differs between two integrations in what they mean."""

from collections import Counter
from collections.abc import Iterator, Mapping
from zlib import crc32

from xchange_cli.changes.comparison.delta import Comparison, Delta, What
from xchange_cli.changes.comparison.fields import Compared, FieldComparison
from xchange_cli.changes.comparison.matching import match
from xchange_cli.changes.comparison.names import Renamed, uses
from xchange_cli.changes.comparison.part import Part, PartKind
from xchange_cli.changes.comparison.parts import read_parts
from xchange_cli.changes.comparison.stayed import kept_places
from xchange_cli.components.catalog import Catalog
from xchange_cli.model.integration import Integration

_REFERRED_TO = frozenset([PartKind.BRANCH, PartKind.CONFIG_VAR, PartKind.FLOW, PartKind.STEP])
_LISTS = ("requiredConfigVars", "configPages", "elements", "flows", "steps", "branches")
_WITHOUT_ORDER = frozenset(["requiredConfigVars", "flows"])


def compare_parts(old: Integration, new: Integration, catalog: Catalog) -> Comparison:
    """Compare two integrations, whatever is wrong with them. The same two always give the same deltas."""
    before, after = read_parts(old), read_parts(new)
    pairs = match(before, after)
    fields = FieldComparison(catalog, *_renamed(old, new, catalog, pairs))
    compared = {now: fields.compare(was, now) for was, now in pairs.items()}
    deltas = tuple(_Deltas(pairs, compared, fields.renamed).below(after))
    return Comparison(before, after, deltas, pairs, fields.renamed.put_in)


def _renamed(
    old: Integration, new: Integration, catalog: Catalog, pairs: Mapping[Part, Part]
) -> tuple[Renamed, Renamed]:
    """Find the uses of what has another name: in the old file with the new names, in the new one with the old names."""
    both = [(was, now) for was, now in pairs.items() if was.kind in _REFERRED_TO and was.name != now.name]
    both = [(was, now) for was, now in both if was.name and now.name]
    then = {now: was for was, now in both}
    former = uses(new, catalog, {now: was.name for was, now in both})
    return (
        Renamed(uses(old, catalog, {was: now.name for was, now in both})),
        Renamed(use._replace(part=then[use.part]) for use in former),
    )


class _Deltas:
    """Writes down what differs, in the order of the new file."""

    def __init__(
        self, pairs: Mapping[Part, Part], compared: Mapping[Part, Compared], renamed: Renamed
    ) -> None:
        self._now = pairs
        self._renamed = renamed
        self._was = {new: old for old, new in pairs.items()}
        self._compared = compared
        self._follows: Counter[Part] = Counter()
        for one in compared.values():
            self._follows.update(one.followed)

    def below(self, new: Part, moved_behind: tuple[Part | None, ...] = ()) -> Iterator[Delta]:
        """Yield what differs in a part and below it; `moved_behind` holds what it follows if it has moved."""
        old = self._was.get(new)
        if old is not None:
            yield from self._of_part(old, new, moved_behind)
        for key in _LISTS:
            if key in new.children or (old is not None and key in old.children):
                yield from self._of_list(old, new, key)

    def _of_part(self, old: Part, new: Part, moved_behind: tuple[Part | None, ...]) -> Iterator[Delta]:
        if old.name != new.name and old.kind is not PartKind.ELEMENT:
            yield Delta(What.RENAMED, old, new, follows=self._follows[old])
        for behind in moved_behind:
            yield Delta(What.MOVED, old, new, behind=behind)
        for address, was, now in self._compared[new].changes:
            read_old = self._renamed.put_in(was) if was and now and self._renamed.named_in(was) else None
            yield Delta(What.CHANGED, old, new, address, was, now, read_old=read_old)

    def _of_list(self, old: Part | None, new: Part, key: str) -> Iterator[Delta]:
        olds = old.children.get(key, []) if old is not None else []
        news = new.children.get(key, [])
        gone = self._gone(olds, news)
        stayed = self._stayed(olds, news, key)
        yield from gone.get(None, ())
        behind: Part | None = None
        for child in news:
            if child not in self._was and new in self._was:
                yield Delta(What.ADDED, None, child, behind=behind)
            has_moved = child in self._was and child not in stayed
            yield from self.below(child, (behind,) if has_moved else ())
            yield from gone.get(child, ())
            behind = child

    def _gone(self, olds: list[Part], news: list[Part]) -> dict[Part | None, list[Delta]]:
        """Give what was removed, by the part of the new list that it stood behind."""
        gone: dict[Part | None, list[Delta]] = {}
        here = set(news)
        behind: Part | None = None
        for old in olds:
            now = self._now.get(old)
            if now is None:
                gone.setdefault(behind, []).append(Delta(What.REMOVED, old, None))
            elif now in here:
                behind = now
        return gone

    def _stayed(self, olds: list[Part], news: list[Part], key: str) -> set[Part]:
        """Give the parts of a list that were in it before and are in the same order among each other.

        Of two that have changed places, the one stays that has not changed otherwise, or else the larger one.
        """
        places = {old: index for index, old in enumerate(olds)}
        common = [child for child in news if self._was.get(child) in places]
        if key in _WITHOUT_ORDER:
            return set(common)
        kept = kept_places([places[self._was[child]] for child in common], list(map(self._weight, common)))
        return {common[index] for index in kept}

    def _weight(self, part: Part) -> int:
        """Give a number for how much speaks for a part having stayed; that of the mirrored comparison is the same."""
        old = self._was[part]
        is_unchanged = not self._compared[part].changes
        names = "\n".join(sorted((old.name, part.name)))
        size = len(old.fields) + len(part.fields)
        return (is_unchanged << 64) + (size << 40) + crc32(names.encode("utf-8", "surrogatepass"))
