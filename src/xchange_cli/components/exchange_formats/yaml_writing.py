"""Values → YAML text, in the style of the common writer of JavaScript: blocks, indented by two, plain where possible.

How the platform breaks long lines is not documented; here no text is folded.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xchange_cli.components.exchange_formats.contents import well_formed
from xchange_cli.components.limits import refusing_depth
from xchange_cli.javascript.values import UNDEFINED, format_number, nearest, stringify, to_text

_LONGEST_KEY = 1000
_UNWRITABLE = "\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
_SPECIAL = f"\x00-\x1f{_UNWRITABLE}"
_PLAIN = re.compile(rf"[^\W_0-9](?:[^:#\[\]{{}},&*!|>'\"%@`\xa0{_SPECIAL}]|:(?! |$)|(?<! )#)*(?<! )")
_WORDS_OF_OLD_YAML = re.compile(r"(?i:y|yes|n|no|on|off|true|false|null)")
_NOT_IN_QUOTES = re.compile(f"[{_SPECIAL}]")
_BLOCK = re.compile(f"[^ {_SPECIAL}][^\x00-\x09\x0b-\x1f{_UNWRITABLE}]*")


@refusing_depth
def write_yaml(value: Any) -> str:
    """Write any value, with a line feed at the end."""
    return "".join(_node(value, 0)).removeprefix("\n").lstrip(" ") + "\n"


def _node(value: Any, level: int) -> Iterator[str]:
    """Write what stands behind `key:` or `-`, with the blank or the line end that goes before."""
    if isinstance(value, Mapping) and any(member is not UNDEFINED for member in value.values()):
        yield from _members(value, level)
    elif isinstance(value, list | tuple | range) and value:
        yield from _items(value, level)
    else:
        yield " " + _scalar(value, level)


def _members(members: Mapping[str, Any], level: int) -> Iterator[str]:
    for key, value in members.items():
        if value is not UNDEFINED:
            yield f"\n{'  ' * level}{_key(to_text(key), level)}:"
            yield from _node(value, level + 1)


def _key(name: str, level: int) -> str:
    """Write a key; a very long one needs a mark and a line of its own."""
    text = _text(name)
    return text if len(text) <= _LONGEST_KEY else f"? {text}\n{'  ' * level}"


def _items(items: Sequence[Any], level: int) -> Iterator[str]:
    for item in items:
        parts = "".join(_node(item, level + 1))
        yield f"\n{'  ' * level}- {parts.lstrip()}"


def _scalar(value: Any, level: int) -> str:
    if isinstance(value, str):
        return _block(value, level) if "\n" in value and _BLOCK.fullmatch(value) else _text(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "{}" if isinstance(value, Mapping) else stringify(value)
    number = nearest(value)
    if math.isfinite(number):
        return format_number(value)
    return ".nan" if math.isnan(number) else ".inf" if number > 0 else "-.inf"


def _text(text: str) -> str:
    """Write on one line: plain where it is read back as this text, also by older readers."""
    if _PLAIN.fullmatch(text) and not _WORDS_OF_OLD_YAML.fullmatch(text):
        return text
    if _NOT_IN_QUOTES.search(text):
        return _double_quoted(text)
    return "'" + text.replace("'", "''") + "'"


def _double_quoted(text: str) -> str:
    quoted = stringify(well_formed(text))
    return _NOT_IN_QUOTES.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def _block(text: str, level: int) -> str:
    """Write several lines as they are; `-` and `+` say how many line feeds there are at the end."""
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    indent = "  " * max(level, 1)
    lines = "".join(f"\n{indent}{line}" if line else "\n" for line in body.split("\n"))
    mark = "|-" if ends == 0 else "|" if ends == 1 else "|+"
    return f"{mark}{lines}" + "\n" * max(ends - 1, 0)
