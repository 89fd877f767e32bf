"""Stand-ins of secrets inside URLs, and secrets put back in the place of their stand-ins."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

from xchange_cli.wire.json_bodies import read_json_text, write_json_text

_STAND_IN = re.compile("«(?:secret|hidden): [^»]*»")
_ENCODED = re.compile("«(?:secret|hidden):%20[^»]*»")
_SECRET = re.compile("«secret:(?P<blank> |%20)(?P<name>[^»]*)»")
_UNSAFE = re.compile(r"[\x00-\x20%&#+?/=;@\\]")


def in_url(text: str) -> str:
    """Write the stand-ins of a text so that they can be parts of a URL or form, unless they already are."""
    return _STAND_IN.sub(lambda match: _UNSAFE.sub(_percent, match[0]), text)


def _percent(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


def readable(url: str) -> str:
    """Write the stand-ins in a URL as in any other text."""
    return _ENCODED.sub(lambda match: unquote(match[0]), url)


def bind_text(text: str, secrets: Mapping[str, str]) -> str:
    """Put secrets in the place of their stand-ins; those of unknown names stay.

    One that is written for a URL gives the secret encoded, unless it is the beginning: there it may be an address.
    """

    def value(match: re.Match[str]) -> str:
        is_encoded = match["blank"] != " "
        found = secrets.get(unquote(match["name"]) if is_encoded else match["name"])
        if found is None:
            return match[0]
        return quote(found, safe="/") if is_encoded and match.start() else found

    return _SECRET.sub(value, text)


def bind_body(body: bytes, secrets: Mapping[str, str]) -> bytes:
    """Do so in a body; in JSON the secrets are escaped as texts have to be."""
    text = body.decode("utf-8", "surrogateescape")
    if not _SECRET.search(text):
        return body
    found = read_json_text(text)
    bound = (
        bind_text(text, secrets)
        if found is None
        else write_json_text(_bind_data(found.data, secrets), found.style)
    )
    return bound.encode("utf-8", "surrogateescape")


def _bind_data(data: Any, secrets: Mapping[str, str]) -> Any:
    match data:
        case str():
            return bind_text(data, secrets)
        case dict():
            return {bind_text(key, secrets): _bind_data(item, secrets) for key, item in data.items()}
        case list():
            return [_bind_data(item, secrets) for item in data]
        case _:
            return data
