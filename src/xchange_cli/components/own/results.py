"""What code of others gives back, made into what the engine works with, or refused with the place in it."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time
from enum import Enum
from typing import Any, NoReturn

from xchange_cli.components.spec import ActionError, ActionResult, FlowCall
from xchange_cli.javascript.values import Undefined, describe, nearest, stringify, to_text

BAD_RESULT = "bad-result"
NOT_JSON = "not-json"
KINDS = ("instanceState", "crossFlowState", "executionState", "integrationState")

_Warn = Callable[[str], None]


def as_result(returned: Any, warn: _Warn) -> ActionResult:
    """Give an ActionResult of plain data; anything but an ActionResult or a FlowCall is taken for the data.

    Raises:
        ActionError: `not-json` for data that is none, `bad-result` for a field that has the wrong type.

    """
    if isinstance(returned, FlowCall):
        returned = ActionResult(call=returned)
    if not isinstance(returned, ActionResult):
        return ActionResult(plain(returned, warn))
    return returned._replace(
        data=plain(returned.data, warn),
        content_type=_text("content_type", returned.content_type),
        status_code=_whole("status_code", returned.status_code),
        headers=_headers("headers", returned.headers),
        branch=_text("branch", returned.branch),
        items=_items(returned.items, warn),
        wait=_seconds(returned.wait),
        state=_state(returned.state, warn),
        answer=plain(returned.answer, warn, "answer"),
        call=_call(returned.call, warn),
    )


def plain(value: Any, warn: _Warn, name: str = "") -> Any:
    """Copy data as JSON and bytes.

    Tuples and sets become lists, dates ISO 8601 text, NaN and the infinities null; the last two with a warning.

    Raises:
        ActionError: `not-json` with the path of what has no JSON.

    """
    return _Plain(warn, name).of(value, ())


class _Plain:
    """`name` is the field of the result that is copied; empty for its data."""

    def __init__(self, warn: _Warn, name: str) -> None:
        self._warn = warn
        self._name = name
        self._around: set[int] = set()
        self._warned: set[str] = set()

    def of(self, value: Any, path: tuple[Any, ...]) -> Any:
        match value:
            case None | bool():
                return value
            case Undefined():
                return None
            case Enum():
                return self.of(value.value, path)
            case str():
                return str(value)
            case int():
                return int(value)
            case float():
                return self._number(value, path)
            case bytes() | bytearray() | memoryview():
                return bytes(value)
            case datetime() | date() | time():
                return self._date(value, path)
            case Mapping() | Sequence() | AbstractSet():
                return self._inside(value, path)
            case _:
                return self._refuse(path, f"is {_a(type(value).__name__)}")

    def _inside(self, value: Any, path: tuple[Any, ...]) -> Any:
        if id(value) in self._around:
            self._refuse(path, "contains itself")
        self._around.add(id(value))
        if isinstance(value, Mapping):
            copy: Any = {self._key(key, path): self.of(item, (*path, key)) for key, item in value.items()}
        elif isinstance(value, AbstractSet):
            items = [self.of(item, (*path, number)) for number, item in enumerate(value)]
            copy = sorted(items, key=stringify)  # the order of a set differs from run to run
        else:
            copy = [self.of(item, (*path, number)) for number, item in enumerate(value)]
        self._around.discard(id(value))
        return copy

    def _key(self, key: Any, path: tuple[Any, ...]) -> str:
        if isinstance(key, Enum):
            key = key.value
        if not isinstance(key, str | int | float):
            self._refuse(path, f"has {_a(type(key).__name__)} for a key")
        return str(key) if isinstance(key, str) else to_text(key)

    def _number(self, value: float, path: tuple[Any, ...]) -> float | None:
        if math.isfinite(value):
            return float(value)
        self._say("number", f"{self._place(path)} is {value}, which JSON does not have: it becomes null")
        return None

    def _date(self, value: date | time, path: tuple[Any, ...]) -> str:
        text = value.isoformat()
        if isinstance(value, datetime) and text.endswith("+00:00"):
            text = f"{text.removesuffix('+00:00')}Z"
        self._say("date", f"{self._place(path)} is a {type(value).__name__}: it becomes the text {text}")
        return text

    def _say(self, kind: str, message: str) -> None:
        if kind not in self._warned:
            self._warned.add(kind)
            self._warn(message)

    def _refuse(self, path: tuple[Any, ...], what: str) -> NoReturn:
        raise ActionError(f"{self._place(path)} {what}, which is no JSON", kind=NOT_JSON)

    def _place(self, path: Iterable[Any]) -> str:
        steps = "".join(_step(part) for part in path)
        place = f"{self._name}{steps}".removeprefix(".")
        return f"`{place}` of the result" if place else "the result"


def _step(part: Any) -> str:
    if isinstance(part, str):
        return f".{part}" if part.isidentifier() else f"[{stringify(part)}]"
    return f"[{part}]"


def _a(name: str) -> str:
    return f"{'an' if name[:1] in 'AEIOUaeiou' else 'a'} {name}"


def _wrong(name: str, must: str, value: Any) -> NoReturn:
    found = (
        describe(value) if isinstance(value, str | int | float | list | dict) else _a(type(value).__name__)
    )
    raise ActionError(f"`{name}` of the result must be {must}, not {found}", kind=BAD_RESULT)


def _text(name: str, value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return _wrong(name, "text", value)


def _whole(name: str, value: Any) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    return _wrong(name, "a whole number", value)


def _seconds(value: Any) -> float:
    if isinstance(value, int | float) and math.isfinite(nearest(value)):
        return max(float(value), 0.0)
    return _wrong("wait", "a number of seconds", value)


def _headers(name: str, value: Any) -> dict[str, str] | None:
    if value is None:
        return None
    if not isinstance(value, Mapping):
        _wrong(name, "a mapping", value)
    return {to_text(key): to_text(item) for key, item in value.items()}


def _items(value: Any, warn: _Warn) -> Sequence[Any] | None:
    if value is None or isinstance(value, range):
        return value
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Sequence):
        _wrong("items", "a list", value)
    items: list[Any] = plain(value, warn, "items")
    return items


def _state(value: Any, warn: _Warn) -> dict[str, dict[str, Any]] | None:
    if value is None:
        return None
    if not isinstance(value, Mapping) or not all(isinstance(kept, Mapping) for kept in value.values()):
        _wrong("state", f"a mapping of {', '.join(KINDS)} to keys and values", value)
    unknown = next((kind for kind in value if kind not in KINDS), None)
    if unknown is not None:
        message = f"`state` of the result has {to_text(unknown)}; its kinds are {', '.join(KINDS)}"
        raise ActionError(message, kind=BAD_RESULT)
    state: dict[str, dict[str, Any]] = plain(value, warn, "state")
    return state


def _call(value: Any, warn: _Warn) -> FlowCall | None:
    if value is None:
        return None
    if not isinstance(value, FlowCall) or not isinstance(value.flow, str):
        _wrong("call", "a FlowCall with the name of a flow", value)
    headers = _headers("call.headers", value.headers) or {}
    return value._replace(body=plain(value.body, warn, "call.body"), headers=headers)
