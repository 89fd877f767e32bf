"""What git's merge of one file left to settle, for people; nothing where it left nothing."""

from pathlib import PurePosixPath
from typing import TextIO

from xchange_cli.formats.upstream_words import conflict_lines, ways_out
from xchange_cli.formats.words import count, wrapped
from xchange_cli.project.keys import FILE_NAMES, key_of
from xchange_cli.release.upstream.git_merge import GitMerged


def render(merged: GitMerged, out: TextIO) -> None:
    if merged.why_lines:
        out.write(wrapped(f"{merged.name}: merged line by line: {merged.why_lines}") + "\n")
    if merged.conflicts:
        out.write(wrapped(f"{merged.name}: {count(len(merged.conflicts), 'conflict')}") + "\n")
        out.writelines(conflict_lines(merged.conflicts))
        out.writelines(ways_out(merged.conflicts, (), _known_as(merged.name)))


def _known_as(name: str) -> str:
    """Give the key of an integration, which is the same in each folder; of another file its path."""
    path = PurePosixPath(name)
    return key_of(path) if path.name in FILE_NAMES else name
