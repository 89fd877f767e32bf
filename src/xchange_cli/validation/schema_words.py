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
    yield from _WORDS.get(str(error.validator), _not_allowed)(error)


def subject_of(path: Path) -> str:
    """Name the value at a path: "`flows`", "item 2 of `flows`", "the file"."""
    if not path:
        return "the file"
    last = path[-1]
    return f"item {last + 1} of {subject_of(path[:-1])}" if isinstance(last, int) else _quoted(last)


def _unknown_keys(error: "ValidationError") -> Iterator[Violation]:
    if _is_of_another_shape(error):
        return
    schema, mapping = _schema_of(error), _instance(error)
    known = schema.get("properties", {})
    unknown = (str(key) for key in mapping if key not in known)
    open_keys = [key for key, value in known.items() if key not in mapping and not _is_deprecated(value)]
    for key in islice(unknown, MAX_KEYS):
        wanted = nearest(key, open_keys)
        if wanted is not None and wanted in schema.get("required", ()):
            hint = f"{_quoted(key)} is not a known key here; did you mean {_quoted(wanted)}?"
            yield _missing(error, wanted, key, hint)
        else:
            there = nearest(key, known)
            if there in mapping:
                wanted = None
            hint = f"Did you mean {_quoted(wanted)}?" if wanted else _known_keys(open_keys)
            if there in mapping:
                hint = f"There is a key {_quoted(str(there))} already: put it there."
            message = f"unknown key {_quoted(key)} in {_whole(error)}"
            kind = ViolationKind.UNKNOWN_KEY
            yield Violation(_path(error), key, kind, message, hint, key, word=wanted or "")


def _missing_keys(error: "ValidationError") -> Iterator[Violation]:
    schema = _schema_of(error)
    if _is_of_another_shape(error):
        names = " and ".join(_quoted(key) for key in schema["required"])
        message = f"{names} are missing in {_whole(error)}"
        yield Violation(
            _path(error), None, ViolationKind.MISSING_KEY, message, _advice(error), _last_key(error)
        )
        return
    for key in schema["required"]:
        if key not in _instance(error):
            yield _missing(error, key, None, _how_to_add(key, schema.get("properties", {}).get(key)))


def _is_of_another_shape(error: "ValidationError") -> bool:
    """Tell a mapping that has none of the keys it needs, not even misspelt, where the schema says what to write."""
    needed = _schema_of(error).get("required", ())
    if not _advice(error) or len(needed) < 2:
        return False
    return not any(nearest(str(key), needed) for key in islice(_instance(error), MAX_KEYS))


def _missing(error: "ValidationError", key: str, instead: str | None, hint: str) -> Violation:
    message = f"{_quoted(key)} is missing in {_whole(error)}"
    return Violation(_path(error), instead, ViolationKind.MISSING_KEY, message, hint, key)


def _wrong_type(error: "ValidationError") -> Iterator[Violation]:
    types = _as_list(error.validator_value)
    expected, found = _expected(types), _found(error.instance)
    message = f"{_subject(error)} must be {expected}, {found}"
    violation = _value_violation(
        error, ViolationKind.WRONG_TYPE, message, _type_hint(error, types), _last_key(error)
    )
    yield violation._replace(
        word=_retyped(error.instance, types), wants_text=_wants_text(error.instance, types)
    )


def _wrong_choice(error: "ValidationError") -> Iterator[Violation]:
    choices = [_shown(choice) for choice in _limit(error)]
    wanted = nearest(str(error.instance), choices)
    hint = f"Did you mean {_quoted(wanted)}?" if wanted else _advice(error)
    options = ", ".join(_quoted(choice) for choice in choices)
    rule = f"it must be one of {options}" if len(choices) > 1 else f"it must be {options}"
    found = _value_violation(error, ViolationKind.WRONG_VALUE, f"{_value(error)}; {rule}", hint)
    yield found._replace(word=wanted or "")


