"""Requests and responses without secrets, as recordings hold them and as replays look for them.

Known secrets are replaced by their names, whatever else is most likely a secret by a stand-in of its own. Neither
depends on the value, nor on how many there were of its kind, so a recording made with the secrets of one customer answers a run with those of another.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_plus

from xchange_cli.redaction import Redactor, Secret, tag
from xchange_cli.wire.content import FORM, media_type, with_plain_boundary
from xchange_cli.wire.http import Headers, HttpRequest, HttpResponse
from xchange_cli.wire.json_bodies import JsonText, read_json_text, write_json_text
from xchange_cli.wire.sensitive import (
    is_sensitive,
    is_sensitive_field,
    stand_in,
    without_fields,
    without_shapes,
)
from xchange_cli.wire.stand_ins import in_url

VOLATILE = frozenset({
    "accept-encoding", "connection", "content-length", "date", "expect", "host", "idempotency-key", "keep-alive",
    "te", "traceparent", "tracestate", "transfer-encoding", "user-agent", "x-amz-date", "x-correlation-id",
    "x-request-id",
})  # fmt: skip
"""Headers of requests that the client makes, or that differ each time."""

_SHORTEST_ELSEWHERE = 10
"""What stands under a sensitive name is also looked for elsewhere from this length on."""

_MARK = "\0"
_USER = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*://[^/?#@:]*):([^/?#@]*)@")
_COOKIE_VALUE = re.compile(r"[^=;,\s]+=([^;,\s]+)")


class Hiding:
    """One a recording or replay: what it once found under a sensitive name is hidden everywhere from then on."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self._found = Redactor()

    def learn(self, request: HttpRequest, response: HttpResponse | None = None) -> None:
        """Take in what stands under sensitive names."""
        self._learn(_in_headers(request.headers))
        self._learn(_in_pairs(request.url.partition("?")[2].partition("#")[0]))
        self._learn(_in_body(request.headers, request.body))
        if response is not None:
            self._learn(_in_headers(response.headers))
            self._learn(_in_body(response.headers, response.body))

    def _learn(self, found: Iterator[Secret]) -> None:
        for name, value, _ in found:
            if len(value) >= _SHORTEST_ELSEWHERE and "«" not in value and self._is_sensitive(name):
                self._found.learn([Secret(_MARK + name.lower(), value)])

    def _is_sensitive(self, name: str) -> bool:
        """Tell whether a name tells of a secret; one that has a secret in itself cannot be part of a stand-in."""
        return is_sensitive(name) and self._redactor.text(name) == name

    def request(self, request: HttpRequest) -> HttpRequest:
        """Give a request as recordings hold it: without secrets and without headers that differ each time."""
        headers, body = with_plain_boundary(request.headers, request.body)
        kept = tuple(header for header in headers if header[0].lower() not in VOLATILE)
        return HttpRequest(
            self.text(request.method), self.url(request.url), self._headers(kept), self._body(headers, body)
        )

    def response(self, response: HttpResponse) -> HttpResponse:
        return HttpResponse(
            response.status,
            self.text(response.reason),
            self._headers(response.headers),
            self._body(response.headers, response.body),
            self.url(response.url),
        )

    def text(self, text: str) -> str:
        known = self._redactor.by_kind(self._redactor.text(text))
        found = self._found.by_kind(self._found.text(known)).replace(tag(_MARK)[:-1], stand_in("")[:-1])
        return without_shapes(found)

    def url(self, url: str) -> str:
        """Hide secrets so that the URL has the same parts as before, but for those that were secret as a whole."""
        whole = in_url(_USER.sub(_without_password, self.text(url)))
        address, mark, query = whole.partition("?")
        query, hash_mark, fragment = query.partition("#")
        return f"{address}{mark}{self._pairs(query)}{hash_mark}{fragment}"

    def _pairs(self, text: str) -> str:
        """Hide secrets in a query or form whose long ones are already out."""
        return "&".join(map(self._pair, text.split("&")))

    def _pair(self, pair: str) -> str:
        name, mark, value = pair.partition("=")
        decoded = unquote_plus(value)
        plain = unquote_plus(name)
        if decoded and "«" not in plain and self._is_sensitive(plain):
            return f"{name}{mark}{in_url(stand_in(plain))}"
        short = self._redactor.name_of(decoded)
        return f"{name}{mark}{in_url(self._redactor.by_kind(tag(short)))}" if short else pair

    def _headers(self, headers: Headers) -> Headers:
        return tuple((self.text(name), self._header(name, value)) for name, value in headers)

    def _header(self, name: str, value: str) -> str:
        if value and self._is_sensitive(name):
            return stand_in(name)
        return self.url(value) if name.lower() in {"location", "referer"} else self.text(value)

    def _body(self, headers: Headers, body: bytes) -> bytes:
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            return self.text(body.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
        found = read_json_text(text)
        if found is not None:
            return self._json(text, found).encode()
        if media_type(headers) == FORM:
            return self._pairs(in_url(self.text(text))).encode()
        return without_fields(self.text(text)).encode()

    def _json(self, text: str, found: JsonText) -> str:
        hidden = without_fields(self.text(text))
        data = self._data(found.data)
        if hidden == text and data == found.data:
            return text
        return write_json_text(data, found.style)

    def _data(self, data: Any) -> Any:
        match data:
            case str():
                return without_fields(self.text(data))
            case dict():
                return {self.text(key): self._member(key, item) for key, item in data.items()}
            case list():
                found = self._redactor.byte_list(data)
                return [self._data(item) for item in data] if found is None else self._by_kind(found)
            case _:
                return self._by_kind(self._redactor.data(data))

    def _by_kind(self, redacted: Any) -> Any:
        match redacted:
            case str():
                return self._redactor.by_kind(redacted)
            case list():
                return [self._by_kind(item) for item in redacted]
            case _:
                return redacted

    def _member(self, key: str, value: Any) -> Any:
        if isinstance(value, str) and value and is_sensitive_field(key):
            return stand_in(key)
        return self._data(value)


def _without_password(match: re.Match[str]) -> str:
    return f"{match[1]}:{stand_in('password')}@"


def _in_headers(headers: Headers) -> Iterator[Secret]:
    for name, value in headers:
        yield Secret(name, value)
        if "cookie" in name.lower():
            cookies = value.partition(";")[0] if name.lower() == "set-cookie" else value
            yield from (Secret(name, found) for found in _COOKIE_VALUE.findall(cookies))
        elif len(parts := value.split(" ")) == 2:
            yield Secret(name, parts[1])


def _in_pairs(text: str) -> Iterator[Secret]:
    for pair in text.split("&"):
        name, _, value = map(unquote_plus, pair.partition("="))
        yield Secret(name, value)


def _in_body(headers: Headers, body: bytes) -> Iterator[Secret]:
    text = body.decode("utf-8", "replace")
    found = read_json_text(text)
    if found is not None:
        yield from _in_data(found.data)
    elif media_type(headers) == FORM:
        yield from _in_pairs(text)


def _in_data(data: Any) -> Iterator[Secret]:
    for key, item in data.items() if isinstance(data, dict) else ():
        if isinstance(item, str) and is_sensitive_field(key):
            yield Secret(key, item)
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for item in inner:
        yield from _in_data(item)
