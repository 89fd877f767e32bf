"""Conditions of branches: groups of comparisons, with the meaning that the platform's component SDK gives them.

A group is `["and" | "or", clause, …]`, a clause is a group or `[operator, left]` or `[operator, left, right]`.
Operands are evaluated values, UNDEFINED where a reference found nothing. A text operand that is JSON is compared
as what it says: "5" is the number 5. The documentation of the platform tells otherwise in three places: there,
`exactlyMatches` tells "5" from 5, `in` does not find "2" in [1, 2, 3], and numbers are dates in milliseconds. Here
the code of the SDK decides; whether the hosted runner uses this code is not documented.
"""

from collections.abc import Callable, Mapping
from typing import Any

from xchange_cli.components.conversions import to_boolean, to_milliseconds
from xchange_cli.components.limits import refusing_depth
from xchange_cli.components.spec import ActionError
from xchange_cli.javascript.comparison import less_than, loose_equal, same_value_zero, strict_equal
from xchange_cli.javascript.values import UNDEFINED, describe, is_truthy, parse_if_json, to_text

Unary = Callable[[Any], bool]
Binary = Callable[[Any, Any], bool]


@refusing_depth
def holds(group: Any) -> bool:
    """Tell whether a group or a clause holds; `and` and `or` stop as soon as the answer is known.

    Raises:
        ActionError: an operator is unknown, or cannot compare what it was given, or something is nested too deeply.

    """
    _check(group)
    return _holds(group)


def _check(clause: Any) -> None:
    """Refuse an unknown operator also where evaluation would not come to it."""
    if not isinstance(clause, list) or not clause:
        raise ActionError(f"a condition must be a list that starts with an operator, not {describe(clause)}")
    operator, *operands = clause
    if operator in ("and", "or"):
        for operand in operands:
            _check(operand)
    elif not isinstance(operator, str) or (operator not in UNARY and operator not in BINARY):
        raise ActionError(f"{describe(operator)} is not an operator of conditions")


def _holds(clause: list[Any]) -> bool:
    operator, *operands = clause
    if operator == "and":
        return all(map(_holds, operands))
    if operator == "or":
        return any(map(_holds, operands))
    left, right = (*operands, UNDEFINED, UNDEFINED)[:2]
    try:
        return UNARY[operator](left) if operator in UNARY else BINARY[operator](left, right)
    except ActionError as error:
        raise ActionError(f"{operator}: {error.message}", kind=error.kind) from error


def _is_true(value: Any) -> bool:
    return to_boolean(parse_if_json(value))


def _exists(value: Any) -> bool:
    return is_truthy(parse_if_json(value))


def _is_empty(value: Any) -> bool:
    """Look at lists and texts only; a text that is JSON for a list counts as the list, no other as what it says."""
    parsed = parse_if_json(value)
    measured = parsed if isinstance(parsed, list) else value
    if not isinstance(measured, list | str):
        raise ActionError(f"needs a list or a text, but found {describe(value)}")
    return not measured


def _is_in(left: Any, right: Any) -> bool:
    container = parse_if_json(right)
    if isinstance(container, str):
        return to_text(left) in container
    if isinstance(container, list):
        wanted = (left, parse_if_json(left))
        return any(same_value_zero(item, value) for item in container for value in wanted)
    if isinstance(container, dict):
        return to_text(left) in container
    hint = ", which is JSON and not searched as text" if isinstance(right, str) else ""
    raise ActionError(f"needs a text, a list or an object to look in, but found {describe(right)}{hint}")


def _on_parsed(compare: Binary) -> Binary:
    return lambda left, right: compare(parse_if_json(left), parse_if_json(right))


def _on_texts(compare: Callable[[str, str], bool]) -> Binary:
    """Compare as texts; the operand on the RIGHT is the one looked at."""
    return _on_parsed(lambda left, right: compare(to_text(right), to_text(left)))


def _on_dates(compare: Callable[[float, float], bool]) -> Binary:
    return _on_parsed(lambda left, right: compare(to_milliseconds(left), to_milliseconds(right)))


def _not(compare: Callable[..., bool]) -> Callable[..., bool]:
    return lambda *operands: not compare(*operands)


UNARY: Mapping[str, Unary] = {
    "isTrue": _is_true,
    "isFalse": _not(_is_true),
    "exists": _exists,
    "doesNotExist": _not(_exists),
    "isEmpty": _is_empty,
    "isNotEmpty": _not(_is_empty),
}
"""Operators of one operand; a second one is ignored."""

BINARY: Mapping[str, Binary] = {
    "equal": _on_parsed(loose_equal),
    "notEqual": _not(_on_parsed(loose_equal)),
    "exactlyMatches": _on_parsed(strict_equal),
    "doesNotExactlyMatch": _not(_on_parsed(strict_equal)),
    "greaterThan": _on_parsed(lambda left, right: less_than(right, left) is True),
    "greaterThanOrEqual": _on_parsed(lambda left, right: less_than(left, right) is False),
    "lessThan": _on_parsed(lambda left, right: less_than(left, right) is True),
    "lessThanOrEqual": _on_parsed(lambda left, right: less_than(right, left) is False),
    "in": _is_in,
    "notIn": _not(_is_in),
    "startsWith": _on_texts(str.startswith),
    "doesNotStartWith": _not(_on_texts(str.startswith)),
    "endsWith": _on_texts(str.endswith),
    "doesNotEndWith": _not(_on_texts(str.endswith)),
    "dateTimeAfter": _on_dates(lambda left, right: left > right),
    "dateTimeBefore": _on_dates(lambda left, right: left < right),
    "dateTimeSame": _on_dates(lambda left, right: left == right),
}
