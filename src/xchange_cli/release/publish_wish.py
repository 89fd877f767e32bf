"""What the user wants of publishing, and what it works with."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from xchange_cli.project.project import Project
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.signatures import Signature
from xchange_cli.release.committing import RegistryTree
from xchange_cli.release.git_facts_of import GivenFacts, Origin
from xchange_cli.release.pushing import Upstream


class PublishWish(NamedTuple):
    """`author` is who publishes. `pushes` goes with `commits` only. `sign` makes the signature of bytes."""

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
