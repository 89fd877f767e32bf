"""Many files → one result."""

import os
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.project.project import Project
from xchange_cli.project.targets import Target
from xchange_cli.validation.checker import Checker
from xchange_cli.validation.project_files import read_project_files
from xchange_cli.validation.result import FileResult, ValidationResult
from xchange_cli.validation.rule import rules
from xchange_cli.validation.schema_check import is_valid
from xchange_cli.validation.workers import can_fork, check_in_processes

WORTH_SPLITTING = 6
WORTH_STARTING = 400
"""Numbers of files from which a second process pays: one that is split off, and one that loads everything anew."""


def validate_many(
    project: Project,
    targets: Sequence[Target],
    folder: Path,
    *,
    fail_on: Severity = Severity.ERROR,
    stdin: bytes = b"",
    processes: int | None = None,
) -> ValidationResult:
    """Validate integration files and, before them, the project's own files.

    Many files are checked in `processes` processes, by default as many as pay. `stdin` is the text of a
    target without a path. Names in findings are relative to `folder`.

    Raises:
        XchangeError: UNREADABLE or NOT_FOUND when a file of the project itself cannot be read.

    """
    started = time.perf_counter()
    files = read_project_files(project, folder)
    checker = Checker(files.catalog, project.severities, stdin)
    results = _check(checker, targets, processes or processes_for(len(targets)))
    result = _sum_up(checker.grade(files.diagnostics), results, fail_on)
    return result._replace(seconds=time.perf_counter() - started)


def processes_for(files: int) -> int:
    """Give the number of processes that pays; 1 means this one."""
    worth_it = WORTH_SPLITTING if can_fork() else WORTH_STARTING
    return 1 if files < worth_it else min(2, os.cpu_count() or 1)


def _check(checker: Checker, targets: Sequence[Target], processes: int) -> list[FileResult]:
    if processes == 1:
        return [checker.check(target) for target in targets]
    rules()
    is_valid({}, "integration")  # compiled once, here, for all processes
    return check_in_processes(checker.check, targets, processes)


def _sum_up(own: Iterable[Diagnostic], results: list[FileResult], fail_on: Severity) -> ValidationResult:
    return ValidationResult(
        diagnostics=(*own, *(found for result in results for found in result.diagnostics)),
        files=len(results),
        flows=sum(result.flows for result in results),
        steps=sum(result.steps for result in results),
        rules=len(rules()),
        fail_on=fail_on,
    )
