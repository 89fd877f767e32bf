"""Redirects, told by a server that counts what it gets."""

import pytest

from servers import answer, drip, redirect, server, serving
from xchange_cli.wire.following import FollowingHttp
from xchange_cli.wire.http import HttpRequest, Terms, WireError
from xchange_cli.wire.live import LiveHttp

__all__ = ["server"]
TERMS = Terms(seconds=5)


@pytest.fixture
def asked():
    """What was asked before each hop."""
    return []


@pytest.fixture
def http(asked):
    live = LiveHttp()
    yield FollowingHttp(live, asked.append)
    live.close()


def failure(http, request, terms=TERMS):
    with pytest.raises(WireError) as caught:
        http.send(request, terms)
    return caught.value.kind, caught.value.message


def test_a_chain_is_followed_to_its_end(http, server, asked):
    server.on("/a", redirect(301, "/b?x=1"))
    server.on("/b", redirect(302, server.url("/c")))
    server.on("/c", redirect(308, "//127.0.0.1:" + str(server.port) + "/d/e"))
    server.on("/d/e", redirect(307, "f"))
    server.on("/d/f", answer(200, b"end"))

    response = http.send(HttpRequest("GET", server.url("/a")), TERMS)
    assert (response.status, response.body, response.url) == (200, b"end", server.url("/d/f"))
    assert [request.url for request in asked] == [
        server.url(path) for path in ("/a", "/b?x=1", "/c", "/d/e", "/d/f")
    ]
    assert server.connections == 1


@pytest.mark.parametrize(
    ("method", "status", "then"),
    [
        ("POST", 301, "GET"),
        ("POST", 302, "GET"),
        ("POST", 303, "GET"),
        ("PUT", 303, "GET"),
        ("HEAD", 303, "HEAD"),
        ("PUT", 301, "PUT"),
        ("DELETE", 302, "DELETE"),
        ("POST", 307, "POST"),
        ("PATCH", 308, "PATCH"),
    ],
)
def test_methods_change_as_they_do_in_browsers(http, server, method, status, then):
    server.on("/a", redirect(status, "/b"))
    body = b"" if method == "HEAD" else b"text"
    http.send(
        HttpRequest(method, server.url("/a"), (("Content-Type", "text/plain"), ("X-A", "1")), body), TERMS
    )

    first, second = server.requests
    assert (first.method, first.body) == (method, body)
    kept = then == method
    assert (second.method, second.body) == (then, body if kept else b"")
    assert ("content-type" in second.headers, second.headers["x-a"]) == (kept, "1")


SECRETS = (
    ("Authorization", "Bearer x"),
    ("Cookie", "id=1"),
    ("Proxy-Authorization", "Basic x"),
    ("X-Api-Key", "x"),
    ("X-Auth-Token", "x"),
)


def test_nothing_that_proves_who_one_is_goes_to_another_origin(http, server):
    with serving() as other:
        server.on("/a", redirect(307, other.url("/b")))
        other.on("/b", redirect(307, server.url("/c")))
        headers = (*SECRETS, ("Host", f"127.0.0.1:{server.port}"), ("X-A", "1"))
        http.send(HttpRequest("GET", server.url("/a"), headers), TERMS)

    secret = {name.lower() for name, _ in SECRETS}
    first, last = server.requests
    [stranger] = other.requests
    assert secret <= first.headers.keys()
    for got, port in ((stranger, other.port), (last, server.port)):
        assert secret & got.headers.keys() == set()
        assert (got.headers["host"], got.headers["x-a"]) == (f"127.0.0.1:{port}", "1")


def test_a_header_that_is_called_a_proof_stays_with_its_origin(http, server):
    server.on("/a", redirect(302, "/b"))
    server.on("/b", redirect(302, server.url("/c", host="localhost")))
    headers = (("X-Own", "x"), ("X-Other", "y"))
    http.send(HttpRequest("GET", server.url("/a"), headers, proof=frozenset({"x-own"})), TERMS)

    assert [(got.headers.get("x-own"), got.headers.get("x-other")) for got in server.requests] == [
        ("x", "y"),
        ("x", "y"),
        (None, "y"),
    ]


