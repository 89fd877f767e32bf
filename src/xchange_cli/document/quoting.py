"""Text as a scalar of YAML: which quotes it has, which it needs, and how it is written in them."""

import json
import re

from xchange_cli.document.core_schema import resolve
from xchange_cli.document.node import ALIAS, Scalar
from xchange_cli.lazy_pattern import LazyPattern
from xchange_cli.source import Span

_PLAIN = LazyPattern(r"[A-Za-z](?:[\w ./()-]*[\w.)])?", re.ASCII)
_TRUTH_VALUES = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
"""Words that some reader of YAML takes for something else than text."""

_NEVER_BARE = LazyPattern("[\x00-\x1f\x7f-\xa0\xad\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def fits_plain(text: str) -> bool:
    """Tell whether text can stand without quotes anywhere, for every reader of YAML.

    Careful on purpose: of texts with marks that mean something in some place, none does.
    """
    return bool(_PLAIN.fullmatch(text)) and text.casefold() not in _TRUTH_VALUES and resolve(text) == text


def quoted(text: str, style: str = "'") -> str:
    """Write text as a scalar on one line: in the style wanted (plain is `""`), or the next one that can hold it."""
    if not style and fits_plain(text):
        return text
    if style != '"' and not _NEVER_BARE.search(text):
        return "'" + text.replace("'", "''") + "'"
    return _NEVER_BARE.sub(_escape, json.dumps(text, ensure_ascii=False))


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"


def written_text(node: Scalar) -> Span | None:
    """Give the place of the characters of a scalar that stand in the file as they are in the value.

    Quotes, anchor and tag lie outside. None where there are none: for an empty value, an alias, and for text that
    is folded or has escapes.
    """
    if not node.value or node.style == ALIAS:
        return None
    span = node.span_of(0, len(node.value))
    return span if span.text == node.value else None


def is_bare(node: Scalar) -> bool:
    """Tell whether nothing but the characters of the value stands in the file: no quotes, anchor, tag or alias."""
    return node.style == "" and node.span.text == node.value
