"""What no action works on or makes, so that a mistake in the data costs a message and not the machine's memory."""

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from xchange_cli.components.spec import ActionError
from xchange_cli.javascript.values import format_number

Given = ParamSpec("Given")
Result = TypeVar("Result")

LONGEST_TEXT: Final = 64 * 1024 * 1024
"""Characters of a text that an action makes; what the platform allows is not documented."""

MOST_LEVELS: Final = 100
"""Of nesting that an action makes where there was none."""

MOST_PASSES: Final = 1_000_000_000
"""Of a loop: more than any run has time for."""

TOO_LARGE: Final = "too-large"


def refusing_depth(work: Callable[Given, Result]) -> Callable[Given, Result]:
    """Let work on values that are nested more deeply than Python's stack allows fail with an ActionError.

    The stack holds far more than 200 levels, which is more than any data that people exchange.
    """

    @wraps(work)
    def refusing(*args: Given.args, **named: Given.kwargs) -> Result:
        try:
            return work(*args, **named)
        except RecursionError as error:
            raise ActionError("the data is nested too deeply", kind="nested-too-deeply") from error

    return refusing


def refuse_longer(characters: float, input_key: str) -> None:
    """Refuse to make a text of more than LONGEST_TEXT characters; `input_key` is the input that asks for it."""
    if characters > LONGEST_TEXT:
        raise ActionError(
            f"{input_key}: the text would have {format_number(characters)} characters; "
            f"here a text may have {LONGEST_TEXT}",
            kind=TOO_LARGE,
            input_key=input_key,
        )
