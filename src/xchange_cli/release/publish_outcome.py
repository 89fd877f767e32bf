"""What publishing did, integration by integration."""

from enum import StrEnum
from typing import NamedTuple

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.errors import XchangeError
from xchange_cli.registry.manifest import Manifest


class Fate(StrEnum):
    PUBLISHED = "published"
    ALREADY = "already-published"
    WOULD = "would-be-published"
    FAILED = "failed"


class Outcome(NamedTuple):
    """`manifest` is that of the version, also of the one that was there already; None where it failed.

    In a dry run it is what the manifest would be, without a signature. `findings` are the errors that stopped it.
    `said` are sentences that the user should know.
    """

    key: str
    fate: Fate
    manifest: Manifest | None = None
    error: XchangeError | None = None
    findings: tuple[Diagnostic, ...] = ()
    said: tuple[str, ...] = ()


def failed(key: str, error: XchangeError, findings: tuple[Diagnostic, ...] = ()) -> Outcome:
    return Outcome(key, Fate.FAILED, error=error, findings=findings)


class ToCommit(NamedTuple):
    """The registry has files that nobody has committed: its folder, as `git add` takes it, and a message."""

    folder: str
    message: str


class PublishResult(NamedTuple):
    """`commit` is the commit that was made, empty without one; `pushed_to` is `origin/main`, empty where nothing was pushed.

    `trouble` is what went wrong after publishing. `has_git` is False where there is no repository, so that no version
    says what it was made of.
    """

    outcomes: tuple[Outcome, ...]
    is_dry_run: bool = False
    has_git: bool = True
    commit: str = ""
    pushed_to: str = ""
    to_commit: ToCommit | None = None
    trouble: XchangeError | None = None

    @property
    def versions(self) -> tuple[Manifest, ...]:
        """The versions that are in the registry now, new or not."""
        if self.is_dry_run:
            return ()
        return tuple(one.manifest for one in self.outcomes if one.manifest is not None)
