"""Values that are kept between steps: what JSON can hold, and how much of it there is."""

import json
from typing import Any

from xchange_cli.components.limits import refusing_depth
from xchange_cli.components.spec import ActionError
from xchange_cli.javascript.values import UNDEFINED, describe


@refusing_depth
def json_size(value: Any) -> int:
    """Give about how many bytes a value has as JSON.

    Raises:
        ActionError: for a value that JSON cannot hold, such as binary data, with what is to blame.

    """
    try:
        return len(json.dumps(value, allow_nan=False, default=_plain))
    except ValueError as error:
        raise ActionError("JSON cannot hold numbers that are not finite, nor what holds itself") from error


def _plain(value: Any) -> Any:
    if value is UNDEFINED:
        return None
    raise ActionError(f"JSON cannot hold {describe(value)}")
