"""The version history: a row for each version, what it is about below it."""

from typing import TextIO

from xchange_cli.formats.folding import cut
from xchange_cli.formats.moments import minute
from xchange_cli.formats.people import short_name
from xchange_cli.formats.publication_words import template_for
from xchange_cli.formats.style import Style
from xchange_cli.formats.table import table
from xchange_cli.formats.version_verdict import grade_of
from xchange_cli.formats.words import count, wrapped
from xchange_cli.registry.signatures import Trust
from xchange_cli.release.versions.signed import Signed
from xchange_cli.release.versions.version_history import PublishedVersion, VersionHistory, WorkingDraft

_HEADS = ("VERSION", "PUBLISHED (UTC)", "BY", "COMMIT", "CHANGE", "AVAILABLE", "NOTE")
_BY = 18
_COMMIT = 7
_EXTERNAL = 12
_NOTE = 300


def render(history: VersionHistory, out: TextIO) -> None:
    draft = [_draft(history.draft, history.newest)] if history.draft else []
    if history.versions:
        is_signed = any(one.manifest.signature is not None for one in history.versions)
        rows = [_row(one, is_signed=is_signed) for one in history.versions]
        out.writelines(table(_HEADS, [*draft, *rows], Style.of(out), has_notes=True))
        out.write("\n")
    out.write(wrapped(_conclusion(history)) + "\n")


def _draft(draft: WorkingDraft, newest: int | None) -> tuple[str, ...]:
    said = _trouble(draft) or f"not published; differs from {newest}"
    return ("draft", "", "", "", "", "", said)


def _trouble(draft: WorkingDraft) -> str:
    return f"the working copy cannot be published: {draft.trouble}" if draft.trouble else ""


def _row(one: PublishedVersion, *, is_signed: bool) -> tuple[str, ...]:
    manifest, state = one.manifest, one.state
    external = f" ({cut(manifest.external_version, _EXTERNAL)})" if manifest.external_version else ""
    commit = manifest.git.commit[:_COMMIT] if manifest.git else ""
    return (
        f"{manifest.number}{external}",
        minute(manifest.time),
        short_name(manifest.author, _BY),
        f"{commit}*" if commit and manifest.git and manifest.git.dirty else commit,
        _change(one),
        "yes" if state.available else "no",
        _note(one, is_signed=is_signed),
    )


def _change(one: PublishedVersion) -> str:
    """Say what it means for those who have the one before it; `none` where it does the same."""
    return (grade_of(one.manifest) or "none") if one.manifest.verdict is not None else ""


def _note(one: PublishedVersion, *, is_signed: bool) -> str:
    """Say what the version is about, why it is unavailable, for whom it is a template, who signed it, its labels."""
    parts = [cut(" ".join(one.manifest.note.split()), _NOTE)]
    if not one.state.available and one.state.because:
        parts.append(f"(unavailable: {cut(one.state.because, _NOTE)})")
    if one.state.template != "no":
        parts.append(f"(a template for {template_for(one.state.template)})")
    if is_signed:
        parts.append(f"({_signed(one.signed)})")
    if one.labels:
        parts.append(f"[{', '.join(one.labels)}]")
    return " ".join(filter(None, parts))


def _signed(signed: Signed) -> str:
    match signed.trust:
        case Trust.UNSIGNED:
            return "not signed"
        case Trust.TRUSTED:
            key, _, name = signed.signer.partition(" ")
            return f"signed by {name.strip() or key}"
        case Trust.STRANGER:
            return f"signed by a stranger, {signed.signer}"
        case Trust.WRONG:
            return "its signature is not of what is there"


def _conclusion(history: VersionHistory) -> str:
    if history.newest is None and history.purged_through:
        last, key = history.purged_through, history.key
        return f"all versions of {key} were deleted, up to {key}@{last}; the next is {key}@{last + 1}"
    if history.newest is None:
        return (
            f"no version of {history.key} is published; `xchange publish {history.key}` makes the first one"
        )
    if not history.versions:
        return f"no version of {history.key} is available; the newest is {history.newest}"
    kind = "available version" if history.only_available else "version"
    return f"{count(len(history.versions), kind)} of {history.key}"
