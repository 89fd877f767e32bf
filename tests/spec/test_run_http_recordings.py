"""`xchange run --http`: what goes over the wire is recorded once and then answered without a connection."""

import json

import pytest

from runs import code, flow, integration, step
from servers import Server, answer, hang_up, redirect, serving

SECRET = "c4nary-of-customer-one"
OTHER = "c4nary-of-customer-two"

HEAD = """\
configPages:
- name: Page
  elements:
  - {type: configVar, value: Acme}
requiredConfigVars:
- key: Acme
  dataType: connection
  orgOnly: false
  connection: {key: apiKey, component: {key: http, isPublic: true, version: LATEST}}
  inputs: {}
"""

CONFIG = "connections: {{Acme: {{fields: {{apiKey: {secret}, headerKey: X-Api-Key, authScheme: ''}}}}}}\n"


@pytest.fixture
def server():
    with serving() as started:
        yield started


def files(*steps):
    return {
        "integration.yml": integration(flow(*steps, name="Nightly Sync"), head=HEAD),
        "configs/one.yml": CONFIG.format(secret=SECRET),
        "configs/two.yml": CONFIG.format(secret=OTHER),
    }


def request(name, action, url, **inputs):
    connection = "{type: configVar, value: Acme}"
    return step(name, "http", action, url=url, connection=connection, **inputs)


def run(xchange, mode, *more, config="one"):
    ran = xchange(
        "run", "integration.yml", "--config", config, "--output", "json", "--no-record", "--http", mode, *more
    )
    return ran, json.loads(ran.out)


def results(outcome):
    """Give what the steps gave, without the trigger."""
    return {found["ref"]: found.get("result") for found in outcome["steps"][1:]}


def test_a_replay_gives_what_was_recorded_without_any_server(xchange, project, server: Server):
    server.on("/items", answer(200, {"items": [1, 2], "for": SECRET}))
    server.on("/orders", answer(201, {"id": 7}), answer(201, {"id": 8}))
    folder = project(
        files(
            request("Get Items", "httpGet", server.url("/items?page=1")),
            request("First Order", "httpPost", server.url("/orders"), data='{"qty": 1}'),
            request("Second Order", "httpPost", server.url("/orders"), data='{"qty": 1}'),
        )
    )
    ran, live = run(xchange, "record")
    assert (ran.code, len(server.requests)) == (0, 3)
    assert "recorded 3 exchanges in recordings/nightlySync.json" in ran.err
    text = (folder / "recordings" / "nightlySync.json").read_text(encoding="utf-8")
    assert SECRET not in text

    server.close()
    ran, replayed = run(xchange, "replay")
    assert (ran.code, results(replayed)) == (0, results(live))
    assert len(server.requests) == 3
    assert "did not make" not in ran.err


def test_a_failed_run_leaves_a_complete_recording_alone(xchange, project, server: Server):
    server.on("/items", answer(200, {"items": []}))
    asking = request("Get Items", "httpGet", server.url("/items"))
    folder = project(files(asking, request("Get More", "httpGet", server.url("/items?2"))))
    run(xchange, "record")
    recording = (folder / "recordings" / "nightlySync.json").read_bytes()
    project(files(asking, code("Fail", "throw new Error('no');")))

    ran, _ = run(xchange, "record")

    assert (ran.code, (folder / "recordings" / "nightlySync.json").read_bytes()) == (10, recording)
    message = "the run did not end well, so recordings/nightlySync.json stays as it was"
    assert message in " ".join(ran.err.split())


def test_a_recording_made_for_one_customer_answers_another(xchange, project, server: Server):
    server.on("/items", answer(200, {"for": SECRET}))
    sending = code("Use Key", 'return { data: context.configVars["Acme"].fields.apiKey.length };')
    folder = project(files(sending, request("Get Items", "httpGet", server.url(f"/items?key={SECRET}"))))
    run(xchange, "record")
    server.close()

    (folder / "integration.yml").write_text(
        (folder / "integration.yml").read_text(encoding="utf-8").replace(SECRET, OTHER), encoding="utf-8"
    )
    ran, replayed = run(xchange, "replay", config="two")
    assert ran.code == 0
    assert results(replayed)["getItems"] == {"for": "«secret: Acme.apiKey»"}
    assert OTHER not in ran.out + ran.err


