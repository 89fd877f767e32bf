"""Texts that readers of YAML take for something else than text when they stand without quotes."""

import re

WORDS = frozenset({
    "y", "Y", "yes", "Yes", "YES", "on", "On", "ON",
    "n", "N", "no", "No", "NO", "off", "Off", "OFF",
})  # fmt: skip
"""Truth values of YAML 1.1, which always get quotes."""

_OTHER = re.compile(
    r"~|null|Null|NULL|true|True|TRUE|false|False|FALSE|<<"
    r"|[-+]?0b[01_]*[01]|[-+]?0x[0-9a-fA-F_]*[0-9a-fA-F]|[-+]?0[0-7_]*[0-7]|[-+]?0o[0-7]+"
    r"|[-+]?[0-9](?:[0-9_]*[0-9])?(?::[0-5]?[0-9])*"
    r"|[-+]?(?:0|[1-9][0-9_]*)(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.[0-9_]+(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
    r"(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?"
)


def is_ambiguous(text: str) -> bool:
    """Tell whether some reader takes a text without quotes for nothing, a truth value, a number or a date."""
    return _OTHER.fullmatch(text) is not None
