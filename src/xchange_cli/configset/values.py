"""What is written for a config variable → its value at run time, by data type and collection type.

Text is what `defaultValue` and `--var` hold; a config set may also write lists and mappings as YAML. Messages
never repeat the value, since it may be secret.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NoReturn

from xchange_cli.configset.placeholders import UnknownText
from xchange_cli.javascript.values import plain_number, to_number, to_text
from xchange_cli.model.integration import ConfigVar
from xchange_cli.nearest import nearest

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SCHEDULE_KEYS = ("value", "schedule_type", "time_zone")
_MOST_CHOICES_SHOWN = 10

_Decoder = Callable[[ConfigVar, Any], Any]


class BadValueError(Exception):
    """A value does not fit. `path` leads to the offending part of a list or mapping."""

    def __init__(self, message: str, hint: str = "", path: tuple[str | int, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.path = path


def wants_text(variable: ConfigVar) -> bool:
    """Tell whether numbers and truth values inside of a list or mapping are to be taken as they are written."""
    return bool(variable.collection)


def form_of(variable: ConfigVar) -> str:
    """Say in a few words what a value looks like, for hints."""
    if variable.collection:
        return {"valuelist": "[…]", "keyvaluelist": "{…}"}.get(variable.collection, "…")
    return _FORMS.get(variable.data_type, "…")


def is_unset(variable: ConfigVar, value: Any) -> bool:
    """Tell whether a value stands for none: null does, and empty text where text is not the value itself.

    Whether the hosted platform takes empty text for a value of text variables is not documented; here it does.
    """
    is_text = variable.data_type in {"string", "code"} and not variable.collection
    return value is None or (isinstance(value, str) and not value and not is_text)


def decode(variable: ConfigVar, value: str | list[Any] | dict[str, Any]) -> Any:
    """Give the value at run time; a data type that is not known keeps the value as it is, and so does unknown text.

    Raises:
        BadValueError: the value does not fit the variable's type.

    """
    if variable.data_type == "connection":
        raise BadValueError(
            "is a connection, which is more than one value", "Connections go under `connections`."
        )
    if isinstance(value, UnknownText):
        return value
    if variable.collection == "valuelist":
        return _value_list(variable, value)
    if variable.collection == "keyvaluelist":
        return _pairs(variable, value)
    decoder = _DECODERS.get(variable.data_type)
    return value if decoder is None else decoder(variable, value)


def _text(_: ConfigVar, value: Any) -> str:
    if not isinstance(value, str):
        raise BadValueError("needs text, not a list or a mapping")
    return value


def _date(variable: ConfigVar, value: Any) -> str:
    text = _text(variable, value)
    try:
        if _DATE.fullmatch(text) is None:
            _refuse_date()
        date.fromisoformat(text)
    except ValueError:
        _refuse_date()
    return text


def _refuse_date() -> NoReturn:
    raise BadValueError("needs a date", "Write it as YYYY-MM-DD.") from None


def _timestamp(variable: ConfigVar, value: Any) -> str:
    from xchange_cli.components.iso_dates import milliseconds_of

    text = _text(variable, value)
    if milliseconds_of(text) is None:
        raise BadValueError("needs a timestamp", "Write it as 2024-12-31T23:59:59Z.")
    return text


def _choice(variable: ConfigVar, value: Any) -> str:
    """Check against the list of the file; what a data source would offer is known to nobody here."""
    text = _text(variable, value)
    choices = variable.pick_list
    if not choices or variable.data_source is not None or text in choices:
        return text
    guess = nearest(text, choices)
    shown = ", ".join(f"`{choice}`" for choice in choices[:_MOST_CHOICES_SHOWN])
    more = ", …" if len(choices) > _MOST_CHOICES_SHOWN else ""
    hint = f"Did you mean `{guess}`?" if guess else f"It may be {shown}{more}."
    raise BadValueError("needs one of the options of its pick list", hint)


def _boolean(_: ConfigVar, value: Any) -> bool:
    word = value.casefold() if isinstance(value, str) else ""
    if word not in {"true", "false"}:
        raise BadValueError("needs true or false", "Write `true` or `false`.")
    return word == "true"


def _number(_: ConfigVar, value: Any) -> int | float:
    number = to_number(value) if isinstance(value, str) and value.strip() else math.nan
    if not math.isfinite(number):
        raise BadValueError("needs a number", "Write digits, with a dot before decimals.")
    return plain_number(number)


def _schedule(variable: ConfigVar, value: Any) -> dict[str, str]:
    """Complete a cron text, or a mapping that has one, by the variable's own schedule type and time zone."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        value = _json(value)
    written = {"value": value} if isinstance(value, str) else value
    if not isinstance(written, dict):
        raise BadValueError("needs a schedule", "Write cron text, such as `0 6 * * *`.")
    _check_schedule_keys(written)
    schedule = {
        "value": written.get("value", ""),
        "schedule_type": written.get("schedule_type") or variable.schedule_type or "custom",
        "time_zone": written.get("time_zone") or variable.time_zone or "UTC",
    }
    if schedule["schedule_type"] != "none" or schedule["value"]:
        _check_cron(schedule["value"], value)
    _check_time_zone(schedule["time_zone"])
    return schedule


