"""How far a fork and its parent have come apart: change by change, with grades."""

from pathlib import Path
from typing import NamedTuple

from xchange_cli.changes.approvals import approved, read_approvals
from xchange_cli.changes.change import ChangeSet
from xchange_cli.changes.compare import Side, compare
from xchange_cli.components.catalog import Catalog
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.merging.conflicts import conflicts_in, resolve
from xchange_cli.project.integration_file import opened
from xchange_cli.project.project import Project
from xchange_cli.project.waiting import waiting_in
from xchange_cli.registry.manifest import ForkBase
from xchange_cli.registry.registry import Registry
from xchange_cli.release.upstream.conflicts import OpenConflict, open_conflicts
from xchange_cli.release.upstream.file_states import FileStates
from xchange_cli.release.upstream.fork import Fork, base_of, fork_of, fork_targets
from xchange_cli.release.upstream.parent import Upstream, apart_of
from xchange_cli.source import Source


class Status(NamedTuple):
    """`behind` is what the parent has changed, `ahead` what the fork has; both since what the fork was made of.

    `upstream` is None where the fork has all that its parent has. While conflicts are left, `ahead` is that of our sides,
    None where those are no YAML. `files` are the other files in which both are apart; of those that are `waiting`,
    by their paths in the fork's folder, somebody has to choose a version.
    """

    key: str
    file: str
    base_name: str
    origin: ForkBase
    upstream: Upstream | None
    behind: ChangeSet
    ahead: ChangeSet | None
    conflicts: tuple[OpenConflict, ...]
    files: FileStates
    waiting: tuple[str, ...]

    @property
    def is_settled(self) -> bool:
        return not self.conflicts and not self.waiting


class Statuses(NamedTuple):
    """`troubles` say what is wrong with other forks; where one is meant, there are none: its trouble ends the command."""

    forks: tuple[Status, ...]
    troubles: tuple[XchangeError, ...] = ()


def statuses(
    project: Project, argument: str | None, folder: Path, catalog: Catalog, registry: Registry
) -> Statuses:
    """Look at the fork that is named or that `folder` is in; elsewhere, at all forks of the project.

    Raises:
        XchangeError: NOT_FOUND where there is no fork; else what reading its files and the registry raise.

    """
    targets = fork_targets(project, argument, folder)
    if len(targets) == 1:
        return Statuses((_status(project, fork_of(targets[0], folder), catalog, registry),))
    found: list[Status] = []
    troubles: list[XchangeError] = []
    for target in targets:
        try:
            found.append(_status(project, fork_of(target, folder), catalog, registry))
        except XchangeError as error:
            troubles.append(error)
    return Statuses(tuple(found), tuple(troubles))


def side_of_ours(fork: Fork) -> Side | None:
    """Give the fork as it is where our sides are taken of all conflicts that are left; None where that is no YAML.

    Raises:
        XchangeError: INVALID where there are no conflicts; CONFLICT where some have lost a mark.

    """
    hunks = conflicts_in(fork.source)
    source = fork.source
    try:
        file = opened(fork.target, Source(source.name, resolve(source, hunks, "ours")) if hunks else source)
    except XchangeError as error:
        if not hunks or error.code is not ErrorCode.INVALID:
            raise
        return None
    return Side(source.name, file.integration)


def _status(project: Project, fork: Fork, catalog: Catalog, registry: Registry) -> Status:
    base = Side(fork.base_name, base_of(fork, registry).integration)
    ours = side_of_ours(fork)
    upstream, files = apart_of(project, fork, registry)
    theirs = base if upstream is None else Side(upstream.name, upstream.file.integration)
    approvals = read_approvals(fork.place, fork.folder)
    behind = approved(compare(base, theirs, catalog, fork.key), approvals)
    ahead = None if ours is None else approved(compare(base, ours, catalog, fork.key), approvals)
    return Status(
        fork.key,
        fork.source.name,
        fork.base_name,
        fork.origin,
        upstream,
        behind,
        ahead,
        open_conflicts(fork.source),
        files,
        waiting_in(fork.place),
    )
