"""Regular expressions of people's own, without the danger that one of them takes forever.

The engine needs time in proportion to the text, whatever the expression. In exchange it has no look-around and no
reference back to a group.
"""

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import jsonschema_rs


class Fault(NamedTuple):
    """Why an expression cannot be used; `position` counts its characters from 0, None where that is not known."""

    reason: str
    position: int | None = None


def fits(expression: str, text: str) -> bool:
    """Tell whether an expression without fault fits the whole of a text."""
    try:
        return _matcher(f"^(?:{expression})$").is_valid(text)
    except ValueError:  # half of a surrogate pair: no text that anybody meant
        return False


def fault(expression: str) -> Fault | None:
    """Say what is wrong with an expression; None where it can be used."""
    from jsonschema_rs import ValidationError

    try:
        _matcher(expression)
        _matcher(f"^(?:{expression})$")
    except (ValidationError, ValueError):
        return _explained(expression)
    return None


@cache
def _matcher(expression: str) -> "jsonschema_rs.Validator":
    from jsonschema_rs import RegexOptions, validator_for

    return validator_for({"pattern": expression}, pattern_options=RegexOptions())


def _explained(expression: str) -> Fault:
    """Ask Python's own parser, which says what and where; what it accepts is beyond the engine."""
    try:
        re.compile(expression)
    except (re.error, RecursionError, OverflowError) as error:
        return Fault(getattr(error, "msg", str(error)), getattr(error, "pos", None))
    return Fault("look-around, references back to a group and very large repetitions are not possible")
