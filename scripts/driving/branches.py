"""What values make a step take a branch of its own."""

from collections.abc import Iterator
from typing import Any

from xchange_cli.expression.ast import Clause, Expression, Group, Items, Literal, Reference
from xchange_cli.javascript.values import parse_if_json
from xchange_cli.model.integration import Step

OTHER = "something else"
ABSENT = object()
"""Stands for what is not there."""


def asked(step: Step, branch: int) -> Iterator[tuple[Reference, Any]]:
    """Yield what values make a step take its branch of this number; the last one is for everything else."""
    if not step.branches:
        return
    given, mappings = step.inputs.get("inputValue"), step.inputs.get("branchValueMappings")
    if given and mappings and isinstance(mappings.expression, Items):
        values = [item.value for item in mappings.expression.items]
        if values:
            asked = values[min(branch, len(values) - 1)]
            yield from _equal(given.expression, asked, holds=branch < len(values))
    conditions = step.inputs.get("conditions")
    if conditions and isinstance(conditions.expression, Items):
        for index, item in enumerate(conditions.expression.items[: branch + 1]):
            yield from _wished(item.value, holds=index == branch)


def _wished(condition: Expression, *, holds: bool) -> Iterator[tuple[Reference, Any]]:
    """Yield what values make a condition hold, or not; comparisons by size are left as they come."""
    match condition:
        case Group(_, clauses):
            for clause in clauses:
                yield from _wished(clause, holds=holds)
        case Clause("equal" | "exactlyMatches", (first, second)):
            yield from _equal(first, second, holds=holds)
            yield from _equal(second, first, holds=holds)
        case Clause("isEmpty" | "isNotEmpty" as operator, (Reference() as read, *_)):
            if holds is (operator == "isEmpty"):
                yield read, []
        case Clause("exists" | "doesNotExist" as operator, (Reference() as read, *_)):
            if holds is (operator == "doesNotExist"):
                yield read, ABSENT
        case _:
            return


def _equal(read: Expression, literal: Expression, *, holds: bool) -> Iterator[tuple[Reference, Any]]:
    """Yield the literal for what is compared with it, or another text; what is no empty list is left as it comes."""
    if isinstance(read, Reference) and isinstance(literal, Literal):
        value = parse_if_json(literal.value)
        if holds:
            yield read, value if isinstance(value, list | dict) else literal.value
        elif not isinstance(value, list | dict):
            yield read, OTHER
