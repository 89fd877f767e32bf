"""A note proposed from what has changed, for who has given none."""

from collections.abc import Callable, Iterator, Sequence

from xchange_cli.changes.change import Change
from xchange_cli.errors import XchangeError
from xchange_cli.registry.draft import is_same
from xchange_cli.release.one_line import one_line
from xchange_cli.release.publishing.outcome import Outcome
from xchange_cli.release.publishing.ready import Ready
from xchange_cli.release.publishing.wish import Job

Asked = Callable[[str], str]
"""Is given a proposal, which may be empty, and gives the note."""

_MOST_CHANGES = 4
_LONGEST = 100


def with_note(job: Job, prepared: Sequence[Ready | Outcome], ask: Asked) -> list[Ready | Outcome]:
    """Give what is ready the note that the user wants, asked once, and not where no new version would come to be."""
    readies = [one for one in prepared if isinstance(one, Ready)]
    proposed = {one.draft.key: found for one in readies if (found := _proposed(job, one)) is not None}
    if not proposed:
        return list(prepared)
    note = ask(_joined(proposed))
    return [
        one._replace(draft=one.draft._replace(note=note)) if isinstance(one, Ready) else one
        for one in prepared
    ]


def _proposed(job: Job, ready: Ready) -> str | None:
    """Say what has changed; empty where nobody can tell, None where the newest version is the same."""
    try:
        newest = job.registry.newest(ready.draft.key)
        if newest is None:
            return ""
        if is_same(newest, ready.draft, ready.package):
            return None
        change_set = ready.judge.compared(newest).change_set
    except XchangeError:  # told when it is published
        return ""
    return "; ".join(_told(change_set.changes)) if change_set is not None else ""


def _told(changes: Sequence[Change]) -> Iterator[str]:
    """Yield the worst changes, and how many there are beside them."""
    told = list(dict.fromkeys(map(_one, sorted(changes, key=lambda change: -change.grade))))
    yield from told[:_MOST_CHANGES]
    left = len(told) - _MOST_CHANGES
    if left > 0:
        yield f"{left:,} more change{'' if left == 1 else 's'}"


def _one(change: Change) -> str:
    place = change.step or change.flow
    text = one_line(f"{place}: {change.message}" if place else change.message)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _joined(proposed: dict[str, str]) -> str:
    """Join what is proposed of several integrations, which get the same note."""
    if len(proposed) == 1:
        return next(iter(proposed.values()))
    return "\n".join(f"{key}: {text}" for key, text in proposed.items() if text)
