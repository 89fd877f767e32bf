"""Three states of one file as git hands them out: merged part by part where all are integrations, else as lines."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Edit
from xchange_cli.document.conflict_marks import marked
from xchange_cli.document.edit import apply
from xchange_cli.document.node import Mapping
from xchange_cli.document.parse import parse
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.merging.conflicts import conflicts_in, resolve
from xchange_cli.merging.merge import LABELS, Merged, merge
from xchange_cli.project.writing import rewritten, write_all
from xchange_cli.release.git.command import act
from xchange_cli.release.upstream.conflicts import OpenConflict, open_conflicts
from xchange_cli.source import Source

MARKER_SIZE = 7
_MOST_CONFLICTS = 127
"""What `git merge-file` ends with above that is no number of conflicts, but an error."""

_KEYS = frozenset({"definitionVersion", "flows"})


class MergeWish(NamedTuple):
    """The files; the result replaces `ours`. `path` is what messages call it, `labels` are for ours, base and theirs."""

    base: Path
    ours: Path
    theirs: Path
    path: str = ""
    marker_size: int = MARKER_SIZE
    labels: tuple[str, str, str] = LABELS

    @property
    def name(self) -> str:
        return self.path or self.ours.as_posix()


class GitMerged(NamedTuple):
    """`conflicts` are known where the file was merged part by part; `why_lines` says why it was merged as lines."""

    name: str
    has_conflicts: bool
    conflicts: tuple[OpenConflict, ...] = ()
    why_lines: str = ""


def merge_for_git(wish: MergeWish, catalog: Callable[[], Catalog]) -> GitMerged:
    """Merge, and write the result over ours. `catalog` is asked for where all three are integrations.

    Raises:
        XchangeError: NOT_FOUND or UNREADABLE when a file cannot be read or written, or git cannot be started.

    """
    try:
        ours, theirs = (_integration(_read(path, wish.name)) for path in (wish.ours, wish.theirs))
        base = _integration(_before_marks(_read(wish.base, wish.name)))
        merged = merge(base, ours, theirs, catalog(), wish.labels)
    except _NoIntegrationError as error:
        return _as_lines(wish, str(error))
    except XchangeError as error:
        if error.code is not ErrorCode.INVALID:
            raise
        return _as_lines(wish, error.message)
    write_all([rewritten(wish.ours, ours, _with_marks_of(merged, wish.marker_size))])
    conflicts = open_conflicts(Source(wish.name, merged.text), merged.conflicts)
    return GitMerged(wish.name, bool(conflicts), conflicts)


class _NoIntegrationError(Exception):
    """A file is not merged part by part; the message says why, for people."""


def _read(path: Path, name: str) -> Source:
    try:
        return Source.read(path, name)
    except XchangeError as error:
        if error.place is None:
            raise
        raise _NoIntegrationError(error.message) from error


def _integration(source: Source) -> Source:
    root = parse(source).root
    if not source.text.strip():
        raise _NoIntegrationError("both sides have added it")
    if not isinstance(root, Mapping) or not _KEYS & root.entries.keys():
        raise _NoIntegrationError("one of the versions is no integration, or no YAML")
    return source


def _before_marks(base: Source) -> Source:
    """Settle what git leaves open where branches were merged both ways: it merges their bases, and gives that with marks.

    Where those had been merged both ways, too, there are marks within marks.
    """
    before = base
    while conflicts := conflicts_in(before):
        if any(one.marks.base is None for one in conflicts):
            return base
        text = resolve(before, conflicts, "base")
        before = Source(base.name, text, encoding=base.encoding, has_bom=base.has_bom)
    return before


def _with_marks_of(merged: Merged, size: int) -> str:
    """Give the text with marks of as many characters as git asks for: it does so where merges stand in one another."""
    source = Source("", merged.text)
    edits = []
    for one in marked(source):
        before = [one.ours, *([one.base] if one.base is not None else []), one.theirs]
        starts = [one.span.start, *(span.end for span in before)]
        for start in starts:
            mark = source.text[start : start + MARKER_SIZE]
            edits.append(Edit(source.span(start, start + MARKER_SIZE), mark[0] * size))
    return apply(source, edits)


def _as_lines(wish: MergeWish, why: str) -> GitMerged:
    labels = [word for label in wish.labels for word in ("-L", label)]
    files = [str(path) for path in (wish.ours, wish.base, wish.theirs)]
    answer = act(Path.cwd(), "merge-file", f"--marker-size={wish.marker_size}", *labels, "--", *files)
    if answer.code > _MOST_CONFLICTS:
        why = f"{why}; {answer.reason}"
    return GitMerged(wish.name, answer.code != 0, why_lines=why)
