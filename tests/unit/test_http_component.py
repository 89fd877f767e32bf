"""HTTP actions against a real server on this machine."""

import contextlib
import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contexts import RecordingContext
from servers import answer, drip, echo, raw, redirect, server
from xchange_cli.components.catalog import Catalog
from xchange_cli.components.implementations import Implementations
from xchange_cli.components.spec import ActionError, ActionResult, LogLine
from xchange_cli.wire.following import FollowingHttp
from xchange_cli.wire.guard import Sender, WriteGuard
from xchange_cli.wire.guarded import require_permission
from xchange_cli.wire.http import HttpResponse, WireError
from xchange_cli.wire.live import LiveHttp

__all__ = ["server"]
CATALOG = Catalog.load()
IMPLEMENTATIONS = Implementations()


@pytest.fixture
def context():
    live = LiveHttp()
    yield RecordingContext(http=FollowingHttp(live, lambda _: None), seconds_left=5.0)
    live.close()


def perform(context, action, component="http", **inputs):
    given = {**dict.fromkeys(CATALOG.action(component, action).inputs), **inputs}
    return IMPLEMENTATIONS.perform_for(component, action)(context, given)


def failure(context, action="httpGet", **inputs):
    with pytest.raises(ActionError) as caught:
        perform(context, action, **inputs)
    return caught.value.kind, caught.value.message


def pairs(**members):
    return [{"key": key.replace("_", "-"), "value": value} for key, value in members.items()]


def connection(key, token=None, **fields):
    return {
        "key": key,
        "configVarKey": "Acme",
        "fields": {name: value for name, value in fields.items() if value is not None},
        "token": token or {},
        "context": {},
    }


@pytest.mark.parametrize(
    ("action", "method"),
    [
        ("httpGet", "GET"),
        ("httpPost", "POST"),
        ("httpPut", "PUT"),
        ("httpPatch", "PATCH"),
        ("httpDelete", "DELETE"),
    ],
)
def test_an_action_sends_its_method(context, server, action, method):
    result = perform(context, action, url=f" {server.url('/a')}\n")

    assert (result.data["method"], result.data["path"]) == (method, "/a")
    assert context.warnings == []


def test_the_namesake_of_the_component_sends_as_well(context, server):
    assert perform(context, "httpPost", "customHttp", url=server.url(), data={}).data["body"] == "{}"


def test_any_method_may_be_sent_with_a_warning(context, server):
    assert perform(context, "httpRequest", url=server.url(), method=" options ").data["method"] == "OPTIONS"
    assert len(context.warnings) == 1


def test_the_trigger_shows_the_request_with_a_warning(context):
    assert perform(context, "webhook", contentType="text/plain") == ActionResult(
        data=context.payload, content_type="text/plain"
    )
    assert len(context.warnings) == 1


def test_headers_are_sent_over_defaults(context, server):
    sent = perform(
        context, "httpGet", url=server.url(), headers=pairs(accept="text/csv", X_Count=2, X_No=None)
    )

    headers = sent.data["headers"]
    assert {key: headers.get(key) for key in ("accept", "x-count", "x-no")} == {
        "accept": "text/csv",
        "x-count": "2",
        "x-no": None,
    }
    assert headers["user-agent"].startswith("xchange-cli/")
    assert "idempotency-key" not in headers


def test_without_headers_json_is_preferred(context, server):
    sent = perform(context, "httpGet", url=server.url())

    assert sent.data["headers"]["accept"] == "application/json, text/plain, */*"


@pytest.mark.parametrize(
    ("url", "parameters", "target"),
    [
        ("/a", pairs(q="a b", n=1), "/a?q=a+b&n=1"),
        ("/a?x=1#end", pairs(q="&=/ü"), "/a?x=1&q=%26%3D%2F%C3%BC"),
        ("/a", pairs(none=None, empty=""), "/a?empty="),
        ("/a", pairs(ids=[1, "x", {"a": 1}]), "/a?ids[]=1&ids[]=x&ids[]=%7B%22a%22:1%7D"),
        ("/a", pairs(filter={"a": 1, "b": [2]}), "/a?filter[a]=1&filter[b][]=2"),
        ("/a", {"q": True}, "/a?q=true"),
        ("/a?x=1", None, "/a?x=1"),
    ],
)
def test_query_parameters_are_joined_to_the_url(context, server, url, parameters, target):
    perform(context, "httpGet", url=server.url(url), queryParams=parameters)

    assert server.requests[0].target == target


