"""Which integrations are to be published."""

import os
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.integration_file import IntegrationFile, open_integration, opened
from xchange_cli.project.keys import key_of, shown
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
    yield from map(_opened, targets)


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
        Chosen(one.key, error=_shared(one.key)) if keys[one.key] > 1 and one.file is not None else one
        for one in found
    )


def _shared(key: str) -> XchangeError:
    return XchangeError(
        ErrorCode.CONFLICT,
        f"several integrations of the project have the key {key}, so nobody could tell their versions apart",
        hint="Rename the folder of one of them.",
    )
