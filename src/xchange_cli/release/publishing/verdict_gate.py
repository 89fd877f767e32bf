"""Whether a version may be published: the changes that nobody approved keep it back, if somebody wants that."""

from xchange_cli.changes.change import Change, ChangeSet
from xchange_cli.changes.grade import Grade
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry.manifest import Manifest
from xchange_cli.release.publishing.outcome import RefusedChangesError
from xchange_cli.release.publishing.verdict_kept import Compared
from xchange_cli.release.publishing.wish import ALL, Job

_ALLOWED = "allowed when it was published"


def allowed(change_set: ChangeSet, job: Job) -> ChangeSet:
    """Say of the changes that the command lets pass that it does; what nothing keeps back needs no leave."""
    least, fingerprints = job.fail_on_change, job.wish.allowed
    if least is None:
        return change_set

    def told(change: Change) -> Change:
        is_allowed = ALL in fingerprints or change.fingerprint in fingerprints
        needs = change.approved is None and change.grade >= least
        return change._replace(approved=_ALLOWED) if needs and is_allowed else change

    return change_set._replace(changes=tuple(map(told, change_set.changes)))


def require_allowed(found: Compared, before: Manifest, job: Job) -> None:
    """Refuse changes that are as bad as the wish or the project says, and that nobody approved.

    Raises:
        XchangeError: RefusedChangesError, INVALID where nobody can tell what changes.

    """
    least = job.fail_on_change
    if least is None:
        return
    key = before.key
    if found.change_set is None:
        if ALL in job.wish.allowed:
            return
        message = f"{key} is not published, for nobody can tell what changes since {before.reference}: {found.trouble}"
        hint = "--allow-breaking all publishes it all the same."
        raise XchangeError(ErrorCode.INVALID, message, hint=hint)
    changes = [one for one in found.change_set.changes if one.approved is None and one.grade >= least]
    if not changes:
        return
    worst = "breaking" if least is Grade.BREAKING else "breaking or risky"
    number = f"1 {worst} change" if len(changes) == 1 else f"{len(changes):,} {worst} changes"
    first = changes[0].fingerprint
    raise RefusedChangesError(
        f"{key} is not published: {number} since {before.reference}, which nobody has approved",
        hint=f"Approve what is wanted: `xchange diff {key} --approve {first} --because TEXT`, and commit approvals.yml. "
        f"--allow-breaking {first} lets it pass this once, --allow-breaking all lets everything pass.",
        changes=tuple(changes),
    )
