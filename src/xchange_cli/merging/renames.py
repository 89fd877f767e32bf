"""The names that both sides have given, put into all three files, so that nothing is left to follow."""

from typing import NamedTuple

from xchange_cli.changes.comparison.matching import match
from xchange_cli.changes.comparison.names import with_names
from xchange_cli.changes.comparison.part import Part, PartKind
from xchange_cli.changes.comparison.parts import read_parts
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.parse import Document
from xchange_cli.merging.knot import Knot, Knots
from xchange_cli.model.build import build
from xchange_cli.model.integration import Integration

_NAMED = frozenset([PartKind.CONFIG_VAR, PartKind.PAGE, PartKind.FLOW, PartKind.STEP, PartKind.BRANCH])


class Names(NamedTuple):
    """What the three files call a part."""

    base: str
    ours: str
    theirs: str


class Three(NamedTuple):
    """Three files that use one name for each part.

    `disputed` are the parts of which the sides want different names; `renamed` are all that one side has renamed, with
    their positions in the base; `before` has the names that these had.
    """

    base: Document
    ours: Document
    theirs: Document
    knots: Knots
    disputed: dict[Knot, Names]
    renamed: dict[Knot, int]
    before: dict[Knot, str]


def integration_of(document: Document) -> Integration:
    built = build(document.root)
    assert built is not None
    return built


def with_one_name(
    base: Document, ours: Document, theirs: Document, catalog: Catalog, refused: frozenset[int] = frozenset()
) -> Three:
    """Write the names that one side has given into the other files; `refused` parts (positions in the base) keep theirs.

    Raises:
        XchangeError: INVALID with the place, where an alias does not let the text be written.

    """
    roots = [read_parts(integration_of(one)) for one in (base, ours, theirs)]
    pairs = match(roots[0], roots[1]), match(roots[0], roots[2])
    given: list[dict[Part, str]] = [{}, {}, {}]
    disputed: dict[int, Names] = {}
    for position, part in enumerate(roots[0].walk()):
        found = [part, pairs[0].get(part), pairs[1].get(part)]
        if part.kind not in _NAMED:
            continue
        name, is_open = _name(found, is_refused=position in refused)
        if is_open:
            disputed[position] = Names(*(one.name if one is not None else part.name for one in found))
        for one, names in zip(found, given, strict=True):
            if one is not None and one.name != name:
                names[one] = name
    after = [
        with_names(_integration(root), catalog, names) if names else document
        for root, names, document in zip(roots, given, (base, ours, theirs), strict=True)
    ]
    return _read_again(after, roots, pairs, disputed)


def _name(found: list[Part | None], *, is_refused: bool) -> tuple[str, bool]:
    """Give the name that all files are to use, and whether somebody has to choose between the two."""
    base, ours, theirs = (None if part is None else part.name for part in found)
    assert base is not None
    if ours is None or theirs is None:
        return ours or theirs or base, False
    if is_refused:
        return base, ours != theirs
    if theirs in {ours, base}:
        return ours, False
    return (theirs, False) if ours == base else (ours, True)


def _read_again(
    after: list[Document],
    roots: list[Part],
    pairs: tuple[dict[Part, Part], dict[Part, Part]],
    disputed: dict[int, Names],
) -> Three:
    """Read the texts again, and find each part by its position, which stays."""
    again = [read_parts(integration_of(document)) for document in after]
    now = {
        old: new
        for root, other in zip(roots, again, strict=True)
        for old, new in zip(root.walk(), other.walk(), strict=True)
    }
    first, second = ({now[old]: now[new] for old, new in found.items()} for found in pairs)
    knots = Knots(again[0], again[1], again[2], {"ours": first, "theirs": second})
    places = list(again[0].walk())
    names = [old.name for old in roots[0].walk()]
    renamed = {
        knots.of[places[at]]: at
        for at, old in enumerate(roots[0].walk())
        if any(found[old].name != old.name for found in pairs if old in found)
    }
    before = {knot: names[at] for knot, at in renamed.items()}
    open_names = {knots.of[places[at]]: found for at, found in disputed.items()}
    return Three(after[0], after[1], after[2], knots, open_names, renamed, before)


def _integration(root: Part) -> Integration:
    assert isinstance(root.facts, Integration)
    return root.facts
