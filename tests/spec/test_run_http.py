"""Runs that speak HTTP with a real server: what arrives, what comes back, what is refused, what is never shown."""

import json

import pytest

from runs import code, flow, integration, loop, step
from servers import answer, echo, hang, raw, redirect, server

__all__ = ["server"]
SECRET = "s3cret-t0ken-of-acme"
CONNECTION = """configPages:
- name: Page
  elements: [{type: configVar, value: Acme}]
requiredConfigVars:
- key: Acme
  dataType: connection
  connection: {key: %s, component: {key: http, isPublic: true, version: LATEST}}
  inputs: {}
"""


@pytest.fixture
def run(project, xchange):
    def go(*steps, arguments=(), head="", env=None, **files):
        project({"integration.yml": integration(flow(*steps), head=head), **files})
        return xchange("run", "integration.yml", "--output", "json", *arguments, env=env)

    return go


def error_of(ran, kind):
    error = json.loads(ran.out)["error"]
    assert (ran.code, error["kind"]) == (10, kind)
    return error["message"]


def test_what_one_request_gets_another_sends(run, server):
    server.on("/orders", answer(200, [{"id": 7, "name": "Ada"}]))
    ran = run(
        step("Get Orders", "http", "httpGet", url=server.url("/orders")),
        step(
            "Post Order",
            "http",
            "httpPost",
            url=server.url("/copies"),
            data="{type: reference, value: getOrders.results}",
            headers="{type: complex, value: [{name: X-From, type: value, value: xchange}]}",
            queryParams="{type: complex, value: [{name: page, type: value, value: '1'}]}",
        ),
    )

    assert ran.code == 0
    [_, got] = server.requests
    assert (got.method, got.target, got.json) == ("POST", "/copies?page=1", [{"id": 7, "name": "Ada"}])
    assert got.headers["x-from"] == "xchange"
    assert json.loads(ran.out)["response"]["body"]["path"] == "/copies"


def test_a_run_uses_one_connection_for_all_its_requests(run, server):
    ran = run(
        code("Numbers", "return { data: [1, 2, 3, 4, 5] };"),
        loop(
            "Each",
            "numbers.results",
            step("Get One", "http", "httpGet", url=server.url()),
            step("Post One", "http", "httpPost", url=server.url(), data="x=1"),
        ),
    )

    assert ran.code == 0
    assert (len(server.requests), server.connections) == (10, 1)


def test_a_failing_status_ends_the_run_with_its_place(run, server):
    url = server.on("/orders", answer(422, {"error": "no lines"}, reason="Unprocessable"))
    ran = run(step("Post Order", "http", "httpPost", url=url, data="x=1"))

    assert error_of(ran, "http-status") == (
        f'POST {url}: the server answered 422 Unprocessable: {{"error": "no lines"}}'
    )
    assert json.loads(ran.out)["error"]["path"] == "postOrder"


