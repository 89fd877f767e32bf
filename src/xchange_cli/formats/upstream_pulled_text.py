"""What was pulled into a fork, or would be, for people: the changes of the fork, and the conflicts that are left."""

from collections.abc import Iterator
from typing import TextIO

from xchange_cli.authoring.layout import shell_word
from xchange_cli.changes.verdict import verdict
from xchange_cli.formats.cells import showable
from xchange_cli.formats.change_tree import tree
from xchange_cli.formats.change_words import sentences
from xchange_cli.formats.style import Style
from xchange_cli.formats.upstream_words import changed, conflict_lines, ways_out
from xchange_cli.formats.validation_counts import counts_line
from xchange_cli.formats.words import count, wrapped
from xchange_cli.release.upstream.parent import Upstream
from xchange_cli.release.upstream.pull import Pulled


def render(done: Pulled, out: TextIO) -> None:
    style = Style.of(out)
    if done.upstream is None:
        out.write(wrapped(f"{done.fork.key} has all of {done.fork.base_name}; nothing was changed") + "\n")
        return
    out.write(wrapped(_head(done, done.upstream)) + "\n")
    out.writelines(_conflicts(done, style))
    if done.changes.changes:
        out.writelines(f"{wrapped(one)}\n" for one in _meant(done))
        out.write("\n")
        out.writelines(f"{line}\n" for line in tree(done.changes.changes, style))
    out.writelines(_end(done, style))


def _head(done: Pulled, upstream: Upstream) -> str:
    base, now = done.fork.base_name, upstream.name
    way = f"{base} → {now}" if base != now else f"to {now} as it is now"
    what = "nothing but conflicts" if done.conflicts and not done.changes.changes else changed(done.changes)
    also = (
        f"; and {count(len(done.conflicts), 'conflict')}" if done.conflicts and done.changes.changes else ""
    )
    return f"{done.fork.key} {'would go' if done.is_preview else 'went'} {way}: {what}{also}"


def _conflicts(done: Pulled, style: Style) -> Iterator[str]:
    """Tell the conflicts first: what must be decided comes before what is done already."""
    if done.conflicts:
        number = count(len(done.conflicts), "conflict")
        rest = "would have to be settled" if done.is_preview else "to settle"
        yield f"{style.paint('error', number)} {rest}\n"
        yield from conflict_lines(done.conflicts)
        yield "\n" if done.changes.changes else ""


def _meant(done: Pulled) -> Iterator[str]:
    """Say what the changes mean, while nobody knows what the conflicts will."""
    said = sentences(verdict(done.changes))
    if not done.conflicts:
        yield from said
        return
    yield "All else, with our sides of the conflicts:"
    yield from said


def _end(done: Pulled, style: Style) -> Iterator[str]:
    key = done.fork.key
    yield "\n"
    if done.is_preview:
        yield "nothing was written\n"
        return
    yield from (f"{style.paint('ok', 'written')} {showable(name)}\n" for name in done.files)
    if done.result is not None:
        yield counts_line(done.result, key, style)
    if done.in_git:
        names = " ".join(shell_word(showable(name)) for name in done.files)
        yield f"to take it back: git restore {names}\n"
    if done.conflicts:
        yield from ways_out(done.conflicts, key)
