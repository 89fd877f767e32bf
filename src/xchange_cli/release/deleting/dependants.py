"""What depends on an integration: its forks, and files of the project that name it."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from xchange_cli.errors import XchangeError
from xchange_cli.project.keys import FILE_NAMES, key_of, shown
from xchange_cli.project.looking import is_file, names_in
from xchange_cli.project.project import FILE_NAME, Project
from xchange_cli.registry.registry import Registry
from xchange_cli.release.forking.fork_file import fork_base_or_none
from xchange_cli.source import Source

_BESIDE = ("configs", "payloads", "tests", "docs")
_TEXTS = (".yml", ".yaml", ".json", ".md", ".py")


class DependantKind(StrEnum):
    FORK = "fork"
    PUBLISHED_FORK = "published-fork"
    MENTION = "mention"


class Dependant(NamedTuple):
    """`name` is the key of a fork, `KEY@3` for a published one, or a file; `line` is 1-based, 0 where there is none."""

    kind: DependantKind
    name: str
    line: int = 0


def dependants_in(project: Project, key: str, own: Path | None, folder: Path) -> tuple[Dependant, ...]:
    """Find what in the project depends on the integration with this key; names are relative to `folder`.

    `own` is the folder or file of the integration, None where it has none any more.
    """
    others = [file for file in project.integration_files() if own is None or not file.is_relative_to(own)]
    return (*_forks(others, key), *_mentions(project, others, key, folder))


def published_forks(registry: Registry, key: str) -> tuple[Dependant, ...]:
    """Find the integrations whose newest version is a fork of this one.

    Raises:
        XchangeError: as the registry does.

    """
    newest = ((one.key, one.number) for one in registry.summaries() if one.key != key)
    bases = ((registry.manifest(other, number).fork, f"{other}@{number}") for other, number in newest)
    return tuple(
        Dependant(DependantKind.PUBLISHED_FORK, name) for base, name in bases if base and base.key == key
    )


def _forks(files: Sequence[Path], key: str) -> Iterator[Dependant]:
    for file in files:
        base = fork_base_or_none(file.parent)
        if base is not None and base.key == key:
            yield Dependant(DependantKind.FORK, key_of(file))


def _mentions(project: Project, others: Sequence[Path], key: str, folder: Path) -> Iterator[Dependant]:
    mention = _mention(key)
    for path in dict.fromkeys(_texts(project, others)):
        try:
            source = Source.read(path, shown(path, folder))
        except XchangeError:  # `validate` tells what cannot be read
            continue
        found = mention.search(source.text)
        if found is not None:
            yield Dependant(DependantKind.MENTION, source.name, source.position(found.start()).line)


def _mention(key: str) -> re.Pattern[str]:
    """Give what names an integration: a path through its folder, a version; a key with a dash by itself, too.

    A key of one word is a word of the language, such as `orders`.
    """
    word = re.escape(key)
    if "-" in key:
        return re.compile(rf"(?<![\w-]){word}(?![\w-])")
    return re.compile(rf"(?<![\w-]){word}@\d|/{word}(?:/|\b(?![-.]))")


def _texts(project: Project, others: Sequence[Path]) -> Iterator[Path]:
    if project.document is not None:
        yield project.root / FILE_NAME
    for specification in project.component_files():
        yield from filter(is_file, (specification, specification.with_suffix(".py")))
    yield from project.rule_files()
    for file in others:
        yield file
        yield from (path for name in _BESIDE if file.name in FILE_NAMES for path in _in(file.parent / name))


def _in(folder: Path) -> Iterator[Path]:
    for name in names_in(folder):
        path = folder / name
        if path.suffix in _TEXTS and is_file(path):
            yield path
