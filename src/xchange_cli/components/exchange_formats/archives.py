"""Zip archives in memory: what they hold is bounded, and no name in them leads out of a folder."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from xchange_cli.components.exchange_formats.contents import well_formed
from xchange_cli.components.limits import LONGEST_TEXT, TOO_LARGE
from xchange_cli.components.spec import ActionContext, ActionError
from xchange_cli.javascript.values import describe

MOST_ENTRIES: Final = 10_000

_UNSAFE = re.compile(r"(?:.*/)?\.\.(?:/.*)?|/.*|[A-Za-z]:.*|.*\0.*", re.DOTALL)
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError)


def pack(files: Mapping[str, bytes], time: datetime) -> bytes:
    """Make an archive of contents by name."""
    made = io.BytesIO()
    stamp = time.replace(year=min(max(time.year, 1980), 2107)).timetuple()[:6]
    names: set[str] = set()
    with zipfile.ZipFile(made, "w") as archive:
        for given, data in files.items():
            name = safe_name(well_formed(given))
            if name in names:
                raise ActionError(
                    f"there is more than one file with {describe(name).replace('text', 'name', 1)}"
                )
            names.add(name)
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data)
    return made.getvalue()


def unpack(context: ActionContext, data: bytes) -> dict[str, bytes]:
    """Give the contents of all files by name; folders are left out."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
            if len(entries) > MOST_ENTRIES:
                raise _too_large(f"holds {len(entries)} files; here an archive may hold {MOST_ENTRIES}")
            return _contents(context, archive, entries)
    except _BROKEN as error:
        raise ActionError(f"the data is not a zip archive that can be read: {error}") from error


def _contents(
    context: ActionContext, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]
) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = LONGEST_TEXT
    for entry in entries:
        name = safe_name(_name(entry))
        if name in files:
            context.warn(f"the archive has {describe(name)} more than once; the last one counts here")
        files[name] = _content(archive, entry, name, left)
        left -= len(files[name])
    return files


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, most: int) -> bytes:
    """Unpack one file, but no more bytes than the most, whatever the archive claims."""
    if entry.flag_bits & _ENCRYPTED:
        raise ActionError(f"{describe(name)} in the archive is encrypted")
    if entry.compress_type not in _METHODS:
        raise ActionError(f"{describe(name)} in the archive is compressed in another way than deflate")
    with archive.open(entry) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise _too_large(f"holds more than {LONGEST_TEXT} bytes, the most that is unpacked here")
    return data


def _too_large(what: str) -> ActionError:
    return ActionError(f"the archive {what}", kind=TOO_LARGE)


def _name(entry: zipfile.ZipInfo) -> str:
    """Read a name as UTF-8 where it is, also where the archive does not say so."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode()
    except UnicodeError:
        return entry.filename


def safe_name(name: str) -> str:
    """Give a name with `/` between its parts.

    Raises:
        ActionError: for names that no file below a folder can have, such as `../a`, `/a`, `C:a` and `a/`.

    """
    plain = name.replace("\\", "/")
    if not plain or plain.endswith("/") or _UNSAFE.fullmatch(plain):
        raise ActionError(
            f"{describe(name)} cannot be the name of a file in an archive: it is empty or leads elsewhere"
        )
    return plain
