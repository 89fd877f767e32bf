"""Payload files beside integrations: what runs refuse, what they take in another way than it is meant, and schemas."""

import json

import pytest

PLACE = "integrations/orders"
FLOW = """\
  - name: Take Order
    steps:
      - name: Received
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
"""
INTEGRATION = f"""\
definitionVersion: 7
name: Orders
description: ''
flows:
{FLOW}"""
SCHEMA = """\
    schemas:
      invoke: {type: object, properties: {id: {type: string}}, required: [id]}
"""
WITH_SCHEMA = INTEGRATION.replace("    steps:\n", f"{SCHEMA}    steps:\n")
SECOND_FLOW = FLOW.replace("Take Order", "Refund")


@pytest.fixture
def check(xchange, project):
    """Validate one payload beside an integration; give place, severity, rule and message of each finding."""

    def run(name, text, *arguments, integration=INTEGRATION):
        folder = project({f"{PLACE}/integration.yml": integration})
        path = folder / PLACE / "payloads" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        ran = xchange("validate", *arguments, "--output", "json", cwd=folder)
        return [told(found) for found in json.loads(ran.out)["findings"]]

    return run


def told(found):
    file = found["file"].removeprefix(f"{PLACE}/payloads/")
    place = f"{file}:{found['start']['line']}:{found['start']['column']}"
    return place, found["severity"], found["rule"], found["message"]


STAYS = "it stays text, though its content type says JSON"
MULTIPART = "POST / HTTP/1.1\nContent-Type: multipart/form-data; boundary=b\n\n"
PART = '--b\nContent-Disposition: form-data; name="a"\n\n1\n'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"id": "\\ud83d\\ude00", "lines": [1, 2.5, true, null]}'),
        ("a.json", '{"headers": {"A": "b"}, "body": {"data": {"id": "x"}}}'),
        ("a.json", '{"body": "text of a mail", "header": "subject"}'),
        ("a.json", '{"headers": [{"name": "Subject"}], "subject": "x"}'),
        ("a.json", '{"file": {"$bytes": "aGk="}}'),
        ("a.json", "[" * 500 + "]" * 500),
        ("a.yml", "id: x\n"),
        ("a.yaml", ""),
        ("a.http", "POST /orders HTTP/1.1\nContent-Type: application/json\n\n{}\n"),
        ("a.http", f"{MULTIPART}{PART}--b--\n"),
        ("a.http", b"POST / HTTP/1.1\nContent-Type: image/png\n\n\x89\xff"),
        ("a.csv", b"\xff\xfe\xfd"),
    ],
)
def test_what_a_run_takes_is_right(check, name, text):
    assert check(name, text) == []


@pytest.mark.parametrize(
    ("name", "text", "place", "message"),
    [
        ("a.json", '{"id": 1,\n "lines": [}', "a.json:2:12", "not JSON: a value must stand here"),
        ("a.json", '{"id": NaN}', "a.json:1:8", "not JSON: NaN is JavaScript only"),
        ("a.json", "", "a.json:1:1", "not JSON: there is no value"),
        ("a.json", '{"file": {"$bytes": "§"}}', "a.json:1:22", "the `$bytes` here is no base64 text"),
        (
            "a.http",
            "hello",
            "a.http:1:1",
            "not an HTTP request: the first line is such as `POST /orders?page=1 HTTP/1.1`",
        ),
        (
            "a.http",
            "POST / HTTP/1.1\nno header\n\n",
            "a.http:2:1",
            "not a header (`Name: value`); a blank line comes before the body",
        ),
        (
            "a.http",
            f"{MULTIPART}{PART}",
            "a.http:1:1",
            "the multipart body is broken: the last part is not ended by `--b--`",
        ),
    ],
)
def test_what_a_run_refuses_is_an_error_at_its_place(check, name, text, place, message):
    assert check(name, text) == [(place, "error", "bad-payload", message)]


def test_broken_yaml_is_told_as_in_any_other_yaml(check):
    [(place, severity, rule, _)] = check("a.yml", "id: [1\n")
    assert (place, severity, rule) == ("a.yml:1:5", "error", "yaml-syntax")


def test_a_payload_that_cannot_be_read_is_told(check):
    [(place, severity, rule, message)] = check("a.json", b'{"a": "\xff"}')
    assert (place, severity, rule) == ("a.json:1:8", "error", "unreadable-file")
    assert message == "not UTF-8 text: byte 0xff"


@pytest.mark.parametrize(
    ("name", "text", "place", "message"),
    [
        (
            "a.http",
            "POST /?a=1&a=2 HTTP/1.1\n\n",
            "a.http:1:1",
            "several query parameters are called `a`; the last one counts",
        ),
        (
            "a.http",
            f"{MULTIPART}{PART}{PART}--b--\n",
            "a.http:1:1",
            "several parts are called `a`; the last one counts",
        ),
        (
            "a.http",
            'POST / HTTP/1.1\nContent-Type: application/json\n\n{"a":\n }\n',
            "a.http:5:2",
            f"the body is not JSON: a value must stand here; {STAYS}",
        ),
        (
            "a.json",
            '{"headers": {},\n "rawBody": {"data": "{", "contentType": "application/json"}}',
            "a.json:2:22",
            f"the body is not JSON: the `{{` is never closed; {STAYS}",
        ),
        ("a.json", '{"a": 1,\n "a": 2}', "a.json:2:2", "`a` is here twice; the last one counts"),
    ],
)
def test_what_a_run_warns_of_is_a_warning(check, name, text, place, message):
    assert check(name, text) == [(place, "warning", "odd-payload", message)]


