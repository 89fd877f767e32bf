"""Where a version comes from: what options, git and the CI job say, in this order."""

import os
from pathlib import Path
from typing import NamedTuple

from xchange_cli.registry.git_facts import GitFacts
from xchange_cli.release.git.ci_environments import NO_CI, CiFacts
from xchange_cli.release.git.command import look
from xchange_cli.release.git.repository_urls import commit_url, page_url, pull_request_url, system_of, web_url
from xchange_cli.release.git.tree import Checkout


class GivenFacts(NamedTuple):
    """What the user said by options; empty where nothing."""

    commit: str = ""
    branch: str = ""
    repository: str = ""
    commit_url: str = ""
    pull_request_url: str = ""


class Origin(NamedTuple):
    """A working tree, if there is one, the CI job, if it is about that tree, and what the user said."""

    checkout: Checkout | None = None
    ci: CiFacts = NO_CI
    given: GivenFacts = GivenFacts()

    @property
    def branch(self) -> str:
        """Give the branch; where HEAD is detached, as in many CI jobs, the job has to know it."""
        of_git = self.checkout.branch if self.checkout is not None else ""
        return self.given.branch or of_git or self.ci.branch


def origin_of(checkout: Checkout | None, ci: CiFacts, given: GivenFacts) -> Origin:
    """Join the sources; a CI job that works on another repository tells nothing about this one."""
    return Origin(checkout, ci if _is_about(ci, checkout) else NO_CI, given)


def facts_of(origin: Origin, *, dirty: bool) -> GitFacts | None:
    """Give the facts; None where there is neither git nor anything that was said."""
    checkout, ci, given = origin.checkout, origin.ci, origin.given
    if checkout is None and ci == NO_CI and given == GivenFacts():
        return None
    commit = given.commit or (checkout.commit if checkout is not None else ci.commit)
    remote = web_url(checkout.remote_url) if checkout is not None else ""
    repository = web_url(given.repository) or web_url(ci.repository) or remote
    system = system_of(repository) or ("" if ci.system == "jenkins" else ci.system)
    message = checkout.message if checkout is not None else ""
    pull = given.pull_request_url or ci.pull_request_url or pull_request_url(repository, message, system)
    return GitFacts(
        commit=commit,
        branch=origin.branch,
        dirty=dirty,
        repository=repository,
        commit_url=page_url(given.commit_url) or commit_url(repository, commit, system),
        pull_request_url=page_url(pull),
        tag=(checkout.tag if checkout is not None else "") or ci.tag,
    )


def _is_about(ci: CiFacts, checkout: Checkout | None) -> bool:
    """Tell whether the job works on this repository: by its address, its folder or its commit."""
    if ci == NO_CI or checkout is None:
        return True
    remote = web_url(checkout.remote_url)
    if remote and remote == web_url(ci.repository):
        return True
    if ci.folder and os.path.realpath(ci.folder) == os.path.realpath(checkout.top):
        return True
    return bool(ci.commit) and _is_in_history(ci.commit, checkout.top)


def _is_in_history(commit: str, top: Path) -> bool:
    if not commit.isalnum():
        return False
    return look(top, "merge-base", "--is-ancestor", commit, "HEAD").ok
