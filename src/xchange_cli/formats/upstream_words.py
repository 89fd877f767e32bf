"""What several commands about forks and their parents say."""

from collections.abc import Iterator, Sequence

from xchange_cli.authoring.layout import shell_word
from xchange_cli.changes.change import ChangeSet
from xchange_cli.formats.cells import showable
from xchange_cli.formats.change_words import counts
from xchange_cli.formats.words import count, wrapped
from xchange_cli.release.upstream.conflicts import OpenConflict


def changed(change_set: ChangeSet) -> str:
    """Say `3 changes: 1 breaking, 2 safe`, or that nothing changed in meaning."""
    number = len(change_set.changes)
    return f"{count(number, 'change')}: {counts(change_set.changes)}" if number else "no change in meaning"


def conflict_lines(conflicts: Sequence[OpenConflict]) -> Iterator[str]:
    """Yield a line for each conflict, with its place and what it is in; without places where no file has them yet."""
    for one in conflicts:
        span = one.hunk.marks.span
        yield wrapped(f"{span.source.name}:{one.line}: {where(one)}", "  ", "    ") + "\n"
        for what in one.what:
            yield wrapped(what, "    ") + "\n"
        if one.values is not None:
            ours, theirs, base = one.values
            yield wrapped(f"ours `{ours}`, theirs `{theirs}`, before that `{base}`", "    ") + "\n"


def where(one: OpenConflict) -> str:
    """Say ``flow `Nightly`, step `Get Orders` ``, or what else a conflict is in."""
    hunk = one.hunk
    parts = [f"{kind} `{name}`" for kind, name in (("flow", hunk.flow), ("step", hunk.step)) if name]
    return ", ".join(parts) or (f"`{one.name}`" if one.name else "the file")


def ways_out(conflicts: Sequence[OpenConflict], key: str) -> Iterator[str]:
    """Yield the commands that settle the first conflict, or all."""
    name = next((one.name for one in conflicts if one.name), "")
    if name:
        yield f"next: xchange upstream resolve {_word(name)} ours {_word(key)}    (or theirs)\n"
    yield f"{'' if name else 'next: '}{'      ' if name else ''}xchange upstream resolve --all theirs {_word(key)}\n"


def _word(text: str) -> str:
    return shell_word(showable(text))
