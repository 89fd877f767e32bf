"""Which item of a list is which one of another: by what it is, or by what it says and where it stands."""

from collections import Counter
from collections.abc import Hashable, Iterator
from difflib import SequenceMatcher
from itertools import zip_longest

from xchange_cli.changes.comparison.plain import plain
from xchange_cli.document.node import Mapping, Scalar
from xchange_cli.document.node import Sequence as List


def identities(node: List) -> dict[Hashable, int] | None:
    """Give the positions of items by what they are: by the name of a pair, or by the text; None where two are alike."""
    found: list[tuple[str, Hashable]] = []
    for item in node.items:
        if isinstance(item, Mapping) and item.data.get("name"):
            found.append(("name", plain(item.data["name"])))
        elif isinstance(item, Scalar) and item.data is not None:
            found.append(("text", plain(item.data)))
        else:
            return None
    if len({kind for kind, _ in found}) > 1 or max(Counter(found).values(), default=0) > 1:
        return None
    return {key: number for number, key in enumerate(found)}


def aligned(one: List, other: List) -> Iterator[tuple[int | None, int | None]]:
    """Yield positions in both lists: of equal items, and of what stands in the same place between those.

    None is for what only one list has.
    """
    first, second = ([plain(item.data) for item in node.items] for node in (one, other))
    for _, i1, i2, j1, j2 in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        yield from zip_longest(range(i1, i2), range(j1, j2))
