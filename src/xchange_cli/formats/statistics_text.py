"""How often each rule found something, as a table."""

from collections.abc import Iterable, Iterator

from xchange_cli.formats.style import Style
from xchange_cli.formats.table import table
from xchange_cli.validation.statistics import RuleCount

_HEADS = ("FINDINGS", "RULE", "SEVERITY", "CAN BE FIXED")


def lines(counts: Iterable[RuleCount], style: Style) -> Iterator[str]:
    """Yield the lines of the table, which has none where nothing was found."""
    rows = [(f"{one.number:>8,}", one.rule, one.severity.value, _fixable(one)) for one in counts]
    if rows:
        yield from table(_HEADS, rows, style)
        yield "\n"


def _fixable(one: RuleCount) -> str:
    parts = [(one.safe, ""), (one.unsafe, " (unsafe)")]
    return ", ".join(f"{number:,}{how}" for number, how in parts if number)
