"""MessagePack ↔ values, with JavaScript's numbers.

What the platform makes of extension types is not documented: here instants become ISO 8601 text, other types
`{type, data}`.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from xchange_cli.components.exchange_formats.contents import well_formed
from xchange_cli.components.limits import refusing_depth
from xchange_cli.components.spec import ActionError
from xchange_cli.javascript.values import (
    MAX_SAFE_INTEGER,
    UNDEFINED,
    describe,
    nearest,
    plain_number,
    to_text,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@refusing_depth
def decode(data: bytes) -> Any:
    """Decode one value; what is behind it is an error."""
    import msgpack  # type: ignore[import-untyped]

    try:
        found = msgpack.unpackb(
            data,
            strict_map_key=False,
            unicode_errors="replace",
            object_pairs_hook=_members,
            ext_hook=_extension,
        )
    except (ValueError, msgpack.UnpackException) as error:
        reason = str(error) or type(error).__name__
        raise ActionError(f"not MessagePack: {reason[:1].lower()}{reason[1:]}") from error
    return _decoded(found)


@refusing_depth
def encode(value: Any) -> bytes:
    """Encode a value; whole numbers that JavaScript holds exactly are integers, all others doubles."""
    import msgpack

    try:
        packed: bytes = msgpack.packb(_encodable(value))
    except ValueError as error:
        raise ActionError("the data is nested too deeply", kind="nested-too-deeply") from error
    return packed


def _members(pairs: list[tuple[Any, Any]]) -> dict[str, Any]:
    for key, _ in pairs:
        if isinstance(key, bool) or not isinstance(key, str | int | float):
            raise ActionError(f"the key of an object is {describe(key)}, neither text nor a number")
    return {to_text(key): value for key, value in pairs}


def _extension(code: int, data: bytes) -> dict[str, Any]:
    return {"type": code, "data": data}


def _decoded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _decoded(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_decoded(item) for item in value]
    if hasattr(value, "nanoseconds"):
        return _instant(value.seconds, value.nanoseconds)
    return plain_number(value) if isinstance(value, int) and abs(value) > MAX_SAFE_INTEGER else value


def _instant(seconds: int, nanoseconds: int) -> str:
    try:
        instant = _EPOCH + timedelta(seconds=seconds, microseconds=nanoseconds // 1000)
    except OverflowError as error:
        raise ActionError("an instant is outside of the years 1 to 9999") from error
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _encodable(value: Any) -> Any:
    if value is None or value is UNDEFINED:
        return None
    if isinstance(value, bool | bytes):
        return value
    if isinstance(value, str):
        return well_formed(value)
    if isinstance(value, int | float):
        return plain_number(nearest(value))
    if isinstance(value, Mapping):
        return {well_formed(to_text(key)): _encodable(item) for key, item in value.items()}
    return [_encodable(item) for item in value]
