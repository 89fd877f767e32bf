"""Real exchanges with a server on this machine, which does all that servers should not."""

import gzip
import socket
import time
import zlib

import pytest

from certificates import authority_and_signed, server_context
from servers import answer, drip, echo, hang, hang_up, raw, server, serving
from xchange_cli.wire.http import HttpRequest, HttpResponse, Terms, WireError
from xchange_cli.wire.live import LiveHttp

__all__ = ["server"]
SOON = Terms(seconds=0.15)


@pytest.fixture
def http():
    live = LiveHttp()
    yield live
    live.close()


def get(http, url, terms=None, **more):
    return http.send(HttpRequest("GET", url, **more), terms or Terms(seconds=5))


def failure(http, request, terms=None):
    request = HttpRequest("GET", request) if isinstance(request, str) else request
    with pytest.raises(WireError) as caught:
        http.send(request, terms or Terms(seconds=5))
    assert not caught.value.is_final
    return caught.value.kind, caught.value.message


def test_a_response_comes_whole(http, server):
    url = server.on("/a", answer(201, b"made", ("X-Id", "1"), ("X-Id", "2"), reason="Created"))

    headers = (("X-Id", "1"), ("X-Id", "2"), ("Content-Length", "4"))
    assert get(http, url) == HttpResponse(201, "Created", headers, b"made", url)


def test_a_request_is_sent_as_it_is(http, server):
    headers = (("X-One", "1"), ("Content-Type", "text/plain"))
    http.send(HttpRequest("PUT", server.url("/a b?q=ä&q=1#part"), headers, b"text"))

    [got] = server.requests
    assert (got.method, got.target, got.body) == ("PUT", "/a%20b?q=%C3%A4&q=1", b"text")
    assert got.headers == {
        "host": f"127.0.0.1:{server.port}",
        "content-length": "4",
        "x-one": "1",
        "content-type": "text/plain",
        "accept-encoding": "gzip, deflate",
    }


def test_a_large_body_arrives_whole(http, server):
    body = bytes(range(256)) * 4096 * 3
    http.send(HttpRequest("POST", server.url("/a"), (), body))

    assert server.requests[0].body == body


def test_a_post_without_body_says_so(http, server):
    http.send(HttpRequest("POST", server.url("/a")))

    assert server.requests[0].headers["content-length"] == "0"


def test_one_connection_serves_many_requests(http, server):
    for number in range(5):
        get(http, server.url(f"/{number}"))

    assert len(server.requests) == 5
    assert server.connections == 1


def test_a_connection_is_used_again_after_a_redirect_and_a_failing_status(http, server):
    server.on("/a", answer(302, b"see", ("Location", "/b")))
    server.on("/b", answer(500, b"no"))

    assert [get(http, server.url(path)).status for path in ("/a", "/b", "/a")] == [302, 500, 302]
    assert server.connections == 1


@pytest.mark.parametrize("location", ["/b", "http://h:x/", "javascript:alert(1)", "ftp://[", "//", "\xff"])
def test_a_redirect_is_a_response_wherever_it_leads(http, server, location):
    url = server.on("/a", answer(301, b"", ("Location", location)))

    response = get(http, url)
    assert (response.status, response.header("location")) == (301, location)


def test_cookies_are_not_kept(http, server):
    server.on("/a", answer(200, b"", ("Set-Cookie", "id=1; Path=/")))
    get(http, server.url("/a"))
    get(http, server.url("/b"))

    assert "cookie" not in server.requests[1].headers


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_goes_on_where_a_kept_connection_turns_out_to_be_closed(http, server, method):
    url = server.on("/a", answer(), hang_up, answer(204))

    assert [http.send(HttpRequest(method, url)).status for _ in "ab"] == [200, 204]
    assert (len(server.requests), server.connections) == (3, 2)


