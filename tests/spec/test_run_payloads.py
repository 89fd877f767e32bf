"""What starts a flow, from a file: by its name it is data, a text, bytes or a raw HTTP request."""

import json

import pytest

from runs import flow, integration

JSON = "application/json"
TEST = {"prismatic-invoke-type": "Integration Flow Test"}
NOTHING = {"data": None, "contentType": ""}
PNG = b"\x89PNG\r\n\x1a\n\x00\xff"
PNG_SHOWN = {"$base64": "iVBORw0KGgoA/w=="}


@pytest.fixture
def start(tmp_path, xchange):
    """Run a flow with a payload; `files` are bytes by their paths."""

    def go(payload, files=None, *arguments, stdin=b""):
        written = integration(flow(name="Order Sync", synchronous=False))
        for name, data in {"integration.yml": written.encode(), **(files or {})}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return xchange("run", "integration.yml", "--payload", payload, *arguments, input=stdin)

    return go


@pytest.fixture
def shown(start):
    """Give what the trigger shows of the request."""

    def look(payload, files=None, **more):
        ran = start(payload, files, "--output", "json", **more)
        assert ran.code == 0
        result = json.loads(ran.out)["steps"][0]["result"]
        keys = ("headers", "queryParameters", "rawBody", "body", "pathFragment")
        return {key: result[key] for key in keys}, ran.err

    return look


def request(body, content_type, raw=None):
    return {
        "headers": {"Content-Type": content_type, **TEST},
        "queryParameters": None,
        "rawBody": {"data": body if raw is None else raw, "contentType": content_type},
        "body": {"data": body, "contentType": content_type},
        "pathFragment": "",
    }


# --- by the name of the file


@pytest.mark.parametrize(
    ("name", "data", "body", "content_type"),
    [
        ("order.xml", b"<order id='1'/>\r\n", "<order id='1'/>\r\n", "application/xml"),
        ("order.csv", "\ufeffid;name\n1;Ä\n".encode(), "id;name\n1;Ä\n", "text/csv"),
        ("order.txt", "Größe".encode("utf-16"), "Größe", "text/plain"),
        ("order.html", b"<p>1</p>", "<p>1</p>", "text/html"),
        ("order.HTM", b"<p>1</p>", "<p>1</p>", "text/html"),
        ("order.form", b"a=1&b=%20", "a=1&b=%20", "application/x-www-form-urlencoded"),
        ("order.urlencoded", b"a=1", "a=1", "application/x-www-form-urlencoded"),
        ("order.svg", b"<svg/>", "<svg/>", "image/svg+xml"),
        ("order.png", PNG, PNG_SHOWN, "image/png"),
        ("order.pdf", b"%PDF", {"$base64": "JVBERg=="}, "application/pdf"),
        ("order.zip", b"PK", {"$base64": "UEs="}, "application/zip"),
        ("orders.csv.gz", b"PK", {"$base64": "UEs="}, "application/gzip"),
        ("orders.csv.xz", b"PK", {"$base64": "UEs="}, "application/octet-stream"),
        ("order.edi", b"UNA:+.? '", "UNA:+.? '", "text/plain"),
        ("order", b"UNA", "UNA", "text/plain"),
        ("order.what", b"a\x00b", {"$base64": "YQBi"}, "application/octet-stream"),
        ("order.dat", b"\xff", {"$base64": "/w=="}, "application/octet-stream"),
    ],
)
def test_the_name_of_a_file_tells_what_it_holds(name, data, body, content_type, shown):
    assert shown(f"payloads/{name}", {f"payloads/{name}": data}) == (request(body, content_type), "")


def test_a_name_without_ending_finds_json_first_then_a_request_then_any_other_file(shown):
    files = {
        "payloads/order.csv": b"csv",
        "payloads/order.http": b"GET / HTTP/1.1\n\n",
        "payloads/order.json": b'"json"',
        "payloads/only.xml": b"<xml/>",
    }

    assert shown("order", files)[0]["body"]["data"] == "json"
    assert shown("order.csv", files)[0]["body"]["data"] == "csv"
    assert shown("only", files)[0]["body"]["data"] == "<xml/>"


def test_a_name_that_no_payload_has_is_answered_with_the_nearest(start):
    ran = start("ordr", {"payloads/order.xml": b"<a/>", "payloads/.hidden": b""})
    assert ran.code == 3
    assert ran.err == (
        "error: there is no payloads/ordr.json beside the integration, and no file 'ordr' here\n"
        "hint: Did you mean `order`?\n"
    )


