"""Many files → one result."""

import time
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.processes import WORTH_SPLITTING, processes_for, share_out
from xchange_cli.project.project import Project
from xchange_cli.project.targets import Target
from xchange_cli.validation.baseline import Baseline
from xchange_cli.validation.beside import FilesBeside, require_sets
from xchange_cli.validation.checker import Check, Checker
from xchange_cli.validation.fix_choice import Fixing, fixable_left
from xchange_cli.validation.memory_of import memory_of
from xchange_cli.validation.named import place, without_beside
from xchange_cli.validation.project_files import read_project_files
from xchange_cli.validation.result import FileFix, FileResult, ValidationResult
from xchange_cli.validation.rule import rules, slugs
from xchange_cli.validation.schema_check import is_valid
from xchange_cli.validation.selection import EVERYTHING, Selection

if TYPE_CHECKING:
    from xchange_cli.validation.remembered import Memory

Kept = MutableMapping[str, FileResult]
"""Results by the names of targets."""


def validate_many(
    project: Project,
    targets: Sequence[Target],
    folder: Path,
    *,
    fail_on: Severity = Severity.ERROR,
    stdin: bytes = b"",
    processes: int | None = None,
    fixing: Fixing = Fixing.NONE,
    known: Baseline | None = None,
    selection: Selection = EVERYTHING,
    kept: Kept | None = None,
    config: str = "",
) -> ValidationResult:
    """Validate integration files and, before them, the project's own files.

    Many files are checked in `processes` processes, by default as many as pay. `stdin` is the text of a
    target without a path. Names in findings are relative to `folder`. With `fixing`, the result is that of the
    integration files as fixes change them, and says how; what is `known` is left alone, and nothing is written.
    Only findings that `selection`
    takes are in it. What `kept` has by a target's name is not checked again; what it has not is put there. `config`
    names the config set, or `all`, that each integration is checked with.

    Raises:
        XchangeError: UNREADABLE or NOT_FOUND when a file of the project itself cannot be read; NOT_FOUND when no
            integration has the config set.

    """
    started = time.perf_counter()
    files = read_project_files(project, folder)
    checker = Checker(files.catalog, project.severities, stdin, selection, files.house)
    check = checker.check
    fixer = None
    if fixing is not Fixing.NONE:
        from xchange_cli.validation.fixing import Fixer

        fixer = Fixer(checker, unsafe=fixing is Fixing.ALL, known=known)
        check = fixer.check
    if config:
        require_sets(config, targets, folder)
    others, named = without_beside(_without_own(targets, files.files))
    check = FilesBeside(check, checker, files.catalog, folder, config, named=named, fixer=fixer).check
    memory = None
    if fixing is Fixing.NONE:
        memory = memory_of(
            project, folder, (list(project.severities.items()), selection, config, sorted(named))
        )
    results = _checked(check, others, processes, {} if kept is None else kept, memory)
    own = checker.grade(one._replace(fixes=()) for one in (*files.diagnostics, *files.house.diagnostics))
    result = _sum_up(own, results, fail_on, fixing)
    applied = sum(map(selection.takes, (*slugs(), *(rule.slug for rule in files.house.rules))))
    return result._replace(
        rules=applied,
        house=files.house,
        project_files=len(files.files) + sum(one.project_files for one in results),
        seconds=time.perf_counter() - started,
    )


def _without_own(targets: Sequence[Target], own: Iterable[Path]) -> Sequence[Target]:
    """Leave out the project's own files, which are checked with every integration; no fix is made in them."""
    paths = set(map(place, own))
    return [target for target in targets if target.path is None or place(target.path) not in paths]


def _checked(
    check: Check, targets: Sequence[Target], processes: int | None, kept: Kept, memory: "Memory | None"
) -> list[FileResult]:
    fresh = []
    for target in targets:
        if target.name not in kept:
            known = None if memory is None else memory.recall(target)
            if known is None:
                fresh.append(target)
            else:
                kept[target.name] = known
    for target, result in zip(
        fresh, _check(check, fresh, processes or processes_for(len(fresh))), strict=True
    ):
        kept[target.name] = result
        if memory is not None:
            memory.keep(target, result)
    if memory is not None:
        memory.save(used_all=len(targets) > WORTH_SPLITTING)
    return [kept[target.name] for target in targets]


def _check(check: Check, targets: Sequence[Target], processes: int) -> list[FileResult]:
    if processes > 1:
        rules()
        is_valid({}, "integration")  # compiled once, here, for all processes
    return share_out(check, targets, processes)


def _sum_up(
    own: Iterable[Diagnostic], results: list[FileResult], fail_on: Severity, fixing: Fixing
) -> ValidationResult:
    return ValidationResult(
        diagnostics=(*own, *(found for result in results for found in result.diagnostics)),
        files=sum(result.is_integration for result in results),
        flows=sum(result.flows for result in results),
        steps=sum(result.steps for result in results),
        rules=len(slugs()),
        fail_on=fail_on,
        config_sets=sum(result.config_sets for result in results),
        payloads=sum(result.payloads for result in results),
        flow_tests=sum(result.flow_tests for result in results),
        set_checks=tuple(check for result in results for check in result.set_checks),
        names=tuple(result.name for result in results),
        fixable=fixable_left((found for result in results for found in result.diagnostics), fixing),
        fixes=tuple(_fixes(results)),
    )


def _fixes(results: Iterable[FileResult]) -> Iterator[FileFix]:
    for result in results:
        if result.fix is not None:
            yield result.fix
        yield from result.fixes_beside
