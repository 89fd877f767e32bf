"""Where things are in a registry: names in its store.

Summaries are beside the integrations, not within, so that listing all integrations opens one folder and not one each.
"""

import re

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry.package_names import shown
from xchange_cli.registry.windows_names import is_device

INTEGRATIONS = "integrations/"
SUMMARIES = "summaries/"
LAST_NUMBER = 999_999
"""Beyond it, names would no longer sort as numbers do."""

_KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_LONGEST_KEY = 100
_VERSION = re.compile(r"/versions/(0*[1-9][0-9]*)\.json$")


def require_key(key: str) -> str:
    """Give the key back if things can be published under it.

    Raises:
        XchangeError: USAGE.

    """
    if _KEY.fullmatch(key) is None or len(key) > _LONGEST_KEY or is_device(key):
        raise XchangeError(
            ErrorCode.USAGE,
            f"{shown(key)} is no key that a registry can have",
            hint=_hint(key),
        )
    return key


def _hint(text: str) -> str:
    key, _, number = text.rpartition("@")
    if number.isdecimal() and _KEY.fullmatch(key):
        return f"This is a version, and the key of an integration is wanted: {key}."
    if _KEY.fullmatch(text.lower()):
        return f"Did you mean `{text.lower()}`?"
    return (
        f"A key has lower-case letters, digits and dashes, {_LONGEST_KEY} at most. It is the name of the "
        "integration's folder."
    )


def folder(key: str) -> str:
    """Give the folder that holds all of an integration but its summary."""
    return f"{INTEGRATIONS}{key}/"


def places(key: str) -> tuple[str, str]:
    """Give what all files of an integration begin with, and no others do: for git, two paths in the registry."""
    return folder(key), summary(key)


def summary(key: str) -> str:
    return f"{SUMMARIES}{key}.json"


def state(key: str) -> str:
    return f"{folder(key)}state.json"


def head(key: str) -> str:
    return f"{folder(key)}head.json"


def versions(key: str) -> str:
    return f"{folder(key)}versions/"


def version(key: str, number: int) -> str:
    """Give the name of a manifest.

    Raises:
        XchangeError: CONFLICT when there can be no version of this number.

    """
    if number > LAST_NUMBER:
        message = f"{key} cannot have a version {number}: the last number of all is {LAST_NUMBER}"
        raise XchangeError(ErrorCode.CONFLICT, message, hint="Go on under another key.")
    return f"{versions(key)}{number:06}.json"


def number_of(name: str) -> int | None:
    """Give the number in the name of a manifest, None where it is the name of something else."""
    found = _VERSION.search(name)
    number = int(found[1]) if found else 0
    return number if found and f"{number:06}" == found[1] else None


def number_in(reference: str) -> int:
    """Give the number in `KEY@N`, 0 without one."""
    number = reference.rpartition("@")[2]
    is_number = "@" in reference and number.isascii() and number.isdigit()
    return min(int(number), LAST_NUMBER) if is_number else 0


def packages(key: str) -> str:
    return f"{folder(key)}packages/"


def package(key: str, digest: str) -> str:
    return f"{packages(key)}{digest}/"


def activities(key: str) -> str:
    return f"{folder(key)}activity/"


def activity(key: str, entry: str) -> str:
    return f"{activities(key)}{entry}.json"


def is_written_once(name: str, key: str, *, is_deleted: bool) -> bool:
    """Tell whether a change of this file damages what is published; `state.json` only must not go."""
    if is_deleted and name == state(key):
        return True
    return name.startswith((versions(key), packages(key), activities(key)))


def key_of(name: str) -> str:
    """Give the key in the name of a summary, or of something in an integration's folder; empty where there is none."""
    start, _, rest = name.partition("/")
    key = rest.partition("/")[0] if f"{start}/" == INTEGRATIONS else rest.removesuffix(".json")
    return key if _KEY.fullmatch(key) else ""
