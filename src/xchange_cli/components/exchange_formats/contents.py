"""Text and bytes as steps hand them on: bare, as a file `{data, contentType}`, or as Node's Buffer in JSON."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from xchange_cli.components.conversions import to_string
from xchange_cli.components.inputs import read_required
from xchange_cli.components.limits import LONGEST_TEXT, TOO_LARGE, refuse_longer, refusing_depth
from xchange_cli.components.spec import ActionContext, ActionError
from xchange_cli.javascript.values import describe, stringify

BYTE_ORDER_MARK: Final = "\ufeff"
OCTETS: Final = "application/octet-stream"

_BASE64 = re.compile(r"[A-Za-z0-9+/\s]++={0,2}\s*+")
_NOT_ENCODABLE = re.compile("[\ud800-\udfff]")


def read_text(context: ActionContext, inputs: Mapping[str, Any], key: str) -> str:
    """Read text or a text file that must be set; bytes are UTF-8, and a byte order mark is left out."""
    given = read_required(inputs, key, text_or_bytes)
    return decoded(context, given, key).removeprefix(BYTE_ORDER_MARK)


def decoded(context: ActionContext, given: str | bytes, key: str) -> str:
    """Decode UTF-8, with a warning where bytes are not."""
    refuse_longer(len(given), key)
    if isinstance(given, str):
        return given
    try:
        return given.decode()
    except UnicodeDecodeError:
        context.warn(f"the bytes of {key} are not UTF-8; bytes that are not text became \ufffd")
        return given.decode("utf-8", "replace")


def read_bytes(inputs: Mapping[str, Any], key: str) -> bytes:
    """Read binary data that must be set: of bytes, files and text, which is written as UTF-8."""
    given = read_required(inputs, key, text_or_bytes)
    data = utf8(given) if isinstance(given, str) else given
    refuse_more_bytes(len(data), key)
    return data


def text_or_bytes(value: Any) -> str | bytes:
    """Give what is in a file, or text and bytes as they are."""
    content = file_content(value)
    if content is None:
        raise ActionError(f"{describe(value)} is neither text nor a file")
    return content


def file_content(value: Any) -> str | bytes | None:
    """Give what `text_or_bytes` gives; None for a value that is neither text nor a file."""
    if isinstance(value, str | bytes):
        return value
    if not isinstance(value, Mapping):
        return None
    data = value.get("data")
    if isinstance(data, str | bytes):
        return data
    if isinstance(data, Mapping) and "contentType" in value:
        return _buffer(data)
    return _buffer(value)


@refusing_depth
def any_bytes(value: Any) -> bytes:
    """Give the bytes of a file, and else of the text of a value; lists and objects are written as JSON."""
    content = file_content(value)
    if content is None:
        content = stringify(value) if isinstance(value, list | dict) else to_string(value)
    return utf8(content) if isinstance(content, str) else content


def utf8(text: str) -> bytes:
    """Encode; a half of a surrogate pair becomes the replacement character."""
    return well_formed(text).encode()


def well_formed(text: str) -> str:
    """Put the replacement character in place of halves of surrogate pairs, which no file can hold."""
    return _NOT_ENCODABLE.sub("\ufffd", text)


def unpacked_base64(given: str | bytes, is_wanted: Callable[[bytes], bool]) -> str | bytes:
    """Decode what is Base64 of something wanted: some download steps give files in this form."""
    if isinstance(given, bytes) or not _BASE64.fullmatch(given):
        return given
    try:
        data = base64.b64decode(given)
    except binascii.Error:
        return given
    return data if is_wanted(data) else given


def refuse_more_bytes(count: int, key: str) -> None:
    """Refuse binary data of more than LONGEST_TEXT bytes; `key` is the input to blame."""
    if count > LONGEST_TEXT:
        message = f"{key}: the data has more than {LONGEST_TEXT} bytes, the most that is worked on here"
        raise ActionError(message, kind=TOO_LARGE, input_key=key)


def _buffer(value: Mapping[str, Any]) -> bytes | None:
    """Read `{"type": "Buffer", "data": [1, 2]}`, which a Buffer becomes on its way through JSON."""
    items = value.get("data")
    if value.get("type") != "Buffer" or not isinstance(items, list):
        return None
    try:
        return bytes(items)
    except (TypeError, ValueError):
        return None
