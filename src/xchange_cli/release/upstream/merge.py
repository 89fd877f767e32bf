"""A fork, its parent now, and its parent as it was, merged into one text."""

from typing import NamedTuple

from xchange_cli.authoring.details import ORDER
from xchange_cli.changes.approvals import approved, read_approvals
from xchange_cli.changes.change import ChangeSet
from xchange_cli.changes.compare import Side, compare
from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Edit
from xchange_cli.document.edit import apply
from xchange_cli.document.entries import remove_entry
from xchange_cli.document.merge_conflicts import UPSTREAM
from xchange_cli.document.node import Mapping
from xchange_cli.document.parse import parse
from xchange_cli.document.put import put_text
from xchange_cli.merging.conflicts import resolve
from xchange_cli.merging.merge import merge
from xchange_cli.project.integration_file import IntegrationFile, opened
from xchange_cli.registry.manifest import ForkBase
from xchange_cli.registry.version_ref import VersionRef
from xchange_cli.release.upstream.conflict_values import with_values
from xchange_cli.release.upstream.conflicts import OpenConflict, open_conflicts
from xchange_cli.release.upstream.fork import Fork
from xchange_cli.release.upstream.parent import Upstream
from xchange_cli.source import Source

BASE = "base of the fork: "
"""How the label of what stood there before begins."""

_SHORT = 7
"""Digits of a commit that are shown."""

_OWN = ("name", "description")
"""What `xchange fork` gives a fork of its own."""


class MergedFork(NamedTuple):
    """`text` is what the file becomes, with the marks of `conflicts` in it."""

    text: str
    conflicts: tuple[OpenConflict, ...]


def merged_fork(
    fork: Fork, base: IntegrationFile, ours: IntegrationFile, upstream: Upstream, catalog: Catalog
) -> MergedFork:
    """Merge; a name and a description that the fork has given itself are no conflict.

    Raises:
        XchangeError: INVALID, with the place, where one of the three cannot be merged.

    """
    theirs = _with_own_texts(base.root, ours.root, upstream.file)
    merged = merge(base.source, fork.source, theirs, catalog, _labels(fork, upstream))
    source = Source(fork.source.name, merged.text)
    conflicts = open_conflicts(source, merged.conflicts)
    return MergedFork(merged.text, with_values(source, conflicts, fork.target, catalog) if conflicts else ())


def changes_of(
    fork: Fork, ours: IntegrationFile, upstream: Upstream, merged: MergedFork, catalog: Catalog
) -> ChangeSet:
    """Compare the fork with what it becomes; our sides are taken of all conflicts."""
    name = f"{fork.key} with {upstream.name}"
    source = Source(fork.source.name, merged.text)
    if merged.conflicts:  # lines are others without the marks, so these are not called those of the file
        source = Source(name, resolve(source, [one.hunk for one in merged.conflicts], "ours"))
    new = Side(name, opened(fork.target, source).integration)
    change_set = compare(Side(fork.source.name, ours.integration), new, catalog, fork.key)
    return approved(change_set, read_approvals(fork.place, fork.folder))


def _labels(fork: Fork, upstream: Upstream) -> list[str]:
    """Say what the marks call the fork, what it was made of, and its parent now: no two are called alike."""
    base, theirs = _state(fork.origin, "it was"), _state(upstream.base, "it is now")
    return [" ".join(label.split()) for label in (fork.key, f"{BASE}{base}", f"{UPSTREAM}{theirs}")]


def _state(origin: ForkBase, when: str) -> str:
    if origin.version is not None:
        return str(VersionRef(origin.key, origin.version))
    return f"{origin.key} at {origin.commit[:_SHORT]}" if origin.commit else f"{origin.key} as {when}"


def _with_own_texts(base: Mapping, ours: Mapping, theirs: IntegrationFile) -> Source:
    source = theirs.source
    for key in _OWN:
        own, before = _text(ours, key), _text(base, key)
        root = parse(source).root
        if own != before and isinstance(root, Mapping):
            text = apply(source, _put(root, key, own))
            source = Source(source.name, text, encoding=source.encoding, has_bom=source.has_bom)
    return source


def _text(root: Mapping, key: str) -> str | None:
    node = root.text(key)
    return None if node is None else node.value


def _put(root: Mapping, key: str, text: str | None) -> list[Edit]:
    if text is not None:
        return [put_text(root, key, text, ORDER)]
    gone = remove_entry(root, key)
    return [] if gone is None else [gone]
