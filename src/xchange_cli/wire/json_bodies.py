"""JSON bodies as values, with the style they are written in, so that the very same bytes can be made again."""

import json
import math
from typing import Any, NamedTuple

MOST_DEPTH = 50
"""Deeper ones are kept as text."""

_LONGEST_INTEGER = 400
"""Longer ones are beyond what a JavaScript number can hold."""

_STYLES: dict[str, dict[str, Any]] = {
    "compact": {"separators": (",", ":"), "ensure_ascii": False},
    "spaced": {"separators": (", ", ": "), "ensure_ascii": False},
    "compact-ascii": {"separators": (",", ":"), "ensure_ascii": True},
    "spaced-ascii": {"separators": (", ", ": "), "ensure_ascii": True},
}
COMPACT = "compact"
STYLES = tuple(_STYLES)


class JsonText(NamedTuple):
    """`style` is empty where no style gives the text as it was."""

    data: Any
    style: str


def read_json_text(text: str) -> JsonText | None:
    """Read a text that is a JSON object or list, if it is one."""
    if text.lstrip(" \t\r\n")[:1] not in {"{", "["}:
        return None
    try:
        data = json.loads(text, parse_int=_integer, parse_float=_float, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return JsonText(data, _style_of(data, text)) if _is_shallow(data, MOST_DEPTH) else None


def write_json_text(data: Any, style: str) -> str:
    """Write a value in a style, or in the compact one; half a surrogate pair is always escaped."""
    text = json.dumps(data, **_STYLES.get(style, _STYLES[COMPACT]))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(data, **_STYLES["compact-ascii"])
    return text


def canonical_json(data: Any) -> str:
    """Give a text that is equal for equal values: members in order, whole numbers without decimals."""
    return json.dumps(_plain(data), sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def _style_of(data: Any, text: str) -> str:
    style = next((style for style in STYLES if write_json_text(data, style) == text), "")
    return style if style and _has_only_characters(text) else ""


def _has_only_characters(text: str) -> bool:
    """Tell whether a JSON text has no half of a surrogate pair, which no file can hold."""
    return "\\ud" not in text.lower()


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) < _LONGEST_INTEGER else _refuse(digits)


def _float(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _refuse(digits)


def _refuse(word: str) -> Any:
    raise ValueError(word)


def _is_shallow(data: Any, depth: int) -> bool:
    if not isinstance(data, dict | list):
        return True
    inner = data.values() if isinstance(data, dict) else data
    return depth > 0 and all(_is_shallow(item, depth - 1) for item in inner)


def _plain(data: Any) -> Any:
    match data:
        case dict():
            return {key: _plain(item) for key, item in data.items()}
        case list():
            return [_plain(item) for item in data]
        case float() if data.is_integer():
            return int(data)
        case _:
            return data
