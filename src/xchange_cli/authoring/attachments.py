"""Files kept in `attachments/` beside an integration: listed, added, given out and removed."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from xchange_cli.authoring.attachment_names import folded, require_name
from xchange_cli.authoring.limited_file import MEGABYTE, read_limited, size_words
from xchange_cli.authoring.media_types import media_type
from xchange_cli.authoring.own_folder import own_folder
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.nearest import nearest
from xchange_cli.project.integration_file import IntegrationFile
from xchange_cli.project.keys import shown
from xchange_cli.project.looking import exists, is_file
from xchange_cli.project.project import Project
from xchange_cli.project.writing import FileChange, write_all

FOLDER_NAME = "attachments"
_UNFINISHED = ".xchange-"


class Attachment(NamedTuple):
    """A file beside an integration: `size` in bytes, `type` the media type that its ending tells."""

    name: str
    size: int
    type: str


class AttachmentList(NamedTuple):
    """The attachments of an integration, by name. `left_out` names what is in the folder and is no file."""

    key: str
    folder: str
    attachments: tuple[Attachment, ...]
    left_out: tuple[str, ...] = ()


class Attached(NamedTuple):
    """What was done: by the names of attachments. `same` were there already, with this content."""

    key: str
    folder: str
    added: tuple[Attachment, ...] = ()
    replaced: tuple[Attachment, ...] = ()
    same: tuple[Attachment, ...] = ()
    removed: tuple[Attachment, ...] = ()


class Copied(NamedTuple):
    """A file that an attachment was copied to, and its size in bytes; `is_same` where it was there already."""

    file: str
    size: int
    is_new: bool
    is_same: bool


class Attachments:
    """The attachments of one integration; `folder` is what messages name files relative to."""

    def __init__(self, project: Project, file: IntegrationFile, folder: Path) -> None:
        """Find them.

        Raises:
            XchangeError: USAGE where the integration has no folder of its own.

        """
        self._limit = project.attachment_megabytes * MEGABYTE
        self._key = file.key
        self._here = folder
        self._path = own_folder(file) / FOLDER_NAME
        self._name = shown(self._path, folder)

    def listed(self) -> AttachmentList:
        """List them.

        Raises:
            XchangeError: UNREADABLE when the folder is there, but cannot be listed.

        """
        names = self._names()
        files = tuple(self._attachment(name) for name in names if is_file(self._path / name))
        left_out = tuple(name for name in names if not is_file(self._path / name))
        return AttachmentList(self._key, self._name, files, left_out)

    def add(self, files: Sequence[str], name: str | None, *, replaces: bool) -> Attached:
        """Copy files here, all or none; `name` is what a single one is called.

        Raises:
            XchangeError: USAGE for a name that cannot be one; NOT_FOUND or UNREADABLE for a file; INVALID when one is
                too large; CONFLICT when there is another file of this name and it is not to be replaced.

        """
        done = Attached(self._key, self._name)
        changes = []
        there = {folded(one): one for one in self._names()}
        for called, file in self._named(files, name).items():
            data = self._read(self._here / file, file)
            before = self._old(called, there.get(folded(called)))
            if before not in {None, data} and not replaces:
                raise self._taken(called)
            done = _with(done, Attachment(called, len(data), media_type(called)), data, before)
            if before != data:
                changes.append(FileChange(self._path / called, f"{self._name}/{called}", before, data))
        write_all(changes)
        return done

    def remove(self, name: str) -> Attached:
        """Take one away.

        Raises:
            XchangeError: NOT_FOUND when there is none of this name; UNREADABLE when the system refuses.

        """
        gone = self._attachment(self._known(name))
        data = self.content(name)
        write_all([FileChange(self._path / name, f"{self._name}/{name}", data, None)])
        return Attached(self._key, self._name, removed=(gone,))

    def content(self, name: str) -> bytes:
        """Give the bytes of one.

        Raises:
            XchangeError: NOT_FOUND when there is none of this name; INVALID when it is larger than one may be.

        """
        return self._read(self._path / self._known(name), f"{self._name}/{name}")

    def copy(self, name: str, to: Path, *, replaces: bool) -> Copied:
        """Write one to a file elsewhere.

        Raises:
            XchangeError: as `content` does; CONFLICT when there is another file that is not to be replaced.

        """
        data, called = self.content(name), shown(to, self._here)
        before = self._read(to, called) if exists(to) else None
        if before is not None and before != data and not replaces:
            message = f"{called} is there already, with other content"
            raise XchangeError(ErrorCode.CONFLICT, message, hint="--replace overwrites it.")
        write_all([FileChange(to, called, before, data)])
        return Copied(called, len(data), before is None, before == data)

    def _named(self, files: Sequence[str], name: str | None) -> dict[str, str]:
        """Give the files by the names that they get."""
        if name is not None and len(files) > 1:
            message = f"--as is for one file, and there are {len(files)}"
            raise XchangeError(ErrorCode.USAGE, message, hint="Add them one by one.")
        given: dict[str, str] = {}
        for file in files:
            called = Path(file).name if name is None else name
            require_name(called)
            twin = next((one for one in given if folded(one) == folded(called)), None)
            if twin is not None:
                message = f"{given[twin]} and {file} would have the same name"
                raise XchangeError(ErrorCode.USAGE, message, hint="Add one of them with --as NAME.")
            given[called] = file
        return given

    def _old(self, called: str, there: str | None) -> bytes | None:
        if there is None:
            return None
        if there != called:
            message = f"there is {self._name}/{there}, which is the same name on other systems"
            raise XchangeError(
                ErrorCode.CONFLICT, message, hint=f"`--as {there} --replace` puts the new file in its place."
            )
        return self._read(self._path / there, f"{self._name}/{there}")

    def _taken(self, name: str) -> XchangeError:
        message = f"{self._name}/{name} is there already, with other content"
        return XchangeError(ErrorCode.CONFLICT, message, hint="--replace puts the new file in its place.")

    def _known(self, name: str) -> str:
        known = [one.name for one in self.listed().attachments]
        if name in known:
            return name
        similar = nearest(name, known)
        some = f"There are {', '.join(known[:5])}{' …' if len(known) > 5 else ''}."
        hint = f"Did you mean `{similar}`?" if similar else some if known else "It has none."
        raise XchangeError(ErrorCode.NOT_FOUND, f"{self._key} has no attachment `{name}`", hint=hint)

    def _read(self, path: Path, name: str) -> bytes:
        found = read_limited(path, name, self._limit)
        if found.data is not None:
            return found.data
        message = f"{name} has {size_words(found.size)}; an attachment may have {size_words(self._limit)}"
        hint = "`attachments: {maxMegabytes: …}` in xchange.yaml sets the limit."
        raise XchangeError(ErrorCode.INVALID, message, hint=hint)

    def _attachment(self, name: str) -> Attachment:
        return Attachment(name, (self._path / name).stat().st_size, media_type(name))

    def _names(self) -> list[str]:
        try:
            names: Iterable[str] = os.listdir(self._path)  # noqa: PTH208 - no paths are needed
        except FileNotFoundError:
            return []
        except OSError as error:
            message = f"{self._name} cannot be read: {error.strerror}"
            raise XchangeError(ErrorCode.UNREADABLE, message, hint="It has to be a folder.") from error
        return sorted((name for name in names if not name.startswith(_UNFINISHED)), key=folded)


def _with(done: Attached, one: Attachment, data: bytes, before: bytes | None) -> Attached:
    if before is None:
        return done._replace(added=(*done.added, one))
    if before == data:
        return done._replace(same=(*done.same, one))
    return done._replace(replaced=(*done.replaced, one))
