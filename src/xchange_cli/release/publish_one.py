"""One integration that is ready, published."""

import re

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry.draft import is_same, manifest_of
from xchange_cli.registry.manifest import Manifest
from xchange_cli.release.git_command import look
from xchange_cli.release.marking import mark
from xchange_cli.release.publish_outcome import Fate, Outcome, failed
from xchange_cli.release.publish_ready import Ready
from xchange_cli.release.publish_wish import Job

_EXTERNAL = re.compile(
    r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?", re.ASCII
)


def require_external_version(text: str) -> None:
    """Refuse what is no version of the form X.Y.Z.

    Raises:
        XchangeError: USAGE.

    """
    if _EXTERNAL.fullmatch(text) is None:
        message = f"{text!r} is no external version"
        raise XchangeError(
            ErrorCode.USAGE, message, hint="Write three numbers, such as 1.4.0; 1.4.0-rc.1 will do, too."
        )


def publish_one(job: Job, ready: Ready) -> Outcome:
    """Publish, unless the newest version is the same; in a dry run say what would happen. It never raises XchangeError."""
    try:
        return _published(job, ready)
    except XchangeError as error:
        return failed(ready.draft.key, error)


def _published(job: Job, ready: Ready) -> Outcome:
    draft, package = ready.draft, ready.package
    newest = job.registry.newest(draft.key)
    if newest is not None and not is_same(newest, draft, package):
        _require_newer(job, newest)
    said = _doubts(draft.external_version, newest)
    if job.wish.is_dry_run:
        if newest is not None and is_same(newest, draft, package):
            return Outcome(draft.key, Fate.ALREADY, newest)
        number = newest.number + 1 if newest is not None else 1
        preview = manifest_of(draft._replace(sign=None), package, number)
        return Outcome(draft.key, Fate.WOULD, preview, said=said)
    published = job.registry.publish(draft, package)
    manifest = published.manifest
    if not published.is_new:
        said = (*_left_available(job, manifest), *_left_unsigned(job, manifest))
        return Outcome(draft.key, Fate.ALREADY, manifest, said=said)
    if not job.wish.is_available:
        mark(job.registry, manifest, "unavailable", "", job.wish.author)
    return Outcome(draft.key, Fate.PUBLISHED, manifest, said=said)


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
    if _order(external_version) > _order(newest.external_version):
        return ()
    before = f"{newest.external_version}, which is that of version {newest.number}"
    return (f"the external version {external_version} does not come after {before}",)


def _order(external_version: str) -> tuple[object, ...]:
    """Order as semver.org does: numbers by size, and what has a `-` before the same without it."""
    found = _EXTERNAL.fullmatch(external_version)
    if found is None:
        return ()
    parts = [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in (found[4] or "").split(".")]
    return (int(found[1]), int(found[2]), int(found[3]), not found[4], parts if found[4] else [])
