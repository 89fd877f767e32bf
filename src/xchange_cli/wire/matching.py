"""Requests as things to compare: two are equal where a server would most likely give them the same answer."""

import json
import re
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote

from xchange_cli.wire.content import FORM, media_type
from xchange_cli.wire.http import Headers, HttpRequest
from xchange_cli.wire.json_bodies import canonical_json, read_json_text

COMPARED_HEADERS = ("accept", "content-type", "range", "soapaction")
"""They decide what is asked for; others say who asks, and when."""

Pairs = tuple[tuple[str, str], ...]

_URL = re.compile(
    r"^(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<place>[^/?#]*))?(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?"
)
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


class Body(NamedTuple):
    """`text` is the body in a form that is equal for equal values; `kind` is json, form, text, bytes or nothing."""

    kind: str = ""
    text: str = ""


class Comparable(NamedTuple):
    """A request; queries and forms are in order of their names, since theirs does not count."""

    method: str
    origin: str
    path: tuple[str, ...]
    query: Pairs
    headers: Pairs
    body: Body


def comparable(request: HttpRequest) -> Comparable:
    url = _URL.match(request.url)
    assert url is not None, "all parts are optional"
    return Comparable(
        request.method.upper(),
        _origin(url["scheme"] or "", url["place"] or ""),
        tuple(unquote(segment) for segment in (url["path"].removeprefix("/")).split("/")),
        pairs(url["query"] or ""),
        _headers(request.headers),
        _body(request),
    )


def pairs(text: str) -> Pairs:
    """Read a query or form."""
    return tuple(sorted(parse_qsl(text, keep_blank_values=True, errors="surrogateescape")))


def _origin(scheme: str, place: str) -> str:
    lowered = scheme.lower()
    return (
        f"{lowered}://{unquote(place).lower().removesuffix(_DEFAULT_PORTS.get(lowered, ' '))}"
        if scheme
        else ""
    )


def _headers(headers: Headers) -> Pairs:
    """Give the headers that are compared: without parameters, and without those that ask for anything."""
    given = {name.lower(): value for name, value in reversed(headers)}
    values = {name: given.get(name, "").strip() for name in COMPARED_HEADERS}
    values["content-type"] = media_type(headers)
    values["accept"] = values["accept"].replace(" ", "").lower()
    return tuple((name, value) for name, value in values.items() if value and value != "*/*")


def _body(request: HttpRequest) -> Body:
    """Read a body by what it is: JSON is often sent as a form."""
    if not request.body:
        return Body()
    try:
        text = request.body.decode("utf-8")
    except UnicodeDecodeError:
        return Body("bytes", request.body.decode("latin-1"))
    found = read_json_text(text)
    if found is not None:
        return Body("json", canonical_json(found.data))
    if media_type(request.headers) == FORM:
        return Body("form", json.dumps(pairs(text)))
    return Body("text", text)
