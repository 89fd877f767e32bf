"""The version history: a row for each version, what it is about below or behind it."""

from typing import TextIO

from xchange_cli.formats.folding import cut
from xchange_cli.formats.moments import minute
from xchange_cli.formats.people import short_name
from xchange_cli.formats.style import Style
from xchange_cli.formats.table import table
from xchange_cli.formats.words import count, wrapped
from xchange_cli.release.version_history import PublishedVersion, VersionHistory, WorkingDraft

_HEADS = ("VERSION", "PUBLISHED (UTC)", "BY", "COMMIT", "AVAILABLE", "TEMPLATE", "NOTE")
_BY = 18
_COMMIT = 7
_EXTERNAL = 12
_NOTE = 300


def render(history: VersionHistory, out: TextIO) -> None:
    draft = [_draft(history.draft, history.newest)] if history.draft else []
    if history.versions:
        out.writelines(table(_HEADS, [*draft, *map(_row, history.versions)], Style.of(out)))
        out.write("\n")
    out.write(wrapped(_conclusion(history)) + "\n")


def _draft(draft: WorkingDraft, newest: int | None) -> tuple[str, ...]:
    said = _trouble(draft) or f"not published; differs from {newest}"
    return ("draft", "", "", "", "", "", said)


def _trouble(draft: WorkingDraft) -> str:
    return f"the working copy cannot be published: {draft.trouble}" if draft.trouble else ""


def _row(one: PublishedVersion) -> tuple[str, ...]:
    manifest, state = one.manifest, one.state
    external = f" ({cut(manifest.external_version, _EXTERNAL)})" if manifest.external_version else ""
    commit = manifest.git.commit[:_COMMIT] if manifest.git else ""
    return (
        f"{manifest.number}{external}",
        minute(manifest.time),
        short_name(manifest.author, _BY),
        f"{commit}*" if commit and manifest.git and manifest.git.dirty else commit,
        "yes" if state.available else "no",
        "" if state.template == "no" else state.template,
        _note(one),
    )


def _note(one: PublishedVersion) -> str:
    """Say what the version is about, why it is unavailable, and its labels."""
    parts = [cut(" ".join(one.manifest.note.split()), _NOTE)]
    if not one.state.available and one.state.because:
        parts.append(f"Unavailable: {cut(one.state.because, _NOTE)}")
    if one.labels:
        parts.append(f"[{', '.join(one.labels)}]")
    return " ".join(filter(None, parts))


def _conclusion(history: VersionHistory) -> str:
    if history.newest is None:
        return (
            f"no version of {history.key} is published; `xchange publish {history.key}` makes the first one"
        )
    if not history.versions:
        return f"no version of {history.key} is available; the newest is {history.newest}"
    kind = "available version" if history.only_available else "version"
    return f"{count(len(history.versions), kind)} of {history.key}"
