"""Values of steps as JSON text, and back.

Bytes are written as `{"$base64": …}`; an object of the user's that looks like this gets one more `$`. What JSON does
not have becomes what JavaScript's `JSON.stringify` makes of it: undefined, NaN and the infinities are null.
"""

import base64
import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from xchange_cli.javascript.values import nearest, to_text

DEEPEST = 200
"""Levels of nesting, which every reader of JSON can take; people exchange far less deep data."""

NULL = "null"

_BYTES = "$base64"
_LIKE_BYTES = re.compile(r"\$+base64")


class NestedTooDeeplyError(Exception):
    """The value has more levels than DEEPEST."""


def encode(value: Any) -> str:
    """Write a value; equal texts mean equal values.

    Raises:
        NestedTooDeeplyError: when it is not worth to try.

    """
    return _json(_plain(value, 0))


def decode(text: str) -> Any:
    """Read what `encode` wrote.

    Raises:
        ValueError: when somebody else wrote it.

    """
    return json.loads(text, object_hook=_object)


def _json(plain: Any) -> str:
    """Write JSON that is always UTF-8: texts with half a surrogate pair are escaped."""
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(plain, separators=(",", ":"))
    return text


def _plain(value: Any, depth: int) -> Any:
    if depth > DEEPEST:
        raise NestedTooDeeplyError
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int | float):
        return value if math.isfinite(nearest(value)) else None
    if isinstance(value, bytes):
        return {_BYTES: base64.b64encode(value).decode("ascii")}
    if isinstance(value, Mapping):
        members = {to_text(key): _plain(item, depth + 1) for key, item in value.items()}
        return {f"${key}": item for key, item in members.items()} if _is_like_bytes(members) else members
    if isinstance(value, Sequence):
        return [_plain(item, depth + 1) for item in value]
    return None


def _object(members: dict[str, Any]) -> Any:
    if not _is_like_bytes(members):
        return members
    key, value = next(iter(members.items()))
    return base64.b64decode(value, validate=True) if key == _BYTES else {key[1:]: value}


def _is_like_bytes(members: Mapping[str, Any]) -> bool:
    return len(members) == 1 and _LIKE_BYTES.fullmatch(next(iter(members))) is not None
