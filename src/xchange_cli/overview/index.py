"""The integrations of a project with their facts, read only where their files have changed.

Facts are kept by what they were made of: the content of a file, which a digest names. A file is not read again only if
its stamp says that it certainly still has that content; see `index_stamp`.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from xchange_cli.errors import XchangeError
from xchange_cli.overview.entry import Entry, Facts
from xchange_cli.overview.index_file import Kept, read_index, write_index
from xchange_cli.overview.index_reading import FactsRead, Told, ToRead, content, read_many, unreadable
from xchange_cli.overview.index_stamp import FileStamp, Moment, moment
from xchange_cli.project.inside import integrations_in
from xchange_cli.project.keys import key_of, shown
from xchange_cli.project.local import local_folder, make_local
from xchange_cli.project.looking import is_folder
from xchange_cli.project.project import INTEGRATIONS_FOLDER, Project

FOLDER, FILE = "cache", "listed"


class _Seen(NamedTuple):
    """A file as this command found it; of one that cannot be read, the digest is empty."""

    name: str
    stamp: FileStamp | None
    digest: str
    facts: Facts


def entries(project: Project, folder: Path, told: Told = lambda _done, _all: None) -> list[Entry]:
    """Give all integrations of a project, those that cannot be read too, in the order of its files.

    Names of files are relative to `folder`. `told` hears how many files of how many are read.

    Raises:
        XchangeError: UNREADABLE when the project's folder cannot be listed.

    """
    files = list(project.integration_files()) or list(integrations_in(project.root, only_here=True))
    names = _names(files, project.root)
    place = _place(project)
    known = {} if place is None else read_index(place)
    seen = [_unchanged(file, name, known.get(name)) for file, name in zip(files, names, strict=True)]
    new = [number for number, one in enumerate(seen) if one is None]
    if new:
        now = None if place is None else moment(place.parent)
        found = _read([ToRead(files[number], shown(files[number], folder)) for number in new], known, told)
        for number, one in zip(new, found, strict=True):
            seen[number] = _Seen(names[number], one.stamp, one.digest, one.facts)
    done = [one for one in seen if one is not None]
    if new and place is not None:
        _keep(place, known, done, now)
    is_root = folder == project.root and os.sep == "/"
    return _with_twins(
        _entry(file, one, one.name if is_root else shown(file, folder))
        for file, one in zip(files, done, strict=True)
    )


def _names(files: Sequence[Path], root: Path) -> list[str]:
    """Name files by their paths in the project's folder, so that they keep their names when it is moved."""
    start = os.path.join(root, "")  # noqa: PTH118 - the separator at its end
    return [str(file).removeprefix(start) for file in files]


def _place(project: Project) -> Path | None:
    """Give the file of the index; None where nothing is to be kept, or nothing can be."""
    home = local_folder(project)
    if project.document is None and not is_folder(project.root / INTEGRATIONS_FOLDER) and not is_folder(home):
        return None  # a loose file in some folder is no reason to leave another one there
    cache = home / FOLDER
    if not is_folder(cache):
        try:
            make_local(project)
            cache.mkdir(mode=0o700, exist_ok=True)
        except (XchangeError, OSError):
            return None
    return cache / FILE


def _unchanged(file: Path, name: str, kept: Kept | None) -> _Seen | None:
    if kept is None or kept.stamp is None or kept.stamp != FileStamp.of(file):
        return None
    return _Seen(name, *kept)


def _read(files: Sequence[ToRead], known: Mapping[str, Kept], told: Told) -> list[FactsRead]:
    """Read files, but find facts only where none are known of the content."""
    by_digest = {kept.digest: kept.facts for kept in known.values()}
    found = [_recognised(file, by_digest) for file in files]
    strange = [number for number, one in enumerate(found) if one is None]
    for number, one in zip(strange, read_many([files[number] for number in strange], told), strict=True):
        found[number] = one
    return [one for one in found if one is not None]


def _recognised(file: ToRead, by_digest: Mapping[str, Facts]) -> FactsRead | None:
    if not by_digest:
        return None
    try:
        read = content(file)
    except XchangeError as error:
        return FactsRead(None, "", unreadable(error))
    facts = by_digest.get(read.digest)
    return None if facts is None else FactsRead(read.stamp, read.digest, facts)


def _keep(place: Path, known: Mapping[str, Kept], seen: Sequence[_Seen], now: Moment | None) -> None:
    """Write the index anew if it would say anything else; what cannot be read is not kept."""
    keeps = {one.name: _kept(one, known.get(one.name), now) for one in seen if one.digest}
    if keeps != known:
        write_index(place, keeps)


def _kept(one: _Seen, before: Kept | None, now: Moment | None) -> Kept:
    was_safe = before is not None and before.stamp == one.stamp and before.digest == one.digest
    is_safe = one.stamp is not None and (was_safe or (now is not None and now.is_safe(one.stamp)))
    return Kept(one.stamp if is_safe else None, one.digest, one.facts)


def _entry(file: Path, seen: _Seen, shown_as: str) -> Entry:
    changed = seen.stamp.modified_ns if seen.stamp else None
    return Entry(key_of(file), file, shown_as, seen.facts, changed)


def _with_twins(all_found: Iterable[Entry]) -> list[Entry]:
    found = list(all_found)
    files: dict[str, list[str]] = {}
    for one in found:
        files.setdefault(one.key, []).append(one.file)
    if len(files) == len(found):
        return found
    return [one._replace(twins=tuple(name for name in files[one.key] if name != one.file)) for one in found]
