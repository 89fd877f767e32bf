"""What a working tree is compared with where nothing is published: the last commit that it shares with the main branch."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.project import Project
from xchange_cli.release.git.command import look
from xchange_cli.release.git.tree import Checkout, checkout_of, default_branches

_WILD = frozenset("*?[")
_SHORT = 7
_UNKNOWN = 128
"""With this code git says that it knows no such name; without a commit in common, with 1."""


class Base(NamedTuple):
    """`commit` is empty where there is none, and `trouble` says why then; `is_lost` that there could be one."""

    commit: str
    trouble: str = ""
    hint: str = ""
    is_lost: bool = False
    branch: str = ""

    @property
    def name(self) -> str:
        """What messages call it: `main (5cc632e)`."""
        return f"{self.branch} ({self.commit[:_SHORT]})" if self.branch else self.commit[:_SHORT]

    @property
    def why(self) -> str:
        """The trouble, for what has not been published while something else has."""
        return self.trouble.removeprefix(_NOTHING)

    @property
    def error(self) -> XchangeError:
        """Why nothing can be compared without it."""
        return XchangeError(ErrorCode.NOT_FOUND, self.trouble, hint=self.hint)


def base_of(project: Project) -> Base:
    """Find the commit: of the branches that are published from, else of the remote's default branch, `main` or `master`.

    As the remote has it, where this clone knows that. In a repository with one branch alone, that is the main one.

    Raises:
        XchangeError: UNREADABLE when git cannot be started.

    """
    checkout = checkout_of(project.root)
    if checkout is None:
        return Base("", "nothing is published, and there is no git repository to compare with", _NAME_BOTH)
    if not checkout.commit:
        return Base("", "nothing is published, and nothing is committed yet", _NAME_BOTH)
    for branch in _candidates(project, checkout):
        answer = look(checkout.top, "merge-base", branch, "HEAD")
        if answer.code != _UNKNOWN:
            break
    else:
        return Base("", f"{_NOTHING}git knows no main branch to compare with", _NAME_BRANCH, is_lost=True)
    shown = branch.removeprefix("refs/heads/").removeprefix("refs/remotes/")
    if answer.ok and answer.text:
        return Base(answer.text, branch=shown if shown != "HEAD" else checkout.branch)
    return Base("", f"{shown} and the working tree have no commit in common", _FETCH, is_lost=True)


_NOTHING = "nothing is published, and "
_NAME_BOTH = "Name both sides: `xchange diff OLD NEW`."
_FETCH = "If the repository was cloned without its history, fetch it (fetch-depth: 0)."
_NAME_BRANCH = (
    "Fetch it (in CI: fetch-depth: 0), name it by `publish: {branches: […]}` in xchange.yaml, or name a revision: "
    "`xchange diff REVISION`."
)


def _candidates(project: Project, checkout: Checkout) -> Iterator[str]:
    """Yield references, the best first."""
    named = tuple(one for one in project.publish_branches if not _WILD.intersection(one))
    for branch in named or default_branches(checkout):
        if checkout.remote:
            yield f"refs/remotes/{checkout.remote}/{branch}"
        yield f"refs/heads/{branch}"
    if checkout.branch and not checkout.remote and _is_only_branch(checkout.top):
        yield "HEAD"


def _is_only_branch(top: Path) -> bool:
    answer = look(top, "for-each-ref", "--format=%(refname)", "--count=2", "refs/heads")
    return answer.ok and len(answer.text.splitlines()) == 1
