"""Compares the two texts of one integration; a value that can go to another process and do it there."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.changes.change import ChangeSet
from xchange_cli.changes.written import written
from xchange_cli.components.catalog import Catalog
from xchange_cli.errors import XchangeError
from xchange_cli.project.beside import CONFIGS
from xchange_cli.release.comparing.copies import Copy, integration_in
from xchange_cli.release.comparing.pairs import Pair
from xchange_cli.release.comparing.remembered import Texts
from xchange_cli.source import Source

if TYPE_CHECKING:
    from xchange_cli.changes.compare import Side
    from xchange_cli.changes.impact import Impact
    from xchange_cli.changes.kind import Move
    from xchange_cli.configset.read import ConfigSet


class Work(NamedTuple):
    """A pair that was read. `place` is the folder of the integration, None where it has none of its own.

    `move` tells that the two sides have different keys.
    """

    pair: Pair
    place: Path | None
    texts: Texts
    move: "Move | None" = None


class Found(NamedTuple):
    """What was found, before approvals: as data, else, where those cannot tell it, as it is. `impacts` as in `Compared`."""

    data: bytes | None
    change_set: ChangeSet | None = None
    impacts: "tuple[Impact, ...] | None" = None


class Comparer(NamedTuple):
    """`config` names the config set that is judged, or `all`; empty where nobody asks. Names are for `folder`."""

    catalog: Catalog
    folder: Path
    config: str = ""

    def compare(self, work: Work) -> Found | XchangeError:
        """Compare a pair; gives the error of a side that is broken."""
        from xchange_cli.changes.compare import compare

        pair, texts = work.pair, work.texts
        try:
            old, new = _side(pair.old, texts.old), _side(pair.new, texts.new)
            change_set = compare(old, new, self.catalog, pair.key, work.move)
            impacts = self._impacts(change_set, new, work.place)
        except XchangeError as error:
            return error
        data = written(change_set.changes, texts.old, texts.new)
        if data is not None:
            return Found(data, None, impacts)
        return Found(None, change_set._replace(deltas=(), before=None), impacts)

    def _impacts(
        self, change_set: ChangeSet, new: "Side | None", place: Path | None
    ) -> "tuple[Impact, ...] | None":
        if not self.config or new is None or place is None:
            return None
        from xchange_cli.changes.impact import impact

        return impact(change_set, new.integration, self._sets(place), self.catalog)

    def _sets(self, place: Path) -> "Iterator[ConfigSet]":
        """Read the config sets in the folder `place` that are judged."""
        from xchange_cli.validation.config_sets import SetFolder
        from xchange_cli.validation.kind import ALL, kinds

        kind = next(kind for kind in kinds() if kind.folder == CONFIGS)
        sets = SetFolder(place / CONFIGS, self.folder)
        for file in kind.files(place, self.folder):
            if self.config in {ALL, file.stem}:
                yield sets.read(file)


def _side(copy: Copy | None, source: Source | None) -> "Side | None":
    if copy is None or source is None:
        return None
    from xchange_cli.changes.compare import Side

    return Side(copy.name, integration_in(copy, source).integration)
