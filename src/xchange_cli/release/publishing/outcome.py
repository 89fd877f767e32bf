"""What publishing did, integration by integration."""

from enum import StrEnum
from typing import NamedTuple

from xchange_cli.changes.change import Change, ChangeSet
from xchange_cli.diagnostics import Diagnostic
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry.manifest import Manifest


class Fate(StrEnum):
    PUBLISHED = "published"
    ALREADY = "already-published"
    WOULD = "would-be-published"
    FAILED = "failed"


class RefusedChangesError(XchangeError):
    """What changes keeps a version back: `changes` are those that nobody approved."""

    def __init__(self, message: str, *, hint: str, changes: tuple[Change, ...]) -> None:
        super().__init__(ErrorCode.INVALID, message, hint=hint)
        self.changes = changes


class Outcome(NamedTuple):
    """`manifest` is that of the version, also of the one that was there already; None where it failed.

    In a dry run it is what the manifest would be, without a signature. `findings` are the errors that stopped it.
    `said` are sentences that the user should know. `change_set` is what a new version changes, None where there is
    none `before` it, or nobody can tell.
    """

    key: str
    fate: Fate
    manifest: Manifest | None = None
    error: XchangeError | None = None
    findings: tuple[Diagnostic, ...] = ()
    said: tuple[str, ...] = ()
    change_set: ChangeSet | None = None
    before: Manifest | None = None

    @property
    def refused(self) -> tuple[Change, ...]:
        """The changes that stopped it."""
        return self.error.changes if isinstance(self.error, RefusedChangesError) else ()


def failed(key: str, error: XchangeError, findings: tuple[Diagnostic, ...] = ()) -> Outcome:
    return Outcome(key, Fate.FAILED, error=error, findings=findings)


class ToCommit(NamedTuple):
    """The registry has files that nobody has committed: their paths, as `git add` takes them, and a message."""

    paths: tuple[str, ...]
    message: str


class PublishResult(NamedTuple):
    """`commit` is the commit that was made, empty without one; `pushed_to` is `origin/main`, empty where nothing was pushed.

    `ignored` is a file of a version that git ignores, empty where it takes all of them, or ignores the whole registry.
    `trouble` is what went wrong after publishing. `has_git` is False where there is no repository, so that no version
    says what it was made of. `said` are sentences that the user should know.
    """

    outcomes: tuple[Outcome, ...]
    is_dry_run: bool = False
    has_git: bool = True
    commit: str = ""
    pushed_to: str = ""
    to_commit: ToCommit | None = None
    ignored: str = ""
    trouble: XchangeError | None = None
    said: tuple[str, ...] = ()

    @property
    def versions(self) -> tuple[Manifest, ...]:
        """The versions that are in the registry now, new or not."""
        if self.is_dry_run:
            return ()
        return tuple(one.manifest for one in self.outcomes if one.manifest is not None)
