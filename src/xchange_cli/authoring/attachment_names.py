"""Names that a file can have on every system, and when two of them are the same on some."""

import re
import unicodedata

from xchange_cli.errors import ErrorCode, XchangeError

LONGEST = 255
"""Bytes in UTF-8: what the file systems of Linux and macOS take."""

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)", re.IGNORECASE)
_FORBIDDEN = '<>:"|?*'


def require_name(name: str) -> None:
    """Refuse a name that would not be a file in the folder itself, on some system.

    Raises:
        XchangeError: USAGE, with the reason.

    """
    reason = _fault(name)
    if reason:
        shown = f"`{name}`" if len(name) <= LONGEST else f"`{name[:20]}…`"
        message = f"{shown} cannot be the name of an attachment: {reason}"
        raise XchangeError(ErrorCode.USAGE, message, hint="Give it another name with --as NAME.")


def folded(name: str) -> str:
    """Give what is equal for names that some system takes for the same."""
    return unicodedata.normalize("NFC", name).casefold()


def _fault(name: str) -> str:
    if not name.strip():
        return "it is empty"
    if "/" in name or "\\" in name:
        return "it is a path, not a name"
    if any(unicodedata.category(one) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and one != "\u200d" for one in name):
        return "it has a character that cannot be seen"
    if name.startswith("."):
        return "a file whose name begins with a dot is hidden"
    if any(one in _FORBIDDEN for one in name):
        return f"Windows takes none of {_FORBIDDEN}"
    if name.endswith((".", " ")) or name.startswith(" "):
        return "it begins or ends with a blank or a dot, which Windows drops"
    if _RESERVED.fullmatch(name.partition(".")[0].rstrip(" ")):
        return "Windows keeps it for a device"
    length = len(name.encode())
    return f"it has {length:,} bytes; {LONGEST} are possible" if length > LONGEST else ""
