"""What differs in meaning between two sides, integration by integration: graded, with what was approved on purpose."""

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

from xchange_cli.changes.approvals import approved, read_approvals, unused, with_reasons
from xchange_cli.changes.verdict import verdict
from xchange_cli.changes.written import read as read_changes
from xchange_cli.components.catalog import Catalog
from xchange_cli.errors import XchangeError
from xchange_cli.project.keys import FILE_NAMES
from xchange_cli.project.project import INTEGRATIONS_FOLDER
from xchange_cli.project.targets import Target
from xchange_cli.release.comparing.compared import Compared, Differences
from xchange_cli.release.comparing.comparer import Comparer, Found, Work
from xchange_cli.release.comparing.copies import source_of
from xchange_cli.release.comparing.error_counts import with_errors
from xchange_cli.release.comparing.moves import with_moves
from xchange_cli.release.comparing.pairs import Pair, Pairs
from xchange_cli.release.comparing.remembered import Texts, memory_of
from xchange_cli.release.comparing.results import results_of
from xchange_cli.release.comparing.revisions import contents
from xchange_cli.release.comparing.sides import Ground

Told = Callable[[int, int], None]
"""Is told how many integrations of how many are compared."""


def differing(ground: Ground, pairs: Pairs, catalog: Catalog, config: str, tell: Told) -> Differences:
    """Compare pairs. With `config`, say what becomes of that config set, or of `all`.

    Of several integrations, one that cannot be read does not keep the others from being compared.

    Raises:
        XchangeError: UNREADABLE, with the place, where the one integration that is meant is broken; NOT_FOUND where no
            integration has the config set; else as git and the registry do.

    """
    comparing = _Comparing(ground, pairs, Comparer(catalog, ground.folder, config))
    if config:
        comparing.require_set()
    compared, troubles = [], [*pairs.troubles]
    for found in comparing.all(tell):
        if not isinstance(found, XchangeError):
            compared.append(found)
        elif pairs.is_one:
            raise found
        else:
            troubles.append(found)
    listed = (one for one in compared if pairs.is_one or one.change_set.changes)
    shown = with_errors(listed, ground, ground.working().values())
    other_form = (one.change_set.key for one in compared if not one.change_set.changes)
    lost = pairs.lost + len(troubles) - len(pairs.troubles)
    looked = pairs.looked - comparing.moved
    return Differences(shown, looked, pairs.is_one, tuple(other_form), tuple(troubles), lost)


class _Comparing:
    def __init__(self, ground: Ground, pairs: Pairs, comparer: Comparer) -> None:
        self._ground = ground
        self._pairs = pairs
        self._comparer = comparer
        self.moved = 0
        """How many integrations stand in two pairs, because they were moved."""

    def all(self, tell: Told) -> Iterator[Compared | XchangeError]:
        """Compare all pairs, in their order, but for those of many whose texts are the same."""
        read = self._all_read()
        works = [one for one in read if isinstance(one, Work)]
        memory = memory_of(self._ground.project) if works and not self._comparer.config else None
        results = iter(results_of(works, self._comparer, memory, tell))
        for one in read:
            yield one if isinstance(one, XchangeError) else self._judged(one, next(results))

    def _all_read(self) -> list[Work | XchangeError]:
        """Read all pairs, and join those that have moved; where one is meant, whatever it was joined with."""
        pairs = self._pairs
        read = [one for pair in pairs.pairs if (one := self._read(pair)) is not None]
        if not pairs.is_one:
            found = with_moves(read)
            self.moved = len(read) - len(found)
            return found
        others = [one for pair in pairs.others if isinstance(one := self._read(pair), Work)]
        meant = {pair.key for pair in pairs.pairs}
        return [
            one for one in with_moves([*read, *others]) if not isinstance(one, Work) or meant & _keys(one)
        ]

    def require_set(self) -> None:
        """Make sure that one of the integrations has the config set, unless all are meant."""
        from xchange_cli.validation.beside import require_sets
        from xchange_cli.validation.kind import ALL

        if self._comparer.config == ALL:
            return
        places = [place for pair in self._pairs.pairs if (place := self._place(pair)) is not None]
        targets = [Target("", "", place / FILE_NAMES[0]) for place in places]
        if targets:
            require_sets(self._comparer.config, targets, self._ground.folder)

    def _read(self, pair: Pair) -> Work | XchangeError | None:
        """Read a pair; None for one of many whose texts are the same, none of which is parsed."""
        if pair.is_same and not self._pairs.is_one:
            return None
        try:
            old, new = (
                source_of(side, self._blobs) if side is not None else None for side in (pair.old, pair.new)
            )
        except XchangeError as error:
            return error
        texts = Texts(pair.key, old, new)
        if texts.are_alike and not self._comparer.config and not self._pairs.is_one:
            return None
        return Work(pair.without_loads, self._place(pair), texts)

    def _judged(self, work: Work, found: Found | XchangeError) -> Compared | XchangeError:
        """Say what was approved of what was found, and what it means."""
        if isinstance(found, XchangeError):
            return found
        change_set = found.change_set or read_changes(found.data or b"", *work.texts)
        place, is_working = work.place, _is_working(work.pair, work.place)
        bare = Compared(change_set, verdict(change_set), place, found.impacts, is_working)
        if place is None or not change_set.changes:
            return bare
        try:
            approvals = read_approvals(place, self._ground.folder)
        except XchangeError as error:
            return error
        change_set = approved(change_set, approvals)
        return bare._replace(
            change_set=change_set,
            verdict=verdict(change_set),
            impacts=found.impacts
            and tuple(one._replace(changes=with_reasons(one.changes, approvals)) for one in found.impacts),
            unused=unused(change_set, approvals) if is_working else (),
        )

    def _place(self, pair: Pair) -> Path | None:
        """Give the folder of the working copy: that of the new side, else where the project has it, or had it."""
        path = pair.new.path if pair.new is not None else None
        if path is not None and path.name in FILE_NAMES:
            return path.parent
        working = self._ground.working()
        if pair.key in working:
            path = working[pair.key].path
        if path is None and pair.new is None and pair.old is not None:
            path = self._ground.project.root / (
                pair.old.inner or f"{INTEGRATIONS_FOLDER}/{pair.key}/{FILE_NAMES[0]}"
            )
        return path.parent if path is not None and path.name in FILE_NAMES else None

    @cached_property
    def _blobs(self) -> dict[str, bytes]:
        """Read all that git has of the pairs at once."""
        pairs = (*self._pairs.pairs, *self._pairs.others)
        sides = (side for pair in pairs for side in (pair.old, pair.new) if side is not None)
        wanted = [side.blob for side in sides if side.blob and side.path is None]
        return contents(self._ground.project.root, wanted)


def _keys(work: Work) -> set[str]:
    """Give the key of an integration, and the one that it had."""
    return {work.pair.key} if work.move is None else {work.move.old_key, work.move.new_key}


def _is_working(pair: Pair, place: Path | None) -> bool:
    return place is not None and (
        pair.new is None or (pair.new.path is not None and pair.new.path.parent == place)
    )
