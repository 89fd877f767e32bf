"""Integrations published: chosen, made ready, put into the registry, committed and pushed."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.project import Project
from xchange_cli.release.ci_environments import Environment, ci_facts
from xchange_cli.release.committing import RegistryTree, keep_bytes, require_committable, tree_of
from xchange_cli.release.git_facts_of import origin_of
from xchange_cli.release.git_tree import checkout_of, upstream_branch
from xchange_cli.release.publish_finish import Finish
from xchange_cli.release.publish_one import publish_one
from xchange_cli.release.publish_outcome import Outcome, PublishResult
from xchange_cli.release.publish_ready import Ready, made_ready
from xchange_cli.release.publish_wish import Job, PublishWish
from xchange_cli.release.pushing import Upstream
from xchange_cli.release.registry_of import registry_of
from xchange_cli.release.selection import Meant, chosen
from xchange_cli.release.unsettled import unsettled_keys
from xchange_cli.storage.folder import FolderStore
from xchange_cli.storage.open import open_store

Told = Callable[[int, int], None]
"""Is told how many integrations of how many are done."""


def publish(job: Job, meant: Meant, told: Told = lambda _done, _all: None) -> PublishResult:
    """Publish what is meant; each integration has its outcome, and one that fails does not keep the others back.

    Raises:
        XchangeError: before anything is written: as `chosen` and `made_ready` do; USAGE or CONFLICT when versions could
            not be committed or pushed.

    """
    _require_way(job)
    found = chosen(job.project, job.registry, meant, job.folder, lambda: unsettled_keys(job))
    prepared = made_ready(job, found)
    if job.tree is not None and not job.wish.is_dry_run and any(isinstance(one, Ready) for one in prepared):
        keep_bytes(job.tree)
    outcomes = []
    for number, one in enumerate(prepared):
        told(number, len(prepared))
        outcomes.append(one if isinstance(one, Outcome) else publish_one(job, one))
    readies = [one for one in prepared if isinstance(one, Ready)]
    return Finish(job, readies).finished(outcomes)


class RegistryPlace(NamedTuple):
    """Where the user says that the registry is; empty for the project's, and for what the environment says."""

    url: str = ""
    endpoint_url: str = ""


def job_of(
    project: Project,
    place: RegistryPlace,
    wish: PublishWish,
    folder: Path,
    environment: Environment = os.environ,
) -> Job:
    """Open the registry, and look at git and at the CI job.

    Raises:
        XchangeError: USAGE when the URL is none of a registry.

    """
    registry = registry_of(project, place.url, folder=folder, endpoint_url=place.endpoint_url)
    checkout = checkout_of(project.root)
    origin = origin_of(checkout, ci_facts(environment), wish.given)
    root = folder if place.url else project.root
    store = open_store(place.url or project.registry, root, endpoint_url=place.endpoint_url)
    tree = tree_of(store.folder) if isinstance(store, FolderStore) else None
    job = Job(project, registry, wish, folder, origin, tree)
    return job._replace(upstream=_upstream(job, tree)) if tree is not None else job


def _upstream(job: Job, tree: RegistryTree) -> Upstream | None:
    """Give the branch to push to: of the registry's repository, which need not be that of the project."""
    checkout = checkout_of(tree.top)
    if checkout is None or not checkout.remote:
        return None
    is_same = job.origin.checkout is not None and job.origin.checkout.top.samefile(tree.top)
    branch = checkout.branch or (job.origin.branch if is_same else "")
    return Upstream(tree.top, checkout.remote, upstream_branch(checkout) or branch) if branch else None


def _require_way(job: Job) -> None:
    """Refuse what could not be committed or pushed, while nothing is published yet.

    Raises:
        XchangeError: USAGE, CONFLICT.

    """
    if not job.wish.commits:
        return
    if job.tree is None:
        raise XchangeError(
            ErrorCode.USAGE,
            f"--commit is for a registry in a git repository, and {job.registry.url} is in none",
            hint="Leave --commit and --push out.",
        )
    require_committable(job.tree)
    if job.wish.pushes and job.upstream is None:
        raise XchangeError(
            ErrorCode.USAGE,
            "--push needs a remote and a branch, and git knows none here",
            hint="Add a remote (git remote add origin …), and switch to a branch, or name it with --branch.",
        )
