"""A baseline applied to what validating gave, and renewed from it."""

from collections.abc import Callable
from pathlib import PurePath

from xchange_cli.project.keys import shown
from xchange_cli.project.looking import exists
from xchange_cli.project.project import Project
from xchange_cli.validation.baseline import Baseline, Hider, Known, renewed
from xchange_cli.validation.fix_choice import Fixing, fixable_left
from xchange_cli.validation.result import ValidationResult
from xchange_cli.validation.rule import slugs
from xchange_cli.validation.selection import Selection

IsJudged = Callable[[Known], bool]


def hide_known(
    result: ValidationResult, baseline: Baseline, is_judged: IsJudged, fixing: Fixing = Fixing.NONE
) -> ValidationResult:
    """Take the known findings out; they do not count for the verdict. `fixing` tells what was fixed before."""
    hider = Hider(baseline)
    left = hider.unknown(result.diagnostics)
    names = frozenset(result.names)
    fixable = fixable_left((found for found in left if found.span.source.name in names), fixing)
    return result._replace(diagnostics=left, fixable=fixable, baseline=hider.sum_up(is_judged))


def renew(result: ValidationResult, baseline: Baseline, is_judged: IsJudged) -> Baseline:
    """Give the baseline that knows all that was found now; what was not looked for stays in it."""
    return renewed(baseline, result.diagnostics, is_judged)


def judged_by(
    result: ValidationResult, project: Project, selection: Selection, baseline: Baseline, *, has_sets: bool
) -> IsJudged:
    """Tell of entries whether this check would have found them; a file that is gone holds nothing.

    What is found by comparing integrations with config sets is only found `has_sets`.
    """
    own_files = (*project.component_files(), *project.rule_files())
    own = [shown(path, baseline.folder) for path in own_files]
    if project.document is not None:
        own.append(project.document.source.name)
    checked = {baseline.entry_name(name) for name in (*result.names, *own)}
    folders = {PurePath(baseline.entry_name(name)).parent for name in result.names}
    of_files = frozenset((*slugs(), *(rule.slug for rule in result.house.rules)))

    def is_judged(entry: Known) -> bool:
        if not selection.takes(entry.rule) or project.severities.get(entry.rule) == "off":
            return False
        if not exists(baseline.path.parent / entry.file):
            return True
        is_beside = PurePath(entry.file).parent.parent in folders
        return (entry.file in checked or is_beside) and (has_sets or entry.rule in of_files)

    return is_judged
