"""Secrets in clear text: told at their places, and shown nowhere."""

import json
from io import StringIO

import pytest

from xchange_cli import formats
from xchange_cli.components.catalog import Catalog
from xchange_cli.source import Source
from xchange_cli.validation.cases import complete
from xchange_cli.validation.result import ValidationResult
from xchange_cli.validation.validate import validate

CATALOG = Catalog.load()
CANARY = "Kq7vR2mX9tB4wL6z"
"""Part of every secret of this module."""

HEAD = """\
definitionVersion: 7
name: Case
description: ''
configPages: [{name: Page, elements: [{type: configVar, value: Shop}]}]
requiredConfigVars:
  - key: Shop
    dataType: connection
    orgOnly: false
    connection: {key: CONNECTION, component: {key: http, isPublic: true, version: LATEST}}
    inputs: INPUTS
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Ask
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: 'https://api.acme.test/orders'}
          connection: {type: configVar, value: Shop}
"""


def checked(text):
    return validate(Source("case.yml", text), CATALOG, key="case")


def with_inputs(inputs, connection="basic"):
    return HEAD.replace("INPUTS", inputs).replace("CONNECTION", connection)


def secrets(text):
    found = [one for one in checked(text).diagnostics if one.rule == "secret-in-clear"]
    return [(str(one.span.place), one.span.text, one.message) for one in found]


def shown(text):
    """Give what each format says of the findings in a text."""
    report = checked(text)
    result = ValidationResult(report.diagnostics, files=1, flows=1, steps=1, rules=1)
    told = {}
    for name in formats.names("validate"):
        out = StringIO()
        formats.write("validate", name, result, out)
        told[name] = out.getvalue()
    return told


def test_a_template_without_placeholders_is_clear_text_too():
    text = with_inputs(f"{{password: {{type: template, value: '{CANARY}'}}}}")
    assert secrets(text) == [
        ("case.yml:10:48", f"'{CANARY}'", "the secret input `password` is written in clear text")
    ]


@pytest.mark.parametrize(
    "inputs",
    [
        "{password: {type: value, value: ''}}",
        "{password: {type: value, value: <password>}}",
        "{password: {type: configVar, value: Shop Password}}",
        "{password: {type: template, value: '{{#Shop Password}}'}}",
        "{username: {type: value, value: ann}}",
    ],
)
def test_what_is_empty_or_comes_from_elsewhere_is_no_secret(inputs):
    assert secrets(with_inputs(inputs)) == []


def test_a_field_that_the_catalogue_does_not_know_counts_by_its_name_and_look():
    inputs = f"{{my_api_key: {{type: value, value: {CANARY}}}, note: {{type: value, value: {CANARY}}}}}"
    assert secrets(with_inputs(inputs)) == [
        ("case.yml:10:47", CANARY, "the secret input `my_api_key` is written in clear text")
    ]


def test_a_token_is_told_at_its_place_within_a_block_of_code():
    case = f"""\
      - name: Compute
        action: {{key: runCode, component: {{key: code, isPublic: true, version: LATEST}}}}
        inputs:
          code:
            type: value
            value: |
              // a comment
              await call("ghp_{CANARY}{CANARY}abcd");
              module.exports = async () => ({{ data: 1 }});
"""
    message = "this looks like a secret in clear text (github token, 40 characters)"
    assert secrets(complete(case)) == [("case.yml:18:27", f"ghp_{CANARY}{CANARY}abcd", message)]


LEAKING = {
    "a connection": with_inputs(f"{{password: {{type: value, value: '{CANARY}'}}}}"),
    "other findings in the line": with_inputs(
        f"{{user: {{type: value, value: ''}}, password: {{type: value, value: {CANARY}, colour: {CANARY}}}}}"
    ),
    "a list": with_inputs("{}")
    + f"""\
          headers:
            type: complex
            value:
              - {{name: Authorization, type: value, value: 'Bearer {CANARY}'}}
              - {{type: value, value: 'Bearer {CANARY}'}}
""",
    "a bad reference": with_inputs("{}").replace(
        "'https://api.acme.test/orders'",
        f"'https://ann:{CANARY}@api.acme.test/', type: template, colour: https://ann:{CANARY}@api.acme.test/",
    ),
}


@pytest.mark.parametrize("name", LEAKING)
def test_no_format_shows_a_secret_that_was_found(name):
    told = shown(LEAKING[name])
    assert len(told) >= 3
    for text in told.values():
        assert "secret-in-clear" in text
        assert CANARY not in text


def test_the_fingerprint_does_not_depend_on_the_secret():
    texts = [LEAKING["a list"], LEAKING["a list"].replace(CANARY, "Zp3nH8yD5cJ1fQ6k")]
    one, other = (
        [found["fingerprint"] for found in json.loads(shown(text)["json"])["findings"]] for text in texts
    )
    assert one == other


def test_an_ignored_secret_stays_hidden_in_other_findings_of_its_line():
    text = with_inputs(
        f"{{password: {{type: value, value: {CANARY}, colour: red}}}}  # xchange: ignore[secret-in-clear] old"
    )
    told = shown(text)
    assert "secret-in-clear" not in told["text"]
    assert "colour" in told["text"]
    assert CANARY not in "".join(told.values())
