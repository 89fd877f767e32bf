"""Where the file of a new integration belongs, and whether the place is free."""

from collections.abc import Iterator
from pathlib import Path, PurePath

from xchange_cli.authoring.integration_keys import MAX_LENGTH, require_key
from xchange_cli.authoring.layout import require_known_layout
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.keys import FILE_NAMES, key_of, shown
from xchange_cli.project.looking import exists, is_folder, names_in
from xchange_cli.project.patterns import is_pattern
from xchange_cli.project.project import Project

_ANY_FOLDER = ("*", "**")


def free_place(project: Project, key: str, folder: Path) -> Path:
    """Give the file of an integration that is to be begun. Messages are for `folder`.

    Raises:
        XchangeError: USAGE when this can be no key, and as `place_for` does; CONFLICT when it is taken.

    """
    require_key(key)
    file = place_for(project, key)
    require_free(project, file, key, folder)
    return file


def place_for(project: Project, key: str) -> Path:
    """Give the file of the integration: where the first of the project's patterns that leaves one folder open has it.

    Raises:
        XchangeError: USAGE when no pattern does; UNREADABLE when nobody knows the patterns.

    """
    require_known_layout(project)
    for pattern in project.integrations:
        place = _filled(PurePath(pattern), key)
        if place is not None:
            return project.root / place
    patterns = ", ".join(project.integrations) or "none"
    raise XchangeError(
        ErrorCode.USAGE,
        f"it is not clear where a new integration belongs: `integrations` in xchange.yaml says {patterns}",
        hint="Add a pattern with one `*` for the folder of an integration, such as integrations/*/integration.yml.",
    )


def require_free(project: Project, file: Path, key: str, folder: Path, *, may_be_begun: bool = False) -> None:
    """Refuse a key that is taken, also by one that differs only in upper and lower case. Messages are for `folder`.

    With `may_be_begun` the folder may hold files already, as long as none of them is an integration.

    Raises:
        XchangeError: CONFLICT.

    """
    for other in project.integration_files():
        if key_of(other).casefold() == key:
            raise _taken(project, key, shown(other, folder))
    for name in names_in(file.parent.parent):
        place = file.parent.with_name(name)
        is_begun = may_be_begun and name == key and is_folder(place)
        if name.casefold() == key and not is_begun and (not is_folder(place) or names_in(place)):
            raise _taken(project, key, shown(place, folder))


def _filled(pattern: PurePath, key: str) -> PurePath | None:
    *above, last = pattern.parts or ("",)
    if last in FILE_NAMES and above:
        folders, name = above, last
    elif last == "*":
        folders, name = [*above, last], FILE_NAMES[0]
    else:
        return None
    if folders[-1] not in _ANY_FOLDER or any(map(is_pattern, folders[:-1])):
        return None
    return PurePath(*folders[:-1], key, name)


def _taken(project: Project, key: str, by: str) -> XchangeError:
    hint = f"Nothing was written. Take another key, such as {_other(project, key)}."
    return XchangeError(ErrorCode.CONFLICT, f"the key `{key}` is taken: there is {by}", hint=hint)


def _other(project: Project, key: str) -> str:
    return next(other for other in _numbered(key) if not exists(place_for(project, other).parent))


def _numbered(key: str) -> Iterator[str]:
    number = 2
    while True:
        ending = f"-{number}"
        yield f"{key[: MAX_LENGTH - len(ending)]}{ending}"
        number += 1
