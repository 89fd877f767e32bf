"""The files beside an integration that name parts of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from xchange_cli.document.node import Mapping
from xchange_cli.document.parse import Document, parse
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.integration_file import IntegrationFile
from xchange_cli.project.keys import FILE_NAMES, shown
from xchange_cli.project.looking import is_file, names_in
from xchange_cli.project.project import Project
from xchange_cli.source import Source
from xchange_cli.validation.kind import Kind, kinds

SETS, TESTS, PAYLOADS = "config_set", "flow_test", "payload"
_DOCS = "docs"
_RECORDINGS = "recordings"
_APPROVALS = "approvals.yml"


class Sibling(NamedTuple):
    """A config set or a file of flow tests."""

    path: Path
    kind: Kind
    document: Document
    root: Mapping


def siblings(file: IntegrationFile, folder: Path, words: tuple[str, ...]) -> Iterator[Sibling]:
    """Yield the config sets and flow tests of an integration; a file of another name has none of its own.

    A file that is no YAML is left out, unless it holds one of `words`. Names are relative to `folder`.

    Raises:
        XchangeError: UNREADABLE or NOT_FOUND when a file cannot be read; INVALID with the place of what is wrong in one
            that may have to change.

    """
    if file.path.name not in FILE_NAMES:
        return
    for kind in kinds():
        for path in kind.files(file.folder, folder) if kind.name in {SETS, TESTS} else ():
            document = parse(Source.read(path, shown(path, folder), is_private=kind.name == SETS))
            if document.diagnostics and any(word in document.source.text for word in words):
                raise _broken(document)
            if not document.diagnostics and isinstance(document.root, Mapping):
                yield Sibling(path, kind, document, document.root)


def payload_files(file: IntegrationFile, folder: Path) -> Iterator[Path]:
    """Yield the payloads beside an integration, which may be for the flow that their names begin with."""
    if file.path.name in FILE_NAMES:
        yield from next(kind for kind in kinds() if kind.name == PAYLOADS).files(file.folder, folder)


def recording_of(file: IntegrationFile, ref: str) -> Path | None:
    """Give the recording that runs of a flow take by default, where there is one."""
    path = file.folder / _RECORDINGS / f"{ref}.json"
    return path if ref and file.path.name in FILE_NAMES and is_file(path) else None


def prose_files(project: Project, file: IntegrationFile, folder: Path) -> Iterator[Source]:
    """Yield texts that may tell of the integration: its pages, its approvals, the house rules and the baseline.

    Raises:
        XchangeError: UNREADABLE when one of them cannot be read.

    """
    paths: list[Path] = []
    if file.path.name in FILE_NAMES:
        docs = file.folder / _DOCS
        paths += [docs / name for name in names_in(docs) if name.endswith(".md")]
        paths.append(file.folder / _APPROVALS)
    paths += project.rule_files()
    if project.baseline:
        paths.append(project.root / project.baseline)
    for path in dict.fromkeys(paths):
        if is_file(path):
            yield Source.read(path, shown(path, folder))


def _broken(document: Document) -> XchangeError:
    wrong = document.diagnostics[0]
    is_private = document.source.is_private
    return XchangeError(
        ErrorCode.INVALID,
        "this file may have to change, too, but it cannot be read" if is_private else wrong.message,
        hint="Mend the file first; nothing is changed.",
        place=wrong.span.place,
    )
