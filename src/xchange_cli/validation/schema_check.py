"""Data against its JSON Schema: a fast yes or no, and for a no the reasons in plain words."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from xchange_cli import schemas
from xchange_cli.validation.violation import Path, Violation, ViolationKind

if TYPE_CHECKING:
    import jsonschema
    import jsonschema_rs

__all__ = ["MAX_VIOLATIONS", "Violation", "ViolationKind", "explain", "is_valid"]

MAX_VIOLATIONS = 100
_MAX_ERRORS = 10_000
"""Raw errors read at most; several may tell of one mistake."""

_MAX_DEPTH = 64
"""The explaining library recurses, and deeper data would exhaust Python's stack; real files stay below 30."""

_WHOLE_VALUE = (
    ViolationKind.WRONG_TYPE,
    ViolationKind.WRONG_FORMAT,
    ViolationKind.WRONG_VALUE,
    ViolationKind.OUT_OF_RANGE,
    ViolationKind.EMPTY,
)
"""Kinds that judge a value as a whole, the most telling first; one value gets one of them."""


def is_valid(data: object, schema_name: str) -> bool:
    """Judge JSON-like data fast; the schema is compiled once in a process.

    What the fast library cannot read (keys that are not text, characters without a UTF-8 form) is judged slowly.
    """
    try:
        return _fast(schema_name).is_valid(data)
    except ValueError:
        return _is_valid_slowly(data, schema_name)


def explain(data: object, schema_name: str) -> list[Violation]:
    """Say what is wrong with data, each mistake once and at its own place.

    Empty exactly when the gate says that the data are valid. At most `MAX_VIOLATIONS`, those first that are no
    unknown keys: many harmless ones must not hide a mistake.
    """
    if is_valid(data, schema_name):
        return []
    violations = _settle(_raw(data, schema_name))
    formats = [violation for violation in violations if violation.kind is ViolationKind.WRONG_FORMAT]
    violations.sort(key=lambda violation: violation.kind is ViolationKind.UNKNOWN_KEY)
    return formats or violations[:MAX_VIOLATIONS]


@cache
def _fast(schema_name: str) -> "jsonschema_rs.Validator":
    import jsonschema_rs

    return jsonschema_rs.validator_for(schemas.schema(schema_name))


@cache
def _slow(schema_name: str) -> "jsonschema.Draft202012Validator":
    from jsonschema import Draft202012Validator

    return Draft202012Validator(schemas.schema(schema_name))


def _is_valid_slowly(data: object, schema_name: str) -> bool:
    return not _is_too_deep(data) and _slow(schema_name).is_valid(data)


def _raw(data: object, schema_name: str) -> Iterator[Violation]:
    from xchange_cli.validation.schema_words import violations_of

    if _is_too_deep(data):
        message = "the file has not the right form, and is nested too deeply to say where"
        yield Violation((), None, ViolationKind.TOO_DEEP, message, "Nest less.", "")
        return
    for error in islice(_slow(schema_name).iter_errors(data), _MAX_ERRORS):
        yield from violations_of(error)


def _is_too_deep(data: object) -> bool:
    level = [data]
    for _ in range(_MAX_DEPTH):
        level = [value for part in level for value in _values(part)]
        if not level:
            return False
    return True


def _values(part: object) -> Iterable[object]:
    if isinstance(part, dict):
        return part.values()
    return part if isinstance(part, list) else ()


def _settle(violations: Iterable[Violation]) -> list[Violation]:
    """Drop echoes: what several keywords of a schema say about one mistake."""
    by_path: dict[Path, list[Violation]] = {}
    for violation in violations:
        by_path.setdefault(violation.path, []).append(violation)
    return [violation for group in by_path.values() for violation in _settle_value(group)]


def _settle_value(group: list[Violation]) -> Iterator[Violation]:
    """Keep one judgement of the value as a whole and one for each key."""
    whole = [violation for violation in group if violation.key is None and violation.kind in _WHOLE_VALUE]
    if whole:
        yield min(whole, key=lambda violation: _WHOLE_VALUE.index(violation.kind))
    by_word: dict[tuple[ViolationKind, str], Violation] = {}
    for violation in group:
        if violation in whole:
            continue
        word = (violation.kind, violation.subject)
        if word not in by_word or violation.key is not None:
            by_word[word] = violation
    yield from by_word.values()
