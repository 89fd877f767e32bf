"""An integration that was read and checked, with all that it needs to be run."""

from pathlib import Path
from typing import NamedTuple

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.implementations import Implementations
from xchange_cli.diagnostics import Diagnostic
from xchange_cli.document.parse import parse
from xchange_cli.model.build import build
from xchange_cli.model.integration import Integration
from xchange_cli.project.own_code import OwnCodes
from xchange_cli.project.project import Project
from xchange_cli.project.targets import Target
from xchange_cli.runs.request import Surroundings
from xchange_cli.validation.memory_of import memory_of
from xchange_cli.validation.project_files import ProjectFiles, read_project_files
from xchange_cli.validation.report import Report
from xchange_cli.validation.result import FileResult


class Loaded(NamedTuple):
    """An integration that was read and checked, with the catalogue it was checked against."""

    project: Project
    target: Target
    report: Report
    integration: Integration
    catalog: Catalog
    implementations: Implementations

    @property
    def beside(self) -> Path | None:
        """The integration's folder."""
        return self.target.path.parent if self.target.path else None


def load(project: Project, target: Target, around: Surroundings) -> Loaded | tuple[Diagnostic, ...]:
    """Read and check an integration; gives the findings where there is none to speak of.

    Raises:
        XchangeError: when a file cannot be read.

    """
    files = read_project_files(project, around.folder)
    report = _report(project, target, around, files)
    report = report._replace(diagnostics=(*files.diagnostics, *report.diagnostics))
    if report.integration is None or (report.has_errors and not report.integration.flows):
        return report.diagnostics
    own = OwnCodes(project, files.specifications, around.folder)
    return Loaded(project, target, report, report.integration, files.catalog, Implementations(own))


def _report(project: Project, target: Target, around: Surroundings, files: ProjectFiles) -> Report:
    """Check the file, unless the same was checked before.

    House rules say how files should be, not whether flows can run: only comments may name them.
    """
    memory = memory_of(project, around.folder, ("to run",))
    known = None if memory is None else memory.recall(target)
    if known is not None:
        source = target.read(around.stdin)
        return Report(source, known.diagnostics, build(parse(source).root))
    from xchange_cli.validation.sample_files import samples_beside
    from xchange_cli.validation.validate import validate

    report = validate(
        target.read(around.stdin),
        files.catalog,
        key=target.key,
        samples=samples_beside(target.path),
        house=files.house._replace(rules=()),
    )
    if memory is not None and report.integration is not None:
        memory.keep(target, FileResult(target.name, diagnostics=report.diagnostics))
        memory.save(used_all=False)
    return report
