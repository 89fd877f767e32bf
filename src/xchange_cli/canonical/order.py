"""The order of keys: as the hosted builder writes them, but where that would change what a file means."""

import re
from collections.abc import Iterator
from itertools import combinations

from xchange_cli.canonical.tree import Alias, Group, Leaf, Part, Tree, Written

_INDEX = re.compile(r"0|[1-9][0-9]{0,9}")
_REFERENCE = {"key", "component"}
"""What the name of an action, connection or data source has; its `key` comes before all else."""

Path = tuple[tuple[Group, int], ...]


def order(tree: Tree) -> None:
    """Sort the keys of all mappings in place."""
    if tree.has_aliases:
        _hold_aliases(tree.root)
    _sort(tree.root)


def _sort(group: Group) -> None:
    if group.is_kept:
        return
    if group.is_mapping and not group.keeps_order:
        group.parts = _sorted(group.parts)
    for part in group.parts:
        if isinstance(part.value, Group):
            _sort(part.value)


def _sorted(parts: list[Part]) -> list[Part]:
    """Sort, unless a comment that silences findings would get another first key: the mapping itself begins there."""
    is_reference = _REFERENCE.issubset(part.name for part in parts)
    wanted = sorted(parts, key=lambda part: _rank(part.name, is_first=is_reference and part.name == "key"))
    if parts and wanted[0] is not parts[0] and (parts[0].is_pinned or wanted[0].is_pinned):
        return parts
    return wanted


def _rank(name: str, *, is_first: bool) -> tuple[int, int, bytes]:
    """Rank a key as JavaScript does: whole numbers by size, then texts by their UTF-16 code units."""
    if is_first:
        return 0, 0, b""
    if _INDEX.fullmatch(name):
        return 1, int(name), b""
    return 2, 0, name.encode("utf-16-be", "surrogatepass")


def _hold_aliases(root: Group) -> None:
    """Hold the order of each mapping in which one entry has an anchor and another one an alias of that name.

    Where a name is given twice, the two places keep their order, too.
    """
    anchors: dict[str, list[Path]] = {}
    aliases: list[tuple[str, Path]] = []
    for node, path in _walk(root, ()):
        if isinstance(node, Alias):
            aliases.append((node.name, path))
        elif node.anchor:
            anchors.setdefault(node.anchor, []).append(path)
    for name, path in aliases:
        for other in anchors.get(name, ()):
            _hold_fork(path, other)
    for name in {name for name, _ in aliases}:
        for one, other in combinations(anchors.get(name, ()), 2):
            _hold_fork(one, other)


def _hold_fork(one: Path, other: Path) -> None:
    """Hold the innermost collection that both paths lead through, if they part in it."""
    for (group, index), (_, index_of_other) in zip(one, other, strict=False):
        if index != index_of_other:
            group.keeps_order = True
            return


def _walk(node: Written, path: Path) -> Iterator[tuple[Written, Path]]:
    yield node, path
    if not isinstance(node, Group):
        return
    for index, part in enumerate(node.parts):
        inside = (*path, (node, index))
        if isinstance(part.key, Leaf | Alias):
            yield part.key, inside
        yield from _walk(part.value, inside)
