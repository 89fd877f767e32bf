"""The conditions that a step chooses its branches by."""

from collections.abc import Iterator

from xchange_cli.expression.ast import Clause, Expression, Group
from xchange_cli.validation.facts import StepFacts


def conditions_of(step: StepFacts) -> tuple[Expression, ...]:
    """Give the condition of each branch, well-formed or not."""
    return step.inputs.conditions


def comparisons(condition: Expression) -> Iterator[Clause]:
    """Yield all comparisons of a condition."""
    if isinstance(condition, Clause):
        yield condition
    elif isinstance(condition, Group):
        for clause in condition.clauses:
            yield from comparisons(clause)