def test_redirects_and_failed_exchanges_come_again(xchange, project, server: Server):
    server.on("/old", redirect(302, "/new"))
    server.on("/new", answer(200, {"moved": True}))
    server.on("/broken", hang_up)
    folder = project(
        files(
            request("Get Old", "httpGet", server.url("/old")),
            request("Get Broken", "httpGet", server.url("/broken")),
        )
    )
    ran, live = run(xchange, "record")
    assert ran.code == 10
    recording = json.loads((folder / "recordings" / "nightlySync.json").read_text(encoding="utf-8"))
    assert [one["response"]["status"] for one in recording["exchanges"][:2]] == [302, 200]
    assert recording["exchanges"][2]["error"]["kind"] == live["error"]["kind"]

    server.close()
    ran, replayed = run(xchange, "replay")
    assert (ran.code, replayed["error"], results(replayed)) == (10, live["error"], results(live))
    assert results(replayed)["getOld"] == {"moved": True}


def test_a_miss_names_the_nearest_request_and_what_differs(xchange, project, server: Server):
    written = files(request("Get Items", "httpGet", server.url("/items?page=2")))
    project(written)
    run(xchange, "record")
    project({"integration.yml": written["integration.yml"].replace("page=2", "page=3")})
    ran, outcome = run(xchange, "replay")
    url = server.url("/items")
    assert ran.code == 10
    assert outcome["error"]["kind"] == "not-recorded"
    assert outcome["error"]["message"] == (
        f"GET {url}?page=3 is not in recordings/nightlySync.json: the nearest is GET {url}?page=2: "
        "query parameter page is `3`, recorded `2`; record it with --http record"
    )
    assert len(server.requests) == 1


def test_the_error_handling_of_a_flow_does_not_hide_a_miss(xchange, project, server: Server):
    lenient = "errorConfig: {errorHandlerType: ignore}\n"
    get = step("Get Items", "http", "httpGet", more=lenient, url=server.url("/items"))
    project(files(get))
    run(xchange, "record")
    project(files(get.replace("/items", "/others")))
    ran, outcome = run(xchange, "replay")
    assert (ran.code, outcome["error"]["kind"]) == (10, "not-recorded")


def test_requests_that_a_replay_did_not_make_are_named(xchange, project, server: Server):
    steps = [request(f"Get {name}", "httpGet", server.url(f"/{name}")) for name in ("a", "b")]
    project(files(*steps))
    run(xchange, "record")
    project(files(steps[0]))
    ran, _ = run(xchange, "replay")
    assert ran.code == 0
    told = " ".join(ran.err.split())
    assert (
        f"the run did not make these requests of recordings/nightlySync.json: GET {server.url('/b')}" in told
    )


def test_a_run_that_fails_keeps_what_it_exchanged(xchange, project, server: Server):
    failing = code("Fail", 'throw new Error("enough");')
    folder = project(files(request("Get Items", "httpGet", server.url("/items")), failing))
    ran, _ = run(xchange, "record", "--recording", "half")
    assert ran.code == 10
    recording = json.loads((folder / "recordings" / "half.json").read_text(encoding="utf-8"))
    assert [one["request"]["url"] for one in recording["exchanges"]] == [server.url("/items")]


def test_nothing_is_sent_where_connections_are_denied(xchange, project, server: Server):
    project(files(request("Get Items", "httpGet", server.url("/items"))))
    ran, outcome = run(xchange, "deny")
    assert (ran.code, outcome["error"]["kind"], server.requests) == (10, "network-denied", [])


def test_a_recording_that_is_not_there_is_refused_before_the_run(xchange, project, server: Server):
    project(files(request("Get Items", "httpGet", server.url("/items"))))
    ran, error = run(xchange, "replay", "--recording", "other")
    assert (ran.code, error["message"]) == (3, "there is no recording recordings/other.json")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--http", "sometimes"], "'sometimes' is not one of"),
        (["--http", "record", "--recording", "a/b"], "'a/b' is no name of a recording"),
    ],
)
def test_words_that_mean_nothing_are_wrong_usage(xchange, project, arguments, message):
    project(files())
    ran = xchange("run", "integration.yml", "--config", "one", *arguments)
    assert ran.code == 2
    assert message in " ".join(ran.err.split())
