"""How many errors `validate` finds in the new sides of a comparison."""

from collections import Counter
from collections.abc import Iterable

from xchange_cli.diagnostics import Severity
from xchange_cli.errors import XchangeError
from xchange_cli.project.targets import Target
from xchange_cli.release.comparing.compared import Compared
from xchange_cli.release.comparing.copies import Copy
from xchange_cli.release.comparing.sides import Ground


def with_errors(
    compared: Iterable[Compared], ground: Ground, working: Iterable[Copy]
) -> tuple[Compared, ...]:
    """Count the errors that `validate` finds in the new sides that are working copies, all at once: it remembers them.

    What could not be read was told before; here it counts for nothing.
    """
    every = tuple(compared)
    changed = {one.change_set.new for one in every if one.is_working and one.change_set.changes}
    targets = [Target(copy.name, copy.key, copy.path) for copy in working if copy.name in changed]
    if not targets:
        return every
    from xchange_cli.validation.many import validate_many

    try:
        result = validate_many(ground.project, targets, ground.folder)
    except XchangeError:  # a file of the project is broken, which `validate` tells
        return every
    wrong = Counter(
        found.span.source.name for found in result.diagnostics if found.severity is Severity.ERROR
    )
    looked = {target.name for target in targets}
    return tuple(
        one._replace(errors=wrong[one.change_set.new]) if one.change_set.new in looked else one
        for one in every
    )
