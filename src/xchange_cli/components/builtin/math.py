"""Arithmetic and the elementary functions, with the results of JavaScript's numbers.

The actions are named after JavaScript's `Math`; that their results are the same is likely, not documented.
"""

from collections.abc import Callable, Mapping
from functools import partial, reduce
from typing import Any

from xchange_cli.components import arithmetic
from xchange_cli.components.conversions import to_number, to_string
from xchange_cli.components.inputs import read, read_list, read_required
from xchange_cli.components.spec import (
    ActionContext,
    ActionError,
    ActionResult,
    Example,
    Implementation,
    Perform,
)
from xchange_cli.javascript.mathematics import OF_MANY, OF_ONE, ceil, divide, floor, power
from xchange_cli.javascript.values import describe, parse_if_json, plain_number

_OF_ONE_NUMBER = {
    "abs": "abs",
    "acos": "acos",
    "acosh": "acosh",
    "asin": "asin",
    "asinh": "asinh",
    "atan": "atan",
    "atanh": "atanh",
    "cbrt": "cbrt",
    "ceil": "ceil",
    "cos": "cos",
    "cosh": "cosh",
    "floor": "floor",
    "fround": "fround",
    "naturalLog": "log",
    "round": "round",
    "sin": "sin",
    "sinh": "sinh",
    "sqrt": "sqrt",
    "tan": "tan",
    "tanh": "tanh",
    "trunc": "trunc",
}
"""Function of `Math` by key of the action."""


def of_one_number(
    function: Callable[[float], float], key: str, _context: ActionContext, inputs: Mapping[str, Any]
) -> ActionResult:
    return _number(function(_read(inputs, key)))


def fold(
    operate: Callable[[float, float], float], _context: ActionContext, inputs: Mapping[str, Any]
) -> ActionResult:
    """Work through the numbers from left to right."""
    numbers = _numbers(inputs)
    if not numbers:
        raise ActionError("numbers is empty", input_key="numbers")
    return _number(reduce(operate, numbers))


