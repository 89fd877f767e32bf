"""Says which input is to blame for an error."""

from collections.abc import Callable
from typing import Any, TypeVar

from xchange_cli.components.spec import ActionError

Result = TypeVar("Result")


def blaming(input_key: str, work: Callable[..., Result], *given: Any) -> Result:
    """Give `work(*given)`; an error that names no input yet blames this one."""
    try:
        return work(*given)
    except ActionError as error:
        if error.input_key:
            raise
        message = f"{input_key}: {error.message}"
        raise ActionError(message, kind=error.kind, input_key=input_key, offset=error.offset) from error
