"""What differs in meaning between two sides, integration by integration: graded, with what was approved on purpose."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.changes.approvals import FILE, approved, read_approvals, unused
from xchange_cli.changes.change import Change, ChangeSet
from xchange_cli.changes.compare import Side, compare
from xchange_cli.changes.grade import Grade
from xchange_cli.changes.verdict import Verdict, verdict
from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Severity
from xchange_cli.errors import XchangeError
from xchange_cli.project.beside import CONFIGS
from xchange_cli.project.keys import FILE_NAMES
from xchange_cli.project.project import INTEGRATIONS_FOLDER
from xchange_cli.project.targets import Target
from xchange_cli.release.comparing.copies import Copy, integration_in, source_of
from xchange_cli.release.comparing.pairs import Pair, Pairs
from xchange_cli.release.comparing.revisions import contents
from xchange_cli.release.comparing.sides import Ground, working_copies
from xchange_cli.source import Source
from xchange_cli.validation.kind import ALL, kinds

if TYPE_CHECKING:
    from xchange_cli.changes.impact import Impact
    from xchange_cli.configset.read import ConfigSet

Told = Callable[[int, int], None]
"""Is told how many integrations of how many are compared."""


class Compared(NamedTuple):
    """One integration. `impacts` say what becomes of its config sets; None where nobody asked.

    `place` is the folder of its working copy, or where that was; None for a file that is not called `integration.yml`.
    `is_working` tells that the new side is that copy, or that it is gone: what such a comparison shows can be approved.
    `errors` counts those that `xchange validate` finds in the new side, where that is the working copy; None where nobody
    looked. `unused` are the fingerprints of approvals that fit none of the changes.
    """

    change_set: ChangeSet
    verdict: Verdict
    place: Path | None = None
    impacts: "tuple[Impact, ...] | None" = None
    is_working: bool = False
    errors: int | None = None
    unused: tuple[str, ...] = ()

    @property
    def grade(self) -> Grade | None:
        """The worst grade, also of approved changes; None where nothing changed in meaning."""
        return self.change_set.grade


class Differences(NamedTuple):
    """`compared` are the integrations that differ in meaning, or the one that was meant, whether it does or not.

    `looked` counts all that were looked at, `other_form` those of them that differ in their texts alone. `troubles` say
    why `lost` others could not be compared. `project` is what it is called, and `made` the day of the comparison, for reports.
    """

    compared: tuple[Compared, ...]
    looked: int
    is_one: bool
    other_form: tuple[str, ...] = ()
    troubles: tuple[XchangeError, ...] = ()
    lost: int = 0
    project: str = ""
    made: str = ""

    @property
    def unused(self) -> tuple[tuple[str, Path], ...]:
        """Approvals that fit no change of this comparison: their fingerprints and files."""
        return tuple((text, one.place / FILE) for one in self.compared if one.place for text in one.unused)

    def open_changes(self, grade: Grade) -> Iterator[Change]:
        """Yield the changes of at least a grade that nobody approved."""
        for one in self.compared:
            yield from (
                change
                for change in one.change_set.changes
                if change.approved is None and change.grade >= grade
            )


def with_errors(
    compared: Iterable[Compared], ground: Ground, working: Iterable[Copy]
) -> tuple[Compared, ...]:
    """Count the errors that `validate` finds in the new sides that are working copies, all at once: it remembers them.

    What could not be read was told before; here it counts for nothing.
    """
    every = tuple(compared)
    changed = {one.change_set.new for one in every if one.is_working and one.change_set.changes}
    targets = [Target(copy.name, copy.key, copy.path) for copy in working if copy.name in changed]
    if not targets:
        return every
    from xchange_cli.validation.many import validate_many

    try:
        result = validate_many(ground.project, targets, ground.folder)
    except XchangeError:  # a file of the project is broken, which `validate` tells
        return every
    wrong = Counter(
        found.span.source.name for found in result.diagnostics if found.severity is Severity.ERROR
    )
    looked = {target.name for target in targets}
    return tuple(
        one._replace(errors=wrong[one.change_set.new]) if one.change_set.new in looked else one
        for one in every
    )


def differing(ground: Ground, pairs: Pairs, catalog: Catalog, config: str, tell: Told) -> Differences:
    """Compare pairs. With `config`, say what becomes of that config set, or of `all`.

    Of several integrations, one that cannot be read does not keep the others from being compared.

    Raises:
        XchangeError: UNREADABLE, with the place, where the one integration that is meant is broken; NOT_FOUND where no
            integration has the config set; else as git and the registry do.

    """
    comparing = _Comparing(ground, pairs, catalog, config)
    if config and config != ALL:
        comparing.require_set()
    compared, troubles = [], [*pairs.troubles]
    for number, pair in enumerate(pairs.pairs):
        tell(number, len(pairs.pairs))
        try:
            found = comparing.compared(pair)
        except XchangeError as error:
            if pairs.is_one:
                raise
            troubles.append(error)
        else:
            compared += [found] if found is not None else []
    listed = (one for one in compared if pairs.is_one or one.change_set.changes)
    shown = with_errors(listed, ground, comparing.working.values())
    other_form = (one.change_set.key for one in compared if not one.change_set.changes)
    lost = pairs.lost + len(troubles) - len(pairs.troubles)
    return Differences(shown, pairs.looked, pairs.is_one, tuple(other_form), tuple(troubles), lost)


class _Comparing:
    def __init__(self, ground: Ground, pairs: Pairs, catalog: Catalog, config: str) -> None:
        self._ground = ground
        self._pairs = pairs
        self._catalog = catalog
        self._config = config

    def compared(self, pair: Pair) -> Compared | None:
        """Compare a pair; None for one of many whose texts are the same, none of which is parsed."""
        if pair.is_same and not self._pairs.is_one:
            return None
        place = self._place(pair)
        is_working = _is_working(pair, place)
        read_old, read_new = self._read(pair.old), self._read(pair.new)
        if (
            read_old is not None
            and read_new is not None
            and read_old.text == read_new.text
            and not self._config
        ):
            return _unchanged(pair, place, is_working=is_working) if self._pairs.is_one else None
        old, new = _side(pair.old, read_old), _side(pair.new, read_new)
        change_set = compare(old, new, self._catalog, pair.key)
        rest: tuple[str, ...] = ()
        if place is not None and change_set.changes:
            approvals = read_approvals(place, self._ground.folder)
            change_set, rest = (
                approved(change_set, approvals),
                unused(change_set, approvals) if is_working else (),
            )
        found = Compared(change_set, verdict(change_set), place, is_working=is_working, unused=rest)
        if not self._config or new is None or place is None:
            return found
        from xchange_cli.changes.impact import impact

        sets = _sets(place, self._ground.folder, self._config)
        return found._replace(impacts=impact(change_set, new.integration, sets, self._catalog))

    def require_set(self) -> None:
        """Make sure that one of the integrations has the config set."""
        from xchange_cli.validation.beside import require_sets

        places = [place for pair in self._pairs.pairs if (place := self._place(pair)) is not None]
        targets = [Target("", "", place / FILE_NAMES[0]) for place in places]
        if targets:
            require_sets(self._config, targets, self._ground.folder)

    def _read(self, copy: Copy | None) -> Source | None:
        return source_of(copy, self._blobs) if copy is not None else None

    def _place(self, pair: Pair) -> Path | None:
        """Give the folder of the working copy: that of the new side, else where the project has it, or had it."""
        path = pair.new.path if pair.new is not None else None
        if path is not None and path.name in FILE_NAMES:
            return path.parent
        if pair.key in self.working:
            path = self.working[pair.key].path
        if path is None and pair.new is None and pair.old is not None:
            path = self._ground.project.root / (
                pair.old.inner or f"{INTEGRATIONS_FOLDER}/{pair.key}/{FILE_NAMES[0]}"
            )
        return path.parent if path is not None and path.name in FILE_NAMES else None

    @cached_property
    def working(self) -> Mapping[str, Copy]:
        return working_copies(self._ground.project, self._ground.folder)

    @cached_property
    def _blobs(self) -> dict[str, bytes]:
        """Read all that git has of the pairs at once."""
        sides = (side for pair in self._pairs.pairs for side in (pair.old, pair.new) if side is not None)
        wanted = [side.blob for side in sides if side.blob and side.path is None]
        return contents(self._ground.project.root, wanted)


def _side(copy: Copy | None, source: Source | None) -> Side | None:
    if copy is None or source is None:
        return None
    return Side(copy.name, integration_in(copy, source).integration)


def _is_working(pair: Pair, place: Path | None) -> bool:
    return place is not None and (
        pair.new is None or (pair.new.path is not None and pair.new.path.parent == place)
    )


def _unchanged(pair: Pair, place: Path | None, *, is_working: bool) -> Compared:
    old, new = (side.name if side is not None else "" for side in (pair.old, pair.new))
    change_set = ChangeSet(pair.key, old, new, ())
    return Compared(change_set, verdict(change_set), place, is_working=is_working)


def _sets(place: Path, folder: Path, config: str) -> "Iterator[ConfigSet]":
    """Read the config sets in the folder `place`: the one that `config` names, or all; names are for `folder`."""
    from xchange_cli.validation.config_sets import SetFolder

    kind = next(kind for kind in kinds() if kind.folder == CONFIGS)
    sets = SetFolder(place / CONFIGS, folder)
    for file in kind.files(place, folder):
        if config in {ALL, file.stem}:
            yield sets.read(file)
