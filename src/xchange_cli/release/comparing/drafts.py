"""A working tree against what was published, and what nobody has published yet against the main branch."""

import os
from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.file_bytes import read_bytes
from xchange_cli.project.published_files import ATTACHMENTS, DOCS, ICON
from xchange_cli.registry.package import INTEGRATION, FileDigest, PackageFile, digest_of, digest_of_all
from xchange_cli.release.comparing.base import base_of
from xchange_cli.release.comparing.copies import Copy, Whole
from xchange_cli.release.comparing.pairs import Pair, Pairs, chosen, known_to_git, with_blobs
from xchange_cli.release.comparing.revisions import whole_at
from xchange_cli.release.comparing.sides import Ground, version_copy

if TYPE_CHECKING:
    from xchange_cli.registry.registry import Registry
    from xchange_cli.registry.summary import Summary

_MOST_NAMED = 3


def with_published(ground: Ground, registry: "Registry | None", key: str) -> Pairs:
    """Pair each working copy with its newest version, else with what the merge base with the main branch has.

    With `key` that one alone. Without a registry nothing counts as published. An integration that is gone is told of
    as long as the merge base has it; without git, or a main branch, as long as it has versions. Where those alone that
    were never published have nothing to be compared with, the others are compared, and that is told as a trouble.

    Raises:
        XchangeError: NOT_FOUND where there is nothing to compare with, or no such key; else as git and the registry do.

    """
    drafts = _Drafts(ground, registry)
    keys = drafts.keys(key)
    if key or drafts.trouble is None:
        return chosen(keys, key, drafts.pair)
    found = chosen([one for one in keys if drafts.is_published(one)], "", drafts.pair)
    return found._replace(looked=len(keys), troubles=(drafts.trouble,), lost=len(keys) - found.looked)


class _Drafts:
    def __init__(self, ground: Ground, registry: "Registry | None") -> None:
        self._project = ground.project
        self._registry = registry
        self._working = ground.working()
        summaries = registry.summaries() if registry is not None else ()
        self._published = {one.key: one for one in summaries}

    def is_published(self, key: str) -> bool:
        return key in self._published

    @cached_property
    def trouble(self) -> XchangeError | None:
        """Why those that were never published cannot be compared while others can; None where all can, or none."""
        never = sorted(self._working.keys() - self._published.keys())
        base = base_of(self._project) if self._published and never else None
        if base is None or base.commit or not base.is_lost:
            return None
        named = ", ".join(f"`{key}`" for key in never[:_MOST_NAMED]) + (
            " …" if len(never) > _MOST_NAMED else ""
        )
        verb = "was" if len(never) == 1 else "were"
        message = f"{named} {verb} never published, and {base.why}"
        return XchangeError(ErrorCode.NOT_FOUND, message, hint=base.hint)

    def keys(self, wanted: str) -> list[str]:
        if wanted in self._working and wanted in self._published:
            return [wanted]
        gone = self._published if not wanted and self.trouble is not None else self._gone
        named = {wanted} & self._published.keys()
        return sorted({*self._working, *gone, *named})

    def pair(self, key: str) -> Pair:
        new, summary = self._working.get(key), self._published.get(key)
        if summary is not None and self._registry is not None:
            return _with_version(self._registry, summary, new)
        if self._base is None:
            return Pair(key, None, new)
        return with_blobs(key, self._base.copies.get(key), self._now.copies.get(key))

    @property
    def _gone(self) -> Collection[str]:
        return self._published if self._base is None else self._base.copies

    @cached_property
    def _base(self) -> Whole | None:
        """The merge base; None where there is no git, and something is published to compare with.

        Raises:
            XchangeError: NOT_FOUND where an integration that was never published has nothing to be compared with.

        """
        base = base_of(self._project)
        if base.commit:
            return whole_at(self._project, base.commit, base.name)
        if not self._published or (base.is_lost and self._working.keys() - self._published.keys()):
            raise base.error
        return None

    @cached_property
    def _now(self) -> Whole:
        now = Whole("", self._project.root, self._working)
        return known_to_git(now, self._base) if self._base is not None else now


def _with_version(registry: "Registry", summary: "Summary", new: Copy | None) -> Pair:
    """Pair with the newest version; the digest in the summary is enough where the file is all that was published."""
    file = _digest(new)
    if file is not None and new is not None and _is_alone(new) and digest_of_all([file]) == summary.digest:
        return Pair(summary.key, version_copy(registry, summary.key, summary.number), new, is_same=True)
    newest = registry.newest(summary.key) or registry.manifest(summary.key, summary.number)
    return Pair(
        summary.key, version_copy(registry, newest.key, newest.number), new, is_same=file in newest.files
    )


def _digest(copy: Copy | None) -> FileDigest | None:
    """Give the digest of a working copy as a package has it; None where it is not there, or cannot be read."""
    if copy is None or copy.path is None:
        return None
    try:
        return digest_of(PackageFile(INTEGRATION, read_bytes(copy.path, copy.name, "file")))
    except XchangeError:  # told where it is compared
        return None


def _is_alone(copy: Copy) -> bool:
    folder = copy.path.parent if copy.path is not None else Path()
    return not any(os.path.lexists(folder / name) for name in (ICON, DOCS, ATTACHMENTS))
