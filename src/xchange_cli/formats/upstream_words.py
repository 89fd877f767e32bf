"""What several commands about forks and their parents say."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from xchange_cli.authoring.layout import shell_word
from xchange_cli.changes.change import ChangeSet
from xchange_cli.formats.cells import showable
from xchange_cli.formats.change_words import counts
from xchange_cli.formats.words import count, wrapped
from xchange_cli.project.waiting import waiting_name
from xchange_cli.release.upstream.conflicts import OpenConflict
from xchange_cli.release.upstream.file_states import FileStates


def changed(change_set: ChangeSet, files: int = 0) -> str:
    """Say `3 changes: 1 breaking, 2 safe; and 1 file`, or that nothing changed in meaning."""
    number = len(change_set.changes)
    said = f"{count(number, 'change')}: {counts(change_set.changes)}" if number else ""
    beside = count(files, "file") if files else ""
    return "; and ".join(filter(None, (said, beside))) or "no change in meaning"


def file_lines(files: Iterable[tuple[str, str]], first: str = "") -> Iterator[str]:
    """Yield a line for each file: what became of it, and its name."""
    yield from (wrapped(name, f"{first}{what:<9} ") + "\n" for name, what in files)


def file_conflict_lines(file: str, names: Iterable[str]) -> Iterator[str]:
    """Yield lines for each file of which somebody has to choose a version; `file` is the integration's."""
    place = PurePosixPath(file).parent
    for name in names:
        yield wrapped(f"{(place / name).as_posix()}: changed in different ways", "  ", "    ") + "\n"
        yield wrapped(f"theirs is {(place / waiting_name(name)).as_posix()}", "    ") + "\n"


def unknown_files(found: FileStates) -> Iterator[str]:
    """Say which files differ by nobody knows whom, and why."""
    if found.apart:
        yield wrapped(f"nobody can tell who has changed these files: {found.unknown}") + "\n"
        yield from (wrapped(one.name, "  ") + "\n" for one in found.apart)


def conflict_lines(conflicts: Sequence[OpenConflict]) -> Iterator[str]:
    """Yield a line for each conflict, with its place and what it is in; without places where no file has them yet."""
    for one in conflicts:
        span = one.hunk.marks.span
        yield wrapped(f"{span.source.name}:{one.line}: {where(one)}", "  ", "    ") + "\n"
        for what in one.what:
            yield wrapped(what, "    ") + "\n"
        if one.values is not None:
            ours, theirs, base = (f"`{value}`" if value else "empty" for value in one.values)
            yield wrapped(f"ours {ours}, theirs {theirs}, before that {base}", "    ") + "\n"


def where(one: OpenConflict) -> str:
    """Say ``flow `Nightly`, step `Get Orders` ``, or what else a conflict is in."""
    hunk = one.hunk
    parts = [f"{kind} `{name}`" for kind, name in (("flow", hunk.flow), ("step", hunk.step)) if name]
    return ", ".join(parts) or (f"`{one.name}`" if one.name else "the file")


def ways_out(conflicts: Sequence[OpenConflict], files: Sequence[str], key: str) -> Iterator[str]:
    """Yield the commands that settle the first conflict, or all; `files` are those with conflicts beside the integration."""
    name = next((one for one in (*(one.name for one in conflicts), *files) if one), "")
    if name:
        yield f"next: xchange upstream resolve {_word(name)} ours {_word(key)}    (or theirs)\n"
    yield f"{'' if name else 'next: '}{'      ' if name else ''}xchange upstream resolve --all theirs {_word(key)}\n"


def _word(text: str) -> str:
    return shell_word(showable(text))
