"""What starts a flow, from a file: its name says what it holds."""

from pathlib import Path
from typing import Any, NamedTuple

from xchange_cli.document.binary_values import with_bytes
from xchange_cli.document.json_text import read_json
from xchange_cli.engine.payload import trigger_payload
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.beside import DATA_SUFFIXES, HTTP_SUFFIX, PAYLOADS
from xchange_cli.project.file_bytes import read_bytes
from xchange_cli.project.keys import shown
from xchange_cli.runs.file_contents import contents
from xchange_cli.runs.inputs import STDIN, find_file, read_data
from xchange_cli.source import Source
from xchange_cli.wire.oddity import Oddity
from xchange_cli.wire.payload_oddities import oddities
from xchange_cli.wire.request_files import read_http
from xchange_cli.wire.whole_payload import is_whole_payload

LARGEST_REQUEST = 6 * 1024 * 1024
"""Bytes that hosted platforms take in one request; taken for mebibytes."""


class Payload(NamedTuple):
    """`value` is a whole payload or the body of a request."""

    value: Any
    warnings: tuple[str, ...] = ()


def read_payload(
    given: str, beside: Path | None, folder: Path, stdin: bytes, *, limits: str = "warn"
) -> Payload:
    """Read a payload: `-`, a file, or the name of one in `payloads/` beside the integration.

    JSON and YAML give values, `.http` a whole request; of other files the name tells the content type. `limits` is
    warn, enforce or off: what is to happen with a request that is too large for hosted platforms.

    Raises:
        XchangeError: when there is no such file or it does not hold what its name says.

    """
    if given == STDIN:
        name, data = "<stdin>", stdin
        read = _from_stdin(data)
    else:
        path = find_file(given, PAYLOADS, (*DATA_SUFFIXES, HTTP_SUFFIX), beside, folder, takes_others=True)
        name, data = shown(path, folder), read_bytes(path, shown(path, folder), "payload", is_named=True)
        read = _from_file(path, name, data)
    return read._replace(warnings=(*read.warnings, *_too_large(read.value, name, len(data), limits)))


def _from_stdin(data: bytes) -> Payload:
    """JSON is known by its first character; what is no text is bytes."""
    try:
        source = Source.decode("<stdin>", data)
    except XchangeError:
        return Payload(data)
    if source.text.lstrip()[:1] not in {"{", "["}:
        return Payload(source.text)
    value = with_bytes(read_json(source), source)
    return _told(value, "<stdin>", oddities(value, "<stdin>"))


def _from_file(path: Path, name: str, data: bytes) -> Payload:
    suffix = path.suffix.lower()
    if suffix in DATA_SUFFIXES:
        source = Source.decode(name, data)
        value = with_bytes(read_data(source, path), source)
        return _told(value, name, oddities(value, name))
    if suffix == HTTP_SUFFIX:
        read = read_http(name, data)
        odd = (*read.oddities, *oddities(read.payload, name, read.body_line))
        return _told(read.payload, name, odd)
    return Payload(_body(path, name, data))


def _told(value: Any, name: str, odd: tuple[Oddity, ...]) -> Payload:
    return Payload(value, tuple(oddity.told(name) for oddity in odd))


def _body(path: Path, name: str, data: bytes) -> dict[str, Any]:
    """Give a request with the bytes of a file, or their text where its name says that it is text."""
    content_type, content = contents(path, name, data)
    return {
        "headers": {"Content-Type": content_type},
        "rawBody": {"data": content, "contentType": content_type},
    }


def _too_large(value: Any, name: str, size: int, limits: str) -> tuple[str, ...]:
    """Tell of a request that hosted platforms refuse; of a whole payload the body counts as it is sent.

    Raises:
        XchangeError: INVALID where limits are to be enforced.

    """
    if limits == "off" or size <= LARGEST_REQUEST:
        return ()
    if is_whole_payload(value):
        sent = trigger_payload(value, {})["rawBody"]["data"]
        size = len(sent.encode("utf-8", "surrogatepass") if isinstance(sent, str) else sent or b"")
    if size <= LARGEST_REQUEST:
        return ()
    message = f"{name}: the request has {size / 1_048_576:.1f} MiB; hosted platforms take 6 MiB"
    if limits == "enforce":
        raise XchangeError(ErrorCode.INVALID, message, hint="`limits: warn` in xchange.yaml lets it through.")
    return (message,)
