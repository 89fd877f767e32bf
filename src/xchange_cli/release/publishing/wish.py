"""What the user wants of publishing, and what it works with."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from xchange_cli.changes.grade import Grade
from xchange_cli.project.project import Project
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.signatures import Signature
from xchange_cli.release.git.committing import RegistryTree
from xchange_cli.release.git.facts_of import GivenFacts, Origin
from xchange_cli.release.git.pushing import Upstream

ALL = "all"
"""Among what is allowed: whatever changes."""


class PublishWish(NamedTuple):
    """`author` is who publishes. `pushes` goes with `commits` only. `sign` makes the signature of bytes.

    `external_version` may be `auto`. `fail_on_change` is the least grade that keeps a version back, None for what the
    project says; `allowed` has the fingerprints of changes that do not, or `all`.
    """

    note: str = ""
    author: str = ""
    external_version: str = ""
    is_available: bool = True
    allows_dirty: bool = False
    allows_any_branch: bool = False
    is_dry_run: bool = False
    commits: bool = False
    pushes: bool = False
    sign: Callable[[bytes], Signature] | None = None
    fail_on_change: Grade | None = None
    allowed: frozenset[str] = frozenset()
    given: GivenFacts = GivenFacts()


class Job(NamedTuple):
    """`folder` is the working folder. `tree` is None for a registry that is in no git repository."""

    project: Project
    registry: Registry
    wish: PublishWish
    folder: Path
    origin: Origin
    tree: RegistryTree | None = None
    upstream: Upstream | None = None

    @property
    def fail_on_change(self) -> Grade | None:
        """The least grade of a change that keeps a version back; None where nobody wants that."""
        word = self.project.publish_fail_on_change
        return self.wish.fail_on_change or (Grade[word.upper()] if word else None)