def _check_schedule_keys(written: dict[str, Any]) -> None:
    for key, part in written.items():
        if key not in _SCHEDULE_KEYS:
            guess = nearest(key, _SCHEDULE_KEYS)
            hint = f"Did you mean `{guess}`?" if guess else "It has value, schedule_type and time_zone."
            raise BadValueError(f"has no part `{key}` in its schedule", hint, (key,))
        if part is not None and not isinstance(part, str):
            raise BadValueError(f"needs text as the {key} of its schedule", path=(key,))


def _check_cron(text: Any, written: Any) -> None:
    if isinstance(text, UnknownText):
        return
    from croniter import croniter

    if not isinstance(text, str) or len(text.split()) != 5 or not croniter.is_valid(text):
        path = ("value",) if isinstance(written, dict) and "value" in written else ()
        raise BadValueError(
            "needs cron text of five fields", "Minute, hour, day, month, weekday: `0 6 * * 1`.", path
        )


def _check_time_zone(name: str) -> None:
    if isinstance(name, UnknownText):
        return
    try:
        from zoneinfo import ZoneInfo

        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise BadValueError(
            "needs a known time zone", "Write an IANA name, such as `Europe/Berlin`."
        ) from None


def _object_selection(_: ConfigVar, value: Any) -> list[Any]:
    selected = _json(value, "a JSON list") if isinstance(value, str) else value
    hint = "Write a list of `{object: {key: …}, fields: [{key: …}]}`."
    if not isinstance(selected, list):
        raise BadValueError("needs a list of objects", hint)
    for index, item in enumerate(selected):
        chosen = item.get("object") if isinstance(item, dict) else None
        if not isinstance(chosen, dict) or not isinstance(chosen.get("key"), str):
            raise BadValueError("needs an object with a key in every entry", hint, (index,))
    return selected


def _object_field_map(_: ConfigVar, value: Any) -> dict[str, Any]:
    mapped = _json(value, "a JSON object") if isinstance(value, str) else value
    hint = "Write `{fields: [{field: …, mappedObject: …, mappedField: …}]}`."
    if not isinstance(mapped, dict) or not isinstance(mapped.get("fields"), list):
        raise BadValueError("needs a mapping with a list of fields", hint)
    for index, item in enumerate(mapped["fields"]):
        if not isinstance(item, dict) or "field" not in item:
            raise BadValueError("needs a field in every entry", hint, ("fields", index))
    return mapped


def _form_data(_: ConfigVar, value: Any) -> Any:
    return _json(value) if isinstance(value, str) else value


def _value_list(variable: ConfigVar, value: Any) -> list[str]:
    """Give a list of texts; each has to be a value of the data type, but stays text."""
    items = _json(value, "a JSON list") if isinstance(value, str) else value
    if not isinstance(items, list):
        raise BadValueError("needs a list", "Write a YAML list, or a JSON list as text.")
    return [_item(variable, item, (index,)) for index, item in enumerate(items)]


def _pairs(variable: ConfigVar, value: Any) -> list[dict[str, str]]:
    """Give a list of `{key, value}`; a mapping is taken for such a list."""
    items = _json(value, "a JSON list") if isinstance(value, str) else value
    if isinstance(items, dict):
        return [{"key": key, "value": _item(variable, item, (key,))} for key, item in items.items()]
    if not isinstance(items, list):
        raise BadValueError("needs keys and values", "Write a mapping, or a list of `{key: …, value: …}`.")
    return [_pair(variable, item, index) for index, item in enumerate(items)]


def _pair(variable: ConfigVar, item: Any, index: int) -> dict[str, str]:
    if not isinstance(item, dict) or set(item) != {"key", "value"}:
        raise BadValueError("needs a key and a value in every entry", "Write `{key: …, value: …}`.", (index,))
    key, value = item["key"], item["value"]
    if isinstance(key, list | dict) or key is None:
        raise BadValueError("needs text as the key of every entry", path=(index, "key"))
    return {"key": to_text(key), "value": _item(variable, value, (index, "value"))}


def _item(variable: ConfigVar, item: Any, path: tuple[str | int, ...]) -> str:
    if isinstance(item, list | dict) or item is None:
        raise BadValueError("needs a single value in every entry", path=path)
    if isinstance(item, UnknownText):
        return item
    text = to_text(item)
    decoder: _Decoder = _DECODERS.get(variable.data_type, _text)
    try:
        decoder(variable, text)
    except BadValueError as error:
        raise BadValueError(f"{error.message} in every entry", error.hint, path) from error
    return text


def _json(text: str, what: str = "JSON") -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise BadValueError(f"needs {what}", "Write it as YAML, or as valid JSON.") from None


_DECODERS: Mapping[str, _Decoder] = {
    "string": _text,
    "code": _text,
    "date": _date,
    "timestamp": _timestamp,
    "picklist": _choice,
    "boolean": _boolean,
    "number": _number,
    "schedule": _schedule,
    "objectSelection": _object_selection,
    "objectFieldMap": _object_field_map,
    "jsonForm": _form_data,
}

_FORMS: Mapping[str, str] = {
    "date": "YYYY-MM-DD",
    "timestamp": "YYYY-MM-DDThh:mm:ssZ",
    "boolean": "true",
    "number": "0",
    "schedule": "0 6 * * *",
    "objectSelection": "[…]",
    "objectFieldMap": "{fields: […]}",
    "jsonForm": "{…}",
}
"""Data types whose values look different from text."""
