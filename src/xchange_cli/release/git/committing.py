"""The files of a registry that lives in a git repository, committed: those of the versions, and nothing else."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.writing import FileChange, write_all
from xchange_cli.registry import layout
from xchange_cli.registry.manifest import Manifest
from xchange_cli.release.git.command import GitAnswer, act, look, pause, top_of

ATTRIBUTES = ".gitattributes"
_BYTE_FOR_BYTE = (
    b"# Published files stay as they are, byte for byte, or their digests would be wrong.\n"
    b"* -text -ident -filter -working-tree-encoding\n"
    b"# What is made of other files need not be merged: it is made again.\n"
    b"/summaries/*.json merge=union\n"
    b"/integrations/*/head.json merge=union\n"
)
_TRAILER = "Xchange-Version"
_AGAIN = "Nothing of it is lost: mend what git says, then the same command again commits it."
_TRIES = 8
_IS_LOCKED = ".lock': File exists"


class RegistryTree(NamedTuple):
    """The working tree that a registry's folder is in; `inner` is that folder below `top`, `.` where they are one."""

    top: Path
    inner: str

    def path(self, name: str) -> str:
        """Give the path of something in the registry, from the top."""
        return name if self.inner == "." else f"{self.inner}/{name}"


def tree_of(registry: Path) -> RegistryTree | None:
    """Find the working tree around a registry's folder, which need not be there yet; None without one."""
    real = Path(os.path.realpath(registry))
    existing = next(place for place in (real, *real.parents) if place.is_dir())
    top = top_of(existing)
    if top is None:
        return None
    top = Path(os.path.realpath(top))
    return RegistryTree(top, real.relative_to(top).as_posix())


def keep_bytes(tree: RegistryTree) -> None:
    """See to it that git changes no line ends in the registry, here or in any clone.

    Raises:
        XchangeError: UNREADABLE when the file cannot be written.

    """
    name, folder = tree.path(ATTRIBUTES), tree.top / tree.inner
    existing = next(place for place in (folder, *folder.parents) if os.path.lexists(place))
    if os.path.lexists(tree.top / name) or not existing.is_dir():  # the store says best why that is no place
        return
    try:
        write_all([FileChange(tree.top / name, name, None, _BYTE_FOR_BYTE)])
    except XchangeError as error:
        if error.code is not ErrorCode.CONFLICT:  # somebody else has made it at the same time
            raise


def uncommitted(tree: RegistryTree, keys: Iterable[str]) -> tuple[str, ...]:
    """Give the registry's files of some integrations that are not as HEAD has them, from the top.

    Raises:
        XchangeError: UNREADABLE when git does not answer.

    """
    names = [ATTRIBUTES, *(name for key in keys for name in layout.places(key))]
    return _status(tree, [tree.path(name.rstrip("/")) for name in names])


def all_uncommitted(tree: RegistryTree) -> tuple[str, ...]:
    """Give all files in the registry's folder that are not as HEAD has them, from the top.

    Raises:
        XchangeError: UNREADABLE when git does not answer.

    """
    return _status(tree, [tree.inner])


def _status(tree: RegistryTree, paths: Iterable[str]) -> tuple[str, ...]:
    answer = look(
        tree.top,
        "--literal-pathspecs",
        "status",
        "--porcelain=v1",
        "-z",
        "--no-renames",
        "--untracked-files=all",
        "--",
        *paths,
    )
    if not answer.ok:
        raise _failed("git cannot tell what is committed", answer)
    return tuple(os.fsdecode(line[3:]) for line in answer.output.split(b"\0") if line)


def ignored_files(tree: RegistryTree, manifest: Manifest) -> tuple[str, ...]:
    """Name the files of a version that git would not take if they were new, from the top.

    Raises:
        XchangeError: UNREADABLE when git cannot be started.

    """
    key, package = manifest.key, layout.package(manifest.key, manifest.digest)
    names = [f"{package}{file.name}" for file in manifest.files]
    names += [layout.version(key, manifest.number), layout.summary(key)]
    listed = "\0".join(map(tree.path, names)).encode("utf-8", "surrogateescape")
    answer = act(tree.top, "check-ignore", "--no-index", "-z", "--stdin", given=listed)
    return tuple(os.fsdecode(path) for path in answer.output.split(b"\0") if path)


