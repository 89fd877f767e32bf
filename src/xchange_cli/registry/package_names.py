"""Names of files in a package: such that every system can hold them, below the package's own folder."""

import re
import unicodedata
from collections.abc import Iterable

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry.windows_names import is_device

LONGEST_PART = 255
LONGEST_NAME = 600
"""Bytes. File systems and S3 have such limits; the folder of a package needs a part of the latter."""

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\\]')


def require_names(names: Iterable[str]) -> None:
    """Refuse names that lead out of the package, that some system has no file for, or that some take for the same.

    Raises:
        XchangeError: INVALID.

    """
    files: dict[str, str] = {}
    for name in names:
        trouble = _trouble(name)
        if trouble:
            raise _refused(name, trouble)
        twin = files.setdefault(_folded(name), name)
        if twin is not name:
            raise _refused(name, f"systems that do not tell case apart take it for {shown(twin)}")
    for name in files.values():
        parent = next((files[one] for one in _parents(_folded(name)) if one in files), None)
        if parent is not None:
            raise _refused(name, f"{shown(parent)} is a file, so there is no folder of this name")


def shown(name: str) -> str:
    """Give a name as messages show it: in one line, and not longer than that."""
    clean = "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in name)
    return f"`{clean}`" if len(clean) <= 80 else f"`{clean[:60]}…{clean[-19:]}`"


def _trouble(name: str) -> str:
    forbidden = _FORBIDDEN.search(name)
    if forbidden is not None:
        one = forbidden.group()
        what = f"`{one}`" if one.isprintable() else f"the character U+{ord(one):04X}"
        return f"not every system has files with {what} in their name"
    try:
        if len(name.encode()) > LONGEST_NAME:
            return f"it is longer than {LONGEST_NAME} bytes"
    except UnicodeEncodeError:
        return "it is no Unicode text"
    return next(filter(None, map(_trouble_of_part, name.split("/"))), "")


def _trouble_of_part(part: str) -> str:
    if part in {"", ".", ".."}:
        return "it is no path below a folder"
    if len(part.encode()) > LONGEST_PART:
        return f"a part of it is longer than {LONGEST_PART} bytes"
    if part[-1] in " .":
        return "Windows has no files whose name ends with a blank or a dot"
    if is_device(part):
        return f"Windows keeps {shown(part)} for a device"
    if part.lower().startswith(".git"):
        return "git would take it for one of its own files"
    return ""


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _parents(name: str) -> Iterable[str]:
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


def _refused(name: str, reason: str) -> XchangeError:
    return XchangeError(
        ErrorCode.INVALID, f"{shown(name)} cannot be a file of a version: {reason}", hint="Rename the file."
    )
