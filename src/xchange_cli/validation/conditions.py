"""The conditions that a step chooses its branches by."""

from collections.abc import Iterator

from xchange_cli.expression.ast import Clause, Expression, Group, Items
from xchange_cli.validation.facts import StepFacts


def conditions_of(step: StepFacts) -> Iterator[Expression]:
    """Yield the condition of each branch, well-formed or not."""
    if step.spec is None:
        return
    for key, given in step.step.inputs.items():
        spec = step.spec.inputs.get(key)
        if spec is not None and spec.type == "conditional" and isinstance(given.expression, Items):
            for item in given.expression.items:
                yield item.value


def comparisons(condition: Expression) -> Iterator[Clause]:
    """Yield all comparisons of a condition."""
    if isinstance(condition, Clause):
        yield condition
    elif isinstance(condition, Group):
        for clause in condition.clauses:
            yield from comparisons(clause)
