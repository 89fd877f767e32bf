"""Whatever is in a payload file, it is read or refused with a message."""

import contextlib

from hypothesis import given
from hypothesis import strategies as st

from xchange_cli.engine.payload import trigger_payload
from xchange_cli.errors import XchangeError
from xchange_cli.runs.payload_files import read_payload
from xchange_cli.wire.multipart import MultipartError, parts
from xchange_cli.wire.payload_oddities import oddities
from xchange_cli.wire.request_files import read_http

NEWLINE = st.sampled_from([b"\n", b"\r\n"])
PIECE = st.sampled_from([
    b"POST ", b"GET ", b"/trigger/ID/a?b=1&b", b"http://[", b" HTTP/1.1", b"--b", b"--b--", b":", b" ", b"\n", b"\r\n",
    b"Content-Type: multipart/form-data; boundary=b", b"Content-Type: application/json", b"Content-Length: 2",
    b"Content-Type: text/plain; charset=", b"utf-16", b"\x00", b"\xff", b"{}", b"Host: hooks.xchange.invalid",
    b'Content-Disposition: form-data; name="a"; filename*=x',
])  # fmt: skip
TEXT = st.one_of(st.binary(max_size=60), st.lists(PIECE, max_size=20).map(b"".join))


@given(TEXT)
def test_a_raw_request_is_read_or_refused(data):
    with contextlib.suppress(XchangeError):
        read = read_http("a.http", data)
        oddities(read.payload, "a.http", read.body_line)
        assert trigger_payload(read.payload, {})["headers"].items() >= read.payload["headers"].items()


@given(TEXT, st.text(max_size=5))
def test_a_body_is_taken_apart_or_refused(data, boundary):
    for content_type in (
        "multipart/form-data; boundary=b",
        f"multipart/form-data; boundary={boundary}",
        boundary,
    ):
        with contextlib.suppress(MultipartError):
            assert all(part.data in data for part in parts(data, content_type))


@given(st.one_of(TEXT, st.text().map(str.encode)))
def test_standard_input_is_read_or_refused(tmp_path_factory, data):
    with contextlib.suppress(XchangeError):
        given_payload = read_payload("-", None, tmp_path_factory.getbasetemp(), data)
        payload = trigger_payload(given_payload.value, {})
        assert {"headers", "body"} <= payload.keys()


NAMES = st.sampled_from(["a", "b", "c d", 'e"', "é\\"])
DATA = st.binary(max_size=30).filter(lambda data: b"--xYz" not in data and not data.endswith(b"\r"))


@given(st.dictionaries(NAMES, DATA, min_size=1), NEWLINE)
def test_what_was_put_together_is_taken_apart_again(fields, newline):
    lines = []
    for name, data in fields.items():
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        head = f'Content-Disposition: form-data; name="{quoted}"'.encode()
        lines += [b"--xYz", head, b"Content-Type: image/png", b"", data]
    body = newline.join([*lines, b"--xYz--", b""])

    found = parts(body, 'multipart/form-data; boundary="xYz"')
    assert {part.name: part.data for part in found} == fields