def test_bytes_in_a_json_or_yaml_file_are_base64(shown):
    photo = '{"name": "a", "photo": {"$bytes": "iVBORw0KGgoA/w=="}, "list": [{"$base64": ""}], "$bytes": 1}'
    whole = b"rawBody: {contentType: image/png, data: {$bytes: iVBORw0KGgoA/w==}}\nheaders: {}\n"

    assert shown("a.json", {"a.json": photo.encode()})[0]["body"]["data"] == {
        "name": "a",
        "photo": PNG_SHOWN,
        "list": [{"$base64": ""}],
        "$bytes": 1,
    }
    assert shown("b.yml", {"b.yml": whole})[0] == {
        **request(PNG_SHOWN, "image/png"),
        "headers": TEST,
    }


def test_a_mock_may_give_bytes(start):
    ran = start("-", {}, "--mock", 'trigger={"$bytes": "/w=="}', "--output", "json")
    assert json.loads(ran.out)["steps"][0]["result"] == {"$base64": "/w=="}


@pytest.mark.parametrize(
    ("stdin", "body", "content_type"),
    [
        (b'\n {"id": 1}', {"id": 1}, JSON),
        (b'[{"$bytes": "/w=="}]', [{"$base64": "/w=="}], JSON),
        (b"id,name", "id,name", "text/plain"),
        (PNG, PNG_SHOWN, "application/octet-stream"),
        (b"", "", "text/plain"),
    ],
)
def test_standard_input_is_json_or_text_or_else_bytes(stdin, body, content_type, shown):
    payload, _ = shown("-", stdin=stdin)
    assert payload["body"] == {"data": body, "contentType": content_type}


# --- raw requests


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_raw_request_gives_headers_query_path_and_body(newline, shown):
    lines = [
        "POST /trigger/SW5zdGFuY2U=/orders/7?page=1&note=a%20b&empty= HTTP/1.1",
        "Host: hooks.example.com",
        "Content-type:application/json; charset=utf-8",
        "X-GitHub-Event: push ",
        "",
        '{"id": 1}',
    ]
    payload, said = shown("a.http", {"a.http": newline.join(lines).encode()})

    assert said == ""
    assert payload == {
        "headers": {
            "Host": "hooks.example.com",
            "Content-type": "application/json; charset=utf-8",
            "X-GitHub-Event": "push",
            **TEST,
        },
        "queryParameters": {"page": "1", "note": "a b", "empty": ""},
        "rawBody": {"data": '{"id": 1}', "contentType": "application/json; charset=utf-8"},
        "body": {"data": {"id": 1}, "contentType": "application/json; charset=utf-8"},
        "pathFragment": "orders/7",
    }


@pytest.mark.parametrize(
    ("head", "fragment"),
    [
        ("GET /", ""),
        ("GET /orders/7", "orders/7"),
        ("GET /trigger/ID", ""),
        ("GET https://hooks.example.com/trigger/ID/a/b#c", "a/b"),
        ("GET https://hooks.xchange.invalid/orderSync/a%20b", "a%20b"),
        ("GET /orderSync/a\nHost: hooks.xchange.invalid:443", "a"),
    ],
)
def test_the_path_after_the_part_that_names_the_flow_is_shown(head, fragment, shown):
    payload, _ = shown("a.http", {"a.http": f"{head}\n\n".encode()})
    assert payload["pathFragment"] == fragment


def test_a_get_has_no_body(shown):
    payload, said = shown("a.http", {"a.http": b"GET /orders\r\nAccept: */*\r\n\r\nid=1\r\n"})

    assert payload == {
        "headers": {"Accept": "*/*", **TEST},
        "queryParameters": None,
        "rawBody": NOTHING,
        "body": NOTHING,
        "pathFragment": "orders",
    }
    assert said == "warning: a.http: a GET request has no body; it is left out\n"


def test_a_get_may_end_with_its_headers(shown):
    assert shown("a.http", {"a.http": b"GET /?q=1\nX-A: 1"})[0]["queryParameters"] == {"q": "1"}


def test_the_body_of_a_raw_request_may_be_bytes(shown):
    data = b"\xef\xbb\xbfPUT / HTTP/1.1\r\nContent-Type: image/png\r\nX-\xff: a\r\n\r\n".replace(
        b"X-\xff", b"X-A"
    )
    payload, _ = shown("a.http", {"a.http": data + PNG})
    assert payload["body"] == {"data": PNG_SHOWN, "contentType": "image/png"}


def test_a_body_is_decoded_as_its_type_says_and_stays_bytes_when_it_is_compressed(shown):
    latin = b"POST / HTTP/1.1\nX-Name: J\xf6rg\nContent-Type: text/csv; charset=latin-1\n\n\xe4"
    packed = b"POST / HTTP/1.1\nContent-Type: text/csv\nContent-Encoding: gzip\n\n\x1f\x8b"

    payload, _ = shown("a.http", {"a.http": latin})
    assert (payload["headers"]["X-Name"], payload["body"]["data"]) == ("Jörg", "ä")
    assert shown("b.http", {"b.http": packed})[0]["body"]["data"] == {"$base64": "H4s="}


