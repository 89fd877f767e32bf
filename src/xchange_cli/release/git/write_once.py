"""What was published and is in git, changed or deleted there: nobody but `delete --purge` may do that."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from xchange_cli.authoring.layout import shell_word
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.keys import shown
from xchange_cli.registry import layout
from xchange_cli.registry.registry import Registry
from xchange_cli.release.git.command import look
from xchange_cli.release.git.committing import RegistryTree

_MOST_NAMED = 5
_DELETED = "D"
_COMPARED = "-c", "core.fileMode=false", "--literal-pathspecs", "diff", "--name-status", "--no-renames", "-z"


def damage(tree: RegistryTree, registry: Registry, since: str) -> Mapping[str, Sequence[str]]:
    """Name the files that are written once and are not as a commit has them, from the top, by key.

    `since` is a commit, which is compared with the working tree, or two with `...` between them. What was purged is
    gone for good; a `state.json` may change, but not go. Where git cannot tell, such as before the first commit, there
    is nothing.
    """
    answer = look(tree.top, *_COMPARED, "--diff-filter=a", since, "--", tree.inner)
    found = defaultdict(list)
    for status, name in _pairs(answer.output) if answer.ok else ():
        inner = name.removeprefix(tree.path(""))
        key = layout.key_of(inner)
        if key and layout.is_written_once(inner, key, is_deleted=status == _DELETED):
            found[key].append((status, inner))
    return {
        key: tuple(tree.path(inner) for inner in left)
        for key, files in found.items()
        if (left := _not_purged(registry, key, files))
    }


def require_as_published(names: Sequence[str], key: str, tree: RegistryTree, folder: Path) -> None:
    """Refuse to commit what is damaged; messages name files relative to `folder`.

    Raises:
        XchangeError: INVALID.

    """
    if names:
        files = _listed(names, tree, folder)
        message = (
            f"{files[0]} was changed or deleted since it was committed, and what is published never changes"
        )
        words = " ".join(map(shell_word, files))
        hint = f"Nothing of {key} is published. `git restore --staged --worktree {words}` brings it back."
        raise XchangeError(ErrorCode.INVALID, message, hint=hint)


def require_pushable(
    found: Mapping[str, Sequence[str]], upstream: str, tree: RegistryTree, folder: Path
) -> None:
    """Refuse to push commits that damage what is published.

    Raises:
        XchangeError: INVALID.

    """
    names = [name for files in found.values() for name in files]
    if names:
        files = _listed(names, tree, folder)
        message = f"a commit that {upstream} has not got changes or deletes {files[0]}, and what is published never changes"
        words = " ".join(map(shell_word, files))
        hint = f"`git restore --source={upstream} --staged --worktree {words}` brings it back: commit that, then publish."
        raise XchangeError(ErrorCode.INVALID, message, hint=hint)


def _listed(names: Iterable[str], tree: RegistryTree, folder: Path) -> list[str]:
    real = Path(os.path.realpath(folder))
    return [shown(tree.top / name, real) for name in list(names)[:_MOST_NAMED]]


def _pairs(output: bytes) -> Iterator[tuple[str, str]]:
    words = [os.fsdecode(word) for word in output.split(b"\0") if word]
    return zip(words[::2], words[1::2], strict=True)


def _not_purged(registry: Registry, key: str, files: Sequence[tuple[str, str]]) -> list[str]:
    purged, digests = 0, set[str]()
    with suppress(XchangeError):  # what is damaged is among these files, or publishing says so
        purged = registry.purged_through(key)
        digests.update(manifest.digest for manifest in registry.versions(key) if purged)
    return [
        name
        for status, name in files
        if not (status == _DELETED and purged and _is_purged(name, key, purged, digests))
    ]


def _is_purged(name: str, key: str, purged: int, digests: Iterable[str]) -> bool:
    number = layout.number_of(name)
    if number is not None:
        return number <= purged
    return name.startswith(layout.packages(key)) and not any(
        name.startswith(layout.package(key, digest)) for digest in digests
    )
