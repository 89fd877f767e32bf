"""What an HTTP action sends: JSON, text, form fields, files."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from mimetypes import MimeTypes
from typing import Any, NamedTuple
from urllib.parse import quote

from xchange_cli.components.conversions import to_binary, to_string
from xchange_cli.components.limits import refusing_depth
from xchange_cli.javascript.values import stringify

FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"
_MULTIPART = "multipart/form-data"
_IN_QUERY = "!~*'():$,[]"
"""Left as they are by Node.js clients, besides letters, digits, `-`, `_` and `.`."""


class Body(NamedTuple):
    """`content_type` is empty without a body."""

    data: bytes = b""
    content_type: str = ""


class File(NamedTuple):
    """A file as a field of a form."""

    name: str
    data: bytes
    content_type: str


@refusing_depth
def body_of(value: Any, content_type: str) -> Body:
    """Write a value as the body of a request; `content_type` is what the author's headers say, if anything.

    Text goes as it is, by default as a URL-encoded form; a file (`{data: bytes, contentType}`) and bytes as they
    are; all else as JSON, or as the kind of form that the content type names.
    """
    if value is None:
        return Body()
    if isinstance(value, str):
        return Body(to_binary(value)[0], content_type or FORM)
    if isinstance(value, bytes) or is_file(value):
        data, own_type = to_binary(value)
        return Body(data, content_type or own_type)
    media_type = content_type.partition(";")[0].strip().lower()
    if isinstance(value, Mapping) and media_type == FORM:
        return Body(url_encoded(value).encode(), content_type)
    if isinstance(value, Mapping) and media_type == _MULTIPART:
        return multipart([(name, _part(name, item)) for name, item in value.items()])
    return Body(to_binary(stringify(value))[0], content_type or _JSON)


def is_file(value: Any) -> bool:
    return isinstance(value, Mapping) and isinstance(value.get("data"), bytes)


@refusing_depth
def file_of(value: Any, field: str, name: str) -> File:
    """Make a field of a file; without a name it is called like its field.

    Its content type is what it says itself, else what the ending of its name says, else what it is made of.
    """
    data, made_of = to_binary(value)
    own = to_string(value.get("contentType")) if isinstance(value, Mapping) else ""
    return File(name or field, data, own or _type_by_ending(name) or made_of)


def _type_by_ending(name: str) -> str:
    """Look it up in the table that comes with Python, so that it is the same on all systems."""
    content_type, compression = MimeTypes().guess_type(name)
    return "" if compression else content_type or ""


def multipart(parts: list[tuple[str, File | str]]) -> Body:
    """Write fields and files as `multipart/form-data`.

    The boundary follows from the content, so that one and the same form is always sent as the same bytes.
    """
    written = [
        (_head(name, part), part.data if isinstance(part, File) else _utf8(part)) for name, part in parts
    ]
    digest = sha256(b"\0".join(piece for pair in written for piece in pair)).hexdigest()
    boundary = f"xchange-{digest[:32]}"
    line = f"--{boundary}\r\n".encode()
    pieces = [piece for head, data in written for piece in (line, head, b"\r\n\r\n", data, b"\r\n")]
    return Body(b"".join([*pieces, f"--{boundary}--\r\n".encode()]), f"{_MULTIPART}; boundary={boundary}")


def field_text(value: Any) -> str:
    """Write a plain field of a form: objects and lists as JSON."""
    return stringify(value) if isinstance(value, Mapping | list) else to_string(value)


def _part(name: str, value: Any) -> File | str:
    return file_of(value, name, "") if isinstance(value, bytes) or is_file(value) else field_text(value)


def _head(name: str, part: File | str) -> bytes:
    disposition = f'Content-Disposition: form-data; name="{_quoted(name)}"'
    if isinstance(part, str):
        return _utf8(disposition)
    content_type = " ".join(part.content_type.split())
    return _utf8(f'{disposition}; filename="{_quoted(part.name)}"\r\nContent-Type: {content_type}')


def _quoted(name: str) -> str:
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def url_encoded(members: Mapping[str, Any]) -> str:
    """Write parameters for a query or a form; entries of lists as `name[]`, members of objects as `name[member]`.

    What is null is left out, as Node.js clients do.
    """
    pairs = (pair for name, value in members.items() for pair in _flat(name, value))
    return "&".join(f"{_escaped(name)}={_escaped(value)}" for name, value in pairs)


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if value is None:
        return
    if isinstance(value, list):
        for item in value:
            yield from _flat(f"{name}[]", stringify(item) if isinstance(item, list | Mapping) else item)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _flat(f"{name}[{key}]", item)
    else:
        yield name, to_string(value)


def _escaped(text: str) -> str:
    return quote(_utf8(text), safe=_IN_QUERY).replace("%20", "+")


def _utf8(text: str) -> bytes:
    return to_binary(text)[0]
