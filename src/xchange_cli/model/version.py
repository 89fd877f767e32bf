"""Versions of the file format of integrations."""

VERSION = 7
_FIRST = 1


def is_old_version(value: object) -> bool:
    """Tell whether this is the number of a version before the current one; text and truth values are none."""
    return isinstance(value, int) and not isinstance(value, bool) and _FIRST <= value < VERSION
