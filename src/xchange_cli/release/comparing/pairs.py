"""Which integrations of two projects are compared: by key, without those that git has under one name on both sides."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.nearest import nearest
from xchange_cli.release.comparing.copies import Copy, Whole
from xchange_cli.release.comparing.revisions import changed_since


class Pair(NamedTuple):
    """Two sides of one integration; None where it is not there. `is_same` tells that their bytes are the same."""

    key: str
    old: Copy | None
    new: Copy | None
    is_same: bool = False

    @property
    def without_loads(self) -> "Pair":
        """The same for another process, which reads nothing: functions do not go there."""
        old, new = (side and side._replace(load=None) for side in (self.old, self.new))
        return self._replace(old=old, new=new)


class Pairs(NamedTuple):
    """Those that may differ, of as many as were `looked` at. `is_one` tells that one integration alone was meant.

    `troubles` say why `lost` others have nothing to be compared with. Where the one that was meant has one side alone,
    `others` are those that have the other one: it may be one of them that has moved.
    """

    pairs: tuple[Pair, ...]
    looked: int
    is_one: bool = False
    troubles: tuple[XchangeError, ...] = ()
    lost: int = 0
    others: tuple[Pair, ...] = ()


def paired(old: Whole, new: Whole, key: str) -> Pairs:
    """Pair the integrations of two projects, or the one that `key` names.

    Raises:
        XchangeError: NOT_FOUND where neither has the key; UNREADABLE when git does not answer.

    """
    old, new = known_to_git(old, new), known_to_git(new, old)
    every = sorted({**old.copies, **new.copies})
    return chosen(every, key, lambda one: with_blobs(one, old.copies.get(one), new.copies.get(one)))


def chosen(keys: Iterable[str], key: str, pair: Callable[[str], Pair]) -> Pairs:
    """Pair all that differ, or the one that `key` names, whether it differs or not.

    Raises:
        XchangeError: NOT_FOUND where it is none of `keys`.

    """
    known = list(keys)
    if not key:
        pairs = map(pair, known)
        return Pairs(tuple(one for one in pairs if not one.is_same), len(known))
    if key not in known:
        near = nearest(key, known)
        raise XchangeError(
            ErrorCode.NOT_FOUND,
            f"no integration has the key {key}",
            hint=f"Did you mean `{near}`?" if near else "`xchange list` shows all keys.",
        )
    meant = pair(key)
    if meant.old is not None and meant.new is not None:
        return Pairs((meant,), 1, is_one=True)
    every = map(pair, known)
    others = (one for one in every if _is_rest(one, meant))
    return Pairs((meant,), 1, is_one=True, others=tuple(others))


def _is_rest(one: Pair, other: Pair) -> bool:
    """Tell whether each has just the side that the other has not got."""
    return (one.old is None) is not (other.old is None) and (one.new is None) is not (other.new is None)


def with_blobs(key: str, old: Copy | None, new: Copy | None) -> Pair:
    is_same = old is not None and new is not None and bool(new.blob) and old.blob == new.blob
    return Pair(key, old, new, is_same)


def known_to_git(side: Whole, other: Whole) -> Whole:
    """Say of the files of a working tree which ones a commit has just so; anything else stays as it is.

    Raises:
        XchangeError: UNREADABLE when git does not answer.

    """
    if side.commit or not other.commit or side.root != other.root:
        return side
    changed = changed_since(other.commit, side.root)

    def known(key: str, copy: Copy) -> Copy:
        kept = other.copies.get(key)
        is_same = kept is not None and kept.inner == copy.inner and side.root / copy.inner not in changed
        return copy._replace(blob=kept.blob) if kept is not None and is_same else copy

    return side._replace(copies={key: known(key, copy) for key, copy in side.copies.items()})
