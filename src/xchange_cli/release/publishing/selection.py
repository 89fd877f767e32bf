"""Which integrations are to be published."""

import os
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from xchange_cli.authoring.origin import require_integration
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.inside import is_of_registry
from xchange_cli.project.integration_file import IntegrationFile, open_integration, opened
from xchange_cli.project.keys import FILE_NAMES, key_of, shown
from xchange_cli.project.project import Project
from xchange_cli.project.targets import STDIN, Target, resolve
from xchange_cli.registry.registry import Registry
from xchange_cli.release.working_copy import draft_differs


class Meant(NamedTuple):
    """What the user named: `keys` are arguments; with none of these the integration of the working folder is meant."""

    keys: tuple[str, ...] = ()
    changed: bool = False
    every: bool = False


class Chosen(NamedTuple):
    """An integration, or why what was named is none; `key` is what to call it."""

    key: str
    file: IntegrationFile | None = None
    error: XchangeError | None = None


def chosen(
    project: Project,
    registry: Registry,
    meant: Meant,
    folder: Path,
    unsettled: Callable[[], Container[str]] = tuple,
) -> tuple[Chosen, ...]:
    """Find the integrations; `folder` is the working folder, which names of files are relative to.

    With `changed`, those whose package is other than their newest version, those that were never published, and the
    `unsettled`: keys with versions that an earlier call has published, and not brought to an end.

    Raises:
        XchangeError: USAGE when that contradicts itself; NOT_FOUND where nothing can be meant, and what reading the
            integration of the working folder raises; what the registry does.

    """
    if sum(map(bool, (meant.keys, meant.changed, meant.every))) > 1:
        message = "keys, --changed and --all exclude each other"
        raise XchangeError(ErrorCode.USAGE, message, hint="Say which integrations are meant in one way only.")
    if meant.keys:
        found = [one for argument in meant.keys for one in _named(project, argument, folder)]
        by_place = {one.file.path if one.file else one.key: one for one in found}
        return _without_twins(project, by_place.values())
    if not meant.changed and not meant.every:
        file = open_integration(project, None, folder)
        return _without_twins(project, [Chosen(file.key, file)])
    every = _without_twins(project, [_opened(target) for target in _all(project, folder)])
    if meant.every:
        return every
    left = unsettled()
    return tuple(one for one in every if one.key in left or _is_changed(registry, one))


def _named(project: Project, argument: str, folder: Path) -> Iterator[Chosen]:
    if argument == STDIN:
        error = XchangeError(ErrorCode.USAGE, "standard input cannot be published", hint="Name a key.")
        yield Chosen(argument, error=error)
        return
    try:
        targets = resolve(project, [argument], folder)
    except XchangeError as error:
        yield Chosen(argument, error=error)
        return
    yield from (_taken(project, one) for one in targets)


def _taken(project: Project, target: Target) -> Chosen:
    """Open what was named; unlike what the project takes for its integrations, it may be another file."""
    assert target.path is not None
    if is_of_registry(target.path):
        message = f"{target.name} is of a published version already"
        hint = "Publish the integration itself: name its key, its folder or its file."
        return Chosen(target.key, error=XchangeError(ErrorCode.USAGE, message, hint=hint))
    one = _opened(target)
    if one.file is None or target.path.name in FILE_NAMES or target.path in project.integration_files():
        return one
    try:
        require_integration(one.file)
    except XchangeError as error:
        hint = "Name the key of an integration, its folder or its file."
        wrong = XchangeError(error.code, error.message, hint=hint, place=error.place)
        return Chosen(target.key, error=wrong)
    return one


def _all(project: Project, folder: Path) -> Sequence[Target]:
    files = list(project.integration_files())
    if not files:
        return resolve(project, [], folder)
    return [Target(shown(file, folder), key_of(file), file) for file in files]


def _opened(target: Target) -> Chosen:
    try:
        return Chosen(target.key, opened(target, target.read()))
    except XchangeError as error:
        return Chosen(target.key, error=error)


def _is_changed(registry: Registry, one: Chosen) -> bool:
    """Tell whether there is something to do; what cannot be told is found out when it is published."""
    try:
        return one.file is None or draft_differs(registry, one.file)
    except XchangeError as error:
        if error.code in {ErrorCode.NETWORK, ErrorCode.CREDENTIALS}:
            raise
        return True


def _without_twins(project: Project, found: Iterable[Chosen]) -> tuple[Chosen, ...]:
    """Refuse integrations that share their key: the versions of one would be taken for those of the other."""
    found = tuple(found)
    files = {*project.integration_files(), *(one.file.path for one in found if one.file is not None)}
    keys = Counter(key_of(path) for path in {Path(os.path.realpath(file)) for file in files})
    return tuple(
        Chosen(one.key, error=_shared(project, one.file))
        if keys[one.key] > 1 and one.file is not None
        else one
        for one in found
    )


def _shared(project: Project, file: IntegrationFile) -> XchangeError:
    key = file.key
    if not Path(os.path.realpath(file.path)).is_relative_to(os.path.realpath(project.root)):
        message = f"{file.name} is outside of the project, which has an integration {key} of its own"
        hint = "Publish it in its own project, or give it a folder of another name."
        return XchangeError(ErrorCode.CONFLICT, message, hint=hint)
    return XchangeError(
        ErrorCode.CONFLICT,
        f"several integrations of the project have the key {key}, so nobody could tell their versions apart",
        hint="Rename the folder of one of them.",
    )