def test_of_a_repeated_query_parameter_the_last_counts_with_a_warning(context, server):
    perform(context, "httpGet", url=server.url(), queryParams=[*pairs(q=1), *pairs(q=2)])

    assert server.requests[0].query == [("q", "2")]
    assert context.warnings == ["a query parameter is given more than once; only the last value is sent here"]


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("data", "content_type", "body"),
    [
        ({"id": 1, "name": "Zoë"}, "application/json", '{"id":1,"name":"Zoë"}'),
        ([1, None], "application/json", "[1,null]"),
        (5, "application/json", "5"),
        (False, "application/json", "false"),
        (
            {"data": "text", "contentType": "text/plain"},
            "application/json",
            '{"data":"text","contentType":"text/plain"}',
        ),
        ("a=1&b=2", FORM, "a=1&b=2"),
        ("", FORM, ""),
        (b"bytes", "application/octet-stream", "bytes"),
        ({"data": b"a,b", "contentType": "text/csv"}, "text/csv", "a,b"),
        ({"data": b"a,b"}, "application/octet-stream", "a,b"),
        (None, None, ""),
    ],
)
def test_a_body_is_sent_as_what_it_is(context, server, data, content_type, body):
    sent = perform(context, "httpPost", url=server.url(), data=data).data

    assert (sent["headers"].get("content-type"), sent["body"]) == (content_type, body)


@pytest.mark.parametrize(
    ("data", "content_type", "body"),
    [
        ("<a/>", "application/xml", "<a/>"),
        ({"a": 1}, "application/vnd.acme+json", '{"a":1}'),
        ({"a": 1, "b": ["x y"], "c": {"d": None, "e": 2}}, FORM, "a=1&b[]=x+y&c[e]=2"),
        ({"data": b"a", "contentType": "text/csv"}, "image/png", "a"),
    ],
)
def test_the_authors_content_type_counts(context, server, data, content_type, body):
    headers = [{"key": "content-type", "value": content_type}]
    sent = perform(context, "httpPut", url=server.url(), data=data, headers=headers).data

    assert (sent["headers"]["content-type"], sent["body"]) == (content_type, body)


def parts_of(got):
    """Give the parts of a multipart body as (header lines, content)."""
    boundary = got.headers["content-type"].removeprefix("multipart/form-data; boundary=").encode()
    *parts, end = got.body.split(b"--" + boundary)
    assert (parts[0], end) == (b"", b"--\r\n")
    return [
        tuple(part.removeprefix(b"\r\n").removesuffix(b"\r\n").split(b"\r\n\r\n", 1)) for part in parts[1:]
    ]


def test_form_data_holds_fields_and_files(context, server):
    result = perform(
        context,
        "httpPostFormData",
        url=server.url(),
        httpMethod="put",
        headers=pairs(Content_Type="text/plain"),
        formData=pairs(id=7, tags=["a"], none=None),
        fileData=pairs(
            photo={"data": b"\x89\r\n--", "contentType": "image/png"},
            table=b"a,b",
            note="text",
            more={"a": 1},
        ),
        fileDataFileNames=pairs(table='or"ders\r\n.csv', note="note.txt", lost="lost.txt"),
    )

    assert result.data["method"] == "PUT"
    assert parts_of(server.requests[0]) == [
        (b'Content-Disposition: form-data; name="id"', b"7"),
        (b'Content-Disposition: form-data; name="tags"', b'["a"]'),
        (b'Content-Disposition: form-data; name="none"', b""),
        (
            b'Content-Disposition: form-data; name="photo"; filename="photo"\r\nContent-Type: image/png',
            b"\x89\r\n--",
        ),
        (
            b'Content-Disposition: form-data; name="table"; filename="or%22ders%0D%0A.csv"\r\nContent-Type: text/csv',
            b"a,b",
        ),
        (
            b'Content-Disposition: form-data; name="note"; filename="note.txt"\r\nContent-Type: text/plain',
            b"text",
        ),
        (
            b'Content-Disposition: form-data; name="more"; filename="more"\r\nContent-Type: application/json',
            b'{"a":1}',
        ),
    ]
    assert context.warnings == [
        "fileDataFileNames names `lost`, but fileData has no such file; it is not sent"
    ]