def add(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    return _number(reduce(float.__add__, _numbers(inputs), 0.0))


def hypot(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    return _number(OF_MANY["hypot"](*_numbers(inputs)))


def extreme(choose: Callable[..., float], _context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Choose among the dynamic numbers where they are set, else among the numbers."""
    if inputs.get("dynamicNumbers") is None:
        return _number(choose(*_numbers(inputs)))
    given = inputs["dynamicNumbers"]
    numbers = {"dynamicNumbers": parse_if_json(given)}
    if not isinstance(numbers["dynamicNumbers"], list):
        message = f"dynamicNumbers must be a list of numbers, not {describe(given)}"
        raise ActionError(message, input_key="dynamicNumbers")
    return _number(choose(*_numbers(numbers, "dynamicNumbers")))


def logarithm(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Give the logarithm to a base: exact for the bases 10 and 2, else a quotient of natural logarithms."""
    number, base = _read(inputs, "number"), float(read(inputs, "exponentBase", to_number, 10))
    exact = {10.0: "log10", 2.0: "log2"}.get(base)
    natural = OF_ONE["log"]
    return _number(OF_ONE[exact](number) if exact else divide(natural(number), natural(base)))


def raise_to_power(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    return _number(power(_read(inputs, "base"), _read(inputs, "exponent")))


def evaluate(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Evaluate an expression; which functions the platform knows is not documented, here those of `Math`."""
    expression = read_required(inputs, "expression", to_string)
    try:
        return _number(arithmetic.evaluate(expression, context.random))
    except ActionError as error:
        message = f"expression: {error.message}"
        raise ActionError(message, input_key="expression", offset=error.offset) from error


def random_integer(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    low, high = _bounds(inputs)
    first, last = ceil(low), floor(high)
    if first > last:
        raise ActionError("there is no whole number between min and max", input_key="max")
    context.warn("whether max itself can come out is not documented; here it can")
    return _number(floor(context.random() * (last - first + 1)) + first)


def random_number(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    low, high = _bounds(inputs)
    return _number(low + context.random() * (high - low))


def _bounds(inputs: Mapping[str, Any]) -> tuple[float, float]:
    low, high = _read(inputs, "min"), _read(inputs, "max")
    if low > high:
        raise ActionError("min is larger than max", input_key="min")
    return low, high


def _numbers(inputs: Mapping[str, Any], key: str = "numbers") -> list[float]:
    """Read a list of numbers; entries that are not set count as 0."""
    return [float(read({key: item}, key, to_number)) for item in read_list(inputs, key)]


def _read(inputs: Mapping[str, Any], key: str) -> float:
    return float(read_required(inputs, key, to_number))


def _number(value: float) -> ActionResult:
    return ActionResult(data=plain_number(value))


_ACTIONS: dict[str, Perform] = {
    "add": add,
    "subtract": partial(fold, float.__sub__),
    "multiply": partial(fold, float.__mul__),
    "divide": partial(fold, divide),
    "evaluate": evaluate,
    "exp": partial(of_one_number, OF_ONE["exp"], "exponent"),
    "hypot": hypot,
    "log": logarithm,
    "max": partial(extreme, OF_MANY["max"]),
    "min": partial(extreme, OF_MANY["min"]),
    "pow": raise_to_power,
    "randomInt": random_integer,
    "random": random_number,
}

COMPONENT = Implementation(
    actions=_ACTIONS
    | {key: partial(of_one_number, OF_ONE[name], "number") for key, name in _OF_ONE_NUMBER.items()},
    examples=(
        Example("add", {"numbers": ["1", 1, None]}, 2),
        Example("add", {"numbers": ["0.1", "0.2"]}, 0.30000000000000004),
        Example("add", {"numbers": ["1", "one"]}, None, error='numbers: the text "one" is not a number'),
        Example("subtract", {"numbers": ["10", "3", "2"]}, 5),
        Example("multiply", {"numbers": ["2", "3", "4"]}, 24),
        Example("multiply", {"numbers": []}, None, error="numbers is empty"),
        Example("divide", {"numbers": ["12", "3", "2"]}, 2),
        Example("divide", {"numbers": ["1", "0"]}, float("inf")),
        Example("evaluate", {"expression": "2 * 3 + 7"}, 13),
        Example("evaluate", {"expression": "-2 ^ 2 + sqrt(16) / (1 - .5)"}, 4),
        Example(
            "evaluate", {"expression": "2 *"}, None, error="expression: expected a number, but found the end"
        ),
        Example("exp", {"exponent": "0"}, 1),
        Example("hypot", {"numbers": ["3", "4"]}, 5),
        Example("log", {"number": "1000"}, 3),
        Example("log", {"number": "8", "exponentBase": "2"}, 3),
        Example("max", {"numbers": ["1", "9", "3"]}, 9),
        Example("max", {"numbers": ["99"], "dynamicNumbers": "[1, 2]"}, 2),
        Example("max", {"numbers": []}, float("-inf")),
        Example(
            "max",
            {"numbers": [], "dynamicNumbers": "1, 2"},
            None,
            error='dynamicNumbers must be a list of numbers, not the text "1, 2"',
        ),
        Example("min", {"numbers": ["3", "1", "2"]}, 1),
        Example("pow", {"base": "2", "exponent": "3"}, 8),
        Example("randomInt", {"min": "5", "max": "5"}, 5),
        Example("randomInt", {"min": "1.2", "max": "1.8"}, None, error="no whole number between min and max"),
        Example("random", {"min": "3", "max": "3"}, 3),
        Example("random", {"min": "3", "max": "1"}, None, error="min is larger than max"),
        Example("abs", {"number": "-5"}, 5),
        Example("acos", {"number": "1"}, 0),
        Example("acosh", {"number": "1"}, 0),
        Example("asin", {"number": "0"}, 0),
        Example("asinh", {"number": "0"}, 0),
        Example("atan", {"number": "0"}, 0),
        Example("atanh", {"number": "1"}, float("inf")),
        Example("cbrt", {"number": "8"}, 2),
        Example("ceil", {"number": "1.2"}, 2),
        Example("cos", {"number": "0"}, 1),
        Example("cosh", {"number": "0"}, 1),
        Example("floor", {"number": "-1.2"}, -2),
        Example("fround", {"number": "5.05"}, 5.050000190734863),
        Example("naturalLog", {"number": "0"}, float("-inf")),
        Example("round", {"number": "2.5"}, 3),
        Example("round", {"number": "-2.5"}, -2),
        Example("sin", {"number": "0"}, 0),
        Example("sinh", {"number": "0"}, 0),
        Example("sqrt", {"number": "9"}, 3),
        Example("sqrt", {}, None, error="number is not set, or its value is null"),
        Example("tan", {"number": "0"}, 0),
        Example("tanh", {"number": "0"}, 0),
        Example("trunc", {"number": "-5.9"}, -5),
    ),
)
