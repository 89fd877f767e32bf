"""Values of a run as JSON, from which they can be made again; secrets give way to their tags.

What JSON has not is an object with one key that begins with `$`: `{"$bytes": base64}`, `{"$range": [start, stop, step]}`,
`{"$number": "NaN"}` (also integers of very many digits, and numbers that hold a secret), `{"$undefined": true}`,
`{"$headers": {…}}` for names found without regard to case. Objects of the user that look like one are within
`{"$dict": {…}}`.
"""

import base64
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xchange_cli.engine.journal import UnkeepableError
from xchange_cli.engine.performer import TOO_DEEP
from xchange_cli.javascript.values import UNDEFINED
from xchange_cli.redaction import TAG_START, Redactor, bound, tagged_names
from xchange_cli.wire.whole_payload import Headers

SPECIAL = "$"
SPECIAL_KEY = '"$'
"""What every object with a special key has in its JSON."""

RAW_SPECIAL_KEY = SPECIAL_KEY.encode()
RAW_TAG_START = TAG_START.encode()

_LONGEST_INTEGER = 1 << 13_000
"""Python does not write longer ones in decimal digits."""

_SCALARS = frozenset({str, int, bool, float, type(None)})
_NUMBERS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def is_plain(value: Any) -> bool:
    """Tell whether a value is made of nothing but what JSON has; numbers and the names of keys are not looked at."""
    kind = type(value)
    if kind is dict:
        for key, item in value.items():
            if type(key) is not str or (type(item) not in _SCALARS and not is_plain(item)):
                return False
        return True
    if kind is list:
        return all(type(item) in _SCALARS or is_plain(item) for item in value)
    return kind in _SCALARS


def to_bytes(text: str) -> bytes:
    """Give JSON as it stands in files: half characters, which UTF-8 has not, are escaped."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return _LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode("utf-8")


def plain_json(value: Any, redactor: Redactor) -> str | None:
    """Give JSON of a plain value without secrets at the least cost; None when there is more to do."""
    try:
        text = _write(value)
    except ValueError:  # NaN, or an integer of very many digits
        return None
    return None if SPECIAL_KEY in text or redactor.may_hold(text) else text


class Encoder:
    """`is_reworded` is set when a secret stood in a value in another form than its own: reading gives its own form."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self._nobody = redactor if redactor.is_empty else Redactor()
        self.is_reworded = False

    def encode(self, value: Any) -> str:
        """Give the JSON of any value that runs have.

        Raises:
            UnkeepableError: for anything else, and for what is nested too deeply.

        """
        try:
            text = plain_json(value, self._redactor) if is_plain(value) else None
            return self._encoded(value) if text is None else text
        except RecursionError as error:
            raise _too_deep() from error

    def _encoded(self, value: Any) -> str:
        whole = _write(_tree(value, self._nobody))
        if self._redactor.is_empty:
            return whole
        text = _write(_tree(value, self._redactor))
        if not self.is_reworded and (text != whole or TAG_START in whole):
            again = Decoder(self._redactor.values()).decode(json.loads(text))
            self.is_reworded = _write(_tree(again, self._nobody)) != whole
        return text


def _tree(value: Any, redactor: Redactor) -> Any:
    """Give what the `json` module can write."""
    match value:
        case None | bool():
            return value
        case str():
            return redactor.text(value)
        case int() | float():
            return _number(value, redactor)
        case Mapping():
            return _mapping(value, redactor)
        case bytes():
            redacted: bytes = redactor.data(value)
            return {"$bytes": base64.b64encode(redacted).decode("ascii")}
        case range():
            return {"$range": [value.start, value.stop, value.step]}
        case _ if value is UNDEFINED:
            return {"$undefined": True}
        case Sequence():
            found = redactor.byte_list(value)
            return [_tree(item, redactor) for item in value] if found is None else found
        case _:
            raise _unknown(value)


def _number(value: float, redactor: Redactor) -> Any:
    if isinstance(value, int) and abs(value) >= _LONGEST_INTEGER:
        return {"$number": hex(value)}
    if not math.isfinite(value):
        return {
            "$number": next(name for name, known in _NUMBERS.items() if repr(known) == repr(float(value)))
        }
    redacted = redactor.data(value)
    return {"$number": redacted} if isinstance(redacted, str) else value


def _mapping(value: Mapping[Any, Any], redactor: Redactor) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise _unknown(key)
        tree[redactor.text(key)] = _tree(item, redactor)
    if isinstance(value, Headers):
        return {"$headers": tree}
    return {"$dict": tree} if any(key.startswith(SPECIAL) for key in tree) else tree


class Decoder:
    """Makes values again. `secrets` are values by name, put in place of their tags; `unbound` are names that it lacks.

    `load` gives the JSON of a value that is kept beside the record, by its digest.
    """

    def __init__(self, secrets: Mapping[str, str], load: Callable[[str], str] | None = None) -> None:
        self._secrets = secrets
        self._load = load
        self.unbound: set[str] = set()

    def decode(self, data: Any) -> Any:
        """Give the value whose JSON was read as `data`.

        Raises:
            ValueError, LookupError, TypeError, AttributeError: it is not what an `Encoder` writes.

        """
        match data:
            case str():
                return self._text(data)
            case list():
                return [self.decode(item) for item in data]
            case dict():
                key = next(iter(data), "")
                return self._special(key, data) if key.startswith(SPECIAL) else self._fields(data)
            case _:
                return data

    def _fields(self, data: Mapping[str, Any]) -> dict[str, Any]:
        return {self._text(key): self.decode(item) for key, item in data.items()}

    def _text(self, text: str) -> str:
        if TAG_START not in text:
            return text
        self.unbound.update(name for name in tagged_names(text) if name not in self._secrets)
        return bound(text, self._secrets)

    def _special(self, key: str, data: Mapping[str, Any]) -> Any:
        held = data[key]
        match key:
            case "$dict":
                return self._fields(held)
            case "$headers":
                return Headers(self._fields(held))
            case "$bytes":
                return self._bytes(base64.b64decode(held, validate=True))
            case "$range":
                return range(*held)
            case "$number":
                return self._number(held)
            case "$undefined":
                return UNDEFINED
            case "$blob" if self._load is not None:
                return self.decode(json.loads(self._load(held)))
            case _:
                raise ValueError(key)

    def _bytes(self, data: bytes) -> bytes:
        if RAW_TAG_START not in data:
            return data
        return self._text(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")

    def _number(self, held: str) -> Any:
        """A number whose secret is not known stays a text."""
        if held in _NUMBERS:
            return _NUMBERS[held]
        if held.lstrip("-").startswith("0x"):
            return int(held, 16)
        text = self._text(held)
        return text if TAG_START in text else json.loads(text)


def _unknown(value: Any) -> UnkeepableError:
    return UnkeepableError(
        "not-json",
        f"a value of a kind that is in no JSON cannot be recorded: {type(value).__name__}",
        "Let the step give text, numbers, lists, objects or bytes, or run with --no-record.",
    )


def _too_deep() -> UnkeepableError:
    return UnkeepableError(
        TOO_DEEP,
        "data that is nested too deeply cannot be recorded",
        "Give flatter data, or run with --no-record.",
    )
