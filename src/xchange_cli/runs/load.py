"""An integration that was read and checked, with all that it needs to be run."""

from pathlib import Path
from typing import NamedTuple

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.implementations import Implementations
from xchange_cli.diagnostics import Diagnostic
from xchange_cli.model.integration import Integration
from xchange_cli.project.own_code import OwnCodes
from xchange_cli.project.project import Project
from xchange_cli.project.targets import Target
from xchange_cli.runs.request import Surroundings
from xchange_cli.validation.project_files import read_project_files
from xchange_cli.validation.validate import Report, validate


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
    report = validate(target.read(around.stdin), files.catalog, key=target.key)
    report = report._replace(diagnostics=(*files.diagnostics, *report.diagnostics))
    if report.integration is None or (report.has_errors and not report.integration.flows):
        return report.diagnostics
    own = OwnCodes(project, files.specifications, around.folder)
    return Loaded(project, target, report, report.integration, files.catalog, Implementations(own))
