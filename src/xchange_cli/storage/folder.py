"""A store that is a folder: made to be committed, and read by people and by `git diff`."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.storage.folder_listing import LinkError, names_in
from xchange_cli.storage.folder_lock import PATIENCE, LockTimeoutError, locked
from xchange_cli.storage.folder_patience import patiently
from xchange_cli.storage.folder_spelling import spelled_otherwise
from xchange_cli.storage.folder_staging import Staging, keep_entry, put, put_new, take_away
from xchange_cli.storage.names import checked, checked_prefix
from xchange_cli.storage.store import Blob, WriteRefusedError


class FolderStore:
    """A folder as a Store; it need not exist. The tag of a content is its SHA-256.

    `root` may be a link; below it, links are refused, since they could lead out. `patience` is in seconds, while
    others write.
    """

    def __init__(self, root: Path, url: str, patience: float = PATIENCE) -> None:
        self._root = Path(os.path.realpath(root))
        self._url = url
        self._patience = patience
        self._staging = Staging(self._root)

    @property
    def folder(self) -> Path:
        """Where it is, without links."""
        return self._root

    @property
    def url(self) -> str:
        return self._url

    @property
    def readers(self) -> int:
        return 1

    def read(self, name: str) -> Blob | None:
        with self._explained("read", name):
            place = self._place(name)
            return None if spelled_otherwise(self._root, place) else _blob(place)

    def write(self, name: str, data: bytes, *, if_absent: bool = False, if_match: str | None = None) -> str:
        with self._explained("written", name):
            place = self._place(name)
            if if_absent and self._is_there(place, data):
                return _tag(data)
            with self._staging.staged(data) as staged, locked(self._staging.lock, self._patience):
                self._require_spelling(place)
                if if_match is not None:
                    _require_tag(place, if_match)
                self._make_folders(place.parent)
                if if_absent:
                    self._put_new(staged, place, data)
                else:
                    put(staged, place)
                return _tag(data)

    def list(self, prefix: str, after: str = "") -> Iterator[str]:
        with self._explained("listed", checked_prefix(prefix)):
            start = self._place(prefix.rpartition("/")[0]) if "/" in prefix else self._root
            self._require_folder()
            if not spelled_otherwise(self._root, start):
                yield from names_in(self._root, prefix, after)

    def delete(self, name: str) -> None:
        with self._explained("deleted", name):
            place = self._place(name)
            if not os.path.lexists(place) or spelled_otherwise(self._root, place):
                return
            with locked(self._staging.lock, self._patience):
                take_away(place)
                self._remove_empty(place.parent)

    def _place(self, name: str) -> Path:
        """Give where a name is in the folder.

        Raises:
            LinkError: something on the way is a link.

        """
        self._require_folder()
        place = self._root.joinpath(*checked(name).split("/"))
        if os.path.normcase(os.path.realpath(place)) != os.path.normcase(place):
            raise LinkError(name)
        return place

    def _require_folder(self) -> None:
        if self._root.exists() and not self._root.is_dir():
            raise NotADirectoryError(0, "it is no folder")

    def _is_there(self, place: Path, data: bytes) -> bool:
        """Tell whether this content is there already.

        Raises:
            WriteRefusedError: another is.

        """
        there = _blob(place)
        if there is None or spelled_otherwise(self._root, place):
            return False
        if there.data != data:
            raise WriteRefusedError
        return True

    def _put_new(self, staged: Path, place: Path, data: bytes) -> None:
        try:
            put_new(staged, place)
        except FileExistsError:
            if not self._is_there(place, data):
                raise

    def _require_spelling(self, place: Path) -> None:
        if spelled_otherwise(self._root, place):
            name = place.relative_to(self._root).as_posix()
            raise XchangeError(
                ErrorCode.CONFLICT,
                f"{self._shown(name)} is there with other capital letters, which is the same file on this system",
                hint="Choose another name.",
            )

    def _make_folders(self, folder: Path) -> None:
        if not folder.is_dir():
            self._make_folders(folder.parent)
            folder.mkdir(exist_ok=True)
            keep_entry(folder.parent)

    def _remove_empty(self, folder: Path) -> None:
        with suppress(OSError):
            while folder != self._root:
                folder.rmdir()
                folder = folder.parent

    def _shown(self, name: str) -> str:
        return f"{self._url.rstrip('/')}/{name}"

    @contextmanager
    def _explained(self, done: str, name: str) -> Iterator[None]:
        try:
            yield
        except LinkError as error:
            raise _link_refused(self._shown(str(error))) from error
        except LockTimeoutError as error:
            raise _busy(self._url) from error
        except OSError as error:
            raise _refused(self._shown(name), done, error) from error


def _blob(place: Path) -> Blob | None:
    try:
        mode = place.stat().st_mode
        if S_ISDIR(mode):
            return None
        if not S_ISREG(mode):
            raise OSError(0, "it is no ordinary file")
        data = patiently(place.read_bytes)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return Blob(data, _tag(data))


def _require_tag(place: Path, tag: str) -> None:
    there = _blob(place)
    if there is None or there.tag != tag:
        raise WriteRefusedError


def _tag(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _link_refused(shown: str) -> XchangeError:
    return XchangeError(
        ErrorCode.UNREADABLE,
        f"{shown} is a link, or behind one, and could lead out of the registry",
        hint="Put the file itself in place of the link.",
    )


def _busy(shown: str) -> XchangeError:
    return XchangeError(
        ErrorCode.UNREADABLE,
        f"{shown} is being written by somebody else all the time",
        hint="Try again when that has ended.",
        retryable=True,
    )


def _refused(shown: str, done: str, error: OSError) -> XchangeError:
    return XchangeError(
        ErrorCode.UNREADABLE,
        f"{shown} cannot be {done}: {error.strerror or error}",
        hint="Check that the folder is there, has room, and may be used by you.",
    )
