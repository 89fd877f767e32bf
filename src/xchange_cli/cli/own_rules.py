"""The house rules of the project around the working folder."""

import sys

from xchange_cli.cli.here import here
from xchange_cli.diagnostics import Severity
from xchange_cli.errors import XchangeError
from xchange_cli.formats import warning_text
from xchange_cli.formats.words import count
from xchange_cli.project.project import Project
from xchange_cli.validation.project_files import house_rules_of
from xchange_cli.validation.rule import NO_HOUSE_RULES, HouseRules


def own_rules() -> HouseRules:
    """Read them, and tell whether something is wrong with them; in a folder that was deleted there are none.

    Raises:
        XchangeError: UNREADABLE when the project file cannot be read.

    """
    try:
        folder = here()
    except XchangeError:
        return NO_HOUSE_RULES
    house = house_rules_of(Project.find(folder), folder)
    wrong = sum(found.severity is Severity.ERROR for found in house.diagnostics)
    if wrong:
        message = f"{count(wrong, 'error')} in the house rules; `xchange rules check` tells which"
        warning_text.render(message, sys.stderr)
    return house