def test_writing_does_not_go_on_there_since_it_might_be_done_twice(http, server):
    url = server.on("/a", answer(), hang_up, answer())
    http.send(HttpRequest("POST", url))

    kind, message = failure(http, HttpRequest("POST", url))
    assert kind == "broken-response"
    assert message == f"POST {url}: 127.0.0.1:{server.port} closed the connection without a response"
    assert len(server.requests) == 2


def test_after_closing_a_client_can_be_used_again(http, server):
    get(http, server.url())
    http.close()
    get(http, server.url())

    assert server.connections == 2


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "GZIP"])
def test_gzip_is_decoded(http, server, coding):
    url = server.on("/a", answer(200, gzip.compress(b"text" * 1000), ("Content-Encoding", coding)))

    assert get(http, url).body == b"text" * 1000


def test_gzip_of_several_members_and_padding_is_decoded(http, server):
    body = gzip.compress(b"one ", mtime=0) + gzip.compress(b"two", mtime=0) + b"\0\0"
    url = server.on("/a", answer(200, body, ("Content-Encoding", "gzip")))

    assert get(http, url).body == b"one two"


@pytest.mark.parametrize("window", [zlib.MAX_WBITS, -zlib.MAX_WBITS])
def test_deflate_is_decoded_with_and_without_header(http, server, window):
    packer = zlib.compressobj(wbits=window)
    url = server.on(
        "/a", answer(200, packer.compress(b"text") + packer.flush(), ("Content-Encoding", "deflate"))
    )

    assert get(http, url).body == b"text"


def test_codings_are_undone_in_turn(http, server):
    body = gzip.compress(zlib.compress(b"text"))
    url = server.on("/a", answer(200, body, ("Content-Encoding", "deflate, identity, gzip")))

    assert get(http, url).body == b"text"


def test_an_empty_body_may_say_it_is_compressed(http, server):
    url = server.on("/a", answer(200, b"", ("Content-Encoding", "gzip")))

    assert get(http, url).body == b""


def test_a_response_to_head_has_no_body(http, server):
    url = server.on("/a", answer(200, b"a" * 100))

    response = http.send(HttpRequest("HEAD", url), Terms(seconds=5, most_bytes=10))
    assert (response.body, response.header("content-length")) == (b"", "100")


@pytest.mark.parametrize(
    ("asked", "sent"),
    [("gzip, deflate, br", "gzip, deflate"), ("br;q=1.0, gzip;q=0.5", "gzip;q=0.5"), ("zstd", "identity")],
)
def test_only_codings_that_can_be_decoded_are_asked_for(http, server, asked, sent):
    get(http, server.url(), headers=(("Accept-Encoding", asked),))

    assert server.requests[0].headers["accept-encoding"] == sent


@pytest.mark.parametrize(
    ("body", "coding", "reason"),
    [
        (b"plain", "gzip", "its body is not gzip as its header says"),
        (b"\x07plain", "deflate", "its body is not deflate as its header says"),
        (gzip.compress(b"text" * 100, mtime=0)[:-9], "gzip", "its gzip body ends too early"),
        (b"x", "br", "its body is encoded as br, which was not asked for"),
        (b"x", "gzip," * 6, "its body is encoded 6 times"),
    ],
)
def test_a_body_that_is_not_coded_as_it_says_is_broken(http, server, body, coding, reason):
    url = server.on("/a", answer(200, body, ("Content-Encoding", coding)))

    assert failure(http, url) == ("broken-response", f"GET {url}: the response is broken: {reason}")


@pytest.mark.parametrize("coding", ["gzip", "deflate", "gzip, gzip"])
def test_a_bomb_is_given_up_before_it_fills_the_memory(http, server, coding):
    bomb = zlib.compress(bytes(50_000_000)) if coding == "deflate" else gzip.compress(bytes(50_000_000))
    bomb = gzip.compress(bomb) if "," in coding else bomb
    url = server.on("/a", answer(200, bomb, ("Content-Encoding", coding)))

    terms = Terms(seconds=5, most_bytes=1_000_000)
    assert failure(http, url, terms) == (
        "too-large",
        f"GET {url}: the response is larger than 1000000 bytes",
    )


