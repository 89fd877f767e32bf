"""Makes a fork: a folder of its own, with what another integration has and where that is from."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from xchange_cli.authoring.details import ORDER, require_text
from xchange_cli.authoring.integration_keys import name_from
from xchange_cli.authoring.new_place import free_place
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.edit import apply, encode
from xchange_cli.document.node import Mapping as MappingNode
from xchange_cli.document.parse import parse
from xchange_cli.document.put import put_text
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.model.build import build
from xchange_cli.project.keys import shown
from xchange_cli.project.project import Project
from xchange_cli.project.targets import Target
from xchange_cli.project.writing import FileChange, write_all
from xchange_cli.registry.activity import Activity
from xchange_cli.registry.manifest import ForkBase
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.version_ref import VersionRef
from xchange_cli.release.actor import actor
from xchange_cli.release.forking.fork_file import BASE_FILE, FORK_FILE, fork_json
from xchange_cli.release.forking.names import SharedName, shared_names
from xchange_cli.release.forking.parent import Parent, parent_of
from xchange_cli.release.out_of_reach import Silence, asked, newest_of, told
from xchange_cli.source import Source
from xchange_cli.validation.many import validate_many
from xchange_cli.validation.project_files import read_project_files
from xchange_cli.validation.result import ValidationResult


class ForkWish(NamedTuple):
    """`parent` is a key, `KEY@3`, a folder or a file; without a name the fork gets one made of its key."""

    parent: str
    key: str
    name: str | None = None
    description: str | None = None

    @property
    def texts(self) -> dict[str, str]:
        """What the file is to say, by its keys."""
        texts = {"name": name_from(self.key) if self.name is None else self.name}
        return texts if self.description is None else {**texts, "description": self.description}


class Forked(NamedTuple):
    """What was made. `files` are shown names, the integration first; `names` are those that the parent has, too.

    `silence` is why the registry does not know of the fork.
    """

    key: str
    name: str
    files: tuple[str, ...]
    parent: Parent
    names: tuple[SharedName, ...]
    silence: Silence | None
    result: ValidationResult


def fork(project: Project, wish: ForkWish, folder: Path, registry: Registry) -> Forked:
    """Write the files of a fork: all, or none. Names are relative to `folder`.

    Raises:
        XchangeError: USAGE for a wish that cannot be granted; CONFLICT when the key is taken, by versions too; what
            opening the parent raises; UNREADABLE when the system refuses. Nothing is written then.

    """
    file = free_place(project, wish.key, folder)
    for key, text in wish.texts.items():
        require_text(key, text)
    catalog = read_project_files(project, folder).catalog
    parent = parent_of(project, wish.parent, catalog, folder, registry)
    silence = _require_unpublished(registry, wish.key)
    made = _with_texts(parent.source, wish.texts, shown(file, folder))
    files = {file.name: encode(made, made.text), **parent.beside, **_lineage(parent)}
    write_all([_new(file.parent / inner, data, folder) for inner, data in files.items()])
    return Forked(
        wish.key,
        wish.texts["name"],
        tuple(shown(file.parent / inner, folder) for inner in files),
        parent,
        _names(made, catalog, parent.base.key, wish.key),
        silence or told(lambda: _record(registry, parent.base, wish.key, actor(project.root))),
        validate_many(project, [Target(shown(file, folder), wish.key, file)], folder),
    )


def _require_unpublished(registry: Registry, key: str) -> Silence | None:
    """Refuse a key whose versions are another integration's: the fork's would be counted on from them."""
    newest = asked(lambda: newest_of(registry, key))
    if newest is None or isinstance(newest, Silence):
        return newest
    raise XchangeError(
        ErrorCode.CONFLICT,
        f"the key `{key}` is taken: {key}@{newest} is published",
        hint="Nothing was written. Take another key.",
    )


def _with_texts(source: Source, texts: Mapping[str, str], name: str) -> Source:
    """Put the texts into the file, one after the other, and change nothing else."""
    for key, text in texts.items():
        root = parse(source).root
        assert isinstance(root, MappingNode)
        source = _named(source, apply(source, [put_text(root, key, text, ORDER)]), source.name)
    return _named(source, source.text, name)


def _named(source: Source, text: str, name: str) -> Source:
    return Source(name, text, encoding=source.encoding, has_bom=source.has_bom)


def _lineage(parent: Parent) -> dict[str, bytes]:
    return {
        FORK_FILE: fork_json(parent.base, parent.beside),
        BASE_FILE: encode(parent.source, parent.source.text),
    }


def _new(path: Path, data: bytes, folder: Path) -> FileChange:
    return FileChange(path, shown(path, folder), None, data)


def _names(made: Source, catalog: Catalog, parent: str, key: str) -> tuple[SharedName, ...]:
    integration = build(parse(made).root)
    assert integration is not None
    return shared_names(integration, catalog, parent, key)


def _record(registry: Registry, base: ForkBase, key: str, user: str) -> None:
    """Write into the log of a parent that has one; a project that publishes nothing gets none by a fork."""
    if newest_of(registry, base.key) is None:
        return
    details = {"fork": key, "version": base.version, "commit": base.commit or None, "digest": base.digest}
    subject = str(VersionRef(base.key, base.version))
    registry.record(Activity.new(user, "fork", subject, f"forked as {key}", details))