def require_committable(tree: RegistryTree) -> None:
    """Refuse to begin where a commit cannot be made.

    Raises:
        XchangeError: USAGE when git does not know who commits, or ignores the registry; CONFLICT in a merge.

    """
    if (
        not look(tree.top, "var", "GIT_COMMITTER_IDENT").ok
        or not look(tree.top, "var", "GIT_AUTHOR_IDENT").ok
    ):
        message = "git does not know who commits"
        hint = "git config user.name and user.email say so."
        raise XchangeError(ErrorCode.USAGE, message, hint=hint)
    probe = tree.path(layout.summary("a"))
    if look(tree.top, "check-ignore", "--quiet", "--no-index", "--", probe).ok:
        older = look(tree.top, "--literal-pathspecs", "ls-files", "-z", "--", tree.inner).output
        which = (
            "new version in it can be committed, though it has older ones"
            if older
            else "version in it can be committed"
        )
        raise XchangeError(
            ErrorCode.USAGE, f"git ignores {tree.inner}, so no {which}", hint="Take it out of .gitignore."
        )
    if look(tree.top, "rev-parse", "--verify", "--quiet", "MERGE_HEAD").ok:
        raise XchangeError(
            ErrorCode.CONFLICT,
            "a merge is not finished",
            hint="Finish it first; git status shows what is left.",
        )


def commit(tree: RegistryTree, paths: Sequence[str], message: str) -> str:
    """Commit these files, and nothing else that is staged; give the commit.

    Raises:
        XchangeError: CONFLICT when git or a hook refuses; the files stay as they are, and are not staged.

    """
    listed = "\0".join(paths).encode("utf-8", "surrogateescape")
    from_stdin = ("--pathspec-from-file=-", "--pathspec-file-nul")
    added = _patiently(tree, listed, "add", "--all", *from_stdin)
    if not added.ok:
        raise _failed("the versions are published, but git does not take their files", added)
    made = _patiently(tree, listed, "commit", "--quiet", "--only", "-m", message, *from_stdin)
    if not made.ok:
        _patiently(tree, listed, "reset", "--quiet", *from_stdin)
        raise _failed("the versions are published, but git does not commit their files", made)
    return look(tree.top, "rev-parse", "HEAD").text


def versions_among(
    tree: RegistryTree, paths: Sequence[str], versions: Sequence[Manifest]
) -> tuple[Manifest, ...]:
    """Give the versions whose manifest is among some paths."""
    return tuple(one for one in versions if tree.path(layout.version(one.key, one.number)) in paths)


def subject_of(versions: Sequence[Manifest]) -> str:
    names = [f"{one.key} {one.number}" for one in versions]
    if not names:
        return "Bring the registry up to date"
    return f"Publish {names[0]}" if len(names) == 1 else f"Publish {len(names)} integrations"


def message_of(versions: Sequence[Manifest]) -> str:
    """Write the message of a commit: what is published, the notes, and lines that programs find versions by."""
    notes = dict.fromkeys(one.note for one in versions)
    trailers = "\n".join(f"{_TRAILER}: {one.reference} {one.digest}" for one in versions)
    return "\n\n".join(filter(None, (subject_of(versions), *notes, trailers)))


def committed_digests(top: Path, commit_id: str) -> frozenset[str]:
    """Give the digests of the versions that a commit published; none for any other commit."""
    wanted = f"--format=%(trailers:key={_TRAILER},valueonly)"
    answer = look(top, "log", "-1", wanted, commit_id)
    lines = answer.text.splitlines() if answer.ok else []
    return frozenset(line.split()[-1] for line in lines if line.strip())


def _patiently(tree: RegistryTree, listed: bytes, *arguments: str) -> GitAnswer:
    """Let git do something in the index, which others may be at."""
    answer = act(tree.top, "--literal-pathspecs", *arguments, given=listed)
    for attempt in range(_TRIES):
        if _IS_LOCKED not in answer.error:
            break
        pause(attempt)
        answer = act(tree.top, "--literal-pathspecs", *arguments, given=listed)
    return answer


def _failed(what: str, answer: GitAnswer) -> XchangeError:
    return XchangeError(ErrorCode.CONFLICT, f"{what}: {answer.reason}", hint=_AGAIN)