def test_a_body_that_is_announced_too_large_is_not_read(http, server):
    url = server.on("/a", answer(200, b"", length=10**12))

    assert failure(http, url)[0] == "too-large"


def test_a_body_that_gets_too_large_is_given_up(http, server):
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    url = server.on("/a", raw(head + b"3e8\r\n" + b"a" * 1000 + b"\r\n0\r\n\r\n"))

    assert get(http, url, Terms(seconds=5, most_bytes=1000)).body == b"a" * 1000
    assert failure(http, url, Terms(seconds=5, most_bytes=999))[0] == "too-large"


@pytest.mark.parametrize(
    "behaviour",
    [
        hang,
        drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        drip(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"a"),
        drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        drip(b"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n\x78\x9c", b"\0\0\0\xff\xff"),
    ],
    ids=["nothing", "headers", "body", "chunks", "empty deflate blocks"],
)
def test_the_time_limit_holds_for_the_whole_exchange(http, server, behaviour):
    url = server.on("/a", behaviour)
    start = time.monotonic()

    assert failure(http, url, SOON) == ("timeout", f"GET {url}: there was no whole response after 0.15 s")
    assert time.monotonic() - start < 2


def test_a_server_that_reads_nothing_is_given_up(http):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        kind, message = failure(http, HttpRequest("POST", url, (), bytes(30_000_000)), SOON)

    assert (kind, message) == ("timeout", f"POST {url}: there was no whole response after 0.15 s")


def test_without_time_nothing_is_sent(http, server):
    assert failure(http, server.url(), Terms(seconds=0))[0] == "timeout"
    assert server.requests == []


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"", "{peer} closed the connection without a response"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "the response of {peer} ends too early"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nabc",
            "the response of {peer} ends too early",
        ),
        (b"\x00\xff garbage\r\n\r\n", "what {peer} sent is not HTTP: "),
        (b"HTTP/1.1 2x0 OK\r\n\r\n", "what {peer} sent is not HTTP: "),
        (b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "what {peer} sent is not HTTP: "),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "what {peer} sent is not HTTP: "),
        (b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 200_000, "what {peer} sent is not HTTP: "),
    ],
)
def test_a_broken_response_is_told(http, server, sent, reason):
    url = server.on("/a", raw(sent))

    kind, message = failure(http, url)
    assert kind == "broken-response"
    assert message.startswith(f"GET {url}: {reason.format(peer=f'127.0.0.1:{server.port}')}")


def test_a_broken_response_does_not_spoil_the_next(http, server):
    url = server.on(
        "/a", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"), hang_up, answer(200, b"ok")
    )

    assert [failure(http, url)[0] for _ in "ab"] == ["broken-response", "broken-response"]
    assert get(http, url).body == b"ok"


def test_a_host_that_refuses_is_named(http):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    assert failure(http, f"http://127.0.0.1:{port}/a?api_key=hidden") == (
        "connection-failed",
        f"GET http://127.0.0.1:{port}/a?api_key=…: 127.0.0.1:{port} refused the connection; nothing may be listening there",
    )


def test_a_name_that_cannot_be_found_is_named(http, monkeypatch):
    def unknown(*_arguments, **_more):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    assert failure(http, "http://nowhere.invalid/") == (
        "connection-failed",
        "GET http://nowhere.invalid/: the name of nowhere.invalid:80 cannot be found; check its spelling and your network",
    )


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("/orders", '"/orders" has no scheme; it must start with http:// or https://'),
        ("ftp://a.test/x", '"ftp://a.test/x" is of the scheme ftp; it must start with http:// or https://'),
        (
            "file:///etc/passwd",
            '"file:///etc/passwd" is of the scheme file; it must start with http:// or https://',
        ),
        ("http:///x", '"http:///x" names no host'),
        ("http://a.test:99999/", '"http://a.test:99999/" has a port that cannot be'),
        ("http://a.test:x/", "\"http://a.test:x/\" is not a URL: Invalid port: 'x'"),
        (f"http://{'a' * 64}.test/", f'"http://{"a" * 64}.test/" has a host name that cannot be'),
        ("http://[::1/", "\"http://[::1/\" is not a URL: Invalid port: ':1'"),
    ],
)
def test_what_is_no_url_is_not_sent(http, url, reason):
    assert failure(http, url) == ("bad-request", reason)


