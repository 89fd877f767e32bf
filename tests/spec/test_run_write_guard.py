"""Nothing that changes a remote system is sent unless the user allows it.

`api.acme.test` does not exist: what is allowed goes to a proxy on this machine, what is not is stopped before that.
"""

import json

import pytest

from runs import flow, integration, step
from servers import Server, redirect, serving

URL = "http://api.acme.test/items"

HEAD = """\
configPages:
- name: Page
  elements:
  - {type: configVar, value: Acme API}
requiredConfigVars:
- key: Acme API
  dataType: connection
  orgOnly: false
  connection: {key: apiKey, component: {key: http, isPublic: true, version: LATEST}}
  inputs: {}
"""


@pytest.fixture
def server():
    with serving() as started:
        yield started


def files(action="httpPost", url=URL, **inputs):
    sending = step(
        "Create Item", "http", action, url=url, connection="{type: configVar, value: Acme API}", **inputs
    )
    return {
        "integration.yml": integration(flow(sending), head=HEAD),
        "configs/dev.yml": "extends: base\nconnections: {Acme API: {fields: {apiKey: k3y-of-acme}}}\n",
        "configs/base.yml": "values: {}\n",
    }


def run(xchange, *arguments, server=None):
    """Run the flow; requests to hosts that are not this machine go to the server, if there is one."""
    env = {"http_proxy": server.url("")} if server else {}
    return xchange("run", "integration.yml", "--config", "dev", "--no-record", *arguments, env=env)


def kind_of(xchange, *arguments, server=None):
    """Give the kind of error that a run ends with, if any."""
    ran = run(xchange, "--output", "json", *arguments, server=server)
    error = json.loads(ran.out)["error"]
    return error and error["kind"]


@pytest.mark.parametrize("action", ["httpPost", "httpPut", "httpPatch", "httpDelete"])
def test_a_request_that_may_change_something_is_not_sent(xchange, project, action):
    inputs = {} if action == "httpDelete" else {"data": "{}"}
    project(files(action, **inputs))
    assert kind_of(xchange) == "write-blocked"


def test_what_was_not_sent_is_shown_and_how_to_allow_it(xchange, project):
    project(files(data='{"name": "Ada"}'))
    ran = run(xchange)
    assert ran.code == 10
    told = " ".join(ran.out.split())
    assert f"POST {URL} (15 bytes of " in told
    assert "It was not sent, since it would change a remote system: POST" in told
    assert '{"name": "Ada"}) To allow it, add to the command or to the config set: ' in told
    assert "set: --allow-writes=api.acme.test run: {allowWrites: [api.acme.test]} integration.yml:" in told
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    assert "k3y-of-acme" not in ran.out + ran.err


def test_a_request_that_only_reads_is_not_stopped(xchange, project, server: Server):
    project(files("httpGet", server.url("/items")))
    assert kind_of(xchange) is None
    assert [got.method for got in server.requests] == ["GET"]


def test_this_machine_may_be_written_to(xchange, project, server: Server):
    project(files("httpPost", server.url("/items"), data="{}"))
    assert kind_of(xchange) is None
    assert [got.method for got in server.requests] == ["POST"]


def test_a_redirect_to_another_host_is_stopped_there(xchange, project, server: Server):
    server.on("/items", redirect(307, URL))
    project(files("httpPost", server.url("/items"), data="{}"))
    assert kind_of(xchange) == "write-blocked"
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "option",
    [
        "--allow-writes",
        "--allow-writes=API.acme.test",
        "--allow-writes=*.acme.test",
        "--allow-writes=createItem",
        "--allow-writes=Create Item",
        "--allow-writes=Acme*",
    ],
)
def test_a_pattern_of_host_step_or_connection_lets_it_through(xchange, project, server: Server, option):
    project(files(data="{}"))
    assert kind_of(xchange, option, server=server) is None
    assert [(got.method, got.target) for got in server.requests] == [("POST", URL)]


@pytest.mark.parametrize(
    "option", ["--allow-writes=other.test", "--allow-writes=createitem", "--allow-writes=acme.test"]
)
def test_a_pattern_that_does_not_match_allows_nothing(xchange, project, server: Server, option):
    project(files(data="{}"))
    assert kind_of(xchange, option, server=server) == "write-blocked"
    assert server.requests == []


@pytest.mark.parametrize("name", ["dev", "base"])
def test_a_config_set_and_those_it_extends_allow_what_they_name(xchange, project, server: Server, name):
    written = files(data="{}")
    allowed = "run: {allowWrites: [other.test, Acme API]}\n"
    project({**written, f"configs/{name}.yml": written[f"configs/{name}.yml"] + allowed})
    assert kind_of(xchange, server=server) is None
    assert len(server.requests) == 1


def test_the_option_and_the_config_set_allow_together(xchange, project, server: Server):
    project({**files(data="{}"), "configs/base.yml": "run: {allowWrites: [other.test]}\n"})
    assert kind_of(xchange, "--allow-writes=createItem", server=server) is None


def test_a_config_set_that_names_no_patterns_is_refused_at_its_place(xchange, project):
    project({**files(data="{}"), "configs/base.yml": "run:\n  allowWrites: api.acme.test\n"})
    ran = run(xchange)
    assert ran.code == 1
    assert "configs/base.yml:2:16: error wrong-type" in ran.out + ran.err


def test_an_empty_pattern_is_wrong_usage(xchange, project):
    project(files(data="{}"))
    ran = run(xchange, "--allow-writes=")
    assert (ran.code, "the pattern is empty" in ran.err) == (2, True)