def test_a_form_is_always_sent_as_the_same_bytes(context, server):
    for _ in "ab":
        perform(context, "httpPostFormData", url=server.url(), formData=pairs(a="1"), fileData=pairs(b=b"2"))

    first, second = server.requests
    assert (first.body, first.headers) == (second.body, second.headers)


def test_an_object_under_the_type_of_a_form_becomes_one(context, server):
    data = {"a": 1, "file": {"data": b"x", "contentType": "text/csv"}}
    perform(
        context, "httpPost", url=server.url(), data=data, headers=pairs(Content_Type="multipart/form-data")
    )

    assert parts_of(server.requests[0]) == [
        (b'Content-Disposition: form-data; name="a"', b"1"),
        (b'Content-Disposition: form-data; name="file"; filename="file"\r\nContent-Type: text/csv', b"x"),
    ]


PNG = ("Content-Type", "image/png")


@pytest.mark.parametrize(
    ("response_type", "body", "expected"),
    [
        ("json", b'{"a": [1.0, null]}', {"a": [1, None]}),
        ("json", b"not json", "not json"),
        ("json", b"", ""),
        ("json", b"\xef\xbb\xbf1", 1),
        ("json", b"NaN", "NaN"),
        (None, b"2", 2),
        ("text", b'{"a": 1}', '{"a": 1}'),
        ("text", "Zoë".encode(), "Zoë"),
        ("binary", b"\x89\0", {"data": b"\x89\0", "contentType": "image/png"}),
        ("arraybuffer", b"\x89\0", {"data": b"\x89\0", "contentType": "image/png"}),
    ],
)
def test_a_response_is_read_as_its_type(context, server, response_type, body, expected):
    url = server.on("/a", answer(200, body, PNG))

    assert perform(context, "httpGet", url=url, responseType=response_type) == ActionResult(data=expected)
    assert context.warnings == []


def test_a_file_without_type_is_just_bytes(context, server):
    url = server.on("/a", answer(200, b"x"))

    result = perform(context, "httpGet", url=url, responseType="binary")
    assert result.data == {"data": b"x", "contentType": "application/octet-stream"}


def test_text_that_is_not_utf8_is_read_as_such_with_a_warning(context, server):
    url = server.on("/a", answer(200, b"Zo\xeb", ("Content-Type", "text/plain; charset=latin-1")))

    assert perform(context, "httpGet", url=url, responseType="text").data == "Zo\ufffd"
    assert len(context.warnings) == 1


def test_json_nested_beyond_measure_stays_text(context, server):
    deep = b"[" * 100_000
    url = server.on("/a", answer(200, deep))

    assert perform(context, "httpGet", url=url).data == deep.decode()


def test_a_full_response_has_status_and_headers(context, server):
    headers = (("X-A", "1"), ("x-a", "2"), ("Set-Cookie", "a=1"), ("Content-Encoding", "gzip"))
    url = server.on("/a", answer(201, gzip.compress(b"{}", mtime=0), *headers, reason="Created"))

    assert perform(context, "httpGet", url=url, includeFullResponse=True).data == {
        "data": {},
        "status": 201,
        "statusText": "Created",
        "headers": {"x-a": "1, 2", "set-cookie": ["a=1"], "content-length": "22"},
    }


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (b'{"error": "no such order"}', ': {"error": "no such order"}'),
        (b"", ""),
        (b"x" * 501, f": {'x' * 500}…"),
        ("ä".encode() * 3000, f": {'ä' * 500}…"),
        (b"\x89PNG\xff", ": 5 bytes that are not text"),
    ],
)
def test_a_failing_status_fails_the_step(context, server, body, shown):
    url = server.on("/a", answer(404, body, reason="Not Found"))

    assert failure(context, url=f"{url}?page=1&access_token=x") == (
        "http-status",
        f"GET {url}?page=1&access_token=…: the server answered 404 Not Found{shown}",
    )