@pytest.mark.parametrize(
    "url", ["http://a.test/\r\nHost: b", "http://a\ud800.test/", "http://a.test/\ud800", "http://a b/"]
)
def test_characters_that_no_url_holds_are_refused(http, url):
    assert failure(http, url)[0] == "bad-request"


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ((("X-A", "1\r\nX-B: 2"),), "the header X-A holds '\\r', which no header can"),
        ((("X-A", "a\0"),), "the header X-A holds '\\x00', which no header can"),
        ((("X-A", "€"),), "the header X-A holds '€', which no header can"),
        ((("X A", "1"),), "'X A' cannot be the name of a header"),
        ((("X-A:\r\nB", "1"),), "'X-A:\\r\\nB' cannot be the name of a header"),
        ((("", "1"),), "'' cannot be the name of a header"),
    ],
)
def test_headers_cannot_smuggle_others(http, server, headers, reason):
    assert failure(http, HttpRequest("GET", server.url(), headers)) == ("bad-request", reason)
    assert server.requests == []


def test_two_hosts_are_one_too_many(http, server):
    kind, message = failure(http, HttpRequest("GET", server.url(), (("Host", "a"), ("Host", "b"))))

    assert (kind, server.requests) == ("bad-request", [])
    assert message.startswith(f"GET {server.url()}: this cannot be sent: ")


@pytest.mark.parametrize("method", ["", "GET /x", "GET\r\n", "GÉT"])
def test_a_method_cannot_smuggle_anything(http, server, method):
    assert failure(http, HttpRequest(method, server.url()))[0] == "bad-request"


def test_the_length_is_that_of_the_body_whatever_the_headers_say(http, server):
    headers = (("Content-Length", "3"), ("Transfer-Encoding", "chunked"))
    http.send(HttpRequest("POST", server.url("/a"), headers, b"12345"))

    [got] = server.requests
    assert (got.body, got.headers["content-length"], "transfer-encoding" in got.headers) == (
        b"12345",
        "5",
        False,
    )


def test_latin_letters_and_blanks_around_values_are_fine(http, server):
    get(http, server.url("/a"), headers=(("X-A", " Zoë\n"),))

    assert server.requests[0].headers["x-a"] == "Zoë"


def test_headers_of_responses_may_be_utf8_or_latin(http, server):
    server.on(
        "/a", raw("HTTP/1.1 200 Très\r\nX-A: Zoë\r\n".encode() + b"X-B: Zo\xeb\r\nContent-Length: 0\r\n\r\n")
    )

    response = get(http, server.url("/a"))
    assert (response.header("x-a"), response.header("x-b")) == ("Zoë", "Zoë")


def test_user_and_password_in_the_url_are_sent_as_basic_authentication(http, server):
    url = server.url("/a").replace("http://", "http://ada:pass@")
    get(http, url)

    assert server.requests[0].headers["authorization"] == "Basic YWRhOnBhc3M="


