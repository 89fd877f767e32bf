"""Which names a store takes: those that mean the same on every system, and lead nowhere else on any."""

import re

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.local_folder import FOLDER_NAME

MOST_BYTES_OF_A_PART = 255

_OURS_OR_GITS = {FOLDER_NAME, ".git"}
_CONTROL_OR_HALF = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_OF_WINDOWS = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\..*)?", re.IGNORECASE | re.DOTALL
)


def checked(name: str) -> str:
    """Give a name that may be used.

    Raises:
        XchangeError: USAGE when a part of it is empty, hidden from git, too long, or special to a system.

    """
    for part in name.split("/"):
        trouble = _trouble(part)
        if trouble:
            raise _refused(name, trouble)
    return name


def checked_prefix(prefix: str) -> str:
    """Give the beginning of names, of which the last part may be cut off anywhere.

    Raises:
        XchangeError: USAGE as for a name.

    """
    folder, slash, _ = prefix.rpartition("/")
    if slash:
        checked(folder)
    return prefix


def is_name(name: str) -> bool:
    return not any(map(_trouble, name.split("/")))


def _trouble(part: str) -> str:
    """Say what is wrong with a part of a name; empty where nothing is."""
    if part in {"", ".", ".."}:
        return f"has a part {part!r}" if part else "has an empty part"
    if _CONTROL_OR_HALF.search(part):
        return "has a character that cannot be written"
    if "\\" in part or ":" in part:
        return r"has a `\` or `:`"
    if part[-1] in " .":
        return "has a part with a blank or a dot at its end"
    if part.lower() in _OURS_OR_GITS or _OF_WINDOWS.fullmatch(part):
        return f"has the part `{part}`, which means something else"
    if len(part.encode()) > MOST_BYTES_OF_A_PART:
        return f"has a part of more than {MOST_BYTES_OF_A_PART} bytes"
    return ""


def _refused(name: str, trouble: str) -> XchangeError:
    return XchangeError(
        ErrorCode.USAGE,
        f"{name[:100]!r} cannot be the name of something in a registry: it {trouble}",
        hint="Names must mean the same on Linux, macOS and Windows.",
    )
