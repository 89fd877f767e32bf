"""External versions: three numbers as semver.org has them, which come from the user or are counted on."""

import re

from xchange_cli.changes.grade import Grade
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry.manifest import Manifest

AUTO = "auto"
"""Asks for the next one, by what has changed."""

FIRST = "1.0.0"
_LONGEST = 100
_FORM = re.compile(
    r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?", re.ASCII
)


def require_external_version(text: str) -> None:
    """Refuse what is neither `auto` nor a version of the form X.Y.Z.

    Raises:
        XchangeError: USAGE.

    """
    if text != AUTO and _read(text) is None:
        shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        raise XchangeError(
            ErrorCode.USAGE,
            f"{shown!r} is no external version",
            hint="Write three numbers, such as 1.4.0; 1.4.0-rc.1 will do, too, and auto counts on.",
        )


def next_external_version(before: Manifest, grade: Grade | None) -> str:
    """Count on from a version: the first number for what breaks, the second for what is risky, else the third.

    Before 1.0.0 what breaks counts by the second number. One with a `-` becomes the version that it led to, if that is
    enough.

    Raises:
        XchangeError: USAGE when it has no external version of the form X.Y.Z.

    """
    found = _read(before.external_version)
    if found is None:
        raise XchangeError(
            ErrorCode.USAGE,
            f"{before.reference} has the external version {before.external_version[:_LONGEST]!r}, from which nobody can count on",
            hint="Name the next one: --external-version X.Y.Z.",
        )
    major, minor, patch = (int(found[number]) for number in (1, 2, 3))
    is_before = found[4] is not None
    if grade is Grade.BREAKING and major:
        return f"{major if is_before and not minor and not patch else major + 1}.0.0"
    if grade is not None and grade >= Grade.RISKY:
        return f"{major}.{minor if is_before and not patch else minor + 1}.0"
    return f"{major}.{minor}.{patch if is_before else patch + 1}"


def comes_after(external_version: str, other: str) -> bool:
    return _order(external_version) > _order(other)


def _order(external_version: str) -> tuple[object, ...]:
    """Order as semver.org does: numbers by size, and what has a `-` before the same without it."""
    found = _read(external_version)
    if found is None:
        return ()
    parts = [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in (found[4] or "").split(".")]
    return (int(found[1]), int(found[2]), int(found[3]), not found[4], parts if found[4] else [])


def _read(text: str) -> "re.Match[str] | None":
    return _FORM.fullmatch(text) if len(text) <= _LONGEST else None
