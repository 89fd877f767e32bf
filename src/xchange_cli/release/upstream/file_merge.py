"""Icon, documentation and attachments of a fork and of its parent, brought together file by file."""

from typing import Literal, NamedTuple

from xchange_cli.document.edit import encode
from xchange_cli.errors import XchangeError
from xchange_cli.merging.diff3 import merged_text
from xchange_cli.release.upstream.file_states import FileState, FileStates, is_alike
from xchange_cli.source import Source

Did = Literal["added", "changed", "removed", "merged", "kept", "conflict"]
"""`kept` is what the parent has removed, and the fork has changed."""


class FileOutcome(NamedTuple):
    """What becomes of a file: its content before and after; `waiting` is their version of it while somebody has to choose."""

    name: str
    did: Did
    before: bytes | None
    after: bytes | None
    waiting: bytes | None = None


def merged_files(found: FileStates) -> tuple[FileOutcome, ...]:
    """Merge what the parent has changed; where nobody can tell what that is, all that it has otherwise is to be chosen."""
    merged = [
        _merged(one)
        for one in found.states
        if one.change_to(one.theirs) and not is_alike(one.ours, one.theirs)
    ]
    merged += [
        FileOutcome(one.name, "conflict", one.ours, one.ours, one.theirs)
        for one in found.apart
        if one.theirs is not None
    ]
    return tuple(merged)


def _merged(one: FileState) -> FileOutcome:
    """Take theirs where ours has not changed it; text both have changed is merged by lines, all else is to be chosen."""
    if not one.change_to(one.ours):
        did: Did = "added" if one.ours is None else "removed" if one.theirs is None else "changed"
        return FileOutcome(one.name, did, one.ours, one.theirs)
    if one.theirs is None:
        return FileOutcome(one.name, "kept", one.ours, one.ours)
    if one.ours is not None and one.base is not None and one.name.lower().endswith(".md"):
        return _by_lines(one, one.base, one.ours, one.theirs)
    return FileOutcome(one.name, "conflict", one.ours, one.ours, one.theirs)


def _by_lines(one: FileState, base: bytes, ours: bytes, theirs: bytes) -> FileOutcome:
    """Merge lines; where some touch, ours has its own of these, and what waits has theirs. All others are in both."""
    try:
        sources = [Source.decode(one.name, data) for data in (base, ours, theirs)]
    except XchangeError:
        return FileOutcome(one.name, "conflict", ours, ours, theirs)
    mine = sources[1]
    plain = [source.text.replace("\r\n", "\n") for source in sources]
    is_dos = plain[1].replace("\n", "\r\n") == mine.text
    first, second = merged_text(plain[0], plain[1] if is_dos else mine.text, plain[2])
    sides = [encode(mine, text.replace("\n", "\r\n") if is_dos else text) for text in (first, second)]
    if first == second:
        return FileOutcome(one.name, "merged", ours, sides[0])
    return FileOutcome(one.name, "conflict", ours, sides[0], sides[1])
