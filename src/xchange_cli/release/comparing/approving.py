"""Changes approved on purpose: found by their fingerprints, and noted beside their integrations."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from xchange_cli.changes.approvals import approval_of, approved, read_approvals, unused
from xchange_cli.changes.approving import has_other_reason, with_approvals
from xchange_cli.changes.change import Change
from xchange_cli.changes.verdict import verdict
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.nearest import nearest
from xchange_cli.project.writing import write_all
from xchange_cli.release.comparing.compared import Compared, Differences

_FEWEST_DIGITS = 4
"""Of a fingerprint that is typed."""


class Approved(NamedTuple):
    """What differs, as it is with the new approvals. `files` were written.

    `number` counts what is new in them, `corrected` what has another reason now. `chosen` are the fingerprints of all that
    was to be approved, also of what had been, for the same reason.
    """

    differences: Differences
    files: tuple[str, ...]
    number: int
    corrected: int = 0
    chosen: frozenset[str] = frozenset()


class Words(NamedTuple):
    """Why changes are approved, and who says so."""

    because: str
    by: str


def approve(differences: Differences, fingerprints: Sequence[str], words: Words, folder: Path) -> Approved:
    """Write the approvals of the changes with these fingerprints, or with these beginnings of one; all files or none.

    What was approved before gets the new reason.

    Raises:
        XchangeError: NOT_FOUND for a fingerprint that no change has; USAGE for a beginning that several have, and for an
            integration that is no working copy; CONFLICT or UNREADABLE where a file cannot be written; what kept an
            integration from being compared, for it may have the change.

    """
    every = [change for one in differences.compared for change in one.change_set.changes]
    if differences.troubles:
        raise differences.troubles[0]
    chosen = frozenset(_chosen(fingerprint, every) for fingerprint in fingerprints)
    files, number, corrected = [], 0, 0
    for one in differences.compared:
        mine = [change for change in one.change_set.changes if change.fingerprint in chosen]
        if not mine:
            continue
        approvals = read_approvals(_place(one), folder)
        entries = {change.fingerprint: approval_of(change, *words) for change in mine}
        file = with_approvals(approvals, entries.values())
        if file is not None:
            files.append(file)
            number += len(entries.keys() - approvals.by_fingerprint.keys())
            corrected += sum(has_other_reason(entry, approvals) for entry in entries.values())
    write_all(files)
    compared = tuple(_again(one, folder) for one in differences.compared)
    names = tuple(file.name for file in files)
    return Approved(differences._replace(compared=compared), names, number, corrected, chosen)


def _chosen(wanted: str, changes: Sequence[Change]) -> str:
    known = {change.fingerprint for change in changes}
    word = wanted.strip().lower()
    found = [one for one in known if one == word] or [
        one for one in known if len(word) >= _FEWEST_DIGITS and one.startswith(word)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        message = f"{len(found)} changes have a fingerprint that begins with {wanted}"
        raise XchangeError(ErrorCode.USAGE, message, hint=f"Write more of it: {_listed(found)}.")
    near = nearest(word, known)
    raise XchangeError(
        ErrorCode.NOT_FOUND,
        f"no change has the fingerprint {wanted}",
        hint=f"Did you mean {near}?" if near else _what_there_is(changes),
    )


def _what_there_is(changes: Iterable[Change]) -> str:
    open_changes = [one for one in changes if one.approved is None and one.reason]
    if not open_changes:
        return "There is no change that needs an approval."
    return f"There are {_listed(f'{one.fingerprint} ({one.kind})' for one in open_changes)}."


def _listed(texts: Iterable[str]) -> str:
    some = sorted(dict.fromkeys(texts))
    return ", ".join(some[:3]) + (" …" if len(some) > 3 else "")


def _place(one: Compared) -> Path:
    if one.place is not None and not one.is_working:
        raise XchangeError(
            ErrorCode.USAGE,
            f"{one.change_set.new} is not the working copy, beside which approvals are kept",
            hint=f"Approve what the working copy changes: `xchange diff {one.change_set.key}`.",
        )
    if one.place is None:
        raise XchangeError(
            ErrorCode.USAGE,
            f"{one.change_set.new or one.change_set.old} has no folder of its own in the project for its approvals",
            hint="Approve it where its file is called integration.yml.",
        )
    return one.place


def _again(one: Compared, folder: Path) -> Compared:
    if one.place is None or not one.is_working or not one.change_set.changes:
        return one
    approvals = read_approvals(one.place, folder)
    change_set = approved(one.change_set, approvals)
    return one._replace(
        change_set=change_set, verdict=verdict(change_set), unused=unused(change_set, approvals)
    )
