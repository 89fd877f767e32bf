"""How often each rule found something."""

from collections.abc import Iterable
from typing import NamedTuple

from xchange_cli.diagnostics import Diagnostic, Severity


class RuleCount(NamedTuple):
    """`severity` is the worst among the rule's findings; `number` of its findings have fixes that are `safe` or `unsafe` at best."""

    rule: str
    severity: Severity
    number: int
    safe: int = 0
    unsafe: int = 0


def count_by_rule(found: Iterable[Diagnostic]) -> tuple[RuleCount, ...]:
    """Count findings; the rule that found most comes first."""
    by_rule: dict[str, list[Diagnostic]] = {}
    for one in found:
        by_rule.setdefault(one.rule, []).append(one)
    counts = (_count(rule, findings) for rule, findings in by_rule.items())
    return tuple(sorted(counts, key=lambda entry: (-entry.number, entry.severity.rank, entry.rule)))


def _count(rule: str, found: list[Diagnostic]) -> RuleCount:
    safe = sum(any(fix.safe for fix in one.fixes) for one in found)
    fixable = sum(bool(one.fixes) for one in found)
    worst = min((one.severity for one in found), key=lambda severity: severity.rank)
    return RuleCount(rule, worst, len(found), safe, fixable - safe)