def test_a_proxy_of_the_environment_is_used(http, server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{server.port}")
    server.on("/orders", echo)

    assert get(http, "http://shop.test/orders").status == 200
    assert [(got.target, got.headers["host"]) for got in server.requests] == [
        ("http://shop.test/orders", "shop.test")
    ]


def test_a_proxy_that_refuses_is_blamed_itself(http, server, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{server.port}")
    server.on("shop.test:443", answer(403, b"", reason="Forbidden"))

    assert failure(http, "https://shop.test/") == (
        "connection-failed",
        f"GET https://shop.test/: the proxy 127.0.0.1:{server.port} refused to connect: 403 Forbidden",
    )


def test_this_machine_is_reached_without_proxy(http, server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")

    assert get(http, server.url()).status == 200


@pytest.mark.parametrize("proxy", ["ftp://proxy.test", "socks5://127.0.0.1:1"])
def test_a_proxy_that_cannot_be_used_is_told(http, monkeypatch, proxy):
    monkeypatch.setenv("ALL_PROXY", proxy)

    kind, message = failure(http, "http://shop.test/")
    assert kind == "connection-failed"
    assert message.startswith("the proxy that the environment names cannot be used: ")


AUTHORITY, SIGNED = authority_and_signed()


def test_a_certificate_of_a_trusted_authority_is_accepted(http, tmp_path):
    with serving(server_context(tmp_path)) as tls:
        response = get(http, tls.url("/a"), Terms(seconds=5, ca=AUTHORITY.certificate))
        get(http, tls.url("/b"), Terms(seconds=5, ca=AUTHORITY.certificate))

    assert (response.status, tls.connections) == (200, 1)


def test_a_certificate_of_nobody_known_is_refused_with_a_way_out(http, tmp_path):
    with serving(server_context(tmp_path)) as tls:
        kind, message = failure(http, tls.url("/a"))

    assert (kind, tls.requests) == ("tls-failed", [])
    assert message.startswith(
        f"GET {tls.url('/a')}: the TLS certificate of 127.0.0.1:{tls.port} is not trusted: "
    )
    assert message.endswith(
        "if it should be, name a file with its authority's certificate in SSL_CERT_FILE, "
        "or let the step ignore TLS errors"
    )


def test_a_certificate_in_the_environment_is_trusted(http, tmp_path, monkeypatch):
    file = tmp_path / "authority.pem"
    file.write_text(AUTHORITY.certificate, encoding="ascii")
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with serving(server_context(tmp_path)) as tls:
        assert get(http, tls.url("/a")).status == 200


def test_a_certificate_need_not_be_verified(http, tmp_path):
    with serving(server_context(tmp_path)) as tls:
        assert get(http, tls.url("/a"), Terms(seconds=5, verifies=False)).status == 200
        assert failure(http, tls.url("/a"))[0] == "tls-failed"


def test_a_client_shows_its_certificate(http, tmp_path):
    with serving(server_context(tmp_path, asks_client=True)) as tls:
        terms = Terms(seconds=5, ca=AUTHORITY.certificate)
        kind, _ = failure(http, tls.url("/a"), terms)
        shown = terms._replace(certificate=SIGNED.certificate, key=SIGNED.key)
        assert get(http, tls.url("/a"), shown).status == 200

    assert kind in {"tls-failed", "broken-response"}


@pytest.mark.parametrize(
    ("terms", "what"),
    [
        (Terms(ca="nothing"), "the certificates to trust"),
        (Terms(certificate="nothing", key="nothing"), "the client's certificate and key"),
        (Terms(certificate=SIGNED.certificate, key=AUTHORITY.key), "the client's certificate and key"),
    ],
)
def test_certificates_that_are_none_are_told(http, terms, what):
    kind, message = failure(http, "https://127.0.0.1:1/", terms)
    assert kind == "tls-failed"
    assert message.startswith(f"{what} cannot be used: ")


def test_a_file_of_certificates_that_is_missing_is_told(http, monkeypatch, tmp_path):
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "nothing.pem"))

    assert failure(http, "https://127.0.0.1:1/") == (
        "tls-failed",
        "the certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be used: No such file or directory",
    )


def test_a_server_without_tls_is_told(http, server):
    kind, message = failure(http, server.url().replace("http:", "https:"))

    assert kind == "tls-failed"
    assert message.endswith("does not speak TLS; the URL may have to start with http://")


def test_a_hanging_handshake_is_given_up(http):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/"
        assert failure(http, url, SOON)[0] == "timeout"
