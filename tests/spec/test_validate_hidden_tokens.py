"""Tokens in any file and at any place of it: found in nothing that validating prints or writes."""

import json
import re

import pytest

from xchange_cli import formats

SLACK = "xoxb-123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx"
GITHUB = "ghp_aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5"
PASSWORD = "Pa55w0rdSekrit"
PARTS = ("xoxb-1234", "ghp_aB3dE5", PASSWORD)

INTEGRATION = f"""\
name: A
description: ''
definitionVersion: 7
configPages: []
requiredConfigVars:
  - {{key: "{GITHUB}", stableKey: k2, dataType: strng, defaultValue: "1", orgOnly: false, description: ''}}
  - {{key: Num, stableKey: k4, dataType: number, defaultValue: "{SLACK}", orgOnly: false, description: ''}}
endpointType: flow_specific
flows:
  - name: "F {GITHUB}"
    description: ''
    isSynchronous: false
    endpointSecurityType: customer_optional
    queueConfig: {{dedupeIdField: {{type: reference, value: "t.results.{SLACK}"}}}}
    {GITHUB}: 1
    steps:
      - action: {{component: {{isPublic: true, key: webhook-triggers, version: LATEST}}, key: webhook}}
        name: T
        description: ''
        isTrigger: true
        inputs: {{}}
        schedule: {{type: value, value: "{SLACK}"}}
      - action: {{component: {{isPublic: true, key: http, version: LATEST}}, key: httpGet}}
        name: H
        description: ''
        inputs:
          url: {{type: value, value: "https://user:{PASSWORD}@api.acme.test/x"}}
          {SLACK}: {{type: value, value: x}}
          timeout: {{type: value, value: "{GITHUB}"}}
          debugRequest: {{type: reference, value: "{SLACK}"}}
      - action: {{component: {{isPublic: true, key: {SLACK}, version: LATEST}}, key: {GITHUB}}}
        name: "S {SLACK}"
        description: ''
        inputs:
          message: {{type: template, value: "{{{{#{SLACK}}}}}"}}
      - action: {{component: {{isPublic: true, key: log, version: LATEST}}, key: writeLogMessage}} # xchange: ignore[{GITHUB}] {SLACK}
        name: Q
        description: ''
        inputs:
          message: {{type: value, value: x}}
          level: {{type: value, value: "{SLACK}"}}
"""
STEP = "name: A\ndefinitionVersion: 7\nflows:\n  - name: F\n    steps:\n      - "
UNCLOSED = f'{STEP}{{name: S, inputs: {{token: {{type: value, value: "{SLACK}}}}}}}\n'
TWICE = f"{STEP}{{name: S, inputs: {{token: {{type: value, value: {SLACK}}}}}, inputs: 1}}\n"
TESTS = f"""\
tests:
  "one {SLACK}":
    flow: "{GITHUB}"
    config: "{SLACK}"
    payload: "{GITHUB}"
    variables: {{Num: "{SLACK}"}}
    mocks: {{"{SLACK}": {{error: "{GITHUB}"}}}}
"""
RULES = f"""\
rules:
  no-thing:
    message: "no {SLACK} in {{step.name}} {{flow.name}}"
    match: {{step: '*'}}
  "{GITHUB}": 1
"""
PROJECT = {
    "xchange.yaml": f"lint: {{rules: {{{SLACK}: error}}}}\n",
    "rules/h.yml": RULES,
    "integrations/a/integration.yml": INTEGRATION,
    "integrations/b/integration.yml": UNCLOSED,
    "integrations/c/integration.yml": TWICE,
    "integrations/a/configs/acme.yml": f'values: {{Num: "{SLACK}", "Not {GITHUB}": x}}\nextends: "{GITHUB}"\n',
    "integrations/a/tests/t.test.yml": TESTS,
    "integrations/a/payloads/x.json": f'{{"headers": {{"{GITHUB}": "{SLACK}"}}, "{SLACK}": 1, "body": "{GITHUB}"}}',
    "integrations/a/payloads/y.http": f"POST /x {SLACK}\nAuthorization: {GITHUB}\nBad {SLACK}\n\n{{",
}


def leaks(text):
    return [part for part in PARTS if part in text]


@pytest.mark.parametrize("output", [*formats.names("validate")])
def test_no_token_is_shown_in_any_format(project, xchange, tmp_path, output):
    project(PROJECT)
    env = {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}

    ran = xchange("validate", "--config", "all", "--output", output, env=env)

    assert ran.code == 1
    assert "«secret: hidden" in ran.out
    assert leaks(ran.out + ran.err) == []
    if output == "github":
        assert leaks((tmp_path / "summary.md").read_text()) == []


def test_no_token_is_explained_or_written(project, xchange, tmp_path):
    project(PROJECT)
    found = json.loads(xchange("validate", "--config", "all", "--output", "json").out)["findings"]
    told = [xchange("explain", one) for one in sorted({one["fingerprint"] for one in found})]
    told += [
        xchange("validate", "--write-baseline", "known.json"),
        xchange("validate", "--diff", "--unsafe-fixes"),
    ]
    told += [xchange("rules", "check"), xchange("run", "a"), xchange("explain", "no-thing")]
    written = [(tmp_path / "known.json").read_bytes()]
    written += [path.read_bytes() for path in (tmp_path / ".xchange").rglob("*") if path.is_file()]

    assert leaks("".join(ran.out + ran.err for ran in told)) == []
    assert [leaks(data.decode("utf-8", "replace")) for data in written] == [[]] * len(written)


def test_names_and_pointers_of_a_finding_have_no_token(project, xchange):
    project({"a/integration.yml": INTEGRATION})
    found = json.loads(xchange("validate", "a/integration.yml", "--output", "json").out)["findings"]
    unknown = next(one for one in found if one["rule"] == "unknown-key")
    step = next(one for one in found if one["rule"] == "unknown-component")

    assert re.fullmatch("F «secret: hidden( [0-9]+)?»", unknown["flow"])
    assert re.fullmatch("/flows/0/«secret: hidden( [0-9]+)?»", unknown["pointer"])
    assert re.fullmatch("S «secret: hidden( [0-9]+)?»", step["step"])


def test_a_comment_silences_a_line_that_holds_a_token(project, xchange):
    line = f'    variables: {{Num: "{SLACK}"}}'
    tests = f"tests:\n  one:\n{line}\n"
    name = "integrations/a/tests/t.test.yml"
    project({"integrations/a/integration.yml": INTEGRATION, name: tests})
    before = xchange("validate", name, "--output", "json")
    [rule] = {one["rule"] for one in json.loads(before.out)["findings"]}
    project({name: tests.replace(line, f"{line} # xchange: ignore[{rule}] a sample")})

    assert json.loads(xchange("validate", name, "--output", "json").out)["findings"] == []


def test_diff_shows_no_token_of_a_flow_test(project, xchange):
    tests = f'tests:\n  one:\n    mocks: {{Q: {{error: "{SLACK}"}}}}\n    payloads: order\n'
    name = "integrations/a/tests/t.test.yml"
    project({"integrations/a/integration.yml": INTEGRATION, name: tests})
    ran = xchange("validate", name, "--diff", "--unsafe-fixes")

    assert (ran.code, leaks(ran.out + ran.err)) == (1, [])
    assert '     mocks: {Q: {error: "***"}}\n-    payloads: order\n+    payload: order\n' in ran.out