WHOLE = "so all of this file is taken for the body of a request"


@pytest.mark.parametrize(
    ("name", "text", "place", "message"),
    [
        (
            "a.json",
            '{\n  "haeders": {},\n  "body": {"data": 1}}',
            "a.json:2:3",
            f"a whole payload has no key `haeders`, {WHOLE}",
        ),
        (
            "a.yml",
            "headers: {A: b}\nboddy: {data: 1}\n",
            "a.yml:2:1",
            f"a whole payload has no key `boddy`, {WHOLE}",
        ),
        (
            "a.yml",
            "headers: {A: b}\nbody: {data: 1}\nnote: x\n",
            "a.yml:3:1",
            f"a whole payload has no key `note`, {WHOLE}",
        ),
        ("a.yml", "headers: {A: b}\nbody: {id: 1}\n", "a.yml:2:1", f"`body` has no `data`, {WHOLE}"),
        (
            "a.yml",
            "headers: ['A: b']\nbody: {data: 1}\n",
            "a.yml:1:10",
            f"`headers` must be a mapping, {WHOLE}",
        ),
    ],
)
def test_a_payload_that_is_a_body_by_mistake_is_told(check, name, text, place, message):
    assert check(name, text) == [(place, "warning", "payload-taken-for-body", message)]


def test_the_word_that_is_meant_is_a_fix(xchange, project):
    files = {
        f"{PLACE}/integration.yml": INTEGRATION,
        f"{PLACE}/payloads/a.json": '{"haeders": {}, "body": {"data": 1}}',
    }
    [found] = json.loads(xchange("validate", "--output", "json", cwd=project(files)).out)["findings"]
    assert (found["hint"], found["fix"][0]["edits"][0]["text"]) == ("Did you mean `headers`?", "headers")


FITS_NOT = "this does not fit `schemas.invoke` of `Take Order`: "


@pytest.mark.parametrize(
    ("name", "text", "findings"),
    [
        ("a.json", '{"id": "x"}', []),
        ("a.json", '{"id": 1}', [("a.json:1:8", "`id` must be text, not the number `1`")]),
        ("a.json", "{}", [("a.json:1:1", "`id` is missing in the body")]),
        (
            "a.json",
            '{"headers": {}, "body": {"data": {"name": 1}}}',
            [("a.json:1:35", "`id` is missing in the body")],
        ),
        ("a.json", '{"headers": {}, "rawBody": {"data": "x"}}', []),
        ("a.http", "POST / HTTP/1.1\n\n{}", []),
    ],
)
def test_a_body_that_does_not_fit_the_schema_of_the_only_flow_is_a_note(check, name, text, findings):
    expected = [(place, "info", "payload-against-schema", FITS_NOT + message) for place, message in findings]
    assert check(name, text, integration=WITH_SCHEMA) == expected


def test_of_several_flows_a_payload_is_for_the_one_that_it_is_named_after(check):
    several = WITH_SCHEMA + SECOND_FLOW
    assert check("refund.json", "{}", integration=several) == []
    assert [found[0] for found in check("takeOrder-empty.json", "{}", integration=several)] == [
        "takeOrder-empty.json:1:1"
    ]


@pytest.mark.parametrize("schema", ["{$ref: 'https://schemas.test/order.json'}", "{type: objct}"])
def test_schemas_that_lead_elsewhere_or_are_broken_judge_no_payload(check, schema):
    integration = INTEGRATION.replace("    steps:\n", f"    schemas: {{invoke: {schema}}}\n    steps:\n")
    found = check("a.json", "[]", integration=integration)
    assert [rule for place, _, rule, _ in found if "payload" in rule or place.startswith("a.json")] == []


def test_a_comment_silences_a_finding_in_yaml(check):
    text = "headers: {A: b}\nboddy: {data: 1} # xchange: ignore[payload-taken-for-body] the sender does so\n"
    assert check("a.yml", text) == []


def test_a_payload_can_be_checked_alone(xchange, project):
    files = {
        f"{PLACE}/integration.yml": "broken: [",
        f"{PLACE}/payloads/a.json": "{",
        f"{PLACE}/payloads/b.json": "{",
    }
    folder = project(files)
    ran = xchange("validate", f"{PLACE}/payloads/a.json", "--output", "json", cwd=folder)
    data = json.loads(ran.out)
    assert ran.code == 1
    assert [told(found)[0] for found in data["findings"]] == ["a.json:1:1"]
    checked = {key: data["checked"][key] for key in ("files", "flows", "payloads", "flowTests")}
    assert checked == {"files": 0, "flows": 0, "payloads": 1, "flowTests": 0}


def test_the_last_line_counts_the_files_beside_integrations(xchange, project):
    files = {
        f"{PLACE}/integration.yml": INTEGRATION,
        f"{PLACE}/payloads/a.json": "{}",
        f"{PLACE}/payloads/b.http": "GET / HTTP/1.1",
        f"{PLACE}/tests/a.test.yml": "tests: {starts: {}}",
    }
    folder = project(files)
    whole = xchange("validate", cwd=folder).out
    assert whole.startswith("1 file, 1 flow, 1 step, 2 payloads, 1 flow test file: no findings (")
    alone = xchange("validate", f"{PLACE}/payloads/a.json", cwd=folder).out
    assert alone.startswith("1 payload: no findings (")
