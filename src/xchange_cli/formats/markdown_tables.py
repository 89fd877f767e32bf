"""Tables of a report in Markdown: integrations with their config sets, and counts by rule."""

from collections.abc import Iterable, Iterator, Sequence

from xchange_cli.formats.markdown import code
from xchange_cli.formats.words import count
from xchange_cli.validation.result import SetVerdict
from xchange_cli.validation.statistics import RuleCount

_MOST_ROWS = 100


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table; its cells are Markdown already."""
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def matrix(verdicts: Sequence[SetVerdict]) -> Iterator[str]:
    """Yield a row for each pair of integration and config set with findings, and how many pairs have none.

    A set that is a base, without the values that others give, has a row in any case.
    """
    worse = [verdict for verdict in verdicts if verdict.severity is not None or verdict.lacks_values]
    yield f"{count(len(verdicts) - len(worse), 'pair')} of integration and config set without findings."
    if worse:
        yield ""
        rows = ((code(one.integration), code(one.config_set), _numbers(one)) for one in worse[:_MOST_ROWS])
        yield from table(("Integration", "Config set", "Found"), rows)
    if len(worse) > _MOST_ROWS:
        yield f"\n{count(len(worse) - _MOST_ROWS, 'more pair')} with findings."


def statistics(counts: Iterable[RuleCount]) -> Iterator[str]:
    rows = ((f"{one.number:,}", one.severity.value, code(one.rule)) for one in counts)
    return table(("Findings", "Severity", "Rule"), rows)


def _numbers(verdict: SetVerdict) -> str:
    numbers = ((verdict.errors, "error"), (verdict.warnings, "warning"), (verdict.notes, "note"))
    found = [count(number, word) for number, word in numbers if number]
    return ", ".join([*found, "base: incomplete on its own"] if verdict.lacks_values else found)
