"""One file of a renaming: its names, its new text, and the proof that nothing else has changed."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.document.node import Mapping
from xchange_cli.document.parse import Document
from xchange_cli.model.build import build
from xchange_cli.model.integration import Integration
from xchange_cli.project.integration_file import IntegrationFile
from xchange_cli.project.project import Project
from xchange_cli.renaming.beside import SETS, Sibling
from xchange_cli.renaming.in_file import definition, names_in_file
from xchange_cli.renaming.in_sets import names_in_set
from xchange_cli.renaming.in_tests import names_in_tests
from xchange_cli.renaming.lookup import Lookup
from xchange_cli.renaming.names import Named
from xchange_cli.renaming.proof import (
    Names,
    new_findings,
    require_no_error,
    require_same_names,
    require_same_targets,
)
from xchange_cli.renaming.result import FileRename
from xchange_cli.renaming.scalars import Rewritten, rewrite
from xchange_cli.renaming.secrets import secret_values, without_spans
from xchange_cli.renaming.spelling import change
from xchange_cli.renaming.subject import Subject
from xchange_cli.source import Span
from xchange_cli.validation.checker import Checker
from xchange_cli.validation.facts import Facts
from xchange_cli.validation.kind import Beside
from xchange_cli.validation.project_files import ProjectFiles


class Scene(NamedTuple):
    """The integration, what it is judged by, and what is renamed in it; names of files are relative to `folder`."""

    project: Project
    file: IntegrationFile
    folder: Path
    own: ProjectFiles
    lookup: Lookup
    subject: Subject


class Changed(NamedTuple):
    """A file with the names in it. `findings` are those that it would have, and has not now.

    `secrets` are the places of secrets in it now, `secrets_then` in the new text.
    """

    path: Path
    document: Document
    named: list[Named]
    new: Rewritten
    findings: list[Diagnostic]
    secrets: tuple[Span, ...]
    secrets_then: tuple[Span, ...]

    @property
    def rename(self) -> FileRename:
        old, new = self.document.source, self.new.document.source
        shown = (without_spans(old, self.secrets), without_spans(new, self.secrets_then))
        return FileRename(self.path, old, new.text, self.new.edits, shown)


def lookup_in(integration: Integration, own: ProjectFiles, key: str) -> Lookup:
    return Lookup(Facts(integration, own.catalog, (), key))


def changed_integration(scene: Scene) -> tuple[Changed, Lookup]:
    """Rename in the integration file; also give what names lead to then.

    Raises:
        XchangeError: USAGE, CONFLICT or INVALID with the place where the name cannot be changed.

    """
    file, subject, own = scene.file, scene.subject, scene.own
    named = list(names_in_file(scene.lookup))
    new = _rewritten(file.document, [definition(scene.lookup, subject.target), *named], subject)
    integration = build(new.document.root)
    assert integration is not None
    then = lookup_in(integration, own, file.key)
    require_same_names(scene.lookup, then, subject.target)
    require_same_targets(Names(file.document, named), Names(new.document, names_in_file(then)))
    checker = Checker(own.catalog, scene.project.severities, house=own.house)
    was, now = (checker.check_source(file.target, one.source) for one in (file.document, new.document))
    findings = new_findings(was.diagnostics, now.diagnostics)
    require_no_error(findings)
    return Changed(file.path, file.document, named, new, findings, was.secrets, now.secrets), then


def changed_sibling(sibling: Sibling, scene: Scene, then: Lookup) -> Changed:
    """Rename in a config set or in a file of tests.

    Raises:
        XchangeError: as `changed_integration` does.

    """
    names = names_in_set if sibling.kind.name == SETS else names_in_tests
    named = list(names(sibling.root, scene.lookup))
    new = _rewritten(sibling.document, named, scene.subject)
    root = new.document.root
    assert isinstance(root, Mapping)
    require_same_targets(Names(sibling.document, named), Names(new.document, names(root, then)))
    findings: list[Diagnostic] = []
    if sibling.kind.name != SETS:  # of a set, its names are all that could go wrong
        before = _judged(sibling, sibling.document, scene, scene.lookup)
        findings = new_findings(before, _judged(sibling, new.document, scene, then))
        require_no_error(findings)
    secrets, secrets_then = (tuple(secret_values(one)) for one in (sibling.document, new.document))
    return Changed(sibling.path, sibling.document, named, new, findings, secrets, secrets_then)


def _rewritten(document: Document, named: Iterable[Named], subject: Subject) -> Rewritten:
    ours = (one for one in named if one.target == subject.target and not one.is_shared)
    return rewrite(document, [change(one, subject.new) for one in ours])


def _judged(sibling: Sibling, document: Document, scene: Scene, lookup: Lookup) -> list[Diagnostic]:
    """Say what validating finds in a file beside the integration that `lookup` knows."""
    integration = lookup.facts.integration
    beside = Beside(
        scene.file.folder,
        scene.folder,
        scene.file.key,
        scene.own.catalog,
        lambda: integration,
        lambda: integration.node.source.text,
        mended=document.source,
    )
    checker = Checker(scene.own.catalog, scene.project.severities)
    return list(checker.grade(sibling.kind.check(sibling.path, beside)))
