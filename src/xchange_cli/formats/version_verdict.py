"""What a version means for those who have the one before it, in a few words."""

from collections.abc import Iterator

from xchange_cli.changes.change import ChangeSet
from xchange_cli.changes.verdict import verdict
from xchange_cli.formats.change_words import counts, sentences
from xchange_cli.registry.manifest import Manifest
from xchange_cli.release.publishing.outcome import Fate, Outcome

_MOST_FILES = 3


def grade_of(manifest: Manifest) -> str:
    """Give the grade of a version; empty where nothing changed in meaning, or nobody has compared it."""
    return (manifest.verdict.grade or "") if manifest.verdict is not None else ""


def verdict_line(one: Outcome) -> str:
    """Say `orders@2 is breaking for those who have orders@1: 1 breaking, 2 safe`, or that it does the same.

    Empty for a first version, and where nobody can tell.
    """
    manifest, change_set, before = one.manifest, one.change_set, one.before
    if manifest is None or change_set is None or before is None:
        return ""
    grade, is_planned = grade_of(manifest), one.fate is Fate.WOULD
    if not grade:
        does = "would do" if is_planned else "does"
        files = _listed(_changed_files(before, manifest))
        return f"{manifest.reference} {does} the same as {before.reference}" + (
            f"; it differs in {files}" if files else ""
        )
    verb = "would be" if is_planned else "is"
    return f"{manifest.reference} {verb} {grade} for those who have {change_set.old}: {counts(change_set.changes)}"


def external_line(one: Outcome) -> str:
    """Say `orders@2 has the external version 2.0.0`; empty where it has none, or is not new."""
    manifest = one.manifest
    if manifest is None or not manifest.external_version or one.fate not in {Fate.WOULD, Fate.PUBLISHED}:
        return ""
    verb = "would have" if one.fate is Fate.WOULD else "has"
    return f"{manifest.reference} {verb} the external version {manifest.external_version}"


def _changed_files(before: Manifest, manifest: Manifest) -> list[str]:
    """Name the files that one of both has not, or not so."""
    return sorted({one.name for one in set(before.files) ^ set(manifest.files)})


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _MOST_FILES:,} more" if len(names) > _MOST_FILES else ""
    return ", ".join(names[:_MOST_FILES]) + more


def meant(manifest: Manifest, change_set: ChangeSet | None) -> Iterator[str]:
    """Yield what those who have the version before must do, whoever has approved that."""
    if change_set is not None and grade_of(manifest) == "breaking":
        changes = tuple(change._replace(approved=None) for change in change_set.changes)
        yield from sentences(verdict(change_set._replace(changes=changes)))
