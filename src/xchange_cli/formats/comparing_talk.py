"""What stands beside a comparison, on standard error: what it leaves open, and why a gate does not let it pass."""

from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from xchange_cli.authoring.layout import shell_word
from xchange_cli.changes.grade import Grade
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.formats import error_text
from xchange_cli.formats.cells import showable
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import count
from xchange_cli.project.keys import shown
from xchange_cli.release.comparing.compared import Differences

_MOST = 3


def render(differences: Differences, gate: Grade | None, folder: Path, out: TextIO) -> None:
    for trouble in differences.troubles:
        error_text.render(trouble, out)
    warning = Style.of(out).paint("warning", "warning:")
    out.writelines(
        f"{warning} {showable(text)}\n" for text in (*_errors(differences), *_unused(differences, folder))
    )
    if gate is not None and not differences.troubles:
        for refused in _kept_back(differences, gate):
            error_text.render(refused, out)


def _errors(differences: Differences) -> Iterator[str]:
    """Name the files with errors, each on a line; the most of many are counted only."""
    wrong = [(one.change_set.new, one.errors) for one in differences.compared if one.errors]
    for name, errors in wrong[:_MOST]:
        yield f"{name} has {count(errors, 'error')}: xchange validate {shell_word(name)}"
    if len(wrong) > _MOST:
        more = count(len(wrong) - _MOST, "more integration")
        yield f"{more} {'has' if len(wrong) == _MOST + 1 else 'have'} errors: xchange validate"


def _unused(differences: Differences, folder: Path) -> Iterator[str]:
    """Name approvals of other changes, on one line."""
    unused = differences.unused
    if not unused:
        return
    named = [f"{fingerprint} in {shown(file, folder)}" for fingerprint, file in unused[:_MOST]]
    more = f" and {len(unused) - _MOST:,} more" if len(unused) > _MOST else ""
    verb = "fits" if len(unused) == 1 else "fit"
    yield f"{count(len(unused), 'approval')} {verb} no change of this comparison: {', '.join(named)}{more}"


def _kept_back(differences: Differences, gate: Grade) -> Iterator[XchangeError]:
    """Yield why the command fails, in the words of publishing."""
    changes = list(differences.open_changes(gate))
    if not changes:
        return
    word = "breaking" if gate is Grade.BREAKING else "breaking or risky"
    first = changes[0].fingerprint
    keys = {one.change_set.key for one in differences.compared if one.change_set.changes}
    of = f"{next(iter(keys))}: " if len(keys) == 1 and "" not in keys else ""
    number = f"1 {word} change" if len(changes) == 1 else f"{len(changes):,} {word} changes"
    yield XchangeError(
        ErrorCode.INVALID,
        f"{of}{number}, which nobody has approved",
        hint=f"Approve what is wanted: the same command with --approve {first} --because TEXT in place of "
        "--fail-on-change, and commit approvals.yml.",
    )
