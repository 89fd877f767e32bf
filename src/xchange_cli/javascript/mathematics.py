"""The functions and constants of JavaScript's `Math`: total, with NaN and infinities instead of errors."""

import math
import struct
from collections.abc import Callable, Mapping

from xchange_cli.javascript.values import to_int32


def divide(left: float, right: float) -> float:
    try:
        return left / right
    except ZeroDivisionError:
        if left == 0 or math.isnan(left):
            return math.nan
        return math.copysign(math.inf, left) * math.copysign(1, right)


def remainder(left: float, right: float) -> float:
    """Give `left % right`, which has the sign of the left."""
    try:
        return math.fmod(left, right)
    except ValueError:
        return math.nan


def power(base: float, exponent: float) -> float:
    if exponent and (math.isnan(exponent) or (abs(base) == 1 and math.isinf(exponent))):
        return math.nan
    is_odd = math.isfinite(exponent) and abs(math.fmod(exponent, 2)) == 1
    sign = math.copysign(1, base) if is_odd else 1.0
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return math.copysign(math.inf, sign)
    except ValueError:
        return math.copysign(math.inf, sign) if base == 0 else math.nan


def round_half_up(number: float) -> float:
    """Round halves toward plus infinity: 2.5 gives 3, -2.5 gives -2."""
    below = floor(number)
    return below + 1 if number - below >= 0.5 else below


def floor(number: float) -> float:
    return float(math.floor(number)) if math.isfinite(number) else number


def ceil(number: float) -> float:
    return float(math.ceil(number)) if math.isfinite(number) else number


def trunc(number: float) -> float:
    return float(math.trunc(number)) if math.isfinite(number) else number


def fround(number: float) -> float:
    """Give the nearest 32-bit float."""
    try:
        return float(struct.unpack("<f", struct.pack("<f", number))[0])
    except OverflowError:
        return math.copysign(math.inf, number)


def largest(*numbers: float) -> float:
    """Give the largest number, -Infinity for none."""
    return math.nan if any(map(math.isnan, numbers)) else max(numbers, default=-math.inf)


def smallest(*numbers: float) -> float:
    """Give the smallest number, Infinity for none."""
    return math.nan if any(map(math.isnan, numbers)) else min(numbers, default=math.inf)


def _sign(number: float) -> float:
    return number if number == 0 or math.isnan(number) else math.copysign(1, number)


def _imul(left: float, right: float) -> float:
    return float(to_int32(to_int32(left) * to_int32(right)))


def _clz32(number: float) -> float:
    return float(32 - (to_int32(number) % 2**32).bit_length())


def _total(
    function: Callable[[float], float], poles: Mapping[float, float] | None = None
) -> Callable[[float], float]:
    """Make a function give NaN outside of its domain, infinities at its poles and where it overflows."""

    def call(number: float) -> float:
        if poles and number in poles:
            return poles[number]
        try:
            return function(number)
        except ValueError:
            return math.nan
        except OverflowError:
            return math.copysign(math.inf, number) if function is math.sinh else math.inf

    return call


_AT_ZERO = {0.0: -math.inf}

OF_ONE: Mapping[str, Callable[[float], float]] = {
    "abs": abs,
    "acos": _total(math.acos),
    "acosh": _total(math.acosh),
    "asin": _total(math.asin),
    "asinh": math.asinh,
    "atan": math.atan,
    "atanh": _total(math.atanh, {1.0: math.inf, -1.0: -math.inf}),
    "cbrt": math.cbrt,
    "ceil": ceil,
    "clz32": _clz32,
    "cos": _total(math.cos),
    "cosh": _total(math.cosh),
    "exp": _total(math.exp),
    "expm1": _total(math.expm1),
    "floor": floor,
    "fround": fround,
    "log": _total(math.log, _AT_ZERO),
    "log10": _total(math.log10, _AT_ZERO),
    "log1p": _total(math.log1p, {-1.0: -math.inf}),
    "log2": _total(math.log2, _AT_ZERO),
    "round": round_half_up,
    "sign": _sign,
    "sin": _total(math.sin),
    "sinh": _total(math.sinh),
    "sqrt": _total(math.sqrt),
    "tan": _total(math.tan),
    "tanh": math.tanh,
    "trunc": trunc,
}
OF_TWO: Mapping[str, Callable[[float, float], float]] = {"atan2": math.atan2, "imul": _imul, "pow": power}
OF_MANY: Mapping[str, Callable[..., float]] = {"hypot": math.hypot, "max": largest, "min": smallest}

CONSTANTS: Mapping[str, float] = {
    "E": math.e,
    "LN10": math.log(10),
    "LN2": math.log(2),
    "LOG10E": 1 / math.log(10),
    "LOG2E": 1 / math.log(2),
    "PI": math.pi,
    "SQRT1_2": math.sqrt(0.5),
    "SQRT2": math.sqrt(2),
}
