"""What a schema's complaint means, in the words of someone who writes the file.

The schemas help with three annotations of their own, which editors know too: `title` names a mapping,
`errorMessage` says what to write instead, `patternErrorMessage` says what a text must look like.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from xchange_cli.nearest import nearest
from xchange_cli.validation.violation import Path, Violation, ViolationKind

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

MAX_KEYS = 100
"""So many unknown keys of one mapping are told; more help nobody."""

_MAX_SHOWN = 60
_TYPE_WORDS = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "empty",
}
_EMPTY_HINTS = {
    "object": "Write `{}` for an empty mapping.",
    "array": "Write `[]` for an empty list.",
    "string": "Write `''` for an empty text.",
}
_ANY_SCALAR = {"string", "number", "boolean"}


def violations_of(error: "ValidationError") -> Iterator[Violation]:
    """Say what one error of the schema library means; an unknown key or a missing key each count for themselves."""
    if error.context:
        yield from violations_of(_deepest(error))
    elif "propertyNames" in error.relative_schema_path:
        yield _bad_key(error)
    else:
        yield from _WORDS.get(str(error.validator), _not_allowed)(error)


def subject_of(path: Path) -> str:
    """Name the value at a path: "`flows`", "item 2 of `flows`", "the file"."""
    if not path:
        return "the file"
    last = path[-1]
    return f"item {last + 1} of {subject_of(path[:-1])}" if isinstance(last, int) else _quoted(last)


def _deepest(error: "ValidationError") -> "ValidationError":
    from jsonschema.exceptions import best_match

    return best_match(iter([error])) or error


def _unknown_keys(error: "ValidationError") -> Iterator[Violation]:
    schema, mapping = _schema_of(error), error.instance
    known = schema.get("properties", {})
    patterns = schema.get("patternProperties", {})
    unknown = (
        str(key) for key in mapping if key not in known and not any(re.search(p, str(key)) for p in patterns)
    )
    open_keys = [key for key, value in known.items() if key not in mapping and not _is_deprecated(value)]
    for key in islice(unknown, MAX_KEYS):
        wanted = nearest(key, open_keys)
        if wanted is not None and wanted in schema.get("required", ()):
            hint = f"{_quoted(key)} is not a known key here; did you mean {_quoted(wanted)}?"
            yield _missing(error, wanted, key, hint)
        else:
            hint = f"Did you mean {_quoted(wanted)}?" if wanted else _known_keys(open_keys)
            message = f"unknown key {_quoted(key)} in {_whole(error)}"
            yield Violation(_path(error), key, ViolationKind.UNKNOWN_KEY, message, hint, key)


def _missing_keys(error: "ValidationError") -> Iterator[Violation]:
    schema = _schema_of(error)
    for key in schema["required"]:
        if key not in error.instance:
            yield _missing(error, key, None, _how_to_add(key, schema.get("properties", {}).get(key)))


def _missing(error: "ValidationError", key: str, instead: str | None, hint: str) -> Violation:
    message = f"{_quoted(key)} is missing in {_whole(error)}"
    return Violation(_path(error), instead, ViolationKind.MISSING_KEY, message, hint, key)


def _wrong_type(error: "ValidationError") -> Iterator[Violation]:
    types = _as_list(error.validator_value)
    expected, found = _expected(types), _found(error.instance)
    message = f"{_subject(error)} must be {expected}, {found}"
    yield _value_violation(
        error, ViolationKind.WRONG_TYPE, message, _type_hint(error, types), _last_key(error)
    )


def _wrong_choice(error: "ValidationError") -> Iterator[Violation]:
    choices = [_shown(choice) for choice in error.validator_value]
    wanted = nearest(str(error.instance), choices)
    hint = f"Did you mean {_quoted(wanted)}?" if wanted else _advice(error)
    options = ", ".join(_quoted(choice) for choice in choices)
    rule = f"it must be one of {options}" if len(choices) > 1 else f"it must be {options}"
    yield _value_violation(error, ViolationKind.WRONG_VALUE, f"{_value(error)}; {rule}", hint)


def _wrong_constant(error: "ValidationError") -> Iterator[Violation]:
    """Tell a constant; one at the top of a file is the mark of its format."""
    kind = ViolationKind.WRONG_FORMAT if len(_path(error)) == 1 else ViolationKind.WRONG_VALUE
    message = f"{_value(error)}; it must be {_quoted(_shown(error.validator_value))}"
    yield _value_violation(error, kind, message, _advice(error))


def _out_of_range(error: "ValidationError") -> Iterator[Violation]:
    schema = _schema_of(error)
    message = f"{_value(error)}; it must be {_range(schema.get('minimum'), schema.get('maximum'))}"
    yield _value_violation(error, ViolationKind.OUT_OF_RANGE, message, _advice(error))


def _too_small(error: "ValidationError") -> Iterator[Violation]:
    if error.instance:
        yield from _not_allowed(error)
    else:
        least = "at least one item" if isinstance(error.instance, list) else "at least one key"
        rule = "must not be empty" if isinstance(error.instance, str) else f"is empty; it needs {least}"
        yield _value_violation(error, ViolationKind.EMPTY, f"{_subject(error)} {rule}", _advice(error))


def _wrong_pattern(error: "ValidationError") -> Iterator[Violation]:
    rule = _schema_of(error).get("patternErrorMessage", "this is not the right form")
    yield _value_violation(error, ViolationKind.WRONG_VALUE, f"{_value(error)}; {rule}", _advice(error))


def _not_allowed(error: "ValidationError") -> Iterator[Violation]:
    message = f"{_subject(error)} is not allowed like this"
    yield _value_violation(error, ViolationKind.WRONG_VALUE, message, _advice(error))


def _bad_key(error: "ValidationError") -> Violation:
    key = str(error.instance)
    rule = _schema_of(error).get("patternErrorMessage", "another form is needed")
    message = f"the key {_quoted(key)} cannot be used here: {rule}"
    return Violation(_path(error), key, ViolationKind.WRONG_VALUE, message, _advice(error), key)


_WORDS: Mapping[str, Callable[["ValidationError"], Iterator[Violation]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_keys,
    "type": _wrong_type,
    "enum": _wrong_choice,
    "const": _wrong_constant,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "minItems": _too_small,
    "minLength": _too_small,
    "minProperties": _too_small,
    "pattern": _wrong_pattern,
}


def _value_violation(
    error: "ValidationError", kind: ViolationKind, message: str, hint: str, subject: str | None = None
) -> Violation:
    return Violation(
        _path(error), None, kind, message, hint, _shown(error.instance) if subject is None else subject
    )


def _path(error: "ValidationError") -> Path:
    return tuple(error.absolute_path)


def _schema_of(error: "ValidationError") -> Mapping[str, Any]:
    return error.schema if isinstance(error.schema, Mapping) else {}


def _advice(error: "ValidationError") -> str:
    return str(_schema_of(error).get("errorMessage", ""))


def _subject(error: "ValidationError") -> str:
    return subject_of(_path(error))


def _last_key(error: "ValidationError") -> str:
    return next((part for part in reversed(_path(error)) if isinstance(part, str)), "")


def _value(error: "ValidationError") -> str:
    return f"{_subject(error)} is {_quoted(_shown(error.instance))}"


def _whole(error: "ValidationError") -> str:
    title = _schema_of(error).get("title")
    return f"this {title}" if title else subject_of(_path(error))


def _is_deprecated(schema: object) -> bool:
    return isinstance(schema, Mapping) and schema.get("deprecated") is True


def _known_keys(keys: Iterable[str]) -> str:
    listed = ", ".join(_quoted(key) for key in keys)
    return f"Further keys that can stand here: {listed}." if listed else ""


def _how_to_add(key: str, schema: object) -> str:
    facts = schema if isinstance(schema, Mapping) else {}
    if "const" in facts:
        return f"Add `{key}: {_shown(facts['const'])}`."
    return f"Add {_quoted(key)}. {facts.get('description', '')}".rstrip()


def _expected(types: list[str]) -> str:
    named = [name for name in types if name != "null"] or types
    if _ANY_SCALAR.issubset(named):
        named = [name for name in named if name == "string" or name not in _ANY_SCALAR]
    return " or ".join(_TYPE_WORDS[name] for name in named)


def _found(value: object) -> str:
    if value is None:
        return "but it is empty"
    if isinstance(value, Mapping):
        return "not a mapping"
    if isinstance(value, list):
        return "not a list"
    if isinstance(value, str):
        return "not text"
    return (
        f"not {_quoted(_shown(value))}"
        if isinstance(value, bool)
        else f"not the number {_quoted(_shown(value))}"
    )


def _type_hint(error: "ValidationError", types: list[str]) -> str:
    advice, value = _advice(error), error.instance
    if advice:
        return advice
    if value is None:
        return next((_EMPTY_HINTS[name] for name in types if name in _EMPTY_HINTS), "")
    if isinstance(value, str) and _would_fit_unquoted(value, types):
        return "Remove the quotes."
    if "string" in types and isinstance(value, int | float):
        return "Put it in quotes."
    return "Begin each item with `- `." if "array" in types and isinstance(value, Mapping) else ""


def _would_fit_unquoted(text: str, types: list[str]) -> bool:
    if "boolean" in types:
        return text in {"true", "false"}
    return bool({"integer", "number"} & set(types)) and re.fullmatch(r"-?[0-9]+", text) is not None


def _range(low: Any, high: Any) -> str:
    if high is None:
        return f"{low} or more"
    return f"{high} or less" if low is None else f"{low} to {high}"


def _as_list(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _shown(value: object) -> str:
    """Write a value as a file has it, on one line and not too long."""
    if value is None or isinstance(value, bool):
        return str(value).lower() if value is not None else "null"
    text = " ".join(str(value)[: 4 * _MAX_SHOWN].split())
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"


def _quoted(word: str) -> str:
    return f"`{_shown(word)}`"