@pytest.mark.parametrize(
    ("length", "body", "sent", "warning"),
    [
        (3, b"a,b\n", "a,b", ""),
        (3, b"a,b\r\n", "a,b", ""),
        (4, b"a,b\n", "a,b\n", ""),
        (2, b"a,b", "a,b", "Content-Length is 2, but the body has 3 bytes; all of it is taken"),
        (9, b"a,b", "a,b", "Content-Length is 9, but the body has 3 bytes; all of it is taken"),
    ],
)
def test_content_length_takes_away_only_the_line_end_of_the_file(length, body, sent, warning, shown):
    head = f"POST / HTTP/1.1\nContent-Type: text/csv\nContent-Length: {length}\n\n".encode()
    payload, said = shown("a.http", {"a.http": head + body})

    assert payload["body"]["data"] == sent
    assert " ".join(said.split()) == (f"warning: a.http: {warning}" if warning else "")


def test_what_platforms_take_in_other_ways_is_told(shown):
    payload, said = shown("a.http", {"a.http": b"OPTIONS /?a=1&a=2 HTTP/1.1\n\n"})

    assert payload["queryParameters"] == {"a": "2"}
    assert said == (
        "warning: a.http: hosted platforms take no OPTIONS requests, but GET, POST, PUT,\n"
        "         PATCH, DELETE\n"
        "warning: a.http: several query parameters are called `a`; the last one counts\n"
    )


# --- forms


PARTS = b"""POST / HTTP/1.1
Content-Type: multipart/form-data; boundary=xYz

--xYz
Content-Disposition: form-data; name="note"

two
lines
--xYz
Content-Disposition: form-data; name="photo"; filename="a.png"
Content-Type: image/png

\x89PNG\xff
--xYz
Content-Disposition: form-data; name="data"; filename="a.bin"

abc
--xYz--
"""


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_the_parts_of_a_form_are_shown_by_their_names(newline, shown):
    payload, said = shown("a.http", {"a.http": PARTS.replace(b"\n", newline)})

    assert said == ""
    assert payload["body"] == {
        "contentType": "multipart/form-data; boundary=xYz",
        "data": {
            "note": {"data": f"two{newline.decode()}lines", "contentType": "text/plain"},
            "photo": {"data": {"$base64": "iVBOR/8="}, "contentType": "image/png", "fileName": "a.png"},
            "data": {
                "data": {"$base64": "YWJj"},
                "contentType": "application/octet-stream",
                "fileName": "a.bin",
            },
        },
    }


def test_a_captured_form_is_taken_apart_too(shown):
    whole = {
        "headers": {"Content-Type": "multipart/form-data; boundary=b"},
        "rawBody": {"data": '--b\r\nContent-Disposition: form-data; name="id"\r\n\r\n7\r\n--b--\r\n'},
    }
    payload, _ = shown("a.json", {"a.json": json.dumps(whole).encode()})
    assert payload["body"]["data"] == {"id": {"data": "7", "contentType": "text/plain"}}


@pytest.mark.parametrize(
    "raw", [{"data": "{"}, {"data": None, "contentType": JSON}, {"data": 5, "contentType": JSON}]
)
def test_a_body_that_claims_nothing_may_be_anything(raw, shown):
    payload, said = shown("a.json", {"a.json": json.dumps({"rawBody": raw}).encode()})
    assert (payload["body"], said) == (raw, "")


def test_of_several_parts_with_one_name_the_last_counts_and_that_is_told(shown):
    twice = PARTS.replace(b'name="data"', b'name="note"')
    payload, said = shown("a.http", {"a.http": twice})

    assert payload["body"]["data"]["note"]["fileName"] == "a.bin"
    assert said == "warning: a.http: several parts are called `note`; the last one counts\n"


# --- what is not what it claims to be


def test_a_body_that_claims_to_be_json_stays_text_and_that_is_told(shown):
    data = b'POST / HTTP/1.1\nContent-Type: application/json\n\n{"id": 1,\n "lines": }'
    payload, said = shown("a.http", {"a.http": data})

    assert payload["body"]["data"] == '{"id": 1,\n "lines": }'
    assert said == (
        "warning: a.http:5:11: the body is not JSON: a value must stand here; it stays\n"
        "         text, though its content type says JSON\n"
    )


