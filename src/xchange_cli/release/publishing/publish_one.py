"""One integration that is ready, published."""

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry.draft import is_same, manifest_of
from xchange_cli.registry.manifest import Manifest
from xchange_cli.release.git.command import look
from xchange_cli.release.git.committing import ignored_files
from xchange_cli.release.publishing.outcome import Fate, Outcome, failed
from xchange_cli.release.publishing.ready import Ready
from xchange_cli.release.publishing.wish import Job
from xchange_cli.release.versions.external_versions import AUTO, comes_after
from xchange_cli.release.versions.trusted_keys import require_trusted


def if_trusted(job: Job, one: Ready | Outcome) -> Ready | Outcome:
    """Keep a new version back that this project would never trust."""
    if isinstance(one, Outcome) or not job.project.trusted_keys:
        return one
    try:
        newest = job.registry.newest(one.draft.key)
        if newest is None or not is_same(newest, one.draft, one.package):
            require_trusted(job.project, one.draft.key, one.draft.sign)
    except XchangeError as error:
        return failed(one.draft.key, error)
    return one


def if_allowed(job: Job, one: Ready | Outcome) -> Ready | Outcome:
    """Keep a version back whose changes nobody approved, or that gets no number, before anything is written or asked."""
    if isinstance(one, Outcome) or (job.fail_on_change is None and not one.judge.counts_on):
        return one
    try:
        newest = job.registry.newest(one.draft.key)
        if newest is not None and not is_same(newest, one.draft, one.package):
            one.judge.against(newest)
    except XchangeError as error:
        return failed(one.draft.key, error)
    return one


def publish_one(job: Job, ready: Ready) -> Outcome:
    """Publish, unless the newest version is the same; in a dry run say what would happen. It never raises XchangeError."""
    try:
        return _published(job, ready)
    except XchangeError as error:
        return failed(ready.draft.key, error)


def _published(job: Job, ready: Ready) -> Outcome:
    draft, package = ready.draft, ready.package
    newest = job.registry.newest(draft.key)
    if newest is None or not is_same(newest, draft, package):
        require_trusted(job.project, draft.key, draft.sign)
    if newest is not None and not is_same(newest, draft, package):
        _require_newer(job, newest)
        _require_note(job, ready, newest)
    said = _doubts(draft.external_version, newest)
    if job.wish.commits:
        _require_taken(job, ready)
    if job.wish.is_dry_run:
        if newest is not None and is_same(newest, draft, package):
            return Outcome(draft.key, Fate.ALREADY, newest, said=_left_unnumbered(job, newest))
        number = job.registry.next_number(draft.key)
        preview = manifest_of(draft._replace(sign=None), package, number, draft.judged(newest))
        return _compared(Outcome(draft.key, Fate.WOULD, preview, said=said), ready, newest)
    published = job.registry.publish(draft, package, available=job.wish.is_available)
    manifest = published.manifest
    if not published.is_new:
        said = (
            *_left_unnumbered(job, manifest),
            *_left_available(job, manifest),
            *_left_unsigned(job, manifest),
        )
        return Outcome(draft.key, Fate.ALREADY, manifest, said=said)
    return _compared(Outcome(draft.key, Fate.PUBLISHED, manifest, said=said), ready, published.before)


def _compared(outcome: Outcome, ready: Ready, before: Manifest | None) -> Outcome:
    """Say what a version changes, or why nobody can tell."""
    if before is None:
        return outcome
    outcome = outcome._replace(before=before)
    found = ready.judge.compared(before)
    if found.change_set is not None:
        return outcome._replace(change_set=found.change_set)
    trouble = f"nobody can tell what changes since {before.reference}: {found.trouble}"
    counted = "; it counts as breaking" if ready.judge.counts_on else ""
    return outcome._replace(said=(*outcome.said, f"{trouble}{counted}"))


def _require_note(job: Job, ready: Ready, newest: Manifest) -> None:
    """Refuse a version without a note: the newest one was the same when there was somebody to be asked.

    Raises:
        XchangeError: CONFLICT.

    """
    if not ready.draft.note and not job.wish.is_dry_run:
        message = f"somebody has published {newest.reference} meanwhile"
        raise XchangeError(ErrorCode.CONFLICT, message, hint="Publish again.", retryable=True)


def _require_taken(job: Job, ready: Ready) -> None:
    """Refuse a version of which git would take only a part.

    Raises:
        XchangeError: USAGE.

    """
    assert job.tree is not None
    ignored = ignored_files(job.tree, manifest_of(ready.draft._replace(sign=None), ready.package, 1))
    if ignored:
        raise XchangeError(
            ErrorCode.USAGE,
            f"git ignores {ignored[0]}, so the version cannot be committed as a whole",
            hint=f"A line `!{job.tree.path('**')}` at the end of .gitignore takes it in.",
        )


def _require_newer(job: Job, newest: Manifest) -> None:
    """Refuse to put an older state on top of a newer one, as a job that is run again long after would.

    Raises:
        XchangeError: CONFLICT.

    """
    checkout, git = job.origin.checkout, newest.git
    if checkout is None or git is None or job.wish.allows_any_branch or job.wish.allows_dirty:
        return
    if git.dirty or not git.commit.isalnum() or git.commit == checkout.commit:
        return
    if look(checkout.top, "merge-base", "--is-ancestor", checkout.commit, git.commit).ok:
        raise XchangeError(
            ErrorCode.CONFLICT,
            f"{newest.reference} was published from a later commit than this one, {checkout.commit[:10]}",
            hint="Publish from the newest commit; --any-branch puts this older state on top all the same.",
        )


def _left_unnumbered(job: Job, manifest: Manifest) -> tuple[str, ...]:
    """Say so where `auto` finds nothing new to give a number to."""
    if job.wish.external_version != AUTO or manifest.external_version:
        return ()
    return ("it stays without an external version; naming one, such as 1.0.0, publishes it anew with that",)


def _left_available(job: Job, manifest: Manifest) -> tuple[str, ...]:
    if job.wish.is_available or not job.registry.states(manifest.key)[manifest.number].available:
        return ()
    return (f"it stays available; `xchange mark {manifest.reference} unavailable` changes that",)


def _left_unsigned(job: Job, manifest: Manifest) -> tuple[str, ...]:
    if job.wish.sign is None or manifest.signature is not None:
        return ()
    return ("it stays without a signature, for a version never changes",)


def _doubts(external_version: str, newest: Manifest | None) -> tuple[str, ...]:
    if not external_version or newest is None or not newest.external_version:
        return ()
    if comes_after(external_version, newest.external_version):
        return ()
    before = f"{newest.external_version}, which is that of version {newest.number}"
    return (f"the external version {external_version} does not come after {before}",)
