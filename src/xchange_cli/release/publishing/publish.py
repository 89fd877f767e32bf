"""Integrations published: chosen, made ready, put into the registry, committed and pushed."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.project import Project
from xchange_cli.release.git.ci_environments import Environment, ci_facts
from xchange_cli.release.git.committing import RegistryTree, keep_bytes, require_committable, tree_of
from xchange_cli.release.git.facts_of import origin_of
from xchange_cli.release.git.pushing import Upstream, left_behind
from xchange_cli.release.git.tree import checkout_of, upstream_branch
from xchange_cli.release.git.write_once import damage, require_as_published, require_pushable
from xchange_cli.release.publishing.finish import Finish
from xchange_cli.release.publishing.note import Asked, with_note
from xchange_cli.release.publishing.outcome import Outcome, PublishResult
from xchange_cli.release.publishing.publish_one import if_allowed, if_trusted, publish_one
from xchange_cli.release.publishing.ready import Ready, made_ready
from xchange_cli.release.publishing.selection import Chosen, Meant, chosen
from xchange_cli.release.publishing.unsettled import unsettled_keys
from xchange_cli.release.publishing.wish import ALL, Job, PublishWish
from xchange_cli.release.registry_of import registry_of
from xchange_cli.storage.folder import FolderStore
from xchange_cli.storage.open import open_store

Told = Callable[[int, int], None]
"""Is told how many integrations of how many are done."""


def publish(
    job: Job, meant: Meant, told: Told = lambda _done, _all: None, ask: Asked | None = None
) -> PublishResult:
    """Publish what is meant; each integration has its outcome, and one that fails does not keep the others back.

    `ask` is asked for the note, where there is none; what it raises ends everything, before anything is written.

    Raises:
        XchangeError: before anything is written: as `chosen` and `made_ready` do; USAGE or CONFLICT when versions could
            not be committed or pushed.

    """
    _require_way(job)
    found = _sound(job, chosen(job.project, job.registry, meant, job.folder, lambda: unsettled_keys(job)))
    trusted = [if_trusted(job, one) for one in made_ready(job, found)]
    prepared = [if_allowed(job, one) for one in trusted]
    if ask is not None:
        prepared = with_note(job, prepared, ask)
    if job.tree is not None and not job.wish.is_dry_run and any(isinstance(one, Ready) for one in prepared):
        keep_bytes(job.tree)
    outcomes = []
    for number, one in enumerate(prepared):
        told(number, len(prepared))
        outcomes.append(one if isinstance(one, Outcome) else publish_one(job, one))
    readies = [one for one in prepared if isinstance(one, Ready)]
    result = Finish(job, readies).finished(outcomes)
    result = result._replace(said=(*result.said, *_allowed_in_vain(job, trusted)))
    is_good = result.trouble is None and all(one.error is None for one in result.outcomes)
    if job.upstream is None or result.pushed_to or not is_good:
        return result
    return result._replace(said=(*result.said, *left_behind(job.upstream)))


def _allowed_in_vain(job: Job, prepared: Iterable[Ready | Outcome]) -> Iterator[str]:
    """Say so where nothing keeps changes back, or none has a fingerprint that is allowed; unless nothing was compared."""
    judges = [one.judge for one in prepared if isinstance(one, Ready)]
    known = [fingerprints for judge in judges if (fingerprints := judge.fingerprints) is not None]
    if known and job.wish.allowed and job.fail_on_change is None:
        yield (
            "--allow-breaking lets nothing pass, for nothing keeps changes back: --fail-on-change does, or "
            "publish.failOnChange in xchange.yaml"
        )
        return
    for one in sorted(job.wish.allowed - {ALL} - frozenset().union(*known)) if known else ():
        yield f"no change has the fingerprint {one} of --allow-breaking"


def _sound(job: Job, found: Iterable[Chosen]) -> Iterator[Chosen]:
    """Leave out integrations of which something published was changed or deleted: it must not be committed.

    Raises:
        XchangeError: INVALID when a commit that would be pushed does so.

    """
    if job.tree is None:
        return iter(found)
    if job.wish.pushes and job.upstream is not None:
        unpushed = damage(job.tree, job.registry, f"{job.upstream.tracking}...HEAD")
        require_pushable(unpushed, str(job.upstream), job.tree, job.folder)
    damaged = damage(job.tree, job.registry, "HEAD")
    return (_as_published(job.tree, one, damaged.get(one.key, ()), job.folder) for one in found)


def _as_published(tree: RegistryTree, one: Chosen, damaged: Sequence[str], folder: Path) -> Chosen:
    try:
        require_as_published(damaged, one.key, tree, folder)
    except XchangeError as error:
        return Chosen(one.key, error=error)
    return one


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
    registry = registry_of(
        project, place.url, folder=folder, endpoint_url=place.endpoint_url, may_be_new=True
    )
    checkout = checkout_of(project.root)
    origin = origin_of(checkout, ci_facts(environment), wish.given)
    root = folder if place.url else project.root
    store = open_store(place.url or project.registry, root, endpoint_url=place.endpoint_url)
    tree = tree_of(store.folder) if isinstance(store, FolderStore) else None
    job = Job(project, registry, wish, folder, origin, tree)
    return job._replace(upstream=_upstream(job, tree)) if tree is not None else job


def _upstream(job: Job, tree: RegistryTree) -> Upstream | None:
    """Give the branch to push to: of the registry's repository, which need not be that of the project."""
    of_project = job.origin.checkout
    is_same = of_project is not None and of_project.top.samefile(tree.top)
    checkout = of_project if is_same else checkout_of(tree.top)
    if checkout is None or not checkout.remote:
        return None
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