def test_another_name_of_the_same_machine_is_another_origin(http, server):
    server.on("/a", redirect(302, server.url("/b", host="localhost")))
    http.send(HttpRequest("GET", server.url("/a"), SECRETS), TERMS)

    assert "authorization" not in server.requests[1].headers


def test_headers_stay_within_the_origin(http, server):
    server.on("/a", redirect(302, "/b"))
    http.send(HttpRequest("GET", server.url("/a"), SECRETS), TERMS)

    assert {name.lower() for name, _ in SECRETS} <= server.requests[1].headers.keys()


def test_a_host_that_only_moves_to_https_keeps_its_headers(asked):
    class Moved:
        def send(self, request, terms):
            from xchange_cli.wire.http import HttpResponse

            url = request.url.replace("http:", "https:")
            is_moved = request.url.startswith("https:")
            return HttpResponse(200 if is_moved else 301, "", (("location", url),), b"", request.url)

    FollowingHttp(Moved(), asked.append).send(HttpRequest("GET", "http://a.test/x", SECRETS))

    assert [(request.url, request.headers) for request in asked] == [
        ("http://a.test/x", SECRETS),
        ("https://a.test/x", SECRETS),
    ]


def test_a_loop_ends(http, server):
    url = server.on("/a", redirect(302, "/a"))

    assert failure(http, HttpRequest("GET", url), TERMS._replace(most_redirects=3)) == (
        "too-many-redirects",
        f"GET {url}: this is where redirect 3 led, and no more are followed",
    )
    assert len(server.requests) == 4


def test_with_no_redirects_allowed_a_redirect_is_the_response(http, server):
    server.on("/a", redirect(302, "ftp://elsewhere.test"))

    response = http.send(HttpRequest("GET", server.url("/a")), TERMS._replace(most_redirects=0))
    assert (response.status, response.header("location")) == (302, "ftp://elsewhere.test")


@pytest.mark.parametrize("status", [300, 304, 305, 306])
def test_other_statuses_that_name_a_place_are_responses(http, server, status):
    server.on("/a", answer(status, b"", ("Location", "/b")))

    assert http.send(HttpRequest("GET", server.url("/a")), TERMS).status == status


def test_a_redirect_without_place_is_a_response(http, server):
    server.on("/a", answer(302))

    assert http.send(HttpRequest("GET", server.url("/a")), TERMS).status == 302


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        (
            "ftp://a.test/x",
            'it is redirected, but "ftp://a.test/x" is of the scheme ftp; it must start with ',
        ),
        ("file:///etc/passwd", 'it is redirected, but "file:///etc/passwd" is of the scheme file; '),
        ("javascript:alert(1)", 'it is redirected, but "javascript:alert(1)" is of the scheme javascript; '),
    ],
)
def test_redirects_lead_to_http_only(http, server, asked, location, reason):
    url = server.on("/a", redirect(302, location))

    kind, message = failure(http, HttpRequest("GET", url))
    assert kind == "bad-request"
    assert message.startswith(f"GET {url}: {reason}")
    assert len(asked) == 1


def test_all_hops_share_one_time_limit(http, server):
    server.on("/a", redirect(302, "/b"))
    server.on("/b", drip(b"HTTP/1.1 200 OK\r\n", b"X-A: 1\r\n"))

    kind, message = failure(http, HttpRequest("GET", server.url("/a")), TERMS._replace(seconds=0.2))
    assert kind == "timeout"
    assert message.startswith(f"GET {server.url('/b')}: there was no whole response after 0.")


def test_a_hop_that_is_refused_is_not_made(server):
    def refuse(request):
        if request.url.endswith("/b"):
            raise WireError("write-blocked", "no", is_final=True)

    server.on("/a", redirect(307, "/b"))
    live = LiveHttp()
    assert failure(FollowingHttp(live, refuse), HttpRequest("POST", server.url("/a"))) == (
        "write-blocked",
        "no",
    )
    live.close()
    assert [got.path for got in server.requests] == ["/a"]
