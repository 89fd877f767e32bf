"""A commit of versions on its way to the remote, whose branch is what decides who was first."""

import os
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.release.committing import committed_digests
from xchange_cli.release.git_command import GitAnswer, act, look

_RACES = ("cannot lock ref", "failed to lock", "incorrect old value", "failed to update ref", "fetch first")
_REFUSED = (
    "authentication failed",
    "could not read username",
    "could not read password",
    "permission denied",
    "permission to",
    "access denied",
    "not allowed to push",
    "protected branch",
    "the requested url returned error: 40",
    "hook declined",
)


class Pushed(Enum):
    DONE = auto()
    REJECTED = auto()


class Upstream(NamedTuple):
    """A branch of a remote; `top` is the top of the working tree."""

    top: Path
    remote: str
    branch: str

    @property
    def tracking(self) -> str:
        """What the clone calls the branch as it was when it was last fetched or pushed; it need not be there."""
        return f"refs/remotes/{self.remote}/{self.branch}"

    def __str__(self) -> str:
        return f"{self.remote}/{self.branch}"


def push(upstream: Upstream) -> Pushed:
    """Push HEAD; REJECTED when the branch has commits that are not here.

    Raises:
        XchangeError: CREDENTIALS when the remote refuses us, NETWORK for any other trouble.

    """
    target = f"HEAD:refs/heads/{upstream.branch}"
    answer = act(upstream.top, "push", "--porcelain", upstream.remote, target)
    if answer.ok:
        return Pushed.DONE
    lines = answer.output.decode(errors="replace").splitlines()
    told = " ".join(line for line in lines if line.startswith("!"))
    if "[rejected]" in told or any(race in f"{told} {answer.error}" for race in _RACES):
        return Pushed.REJECTED
    raise _trouble(upstream, told.rpartition("\t")[2], answer)


def take_back(upstream: Upstream, digests: frozenset[str]) -> bool:
    """Take back the last commit if it published nothing but these versions, which are at hand; say whether it did.

    A commit that the remote has stays, and so does what else is staged or changed.
    """
    top = upstream.top
    published = committed_digests(top, "HEAD")
    if (
        not published
        or not published <= digests
        or not look(top, "rev-parse", "--verify", "--quiet", "HEAD~1").ok
    ):
        return False
    if any(_has(top, ref, "HEAD") for ref in (upstream.tracking, "FETCH_HEAD")):
        return False
    paths = look(top, "diff-tree", "--no-commit-id", "--name-only", "-r", "-z", "HEAD").output
    if not act(top, "reset", "--soft", "HEAD~1").ok:
        return False
    from_stdin = ("--pathspec-from-file=-", "--pathspec-file-nul")
    return act(
        top,
        "--literal-pathspecs",
        "restore",
        "--source=HEAD",
        "--staged",
        "--worktree",
        *from_stdin,
        given=paths,
    ).ok


def catch_up(upstream: Upstream) -> bool:
    """Fetch the branch and put local commits on top of it; say whether there were any.

    Raises:
        XchangeError: NETWORK or CREDENTIALS when it cannot be fetched; CONFLICT when local commits or changes are in
            the way: everything is as before then.

    """
    top = upstream.top
    fetched = act(top, "fetch", "--quiet", "--no-tags", upstream.remote, f"refs/heads/{upstream.branch}")
    if not fetched.ok:
        raise _trouble(upstream, "", fetched)
    theirs = look(top, "rev-parse", "FETCH_HEAD").text
    has_own = not _has(top, theirs, "HEAD")
    _require_untouched(upstream, theirs)
    if has_own:
        moved = act(top, "rebase", "--quiet", "--autostash", theirs)
    else:
        moved = act(top, "merge", "--quiet", "--ff-only", theirs)
    if not moved.ok:
        if has_own:
            act(top, "rebase", "--abort")
        raise _in_the_way(upstream, moved.reason)
    return has_own


def _has(top: Path, ref: str, commit: str) -> bool:
    return look(top, "merge-base", "--is-ancestor", commit, ref).ok


def _require_untouched(upstream: Upstream, theirs: str) -> None:
    """Refuse before anything moves, where what is not committed would be in the way of what comes."""
    mine = _paths(upstream.top, "diff", "--name-only", "-z", "HEAD")
    both = mine & _paths(upstream.top, "diff", "--name-only", "-z", f"HEAD...{theirs}")
    if both:
        raise _in_the_way(upstream, f"{min(both)} has changes that are not committed")


def _paths(top: Path, *arguments: str) -> frozenset[str]:
    return frozenset(os.fsdecode(path) for path in look(top, *arguments).output.split(b"\0") if path)


def _in_the_way(upstream: Upstream, reason: str) -> XchangeError:
    return XchangeError(
        ErrorCode.CONFLICT,
        f"{upstream} has moved on, and what is here does not fit on top of it: {reason}",
        hint="Nothing is published. Bring your branch up to date (git pull --rebase), then publish again.",
    )


def _trouble(upstream: Upstream, told: str, answer: GitAnswer) -> XchangeError:
    reason = told or answer.reason
    everything = f"{told} {answer.error}".lower()
    if any(word in everything for word in _REFUSED):
        return XchangeError(
            ErrorCode.CREDENTIALS,
            f"{upstream.remote} refuses the push to {upstream.branch}: {reason}",
            hint="Give the account of this job the right to push to this branch.",
        )
    message = f"{upstream} cannot be reached by git: {reason}"
    return XchangeError(ErrorCode.NETWORK, message, hint="Try again.", retryable=True)
