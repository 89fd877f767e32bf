"""Payload files that hold a raw HTTP request: request line, headers, a blank line, the body; lines end in LF or CR LF."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from xchange_cli.errors import ErrorCode, Place, XchangeError
from xchange_cli.wire.media_types import decoded, is_text
from xchange_cli.wire.oddity import Oddity, repeated
from xchange_cli.wire.whole_payload import BASE_URL, Headers

_BLANK = re.compile(rb"(?:\A|\r?\n)\r?\n")
_REQUEST_LINE = re.compile(r"([A-Z]+)[ \t]+(\S+)(?:[ \t]+HTTP/[0-9.]+)?[ \t]*")
_HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*")
_HOSTED_PATH = re.compile(r"/trigger/[^/]+/?(.*)", re.DOTALL)
_OWN_PATH = re.compile(r"/[^/]+/?(.*)", re.DOTALL)
_VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_BODILESS = ("GET", "HEAD")
_OWN_HOST = urlsplit(BASE_URL).hostname


class HttpFile(NamedTuple):
    """`payload` is a whole payload; its body begins in line `body_line` of the file."""

    payload: dict[str, Any]
    body_line: int
    oddities: tuple[Oddity, ...]


class _Head(NamedTuple):
    method: str
    target: str
    headers: Headers


def read_http(name: str, data: bytes) -> HttpFile:
    """Read a request. `name` is what messages call the file.

    Raises:
        XchangeError: INVALID at the place where it is none.

    """
    text = data.removeprefix(b"\xef\xbb\xbf")
    blank = _BLANK.search(text)
    head = _head(name, text[: blank.start()] if blank else text)
    if blank is None and head.method not in _BODILESS:
        last = text.rstrip(b"\r\n").count(b"\n") + 1
        raise _invalid(name, last, "the blank line after the headers is missing")
    body = text[blank.end() :] if blank else b""
    body_line = text[: blank.end()].count(b"\n") + 1 if blank else 0
    query, twice = _query(name, head.target)
    payload = {
        "headers": dict(head.headers),
        "queryParameters": query,
        "pathFragment": _fragment(head.target, head.headers),
    }
    body, odd = _sent(name, body, head)
    if body:
        content_type = str(head.headers.get("Content-Type", ""))
        content = _content(name, body, body_line, content_type, head.headers)
        payload["rawBody"] = {"data": content, "contentType": content_type}
    return HttpFile(payload, body_line, (*_odd_verbs(head.method), *twice, *odd))


def _head(name: str, head: bytes) -> _Head:
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError:
        text = head.decode("latin-1")
    first, *lines = re.split(r"\r?\n", text)
    request = _REQUEST_LINE.fullmatch(first)
    if request is None:
        raise _invalid(
            name, 1, "not an HTTP request: the first line is such as `POST /orders?page=1 HTTP/1.1`"
        )
    headers = Headers()
    for number, line in enumerate(lines, start=2):
        header = _HEADER.fullmatch(line)
        if header is not None:
            headers[header[1]] = header[2]
        elif line:
            raise _invalid(name, number, "not a header (`Name: value`); a blank line comes before the body")
    return _Head(request[1], request[2], headers)


def _query(name: str, target: str) -> tuple[dict[str, str] | None, list[Oddity]]:
    pairs = parse_qsl(_split(name, target).query, keep_blank_values=True)
    return dict(pairs) or None, repeated("query parameters", [key for key, _ in pairs])


def _split(name: str, target: str) -> Any:
    try:
        return urlsplit(target)
    except ValueError as error:
        raise _invalid(name, 1, f"`{target}` is no URL: {error}") from error


def _fragment(target: str, headers: Mapping[str, Any]) -> str:
    """Give the path after the part that names the flow: `/trigger/ID` on hosted platforms, `/FLOW` in our own URLs."""
    url = urlsplit(target)
    host = url.hostname or str(headers.get("Host", "")).partition(":")[0].lower()
    found = (_OWN_PATH if host == _OWN_HOST else _HOSTED_PATH).fullmatch(url.path)
    return found[1] if found else url.path.removeprefix("/")


def _odd_verbs(method: str) -> tuple[Oddity, ...]:
    if method in _VERBS:
        return ()
    return (Oddity(f"hosted platforms take no {method} requests, but {', '.join(_VERBS)}"),)


def _sent(name: str, body: bytes, head: _Head) -> tuple[bytes, tuple[Oddity, ...]]:
    """Give the body that is sent: none with a GET, and without the line end that editors add at the end of files."""
    if head.method in _BODILESS:
        has_text = bool(body.strip())
        odd = Oddity(f"a {head.method} request has no body; it is left out")
        return b"", (odd,) if has_text else ()
    if str(head.headers.get("Transfer-Encoding", "")).lower().endswith("chunked"):
        raise _invalid(
            name,
            1,
            "bodies in chunks are not read",
            "Save the body in one piece, without `Transfer-Encoding`.",
        )
    told = str(head.headers.get("Content-Length", ""))
    length = int(told) if re.fullmatch("[0-9]{1,15}", told) else len(body)
    if not body[length:].strip(b"\r\n"):
        body = body[:length]
    if len(body) == length:
        return body, ()
    message = f"Content-Length is {length}, but the body has {len(body)} bytes; all of it is taken"
    return body, (Oddity(message),)


def _content(name: str, body: bytes, line: int, content_type: str, headers: Mapping[str, Any]) -> str | bytes:
    """Decode text; what is compressed, and what claims to be nothing, may be bytes."""
    try:
        return decoded(body, content_type)
    except (ValueError, LookupError) as error:
        if not is_text(content_type or "none") or headers.get("Content-Encoding"):
            return body
        if not isinstance(error, UnicodeDecodeError):
            raise _invalid(name, 1, f"nobody knows the charset of `{content_type}`") from error
        before = body[: error.start]
        column = len(before.rpartition(b"\n")[2]) + 1
        raise XchangeError(
            ErrorCode.INVALID,
            f"the body is no {error.encoding.upper()} text, as its type `{content_type}` says: "
            f"byte 0x{body[error.start]:02x}",
            place=Place(name, line + before.count(b"\n"), column),
        ) from error


def _invalid(name: str, line: int, message: str, hint: str = "") -> XchangeError:
    return XchangeError(ErrorCode.INVALID, message, hint=hint, place=Place(name, line, 1))
