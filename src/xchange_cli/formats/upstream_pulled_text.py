"""What was pulled into a fork, or would be, for people: the changes of the fork, and the conflicts that are left."""

from collections.abc import Iterator
from typing import TextIO

from xchange_cli.authoring.layout import shell_word
from xchange_cli.changes.verdict import verdict
from xchange_cli.formats.cells import showable
from xchange_cli.formats.change_tree import tree
from xchange_cli.formats.change_words import sentences
from xchange_cli.formats.style import Style
from xchange_cli.formats.upstream_words import (
    changed,
    conflict_lines,
    file_conflict_lines,
    file_lines,
    unknown_files,
    ways_out,
)
from xchange_cli.formats.validation_counts import counts_line
from xchange_cli.formats.words import count, wrapped
from xchange_cli.release.upstream.parent import Upstream
from xchange_cli.release.upstream.pull import Pulled


def render(done: Pulled, out: TextIO) -> None:
    style = Style.of(out)
    if done.upstream is None:
        out.write(wrapped(f"{done.fork.key} has all of {done.fork.base_name}; nothing was changed") + "\n")
        out.writelines(unknown_files(done.apart))
        return
    out.write(wrapped(_head(done, done.upstream)) + "\n")
    out.writelines(_conflicts(done, style))
    if done.changes.changes:
        out.writelines(f"{wrapped(one)}\n" for one in _meant(done))
        out.write("\n")
        out.writelines(f"{line}\n" for line in tree(done.changes.changes, style))
    out.writelines(_beside(done))
    out.writelines(_end(done, style))


def _head(done: Pulled, upstream: Upstream) -> str:
    base, now = done.fork.base_name, upstream.name
    way = f"{base} → {now}" if base != now else f"to {now} as it is now"
    conflicts, files = len(done.conflicts) + len(done.waiting), len(_taken(done))
    is_less = conflicts and not done.changes.changes and not files
    what = "nothing but conflicts" if is_less else changed(done.changes, files)
    also = f"; and {count(conflicts, 'conflict')}" if conflicts and not is_less else ""
    return f"{done.fork.key} {'would go' if done.is_preview else 'went'} {way}: {what}{also}"


def _taken(done: Pulled) -> list[tuple[str, str]]:
    """Give the other files that are as the parent has them, at least in part."""
    return [(one.name, one.did) for one in done.beside if one.did not in {"kept", "conflict"}]


def _beside(done: Pulled) -> Iterator[str]:
    kept = [(one.name, "kept") for one in done.beside if one.did == "kept"]
    found = [*_taken(done), *kept]
    yield "\n" if found else ""
    yield from file_lines(found)
    if kept:
        yield wrapped("kept: the parent has removed it, the fork has changed it") + "\n"
    yield from unknown_files(done.apart)


def _conflicts(done: Pulled, style: Style) -> Iterator[str]:
    """Tell the conflicts first: what must be decided comes before what is done already."""
    if done.conflicts or done.waiting:
        number = count(len(done.conflicts) + len(done.waiting), "conflict")
        rest = "would have to be settled" if done.is_preview else "to settle"
        yield f"{style.paint('error', number)} {rest}\n"
        yield from conflict_lines(done.conflicts)
        yield from file_conflict_lines(done.fork.source.name, done.waiting)
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
    gone = {done.fork.name(one.name) for one in done.beside if one.after is None}
    words = ((name, "removed" if name in gone else "written") for name in done.files)
    yield from (f"{style.paint('ok', word)} {showable(name)}\n" for name, word in words)
    if done.result is not None:
        yield counts_line(done.result, key, style)
    if done.in_git:
        names = " ".join(shell_word(showable(name)) for name in done.files if name not in done.made)
        made = " ".join(shell_word(showable(name)) for name in done.made)
        yield f"to take it back: git restore {names}{f' && git clean -f {made}' if made else ''}\n"
    if done.conflicts or done.waiting:
        yield from ways_out(done.conflicts, done.waiting, key)
