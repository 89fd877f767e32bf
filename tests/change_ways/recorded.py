"""What the history of a git repository says of its integration files."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from change_ways.histories import History, Outcome, is_same, merged_by_git, merged_by_parts
from xchange_cli.components.catalog import Catalog

_FILES = ("*.yml", "*.yaml")
_MARK = "definitionVersion"
"""All integration files say it, and few others do."""


class Version(NamedTuple):
    """A file before and after one commit."""

    commit: str
    path: str
    before: str
    after: str


def versions(repository: Path) -> Iterator[Version]:
    """Yield each change of an integration file by a commit, newest first."""
    for commit in _git(repository, "log", "--no-merges", "--format=%H", "--", *_FILES).split():
        changed = _git(
            repository,
            "diff-tree",
            "--no-commit-id",
            "--name-only",
            "--diff-filter=M",
            "-r",
            commit,
            "--",
            *_FILES,
        )
        for path in changed.splitlines():
            version = Version(
                commit, path, _show(repository, f"{commit}^", path), _show(repository, commit, path)
            )
            if _MARK in version.before and _MARK in version.after:
                yield version


def merges(repository: Path) -> Iterator[tuple[History, str]]:
    """Yield the merges of files that both sides have changed, with what was recorded as the result."""
    for line in _git(
        repository, "log", "--merges", "--min-parents=2", "--max-parents=2", "--format=%H %P"
    ).splitlines():
        commit, ours, theirs = line.split()
        base = _git(repository, "merge-base", ours, theirs).strip()
        for path in sorted(_changed(repository, base, ours) & _changed(repository, base, theirs)):
            texts = [_show(repository, one, path) for one in (base, ours, theirs)]
            if all(_MARK in text for text in texts):
                yield History(f"{commit[:10]} {path}", *texts), _show(repository, commit, path)


def outcome_of(history: History, recorded: str, catalog: Catalog) -> Outcome | None:
    """Judge the merge by parts by what was recorded; None where git did not merge it by itself."""
    if merged_by_git(history).text != recorded:
        return None
    found = merged_by_parts(history, catalog).text
    if found is None:
        return Outcome.CAUTIOUS
    return Outcome.SAME if is_same(found, recorded, catalog) else Outcome.OTHER


def _changed(repository: Path, base: str, commit: str) -> set[str]:
    found = _git(
        repository, "diff", "--name-only", "--no-renames", "--diff-filter=M", base, commit, "--", *_FILES
    )
    return set(found.splitlines())


def _show(repository: Path, commit: str, path: str) -> str:
    return _git(repository, "show", f"{commit}:{path}")


def _git(repository: Path, *arguments: str) -> str:
    command = ["git", "-C", str(repository), "-c", "core.quotePath=false", *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")