def _wrong_constant(error: "ValidationError") -> Iterator[Violation]:
    """Tell a constant; one at the top of a file is the mark of its format."""
    kind = ViolationKind.WRONG_FORMAT if len(_path(error)) == 1 else ViolationKind.WRONG_VALUE
    message = f"{_value(error)}; it must be {_quoted(_shown(error.validator_value))}"
    yield _value_violation(error, kind, message, _advice(error))


def _out_of_range(error: "ValidationError") -> Iterator[Violation]:
    schema = _schema_of(error)
    message = f"{_value(error)}; it must be {_range(schema.get('minimum'), schema.get('maximum'))}"
    yield _value_violation(error, ViolationKind.OUT_OF_RANGE, message, _advice(error))


def _empty(error: "ValidationError") -> Iterator[Violation]:
    rule = "must not be empty" if isinstance(error.instance, str) else "is empty; it needs at least one item"
    yield _value_violation(error, ViolationKind.EMPTY, f"{_subject(error)} {rule}", _advice(error))


def _repeated(error: "ValidationError") -> Iterator[Violation]:
    message = f"{_subject(error)} has the same item twice"
    yield _value_violation(error, ViolationKind.WRONG_VALUE, message, "Remove one of them.", _last_key(error))


def _wrong_pattern(error: "ValidationError") -> Iterator[Violation]:
    schema = _schema_of(error)
    rule = schema.get("patternErrorMessage", "this does not have the right form")
    hint = _advice(error) or str(schema.get("description", ""))
    yield _value_violation(error, ViolationKind.WRONG_VALUE, f"{_value(error)}; {rule}", hint)


def _not_allowed(error: "ValidationError") -> Iterator[Violation]:
    """Tell what no other function knows how to tell."""
    message = f"{_subject(error)} is not allowed like this"
    yield _value_violation(error, ViolationKind.WRONG_VALUE, message, _advice(error))


_WORDS: Mapping[str, Callable[["ValidationError"], Iterator[Violation]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_keys,
    "type": _wrong_type,
    "enum": _wrong_choice,
    "const": _wrong_constant,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "minItems": _empty,
    "minLength": _empty,
    "pattern": _wrong_pattern,
    "uniqueItems": _repeated,
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


def _instance(error: "ValidationError") -> Any:
    return error.instance


def _limit(error: "ValidationError") -> Any:
    return error.validator_value


def _advice(error: "ValidationError") -> str:
    return str(_schema_of(error).get("errorMessage", ""))


def _subject(error: "ValidationError") -> str:
    return subject_of(_path(error))


def _last_key(error: "ValidationError") -> str:
    return next((part for part in reversed(_path(error)) if isinstance(part, str)), "")


def _value(error: "ValidationError") -> str:
    return f"{_subject(error)} is {_quoted(_shown(error.instance))}"


def _whole(error: "ValidationError") -> str:
    title = str(_schema_of(error).get("title", ""))
    return f"this {title[0].lower()}{title[1:]}" if title else _subject(error)


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


_OLD_TRUTH_VALUES = {"yes": "true", "on": "true", "no": "false", "off": "false"}


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
    value = error.instance
    word = _retyped(value, types)
    if word:
        yes_or_no = f"Write `{word}`: in YAML 1.2 only `true` and `false` are truth values."
        return "Remove the quotes." if word == value else yes_or_no
    advice = _advice(error)
    if advice:
        return advice
    if value is None and "required" not in _schema_of(error):
        return next((_EMPTY_HINTS[name] for name in types if name in _EMPTY_HINTS), "")
    if _wants_text(value, types):
        return "Put it in quotes."
    return "Begin each item with `- `." if "array" in types and isinstance(value, Mapping) else ""


def _retyped(value: object, types: list[str]) -> str:
    """Give a text as the number or truth value that somebody meant by it; empty where it is none."""
    if not isinstance(value, str):
        return ""
    if _would_fit_unquoted(value, types):
        return value
    return _OLD_TRUTH_VALUES.get(value.casefold(), "") if "boolean" in types else ""


def _wants_text(value: object, types: list[str]) -> bool:
    return "string" in types and isinstance(value, int | float)


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
    return f"`{_shown(word)}`" if word else "`''`"
