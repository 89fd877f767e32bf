"""Integrations that are in another folder now: what is gone under one key, and is new under another."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from xchange_cli.changes.kind import Move
from xchange_cli.document.node import Mapping
from xchange_cli.document.parse import parse
from xchange_cli.errors import XchangeError
from xchange_cli.project.beside import FORK
from xchange_cli.project.looking import exists
from xchange_cli.release.comparing.comparer import Work
from xchange_cli.release.comparing.copies import Copy
from xchange_cli.source import Source

_ALIKE = 0.6
"""How much of their lines two texts have to have in common that name the same integration."""
_SURE = 0.85
"""How much others have to."""
_TELLING = 30
"""How many lines such others have to have, for small integrations that begin alike are alike."""
_MOST = 2_500
"""So many pairs are compared one by one at most."""

Read = Work | XchangeError


class _Look(NamedTuple):
    """What a text is recognised by: its lines, how often each, and the name that it gives the integration."""

    lines: Counter[str]
    name: str


def with_moves(read: Sequence[Read]) -> list[Read]:
    """Join what is gone and what is new instead of it, where it is clear; the joined pair stands where the new one stood.

    Texts that are the same go together, then those that are alike. Of several that it might be, it is none. A fork that
    was none before is another integration, however alike.
    """
    works = [one for one in read if isinstance(one, Work)]
    gone = [work for work in works if work.texts.new is None]
    came = [work for work in works if work.texts.old is None]
    pairs = list(_pairs(gone, came)) if gone and came else []
    joined = {id(new): _joined(old, new) for old, new in pairs}
    left = {id(old) for old, _ in pairs}
    return [joined.get(id(one), one) for one in read if id(one) not in left]


def _pairs(gone: Sequence[Work], came: Sequence[Work]) -> Iterator[tuple[Work, Work]]:
    """Yield the pairs of which each is the only one that the other can be."""
    same: list[tuple[Work, Work]] = []
    known: set[int] = set()
    for olds, news in _with_same_text(gone, came):
        if len(olds) * len(news) > _MOST:  # it is clear that nothing is clear
            known.update(map(id, (*olds, *news)))
        else:
            same += [(old, new) for old in olds for new in news if _may_be(old, new)]
    yield from _clear(same)
    known.update(id(one) for pair in same for one in pair)
    olds, news = ([one for one in side if id(one) not in known] for side in (gone, came))
    if olds and news and len(olds) * len(news) <= _MOST:
        looks = {id(one): _look(one) for one in (*olds, *news)}
        pairs = ((old, new) for old in olds for new in news if _may_be(old, new))
        yield from _clear([(old, new) for old, new in pairs if _is_alike(looks[id(old)], looks[id(new)])])


def _with_same_text(gone: Sequence[Work], came: Sequence[Work]) -> Iterator[tuple[list[Work], list[Work]]]:
    groups: dict[str, tuple[list[Work], list[Work]]] = {}
    for side, works in enumerate((gone, came)):
        for work in works:
            groups.setdefault(_text(work), ([], []))[side].append(work)
    return (group for group in groups.values() if all(group))


def _clear(pairs: Sequence[tuple[Work, Work]]) -> Iterator[tuple[Work, Work]]:
    counts = Counter(id(one) for pair in pairs for one in pair)
    return ((old, new) for old, new in pairs if counts[id(old)] == counts[id(new)] == 1)


def _may_be(old: Work, new: Work) -> bool:
    before, after = old.pair.old, new.pair.new
    if before is None or after is None or before.key == after.key:
        return False
    return _is_fork(before) or not _is_fork(after)


def _is_fork(copy: Copy) -> bool:
    return copy.is_fork if copy.path is None else exists(copy.path.parent / FORK)


def _look(work: Work) -> _Look:
    text = _text(work)
    root = parse(Source("", text)).root
    name = root.text("name") if isinstance(root, Mapping) else None
    lines = Counter(line for line in map(str.strip, text.split("\n")) if line)
    return _Look(lines, name.value if name is not None else "")


def _is_alike(old: _Look, new: _Look) -> bool:
    sizes = old.lines.total(), new.lines.total()
    alike = 2 * (old.lines & new.lines).total() / max(1, sum(sizes))
    if old.name and old.name == new.name:
        return alike > _ALIKE
    return alike > _SURE and min(sizes) >= _TELLING


def _text(work: Work) -> str:
    side = work.texts.new or work.texts.old
    return side.text if side is not None else ""


def _joined(old: Work, new: Work) -> Work:
    before, after = old.pair.old, new.pair.new
    assert before is not None
    assert after is not None
    is_version = before.path is None and not before.blob
    move = Move(before.key, after.key, before.name if is_version else "")
    return Work(new.pair._replace(old=before), new.place, new.texts._replace(old=old.texts.old), move)
