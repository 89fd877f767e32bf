"""A commit of versions on its way to the remote, whose branch is what decides who was first."""

import os
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from xchange_cli.authoring.layout import shell_word
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry import layout
from xchange_cli.release.git.command import GitAnswer, act, look
from xchange_cli.release.git.committing import committed_digests

_RACES = ("cannot lock ref", "failed to lock", "incorrect old value", "failed to update ref", "fetch first")
_STATE = "/state.json"
_REMOTE = "remote:"
_MOST_LINES = 4
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


def left_behind(upstream: Upstream) -> tuple[str, ...]:
    """Say so where the remote's branch is known to have commits that are not here; the remote is not asked."""
    answer = look(upstream.top, "rev-list", "--count", f"HEAD..{upstream.tracking}")
    number = int(answer.text) if answer.ok and answer.text.isdecimal() else 0
    if not number:
        return ()
    commits = "1 commit" if number == 1 else f"{number:,} commits"
    return (
        f"{upstream} is {commits} ahead of what is here, perhaps with other versions; `git pull --rebase` gets them",
    )


def put_back(upstream: Upstream, commit: str) -> bool:
    """Put back a commit that was taken back, if nothing came in its place and nobody else has its versions."""
    top = upstream.top
    if look(top, "rev-parse", "HEAD").text != look(top, "rev-parse", f"{commit}~1").text:
        return False
    mine = _paths(top, "diff", "--name-only", "-z", f"{commit}~1", commit)
    theirs = _paths(top, "diff", "--name-only", "-z", f"{commit}~1...FETCH_HEAD")
    taken = any(layout.number_of(name) is not None for name in mine & theirs)
    return not taken and act(top, "merge", "--quiet", "--ff-only", commit).ok


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
        both = _paths(top, "diff", "--name-only", "--diff-filter=U", "-z")
        if has_own:
            act(top, "rebase", "--abort")
        raise _both_changed(upstream, min(both)) if both else _in_the_way(upstream, moved.reason)
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


def _both_changed(upstream: Upstream, name: str) -> XchangeError:
    if not name.endswith(_STATE):
        return _in_the_way(upstream, f"both have changed {name}")
    return XchangeError(
        ErrorCode.CONFLICT,
        f"{upstream} has moved on, and what is here does not fit on top of it: both have changed {name}",
        hint=f"Nothing is published. `git pull --rebase` stops at this file: take theirs, `git checkout {upstream} -- "
        f"{shell_word(name)}`, go on with `git rebase --continue`, and mark or label again; `xchange log` tells what. "
        "Then publish again.",
    )


def _trouble(upstream: Upstream, told: str, answer: GitAnswer) -> XchangeError:
    reason = ": ".join(filter(None, (told, _said_by_remote(answer)))) if told else answer.reason
    everything = f"{told} {answer.error}".lower()
    if any(word in everything for word in _REFUSED):
        return XchangeError(
            ErrorCode.CREDENTIALS,
            f"{upstream.remote} refuses the push to {upstream.branch}: {reason}",
            hint="Give the account of this job the right to push to this branch.",
        )
    message = f"{upstream} cannot be reached by git: {reason}"
    hint = f"Look at the URL, which `git remote get-url {upstream.remote}` shows, and at the network; then try again."
    return XchangeError(ErrorCode.NETWORK, message, hint=hint, retryable=True)


def _said_by_remote(answer: GitAnswer) -> str:
    """Give what the remote itself has to say, such as what a hook wants."""
    lines = (
        line.removeprefix(_REMOTE).strip() for line in answer.error.splitlines() if line.startswith(_REMOTE)
    )
    return "; ".join([line for line in lines if line][:_MOST_LINES])
