"""A baseline applied to what validating gave, and renewed from it."""

from collections.abc import Callable
from pathlib import PurePath

from xchange_cli.project.keys import shown
from xchange_cli.project.looking import exists
from xchange_cli.project.project import Project
from xchange_cli.validation.baseline import Baseline, Hider, Known, renewed
from xchange_cli.validation.config_sets import ABOUT_CHOSEN
from xchange_cli.validation.fix_choice import Fixing, fixable_left
from xchange_cli.validation.grades import wanted_severity
from xchange_cli.validation.result import ValidationResult
from xchange_cli.validation.selection import Selection

IsJudged = Callable[[Known], bool]


def hide_known(
    result: ValidationResult, baseline: Baseline, is_judged: IsJudged, fixing: Fixing = Fixing.NONE
) -> ValidationResult:
    """Take the known findings out; they do not count for the verdict. `fixing` tells what was fixed before."""
    hider = Hider(baseline)
    left = hider.unknown(result.diagnostics)
    fixable = fixable_left(left, fixing)
    return result._replace(diagnostics=left, fixable=fixable, baseline=hider.sum_up(is_judged))


def renew(result: ValidationResult, baseline: Baseline, is_judged: IsJudged) -> Baseline:
    """Give the baseline that knows all that was found now; what was not looked for stays in it."""
    return renewed(baseline, result.diagnostics, is_judged)


def judged_by(
    result: ValidationResult, project: Project, selection: Selection, baseline: Baseline, *, has_sets: bool
) -> IsJudged:
    """Tell of entries whether this check would have found them; a file that is gone holds nothing.

    What config sets lack, or have too much, is only found `has_sets`.
    """
    own_files = (*project.component_files(), *project.rule_files())
    own = [shown(path, baseline.folder) for path in own_files]
    if project.document is not None:
        own.append(project.document.source.name)
    checked = {baseline.entry_name(name) for name in (*result.names, *own)}
    folders = {PurePath(baseline.entry_name(name)).parent for name in result.names}

    def is_judged(entry: Known) -> bool:
        if not selection.takes(entry.rule) or wanted_severity(project.severities, entry.rule) == "off":
            return False
        if not exists(baseline.path.parent / entry.file):
            return True
        is_beside = PurePath(entry.file).parent.parent in folders
        return (entry.file in checked or is_beside) and (has_sets or entry.rule not in ABOUT_CHOSEN)

    return is_judged
