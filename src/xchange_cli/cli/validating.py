"""What `validate` does with its options: find the files, check them, show the result, give the exit code."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from xchange_cli import formats
from xchange_cli.cli.exits import Exit
from xchange_cli.cli.fixing import fixing_wanted, make_changes, show_changes
from xchange_cli.cli.here import here
from xchange_cli.diagnostics import Severity
from xchange_cli.document.locate import node_at
from xchange_cli.errors import ErrorCode, Place, XchangeError
from xchange_cli.project.find import project_of
from xchange_cli.project.project import Project
from xchange_cli.project.targets import Target
from xchange_cli.validation.baseline import Baseline
from xchange_cli.validation.fix_choice import Fixing
from xchange_cli.validation.kind import ALL
from xchange_cli.validation.many import Kept, validate_many
from xchange_cli.validation.project_files import find_targets, house_rules_of
from xchange_cli.validation.result import ValidationResult
from xchange_cli.validation.selection import EVERYTHING, Selection, selection

if TYPE_CHECKING:
    from xchange_cli.validation.explained import Explained
    from xchange_cli.validation.known_findings import IsJudged


class Wanted(NamedTuple):
    """The options. `baseline` None stands for the one of the project file; texts that are empty ask for nothing."""

    paths: tuple[str, ...] = ()
    output: str = "text"
    fail_on: Severity = Severity.ERROR
    config: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    baseline: str | None = None
    no_baseline: bool = False
    write_baseline: str = ""
    statistics: bool = False
    since: str = ""
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False

    @property
    def fixing(self) -> Fixing:
        return fixing_wanted(fix=self.fix, unsafe=self.unsafe_fixes, diff=self.diff)


def validate_once(wanted: Wanted) -> Exit:
    """Check and show what was found, or make or show the fixes.

    Raises:
        XchangeError: as `setting_of` and `checked` do.

    """
    if wanted.write_baseline and wanted.diff:
        raise XchangeError(ErrorCode.USAGE, "--diff writes nothing, so --write-baseline does not go with it")
    setting = setting_of(wanted, here())
    stdin = sys.stdin.buffer.read() if setting.reads_stdin else b""
    result = checked(wanted, setting, stdin)
    if wanted.diff:
        return show_changes(result)
    out, is_complete = sys.stdout, True
    if wanted.fix:
        result, is_complete, out = make_changes(result, stdin if setting.reads_stdin else None)
    show(wanted, result, out)
    if result.has_unreadable or not is_complete:
        return Exit.UNREADABLE
    return Exit.OK if result.ok else Exit.FINDINGS


def look_for(fingerprint: str, paths: tuple[str, ...]) -> "Explained":
    """Find a finding by its fingerprint, or by the beginning of it, whatever is known or not wanted.

    Raises:
        XchangeError: NOT_FOUND or USAGE as `explained`, and as `setting_of` and `checked` do.

    """
    from xchange_cli.validation.explained import explained

    wanted = Wanted(paths=paths, no_baseline=True)
    setting = setting_of(wanted, here())
    stdin = sys.stdin.buffer.read() if setting.reads_stdin else b""
    try:
        result = checked(wanted._replace(config=ALL), setting, stdin)
    except XchangeError as error:  # perhaps there are no config sets
        if error.code is not ErrorCode.NOT_FOUND:
            raise
        result = checked(wanted, setting, stdin)
    return explained(fingerprint, result)


class Setting(NamedTuple):
    """The project that is checked, what of it, and which findings are wanted."""

    project: Project
    targets: tuple[Target, ...]
    folder: Path
    selection: Selection = EVERYTHING

    @property
    def reads_stdin(self) -> bool:
        return any(target.path is None for target in self.targets)


def setting_of(wanted: Wanted, folder: Path) -> Setting:
    """Find what is to be checked.

    Raises:
        XchangeError: when an argument or an option leads nowhere.

    """
    project = project_of(wanted.paths, folder)
    targets = find_targets(project, wanted.paths, folder)
    if wanted.since:
        from xchange_cli.project.changes import changed_since

        targets = changed_since(wanted.since, project, targets)
    chosen = EVERYTHING
    if wanted.select or wanted.ignore:
        from xchange_cli.validation.pages import names

        known = (*names(), *house_rules_of(project, folder).names)
        chosen = selection(wanted.select, wanted.ignore, known)
    return Setting(project, targets, folder, chosen)


def checked(
    wanted: Wanted, setting: Setting, stdin: bytes = b"", *, kept: Kept | None = None
) -> ValidationResult:
    """Validate, and treat what is known as the options say.

    Raises:
        XchangeError: when a file of the project itself, or the baseline, cannot be read.

    """
    known = _baseline_to_read(wanted, setting)
    result = validate_many(
        setting.project,
        setting.targets,
        setting.folder,
        fail_on=wanted.fail_on,
        stdin=stdin,
        config=wanted.config,
        fixing=wanted.fixing,
        known=known,
        selection=setting.selection,
        kept=kept,
    )
    if wanted.write_baseline:
        known = _renewed(wanted, setting, result)
    if known is not None:
        from xchange_cli.validation.known_findings import hide_known

        result = hide_known(result, known, _judged(wanted, setting, result, known), wanted.fixing)
    if wanted.statistics:
        from xchange_cli.validation.statistics import count_by_rule

        result = result._replace(counts=count_by_rule(result.diagnostics))
    return result


def show(wanted: Wanted, result: ValidationResult, out: TextIO) -> None:
    formats.write("validate", wanted.output, result, out)
    if wanted.output == "github":
        from xchange_cli.cli.job_summary import add_to_job_summary
        from xchange_cli.formats.job_summary import job_summary

        add_to_job_summary(lambda: job_summary(result))


def baseline_path(wanted: Wanted, setting: Setting) -> Path | None:
    """Give the file of the known findings that are not to be shown."""
    if wanted.no_baseline or wanted.write_baseline:
        return None
    if wanted.baseline is not None:
        return setting.folder / wanted.baseline
    return setting.project.root / setting.project.baseline if setting.project.baseline else None


def _baseline_to_read(wanted: Wanted, setting: Setting) -> Baseline | None:
    path = baseline_path(wanted, setting)
    if path is None:
        return None
    from xchange_cli.validation.baseline_file import read_baseline

    named_at = _place_of_baseline(setting.project) if wanted.baseline is None else None
    return read_baseline(path, setting.folder, named_at)


def _place_of_baseline(project: Project) -> Place | None:
    node = node_at(project.document.root, ("lint", "baseline")) if project.document is not None else None
    return None if node is None else node.span.place


def _renewed(wanted: Wanted, setting: Setting, result: ValidationResult) -> Baseline:
    from xchange_cli.formats.words import count
    from xchange_cli.validation.baseline_file import read_or_begin, write_baseline
    from xchange_cli.validation.known_findings import renew

    old = read_or_begin(setting.folder / wanted.write_baseline, setting.folder)
    new = renew(result, old, _judged(wanted, setting, result, old))
    write_baseline(new)
    number = sum(entry.number for entry in new.entries)
    sys.stderr.write(f"{new.name} now holds {count(number, 'known finding')}\n")
    return new


def _judged(wanted: Wanted, setting: Setting, result: ValidationResult, known: Baseline) -> "IsJudged":
    from xchange_cli.validation.known_findings import judged_by

    return judged_by(result, setting.project, setting.selection, known, has_sets=bool(wanted.config))
