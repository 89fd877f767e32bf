"""Deletes an integration: its folder is put aside; its published versions stay, unless they are to be purged."""

from pathlib import Path
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.keys import shown
from xchange_cli.project.project import Project
from xchange_cli.project.targets import may_be_key
from xchange_cli.registry.activity import Activity
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.version_ref import version_ref
from xchange_cli.release.actor import actor
from xchange_cli.release.deleting.dependants import Dependant, dependants_in, published_forks
from xchange_cli.release.deleting.folder import is_in_git, put_aside, put_back
from xchange_cli.release.deleting.place import Place, place_of, require_only
from xchange_cli.release.out_of_reach import Silence, asked, newest_of, told


class Deletion(NamedTuple):
    """What deleting would do. `place` is None where only published versions are left.

    `newest` is None where none are published; `silence` is why nothing is known of that. `has_rest` tells that versions
    have left something nevertheless, such as files of a purge that was cut off, and that it is to be purged.
    """

    key: str
    place: Place | None
    newest: int | None
    dependants: tuple[Dependant, ...]
    purges: bool
    silence: Silence | None = None
    has_rest: bool = False

    @property
    def takes_versions(self) -> bool:
        """Whether anything of versions goes."""
        return self.purges and (self.newest is not None or self.has_rest)


class Deleted(NamedTuple):
    """`kept` is where the folder or file is now, empty where there was none; `in_git` tells that git has it, too.

    `last` is the last number that is never used again, where versions were purged, else 0.
    """

    deletion: Deletion
    kept: str
    in_git: bool
    silence: Silence | None
    last: int = 0


def deletion_of(
    project: Project, argument: str, folder: Path, registry: Registry, *, purges: bool = False
) -> Deletion:
    """Find what deleting would do; nothing is done. Names are relative to `folder`.

    Raises:
        XchangeError: as `place_of` does, except that versions are enough where they are to be purged; where they are,
            CONFLICT for a key that another integration has, too, and as the registry does.

    """
    place = _place(project, argument, folder, registry, purges=purges)
    if place and purges:
        require_only(project, place, folder)
    key = place.key if place else argument
    others = dependants_in(project, key, place.path if place else None, folder)
    published = asked(
        lambda: (newest_of(registry, key), published_forks(registry, key)), whatever_is_wrong=not purges
    )
    if not isinstance(published, Silence):
        newest, forks = published
        rest = purges and newest is None and _can_purge(registry, key)
        return Deletion(key, place, newest, (*others, *forks), purges, has_rest=rest)
    if purges:
        raise published.error
    return Deletion(key, place, None, others, purges, published)


def delete(project: Project, deletion: Deletion, folder: Path, registry: Registry) -> Deleted:
    """Do it: all, or nothing.

    Raises:
        XchangeError: UNREADABLE when the system refuses; when versions are purged, as the registry does.

    """
    place, user = deletion.place, actor(project.root)
    in_git = place is not None and is_in_git(place)
    kept = put_aside(project, place) if place else None
    silence = deletion.silence
    if deletion.takes_versions:
        try:
            registry.purge(deletion.key, _entry(deletion, user, "deleted with all versions"))
        except BaseException:
            if place and kept:
                put_back(place, kept)
            raise
    elif deletion.newest is not None:
        silence = told(lambda: registry.record(_entry(deletion, user, "deleted; the versions stay")))
    last = registry.purged_through(deletion.key) if deletion.takes_versions else 0
    return Deleted(deletion, shown(kept, folder) if kept else "", in_git, silence, last)


def _entry(deletion: Deletion, user: str, preview: str) -> Activity:
    details = {"newest": deletion.newest, "purged": deletion.purges}
    return Activity.new(user, "delete", deletion.key, preview, details)


def _place(
    project: Project, argument: str, folder: Path, registry: Registry, *, purges: bool
) -> Place | None:
    try:
        return place_of(project, argument, folder)
    except XchangeError as error:
        if error.code is not ErrorCode.NOT_FOUND:
            raise
        newest = _newest(registry, argument)
        if purges and (newest is not None or _can_purge(registry, argument)):
            return None
        if newest is None:
            raise
        message = f"there is no folder of {argument}, only its versions up to {argument}@{newest}"
        hint = f"`xchange delete {argument} --purge --yes` deletes those."
        raise XchangeError(ErrorCode.NOT_FOUND, message, hint=hint) from error


def _can_purge(registry: Registry, key: str) -> bool:
    """Tell whether there is anything to purge; there is nothing of what no registry can have."""
    try:
        return registry.can_purge(key)
    except XchangeError as error:
        if error.code is not ErrorCode.USAGE:
            raise
        return False


def _newest(registry: Registry, argument: str) -> int | None:
    """Ask for the versions of what has no folder.

    Raises:
        XchangeError: USAGE when a single version is meant: those are never deleted.

    """
    if not may_be_key(argument):
        return None
    ref = version_ref(argument)
    newest = asked(lambda: newest_of(registry, ref.key))
    if ref.number is not None:
        message = f"{ref} is a published version, and those are not deleted one by one"
        hint = f"`xchange mark {ref} unavailable` keeps it from being deployed."
        raise XchangeError(ErrorCode.USAGE, message, hint=hint)
    return None if isinstance(newest, Silence) else newest
