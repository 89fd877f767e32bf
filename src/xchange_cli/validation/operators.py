"""The words that conditions of branches are made of."""

GROUPS = ("and", "or")

UNARY = ("isTrue", "isFalse", "exists", "doesNotExist", "isEmpty", "isNotEmpty")
"""Operators of one term; a second one has no meaning but occurs."""

BINARY = (
    "equal",
    "notEqual",
    "greaterThan",
    "greaterThanOrEqual",
    "lessThan",
    "lessThanOrEqual",
    "in",
    "notIn",
    "exactlyMatches",
    "doesNotExactlyMatch",
    "startsWith",
    "doesNotStartWith",
    "endsWith",
    "doesNotEndWith",
    "dateTimeBefore",
    "dateTimeAfter",
    "dateTimeSame",
)

SYMBOLS = {
    "=": "equal",
    "==": "equal",
    "===": "exactlyMatches",
    "!=": "notEqual",
    "<>": "notEqual",
    "!==": "doesNotExactlyMatch",
    ">": "greaterThan",
    ">=": "greaterThanOrEqual",
    "<": "lessThan",
    "<=": "lessThanOrEqual",
    "&&": "and",
    "||": "or",
    "!": "isFalse",
}
"""What programmers write out of habit, and what they mean."""
