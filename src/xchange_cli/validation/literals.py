"""What the text of a literal can be read as, and which inputs take a number."""

import re
from functools import lru_cache

from xchange_cli.components.spec import InputSpec

_NUMBER = re.compile(r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*", re.ASCII)
_TRUTH_VALUES = {"t", "true", "y", "yes", "f", "false", "n", "no", "1", "on"}
"""What components read, in any case. `1` and `on` are no words for true, but as true as any other text."""

_NUMBER_NOTE = re.compile(
    r"(?:Text (?:that is )?read as an? (?:number|integer)|Text or number|Milliseconds)\b"
)


def is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def is_truth_value(text: str) -> bool:
    return text.casefold() in _TRUTH_VALUES


def takes_number(spec: InputSpec) -> bool:
    """Tell an input that takes one number: the catalogue has no type for it, but a default or a note that says so."""
    if spec.type not in {"string", "text"} or spec.collection != "none" or spec.choices:
        return False
    default = spec.default
    if isinstance(default, int | float) and not isinstance(default, bool):
        return True
    return (isinstance(default, str) and is_number(default)) or _tells_of_number(spec.note)


@lru_cache(maxsize=1024)
def _tells_of_number(note: str) -> bool:
    return _NUMBER_NOTE.match(note) is not None
