"""JSON as users write it: read as JavaScript reads it, and refused with the place where it is broken."""

import json
import re
from typing import Any

from xchange_cli.errors import ErrorCode, Place, XchangeError
from xchange_cli.source import Source

_STRING_OR_CONSTANT = re.compile(r'"(?:[^"\\]|\\.)*"|(?P<constant>-?Infinity|NaN)', re.DOTALL)
_LONGEST_INTEGER = 400
"""Longer ones are beyond what a JavaScript number can hold, which makes them infinite."""


def read_json(source: Source) -> Any:
    """Read JSON.

    Raises:
        XchangeError: INVALID at the place where it is none.

    """
    try:
        return json.loads(source.text, parse_int=_integer, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        from xchange_cli.document.json_errors import json_mistake

        reason, hint, offset = json_mistake(source.text, error.msg, error.pos)
    except RecursionError:
        reason, hint, offset = "nested too deeply", "", 0
    except _ConstantError as error:
        constants = (found for found in _STRING_OR_CONSTANT.finditer(source.text) if found["constant"])
        hint = "Write a number, `null`, or a text in double quotes."
        reason, offset = f"{error} is JavaScript only", next(constants).start()
    place = Place(source.name, *source.position(offset))
    raise XchangeError(ErrorCode.INVALID, f"not JSON: {reason}", hint=hint, place=place)


class _ConstantError(Exception):
    """NaN or Infinity, which JSON does not have."""


def _refuse_constant(name: str) -> Any:
    raise _ConstantError(name)


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) < _LONGEST_INTEGER else float(digits)