def test_redirects_are_followed_as_often_as_allowed(context, server):
    server.on("/a", redirect(302, "/b"))
    server.on("/b", redirect(302, "/c"))

    assert perform(context, "httpGet", url=server.url("/a")).data["path"] == "/c"
    with pytest.raises(WireError, match="no more are followed"):
        perform(context, "httpGet", url=server.url("/a"), maxRedirects="1")
    assert failure(context, url=server.url("/a"), maxRedirects="0")[1].endswith(
        "answered 302 Whatever: moved"
    )


def test_the_header_of_a_connection_does_not_go_to_another_origin(context, server):
    server.on("/a", redirect(302, server.url("/b", host="localhost")))
    given = connection("apiKey", apiKey="k", headerKey="X-Own")
    perform(context, "httpGet", url=server.url("/a"), connection=given)

    assert [got.headers.get("x-own") for got in server.requests] == ["k", None]


def test_five_redirects_are_followed_unless_told_otherwise(context, server):
    server.on("/a", redirect(302, "/a"))

    with pytest.raises(WireError, match="redirect 5 led"):
        perform(context, "httpGet", url=server.url("/a"))


CUT = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")


def test_failures_are_tried_again_and_told(context, server):
    url = server.on("/a", answer(503, reason="Busy"), CUT, answer(200, {"ok": True}))

    result = perform(context, "httpGet", url=url, maxRetries="5", retryDelayMS="250")
    assert result.data == {"ok": True}
    assert context.pauses == [0.25, 0.25]
    assert context.lines == [
        LogLine("WARN", f"GET {url}: the server answered 503 Busy; attempt 2 of 6 follows in 0.25 s"),
        LogLine(
            "WARN",
            f"GET {url}: the response of 127.0.0.1:{server.port} ends too early; "
            "attempt 3 of 6 follows in 0.25 s",
        ),
    ]


def test_the_last_failure_counts(context, server):
    url = server.on("/a", answer(500, b"first"), answer(502, b"last", reason="Bad"))

    assert failure(context, "httpPost", url=url, maxRetries="1") == (
        "http-status",
        f"POST {url}: the server answered 502 Bad: last",
    )
    assert [line.message for line in context.lines] == [
        f"POST {url}: the server answered 500 Whatever; attempt 2 of 2 follows"
    ]


@pytest.mark.parametrize(
    ("status", "retries_all", "attempts"), [(404, False, 1), (404, True, 3), (429, False, 1), (500, False, 3)]
)
def test_what_is_tried_again_depends_on_the_status(context, server, status, retries_all, attempts):
    url = server.on("/a", answer(status))

    failure(context, url=url, maxRetries="2", retryOnAllErrors=retries_all)
    assert len(server.requests) == attempts


