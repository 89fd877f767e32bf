"""Which integrations a user wants compared, of what was typed."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.nearest import nearest
from xchange_cli.project.inside import integrations_in
from xchange_cli.project.integration_file import target_of
from xchange_cli.project.keys import shown
from xchange_cli.project.looking import is_file
from xchange_cli.project.targets import STDIN
from xchange_cli.release.comparing.copies import Copy, Whole, file_copy
from xchange_cli.release.comparing.drafts import with_published
from xchange_cli.release.comparing.pairs import Pair, Pairs, paired
from xchange_cli.release.comparing.sides import Ground, side_of

if TYPE_CHECKING:
    from xchange_cli.registry.registry import Registry

_TWO_SIDES = "Name both sides: `xchange diff OLD NEW`."


class Wish(NamedTuple):
    """The arguments, empty where they were left out; `key` names one integration of several."""

    old: str = ""
    new: str = ""
    key: str = ""


def pairs_of(ground: Ground, wish: Wish, published: "Callable[[], Registry | None]") -> Pairs:
    """Find what is compared; `published` gives the registry where versions that nobody named count.

    Raises:
        XchangeError: USAGE where the two sides do not go together; NOT_FOUND where a side is not there; else as git and
            the registry do.

    """
    if wish.old == wish.new == STDIN:
        raise XchangeError(
            ErrorCode.USAGE, "standard input can be one side only", hint="Write one of them to a file."
        )
    if not wish.old:
        return _drafts(ground, wish.key or _key_around(ground), published)
    old = side_of(ground, wish.old)
    if wish.new:
        return _two(ground, old, side_of(ground, wish.new), wish)
    if isinstance(old, Whole):
        return _whole_now(ground, old, wish.key, published)
    if old.path is not None:
        working = _working_key(ground, old.path)
        if working:
            return _drafts(ground, working, published)
    return _one(old, _now(ground, old, wish.key), wish.key)


def _drafts(ground: Ground, key: str, published: "Callable[[], Registry | None]") -> Pairs:
    return with_published(ground, published(), key)


def _whole_now(ground: Ground, old: Whole, key: str, published: "Callable[[], Registry | None]") -> Pairs:
    """Compare a whole project with the working tree; the working tree itself with what was published of it."""
    root = ground.project.root
    if not old.commit and old.root.resolve() == root.resolve():
        return _drafts(ground, key, published)
    return paired(old, Whole("", root, ground.working()), key)


def _two(ground: Ground, old: Copy | Whole, new: Copy | Whole, wish: Wish) -> Pairs:
    if isinstance(old, Whole) and isinstance(new, Whole):
        return paired(old, new, wish.key)
    sides = [side for side in (new, old) if isinstance(side, Copy)]
    if wish.key:
        _require_key(sides, wish.key, ground)
    key = wish.key or _key_of(sides, ground)
    return _one(_of(old, key, wish.old), _of(new, key, wish.new), key)


def _key_of(sides: list[Copy], ground: Ground) -> str:
    """Give the key that one of the sides has in the project or in what it was published as, else the first one's."""
    known = ground.working()
    own = (side.key for side in sides if side.key in known or (side.path is None and side.key))
    return next(own, sides[0].key)


def _require_key(sides: list[Copy], key: str, ground: Ground) -> None:
    """Make sure that one may call two sides by a key: one of them has it, or they are files that belong nowhere.

    Raises:
        XchangeError: USAGE where a side is of another integration; NOT_FOUND where the project has none with this key.

    """
    known = ground.working()
    named = [side.key for side in sides if _is_known(side, known)]
    if key in named:
        return
    if named:
        message = f"--key {key} names another integration than `{named[0]}`, which is to be compared"
        raise XchangeError(
            ErrorCode.USAGE, message, hint="Leave --key out, or name sides that are whole projects."
        )
    if key not in known:
        near = nearest(key, known)
        hint = f"Did you mean `{near}`?" if near else "`xchange list` shows all keys."
        raise XchangeError(ErrorCode.NOT_FOUND, f"no integration has the key {key}", hint=hint)


def _is_known(side: Copy, known: Mapping[str, Copy]) -> bool:
    """Tell whether a side is an integration of the project or of its registry, and not just some file."""
    if side.path is None:
        return bool(side.key)
    return side.key in known and known[side.key].path == side.path


def _of(side: Copy | Whole, key: str, argument: str) -> Copy:
    """Take the integration that is meant out of a project."""
    if isinstance(side, Copy):
        return side
    found = side.copies.get(key)
    if found is None:
        what = f"integration with the key {key}" if key else "integration that is meant"
        raise XchangeError(ErrorCode.NOT_FOUND, f"{argument} has no {what}", hint="--key names another one.")
    return found


def _one(old: Copy, new: Copy | None, key: str) -> Pairs:
    named = key or (new.key if new is not None else "") or old.key
    return Pairs((Pair(named, old, new),), 1, is_one=True)


def _now(ground: Ground, old: Copy, key: str) -> Copy | None:
    """Find the working copy of the integration that one side is of; None where it is gone.

    Raises:
        XchangeError: USAGE where nobody can tell which one that is; NOT_FOUND where `key` names none.

    """
    working = ground.working()
    found = working.get(key or old.key)
    if found is not None:
        return found
    if key:
        raise XchangeError(ErrorCode.NOT_FOUND, f"no integration has the key {key}", hint=_TWO_SIDES)
    if old.inner and is_file(ground.project.root / old.inner):
        path = ground.project.root / old.inner
        return file_copy(path, shown(path, ground.folder))
    if old.key and old.path is None:
        return None
    try:
        target = target_of(ground.project, None, ground.folder)
    except XchangeError as error:
        message = f"nobody can tell what {old.name} is to be compared with"
        raise XchangeError(ErrorCode.USAGE, message, hint=_TWO_SIDES) from error
    assert target.path is not None
    return file_copy(target.path, target.name)


def _working_key(ground: Ground, path: Path) -> str:
    """Give the key of the integration of the project whose working copy a file is; empty for other files."""
    whole = path.resolve()
    copies = ground.working()
    return next(
        (key for key, one in copies.items() if one.path is not None and one.path.resolve() == whole), ""
    )


def _key_around(ground: Ground) -> str:
    """Give the key of the integration that the working folder is in; empty where it is in none."""
    root = ground.project.root
    for place in (ground.folder, *ground.folder.parents):
        if place == root or place in root.parents:
            return ""
        for file in integrations_in(place, only_here=True):
            return _working_key(ground, file)
    return ""
