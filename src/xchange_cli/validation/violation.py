"""One place of some data that its schema does not allow."""

from enum import StrEnum
from typing import NamedTuple

Path = tuple[str | int, ...]
"""Keys and list positions (from 0) from the root to a value."""


class ViolationKind(StrEnum):
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    WRONG_TYPE = "wrong-type"
    WRONG_VALUE = "wrong-value"
    OUT_OF_RANGE = "out-of-range"
    EMPTY = "empty"
    WRONG_FORMAT = "wrong-format"
    """The mark that names the file's format has another value, so nothing else in the file was judged."""
    TOO_DEEP = "too-deep"


class Violation(NamedTuple):
    """What is wrong with the value at `path`.

    `key` is the key of the mapping at `path` to point at, None where the value itself is meant. An unknown key
    that looks like a missing one is told once, as the missing key: then `key` is the word that is there and
    `subject` the word that should be. `subject` is the offending word: a key, or a scalar value as text.
    `word` is what most likely should stand in its place: a key, or a value as a file has it. `wants_text` tells of a
    number or truth value that should be text.
    """

    path: Path
    key: str | None
    kind: ViolationKind
    message: str
    hint: str
    subject: str
    word: str = ""
    wants_text: bool = False