def test_a_timeout_is_tried_again(context, server):
    url = server.on("/a", drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"), answer(200, 1))

    assert perform(context, "httpGet", url=url, maxRetries="1", timeout="500").data == 1


def test_a_timeout_fails_the_step(context, server):
    url = server.on("/a", drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"))

    with pytest.raises(WireError) as caught:
        perform(context, "httpGet", url=url, timeout="100")
    assert (caught.value.kind, caught.value.message) == (
        "timeout",
        f"GET {url}: there was no whole response after 0.1 s",
    )


def test_no_request_takes_longer_than_the_run(context, server):
    context.seconds_left = 0.1
    url = server.on("/a", drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"))

    with pytest.raises(WireError, match=r"after 0\.1 s"):
        perform(context, "httpGet", url=url)


def test_when_the_run_is_over_nothing_is_sent(context, server):
    context.seconds_left = 0.0

    assert failure(context, url=server.url()) == ("timeout", "the time of the run is over")
    assert server.requests == []


def test_what_can_never_get_better_is_not_tried_again(context, server):
    with pytest.raises(WireError, match="X-A"):
        perform(
            context,
            "httpGet",
            url=server.url(),
            headers=pairs(X_A="\0"),
            maxRetries="3",
            retryOnAllErrors=True,
        )
    assert context.pauses == []


def test_what_the_write_guard_refuses_is_not_tried_again():
    asked = []

    def before(request):
        asked.append(request.url)
        require_permission(request, WriteGuard(), Sender)

    context = RecordingContext(http=FollowingHttp(LiveHttp(), before))
    with pytest.raises(WireError, match=r"--allow-writes=api\.acme\.test"):
        perform(context, "httpPost", url="https://api.acme.test/", maxRetries="3", retryOnAllErrors=True)
    assert asked == ["https://api.acme.test/"]


def test_back_off_doubles_with_some_chance(context, server):
    url = server.on("/a", answer(500), answer(500), answer(500), answer(200))
    perform(context, "httpGet", url=url, maxRetries="3", useExponentialBackoff=True, retryDelayMS="9000")

    assert context.pauses == pytest.approx([0.22, 0.44, 0.88])


@pytest.mark.parametrize(
    ("status", "value", "pause"),
    [
        (429, "7", 7.0),
        (503, "7", 7.0),
        (500, "7", 0.5),
        (429, "0", 0.5),
        (429, "Fri, 17 May 2024 09:30:45 GMT", pytest.approx(29.877)),
        (429, "Fri, 17 May 2024 09:00:00 GMT", 0.5),
        (429, "Fri, 17 May 2024 09:30:45", 0.5),
        (429, "soon", 0.5),
        (429, "-5", 0.5),
        (429, "9" * 400, 999_999_999.0),
    ],
)
def test_a_server_may_ask_for_a_longer_wait(context, server, status, value, pause):
    url = server.on("/a", answer(status, b"", ("Retry-After", value)), answer(200))
    perform(context, "httpGet", url=url, maxRetries="1", retryDelayMS="500", retryOnAllErrors=True)

    assert context.pauses == [pause]


def test_a_debugged_request_is_logged_without_what_proves_who_one_is(context, server):
    url = server.on("/a", answer(200, {"id": 7}, ("Set-Cookie", "id=1")))
    perform(
        context,
        "httpPost",
        url=f"{url}?api_key=x",
        data={"id": 1},
        headers=pairs(Authorization="Bearer x", Accept="*/*", User_Agent="me"),
        debugRequest=True,
    )

    assert context.lines == [
        LogLine(
            "DEBUG",
            f"request: POST {url}?api_key=…\nAccept: */*\nUser-Agent: me\nAuthorization: …\n"
            'Content-Type: application/json\n\n{"id":1}',
        ),
        LogLine(
            "DEBUG",
            "response: 200 Whatever\nContent-Type: application/json\nSet-Cookie: …\nContent-Length: 9\n\n"
            '{"id": 7}',
        ),
    ]


@pytest.mark.parametrize(
    ("given", "header", "value"),
    [
        (
            connection("apiKey", apiKey="k", headerKey="Authorization", authScheme="Basic"),
            "authorization",
            "Basic k",
        ),
        (connection("apiKey", apiKey="k", headerKey="X-Key"), "x-key", "k"),
        (connection("apiKey", apiKey="k", headerKey="", authScheme="Token"), "authorization", "Token k"),
        (connection("basic", username="ada", password="pä"), "authorization", "Basic YWRhOnDDpA=="),
        (connection("authorizationCode", {"access_token": "t"}), "authorization", "Bearer t"),
        (connection("clientCredentials", {"access_token": "t"}), "authorization", "Bearer t"),
        (connection("slackOAuth", {"access_token": "t"}), "authorization", "Bearer t"),
        (connection("apiKey", apiKey="k"), "authorization", "Bearer k"),
        (connection("login", username="ada", password="p"), "authorization", "Basic YWRhOnA="),
    ],
)
def test_a_connection_proves_who_one_is(context, server, given, header, value):
    sent = perform(context, "httpGet", url=server.url(), connection=given)

    assert sent.data["headers"][header] == value


@pytest.mark.parametrize("given", [None, ""])
def test_without_connection_nothing_is_proved(context, server, given):
    assert (
        "authorization" not in perform(context, "httpGet", url=server.url(), connection=given).data["headers"]
    )


def test_the_authors_header_goes_before_that_of_the_connection(context, server):
    sent = perform(
        context,
        "httpGet",
        url=server.url(),
        connection=connection("basic", username="a", password="b"),
        headers=pairs(authorization="mine"),
    )

    assert sent.data["headers"]["authorization"] == "mine"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (connection("basic", username="ada"), "the connection `Acme` has no password"),
        (connection("apiKey", headerKey="X"), "the connection `Acme` has no apiKey"),
        (connection("clientCredentials", clientId="x"), "the connection `Acme` has no tokenUrl"),
        (connection("other"), "the connection `Acme` has no token, API key or user name"),
        (
            connection("authorizationCode", clientId="x"),
            "the connection `Acme` has no access token; users are not asked for one here: give `token: {access_token: …}` under the connection in the config set",
        ),
    ],
)
def test_missing_credentials_are_named(context, server, given, message):
    assert failure(context, url=server.url(), connection=given) == ("credentials-missing", message)
    assert server.requests == []


def test_what_is_no_connection_is_told(context, server):
    kind, message = failure(context, url=server.url(), connection="Acme")
    assert (kind, message) == ("action-failed", 'connection: the text "Acme" is not a connection')


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({"url": None}, "url is not set, or its value is null"),
        (
            {"url": "orders?key=x"},
            'url: the text "orders" is not an absolute URL, which starts with http:// or https://',
        ),
        ({"responseType": "xml"}, 'responseType: the text "xml" is none of json, text and binary'),
        ({"maxRetries": "many"}, 'maxRetries: the text "many" is not a whole number'),
        ({"timeout": "Infinity"}, 'timeout: the text "Infinity" is no length of time'),
        ({"retryDelayMS": "soon"}, 'retryDelayMS: the text "soon" is not a number'),
        ({"headers": 5}, "headers: the number 5 is not a list of keys and values"),
        ({"queryParams": "a=1"}, 'queryParams: the text "a=1" is not a list of keys and values'),
    ],
)
def test_unusable_inputs_are_named(context, server, inputs, message):
    assert failure(context, **{"url": server.url(), **inputs})[1] == message
    assert server.requests == []


