"""Conditions of branches in words: who reads `dateTimeSame`?"""

from collections.abc import Callable

from xchange_cli.expression.ast import Clause, Expression, Group, Malformed

_BEHIND = {
    "isTrue": "is true",
    "isFalse": "is false",
    "exists": "exists",
    "doesNotExist": "does not exist",
    "isEmpty": "is empty",
    "isNotEmpty": "is not empty",
}
_BETWEEN = {
    "equal": "is",
    "notEqual": "is not",
    "exactlyMatches": "is exactly",
    "doesNotExactlyMatch": "is not exactly",
    "greaterThan": ">",
    "greaterThanOrEqual": "≥",
    "lessThan": "<",
    "lessThanOrEqual": "≤",
    "in": "is in",
    "notIn": "is not in",
    "dateTimeBefore": "is before",
    "dateTimeAfter": "is after",
    "dateTimeSame": "is at the time of",
}
_FROM_RIGHT = {
    "startsWith": "starts with",
    "doesNotStartWith": "does not start with",
    "endsWith": "ends with",
    "doesNotEndWith": "does not end with",
}
"""Of these, the second term is the text that is looked at."""

_OF_NOTHING = {"and": "always", "or": "never"}


def in_words(condition: Expression, term: Callable[[Expression], str]) -> str:
    """Say a condition on one line: `order.total > 1000 and (region is EU or region is UK)`; `term` says its values."""
    match condition:
        case Group(operator, clauses):
            return (
                f" {operator} ".join(_inner(one, operator, term) for one in clauses) or _OF_NOTHING[operator]
            )
        case Clause(operator, terms):
            return _clause(operator, [term(one) for one in terms])
        case _:
            return term(condition)


def _inner(condition: Group | Clause | Malformed, around: str, term: Callable[[Expression], str]) -> str:
    words = in_words(condition, term)
    needs_brackets = (
        isinstance(condition, Group) and condition.operator != around and len(condition.clauses) > 1
    )
    return f"({words})" if needs_brackets else words


def _clause(operator: str, terms: list[str]) -> str:
    if operator in _BEHIND and terms:
        return f"{terms[0]} {_BEHIND[operator]}"
    if len(terms) == 2 and operator in _BETWEEN:
        return f"{terms[0]} {_BETWEEN[operator]} {terms[1]}"
    if len(terms) == 2 and operator in _FROM_RIGHT:
        return f"{terms[1]} {_FROM_RIGHT[operator]} {terms[0]}"
    return f"{operator}({', '.join(terms)})"
