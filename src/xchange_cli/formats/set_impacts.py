"""What becomes of config sets, as a small table."""

from collections.abc import Iterator, Sequence

from xchange_cli.changes.impact import Impact, Outcome
from xchange_cli.formats.change_words import listed
from xchange_cli.formats.style import Style
from xchange_cli.formats.table import table

OUTCOMES = {
    Outcome.BREAKS: "breaks",
    Outcome.NEEDS_VALUE: "needs a value",
    Outcome.UPDATED: "changed along",
    Outcome.UNAFFECTED: "unaffected",
    Outcome.BROKEN: "broken: see validate",
}


def set_lines(impacts: Sequence[Impact], style: Style) -> Iterator[str]:
    """Yield lines with their ends: a row for each config set."""
    rows = [(one.set_name, OUTCOMES[one.outcome], listed(subjects(one))) for one in impacts]
    if rows:
        yield from table(("CONFIG SET", "OUTCOME", "BY"), rows, style)
    else:
        yield "it has no config sets\n"


def subjects(one: Impact) -> list[str]:
    return list(dict.fromkeys((*one.needed, *filter(None, (change.subject for change in one.changes)))))