def test_numbers_below_zero_count_as_zero(context, server):
    inputs = {"maxRetries": "-1", "retryDelayMS": "-1", "timeout": "-1", "maxRedirects": "-1"}

    assert perform(context, "httpGet", url=server.url(), **inputs).data["path"] == "/"


def client(server, **fields):
    given = {"tokenUrl": server.url("/token"), "clientId": "me", "clientSecret": "s&cret", "scopes": "a b"}
    return connection("clientCredentials", **{**given, **fields})


def test_a_token_is_asked_for_once_a_run(context, server):
    server.on("/token", answer(200, {"access_token": "t0ken", "expires_in": 3600}))
    server.on("/a", echo)

    for _ in "ab":
        sent = perform(context, "httpGet", url=server.url("/a"), connection=client(server))
        assert sent.data["headers"]["authorization"] == "Bearer t0ken"
    asked, *_ = server.requests
    assert [got.path for got in server.requests] == ["/token", "/a", "/a"]
    assert (asked.method, asked.headers["content-type"], asked.body) == (
        "POST",
        FORM,
        b"grant_type=client_credentials&scope=a+b&client_id=me&client_secret=s%26cret",
    )
    assert context.secrets == [("Acme.token.access_token", "t0ken")]


@pytest.mark.parametrize("life", ["30", 1, "20.5"])
def test_a_token_that_has_expired_is_asked_for_again(context, server, life):
    first = answer(200, {"access_token": "one", "expires_in": life})
    server.on("/token", first, answer(200, {"access_token": "two"}))

    sent = [perform(context, "httpGet", url=server.url("/a"), connection=client(server)) for _ in "abc"]
    assert [one.data["headers"]["authorization"] for one in sent] == [
        "Bearer one",
        "Bearer two",
        "Bearer two",
    ]


@pytest.mark.parametrize("life", [None, "soon", -1, 0, "1e300"])
def test_a_token_without_known_end_lasts_for_the_run(context, server, life):
    server.on("/token", answer(200, {"access_token": "one", "expires_in": life}))
    for _ in "ab":
        perform(context, "httpGet", url=server.url("/a"), connection=client(server))

    assert [got.path for got in server.requests] == ["/token", "/a", "/a"]


def test_two_clients_have_their_own_tokens(context, server):
    server.on("/token", answer(200, {"access_token": "one"}), answer(200, {"access_token": "two"}))

    sent = [
        perform(context, "httpGet", url=server.url("/a"), connection=client(server, clientId=name))
        for name in ("me", "you", "me")
    ]
    assert [one.data["headers"]["authorization"] for one in sent] == [
        "Bearer one",
        "Bearer two",
        "Bearer one",
    ]


