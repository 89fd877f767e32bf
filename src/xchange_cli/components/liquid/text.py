"""Values as Liquid templates show them: as JavaScript writes them, lists without commas, nothing for what is missing."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from liquid.exceptions import FilterArgumentError
from liquid.undefined import Undefined

from xchange_cli.components.limits import LONGEST_TEXT
from xchange_cli.javascript.values import UNDEFINED, format_number, to_text

MOST_PASSES: Final = 1_000_000
"""Of loops within each other, and elements of a range."""


def liquid_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None or value is UNDEFINED or isinstance(value, Undefined):
        return ""
    if isinstance(value, list | tuple | range):
        refuse_long_range(value)
        return "".join(map(liquid_text, value))
    if isinstance(value, Decimal):
        return format_number(float(value))
    return to_text(value) if isinstance(value, bool | int | float | bytes | Mapping) else str(value)


def refuse_long_range(value: Any) -> None:
    if isinstance(value, range) and value.stop - value.start > MOST_PASSES:
        raise FilterArgumentError(
            f"the range has more than {MOST_PASSES} numbers, which is the most here", token=None
        )


def refuse_long(characters: int) -> None:
    if characters > LONGEST_TEXT:
        raise FilterArgumentError(
            f"the text would have {characters} characters; here a text may have {LONGEST_TEXT}", token=None
        )
