"""The form of all JSON files of a registry: for humans, for `git diff`, and the same for the same data."""

import json
from typing import Any


def json_bytes(data: Any) -> bytes:
    """Give UTF-8 with two blanks a level, keys in their order, and a line break at the end."""
    try:
        return _text(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return _text(data, ensure_ascii=True).encode()


def _text(data: Any, *, ensure_ascii: bool) -> str:
    return json.dumps(data, indent=2, ensure_ascii=ensure_ascii, allow_nan=False) + "\n"