def test_a_client_that_is_refused_in_the_body_tries_basic_authentication(context, server):
    refused = answer(401, {"error": "invalid_client"})
    server.on("/token", refused, answer(200, {"access_token": "t"}))
    perform(context, "httpGet", url=server.url("/a"), connection=client(server, scopes=None))

    second = server.requests[1]
    assert (second.headers["authorization"], second.body) == (
        "Basic bWU6cyZjcmV0",
        b"grant_type=client_credentials",
    )


@pytest.mark.parametrize(
    ("response", "shown"),
    [
        (answer(400, {"error": "invalid_scope"}, reason="Bad"), '400 Bad: {"error": "invalid_scope"}'),
        (answer(200, {"token": "x"}), "200 Whatever: no `access_token`"),
        (answer(200, {"ok": "x", "error": "y"}), '200 Whatever: no `access_token`, but {"error":"y"}'),
        (answer(400, b"x" * 400), f"400 Whatever: {'x' * 300}…"),
        (redirect(302, "/b"), "302 Whatever: moved"),
        (answer(500), "500 Whatever"),
    ],
)
def test_a_refused_token_is_told(context, server, response, shown):
    url = server.on("/token", response)

    assert failure(context, url=server.url("/a"), connection=client(server)) == (
        "credentials-refused",
        f"the connection `Acme` got no access token: {url} answered {shown}",
    )


@pytest.mark.parametrize("headers", ['{"X-Tenant": "7"}', {"X-Tenant": 7}, "X-Tenant: 7\n", " X-Tenant :7"])
def test_a_token_may_be_asked_for_with_more_headers(context, server, headers):
    server.on("/token", answer(200, {"access_token": "t"}))
    perform(context, "httpGet", url=server.url("/a"), connection=client(server, headers=headers))

    assert server.requests[0].headers["x-tenant"] == "7"


@pytest.mark.parametrize("headers", ["X-Tenant", "{X}"])
def test_more_headers_that_are_none_are_told(context, server, headers):
    assert failure(context, url=server.url("/a"), connection=client(server, headers=headers))[1] == (
        "the headers of the connection `Acme` must be a JSON object or lines like `Name: value`, "
        f'not the text "{headers}"'
    )


def test_a_token_is_got_past_the_write_guard(server):
    server.on("/token", answer(200, {"access_token": "t"}))
    asked = []

    def before(request):
        elsewhere = request._replace(url="https://login.acme.test/")
        require_permission(elsewhere, WriteGuard(), Sender)
        asked.append(f"{request.method} {request.url}")

    live = LiveHttp()
    context = RecordingContext(http=FollowingHttp(live, before))
    perform(context, "httpGet", url=server.url("/a"), connection=client(server))
    live.close()
    assert asked == [f"POST {server.url('/token')}", f"GET {server.url('/a')}"]


URLS = st.sampled_from(
    ["http://a.test/", "http://a.test/?\ud800", "HTTPS://\ud800", "http://[", "http://a b"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.binary(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["key", "value", "data", ""]), inner)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("action", ["httpPost", "httpPostFormData", "httpRequest"])
def test_whatever_is_given_and_comes_back_there_is_a_result_or_an_error_of_the_action(action):
    keys = st.sampled_from(sorted(CATALOG.action("http", action).inputs))

    @settings(max_examples=50, deadline=None, database=None)
    @given(URLS, st.dictionaries(keys, VALUES, max_size=3), st.integers(100, 599), st.binary(max_size=20))
    def law(url, spoilt, status, body):
        class Anything:
            def send(self, request, terms):
                assert all(isinstance(part, str) for pair in request.headers for part in pair)
                assert isinstance(request.body, bytes)
                assert terms.most_redirects >= 0
                return HttpResponse(status, "", (), body, request.url)

        inputs = {"method": "PUT", "maxRetries": 1, **spoilt, "url": url}
        with contextlib.suppress(ActionError):
            assert isinstance(perform(RecordingContext(http=Anything()), action, **inputs), ActionResult)

    law()