BROKEN = "error: a.http: the multipart body is broken: "
NO_REQUEST = "not an HTTP request: the first line is such as `POST /orders?page=1 HTTP/1.1`"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.json", b'{"id": 1,\n "x": }', "a.json:2:7: error: not JSON: a value must stand here"),
        ("a.json", b'{"id": "\xff"}', "a.json:1:9: error: not UTF-8 text: byte 0xff"),
        ("a.json", b'[1,\n {"$bytes": "%%"}]', "a.json:2:14: error: the `$bytes` here is no base64 text"),
        ("a.json", b'[1,\n {"$bytes": 5}]', "a.json:2:4: error: the `$bytes` here is no base64 text"),
        (
            "a.json",
            b"[" * 700 + b'{"$bytes": ""}' + b"]" * 700,
            "a.json:1:1: error: the data is nested too deeply",
        ),
        ("a.yml", b"id: [1\n", "a.yml:1:5: error: this bracket is never closed"),
        ("a.csv", b"id\n1;\xff", "a.csv:2:3: error: not UTF-8 text: byte 0xff"),
        (
            "a.http",
            b"order 7\n\n",
            f"a.http:1:1: error: {NO_REQUEST}",
        ),
        (
            "a.http",
            b"",
            f"a.http:1:1: error: {NO_REQUEST}",
        ),
        (
            "a.http",
            b"GET http://[a HTTP/1.1\n\n",
            "a.http:1:1: error: `http://[a` is no URL: Invalid IPv6 URL",
        ),
        (
            "a.http",
            b'POST / HTTP/1.1\nX-A: 1\n{"id": 1}\n',
            "a.http:3:1: error: not a header (`Name: value`); a blank line comes before the body",
        ),
        (
            "a.http",
            b"POST / HTTP/1.1\nX-A: 1\n",
            "a.http:2:1: error: the blank line after the headers is missing",
        ),
        (
            "a.http",
            b"POST / HTTP/1.1\nContent-Type: text/csv\n\nid\n\xff",
            "a.http:5:1: error: the body is no UTF-8 text, as its type `text/csv` says: byte 0xff",
        ),
        (
            "a.http",
            b"POST / HTTP/1.1\nContent-Type: text/csv; charset=odd\n\nid",
            "a.http:1:1: error: nobody knows the charset of `text/csv; charset=odd`",
        ),
        (
            "a.http",
            b"POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n1\na\n",
            "a.http:1:1: error: bodies in chunks are not read",
        ),
        (
            "a.http",
            PARTS.replace(b"; boundary=xYz", b""),
            f"{BROKEN}the content type names no boundary",
        ),
        (
            "a.http",
            PARTS.replace(b"boundary=xYz", b"boundary=abc"),
            f"{BROKEN}the boundary `abc` of the content type is nowhere in the body",
        ),
        (
            "a.http",
            PARTS.replace(b"--xYz--", b""),
            f"{BROKEN}the last part is not ended by `--xYz--`",
        ),
        (
            "a.http",
            PARTS.replace(b'; name="photo"', b""),
            f"{BROKEN}part 2 has no name in a `Content-Disposition`",
        ),
        (
            "a.http",
            PARTS.replace(b'"note"\n\n', b'"note"\n'),
            f"{BROKEN}part 1 has no blank line between its headers and its data",
        ),
    ],
)
def test_a_file_that_is_not_what_its_name_claims_is_refused(name, data, message, start):
    ran = start(name, {name: data})
    assert (ran.code, ran.out) == (3 if "not UTF-8" in message else 1, "")
    assert ran.err.splitlines()[0] == message


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        (".", ". is a folder, not a file"),
        ("gone.xml", "gone.xml does not exist"),
        ("a\0b/c", "a\N{REPLACEMENT CHARACTER}b/c cannot be read: embedded null byte"),
    ],
)
def test_a_payload_that_cannot_be_read_exits_with_3(payload, message, start):
    ran = start(payload)
    assert (ran.code, ran.err.splitlines()[0]) == (3, f"error: {message}")


BIG = b"x" * (6 * 1024 * 1024 + 1)


def test_a_request_that_hosted_platforms_refuse_is_told(start):
    ran = start("big.txt", {"big.txt": BIG})
    assert (ran.code, ran.err) == (
        0,
        "warning: big.txt: the request has 6.0 MiB; hosted platforms take 6 MiB\n",
    )


def test_of_a_whole_payload_the_body_counts_as_it_is_sent(start):
    half = "x" * (4 * 1024 * 1024)
    whole = json.dumps({"body": {"data": half}, "rawBody": {"data": half}})
    assert start("big.json", {"big.json": whole.encode()}).err == ""


@pytest.mark.parametrize(
    ("limits", "code", "said"), [("off", 0, ""), ("enforce", 1, "error: big.txt: the request")]
)
def test_limits_may_be_enforced_or_off(limits, code, said, start):
    ran = start("big.txt", {"big.txt": BIG, "xchange.yaml": f"limits: {limits}".encode()})
    assert (ran.code, ran.err[:27]) == (code, said)


def test_what_is_far_too_large_is_not_read(start):
    ran = start("big.txt", {"big.txt": b"x" * (16 * 1024 * 1024 + 1)})
    assert (ran.code, ran.err.splitlines()[0]) == (
        3,
        "error: big.txt is too large: a payload may have 16 MiB",
    )