def test_a_broken_response_is_an_error_that_the_flow_may_handle(run, server):
    url = server.on("/orders", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"))
    get = {"url": url, "maxRetries": "1"}

    message = error_of(run(step("Get Orders", "http", "httpGet", **get)), "broken-response")
    assert message == f"GET {url}: the response of 127.0.0.1:{server.port} ends too early"
    ignoring = step("Get Orders", "http", "httpGet", more="errorConfig: {errorHandlerType: ignore}\n", **get)
    assert run(ignoring).code == 0


def test_a_server_that_never_answers_is_given_up_when_the_run_is_over(run, server):
    url = server.on("/orders", hang)
    ran = run(step("Get Orders", "http", "httpGet", url=url), arguments=("--timeout", "0.3"))

    assert ran.code == 12


REMOTE = step("Post Order", "http", "httpPost", url="http://api.acme.test/orders?page=1", data="name=Ada")


def test_a_write_to_elsewhere_is_not_sent_and_shown_instead(run, server):
    env = {"HTTP_PROXY": server.url()}
    more = "errorConfig: {errorHandlerType: ignore}\n"
    ignoring = step("Post", "http", "httpPost", url="http://api.acme.test/orders", data="name=Ada", more=more)

    message = error_of(run(REMOTE, env=env), "write-blocked")
    assert message.startswith(
        "POST http://api.acme.test/orders?page=1 (8 bytes of application/x-www-form-urlencoded: name=Ada) "
    )
    assert "--allow-writes=api.acme.test" in message
    assert run(ignoring, env=env).code == 10
    assert server.requests == []


@pytest.mark.parametrize(
    "allowed", ["--allow-writes", "--allow-writes=*.acme.test", "--allow-writes=Post Order"]
)
def test_a_write_to_elsewhere_is_sent_where_it_is_allowed(run, server, allowed):
    ran = run(REMOTE, env={"HTTP_PROXY": server.url()}, arguments=(allowed,))

    assert ran.code == 0
    assert [got.target for got in server.requests] == ["http://api.acme.test/orders?page=1"]


def test_reading_from_elsewhere_needs_no_permission(run, server):
    get = step("Get Orders", "http", "httpGet", url="http://api.acme.test/orders")

    assert run(get, env={"HTTP_PROXY": server.url()}).code == 0


def test_a_write_here_does_not_lead_elsewhere(run, server):
    url = server.on("/orders", redirect(307, "http://api.acme.test/orders"))
    ran = run(step("Post Order", "http", "httpPost", url=url, data="x=1"))

    assert error_of(ran, "write-blocked").startswith("POST http://api.acme.test/orders (3 bytes ")


def test_a_run_that_may_not_connect_does_not(run, server):
    ran = run(step("Get Orders", "http", "httpGet", url=server.url()), arguments=("--http", "deny"))

    assert error_of(ran, "network-denied") == (
        f"GET {server.url()}: this run opens no connections (HTTP is denied)"
    )
    assert server.connections == 0


def test_a_run_that_may_not_connect_names_the_action_that_would(run):
    get = step("Get", "aws-s3", "getObject", bucket="b", objectKey="k", awsRegion="eu-west-1")
    ran = run(get, arguments=("--http", "deny"))

    assert error_of(ran, "network-denied") == (
        "`getObject` of `aws-s3`: this run opens no connections (HTTP is denied, or answered from a recording)"
    )


@pytest.mark.parametrize("action", ["httpGet", "httpPost"])
def test_the_made_up_url_of_a_flow_is_told_as_such(run, action):
    url = "https://hooks.xchange.invalid/priceOrder"
    ran = run(step("Ask", "http", action, url=url))

    assert error_of(ran, "network-denied") == (
        f"{action[4:].upper()} {url}: this URL stands in for the webhook of the flow `priceOrder` and exists in this "
        "run only as a text; mock the step, or run that flow by itself"
    )


@pytest.mark.parametrize(
    ("key", "fields", "proof"),
    [
        ("apiKey", f"apiKey: {SECRET}, authScheme: Token", f"Token {SECRET}"),
        ("basic", f"username: ada, password: {SECRET}", "Basic YWRhOnMzY3JldC10MGtlbi1vZi1hY21l"),
    ],
)
def test_a_connection_is_used_and_never_shown(run, server, tmp_path, key, fields, proof):
    server.on("/a", echo)
    inputs = {"connection": "{type: configVar, value: Acme}", "url": server.url("/a"), "debugRequest": "true"}
    ran = run(
        step("Get", "http", "httpGet", **inputs),
        code("Show", "throw new Error(JSON.stringify(stepResults.get.results));"),
        head=CONNECTION % key,
        arguments=("--config", "acme.yml"),
        **{"acme.yml": f"connections: {{Acme: {{fields: {{{fields}}}}}}}\n"},
    )

    assert ran.code == 10
    assert server.requests[0].headers["authorization"] == proof
    everything = (
        ran.out
        + ran.err
        + "".join(
            file.read_bytes().decode("latin-1") for file in tmp_path.rglob(".xchange/**/*") if file.is_file()
        )
    )
    assert SECRET not in everything
    assert proof.split()[1] not in everything


def test_a_token_is_got_used_and_never_shown(run, server, tmp_path):
    server.on("/token", answer(200, {"access_token": SECRET, "expires_in": 3600}))
    fields = f"tokenUrl: 'http://login.acme.test/token', clientId: me, clientSecret: {SECRET[::-1]}"
    inputs = {"connection": "{type: configVar, value: Acme}", "url": server.url("/a")}
    ran = run(
        step("Get", "http", "httpGet", **inputs),
        step("Get Again", "http", "httpGet", **inputs),
        head=CONNECTION % "clientCredentials",
        env={"HTTP_PROXY": server.url()},
        arguments=("--config", "acme.yml"),
        **{"acme.yml": f"connections: {{Acme: {{fields: {{{fields}}}}}}}\n"},
    )

    assert ran.code == 0
    assert [got.target for got in server.requests] == ["http://login.acme.test/token", "/a", "/a"]
    assert server.requests[2].headers["authorization"] == f"Bearer {SECRET}"
    everything = (
        ran.out
        + ran.err
        + "".join(
            file.read_bytes().decode("latin-1") for file in tmp_path.rglob(".xchange/**/*") if file.is_file()
        )
    )
    assert SECRET not in everything
    assert SECRET[::-1] not in everything
