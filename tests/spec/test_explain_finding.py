"""`xchange explain FINGERPRINT`: a finding with its place, its fixes and its rule."""

import json

import pytest

from strict_schemas import faults
from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.source import Source
from xchange_cli.validation.explained import explained
from xchange_cli.validation.result import ValidationResult

TRIGGER = """\
definitionVersion: 7
name: Orders
description: ''
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
"""
LOG = """\
      - name: Tell
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs: {message: {type: reference, value: triger.results}}
"""
A = "integrations/a/integration.yml"


@pytest.fixture
def folder(project):
    return project({A: TRIGGER + LOG})


@pytest.fixture
def fingerprint(folder, xchange):
    (found,) = json.loads(xchange("validate", "--output", "json", cwd=folder).out)["findings"]
    return found["fingerprint"]


def test_a_finding_is_shown_with_place_hint_fix_and_rule(folder, fingerprint, xchange):
    code, out, err = xchange("explain", fingerprint, cwd=folder)
    rule = xchange("explain", "unknown-reference").out
    assert (code, err) == (0, "")
    assert out == (
        f"{A}:13:52: error unknown-reference: no step of this flow is called `triger`\n"
        "   13 |         inputs: {message: {type: reference, value: triger.results}}\n"
        "      |                                                    ^^^^^^\n"
        "  hint: Did you mean `trigger`?\n"
        "\n"
        "  unsafe fix: replace `triger` by `trigger` at line 13, column 52\n"
        "\n"
        f"{rule}"
    )


def test_six_digits_will_do_and_paths_say_where_to_look(folder, fingerprint, xchange):
    whole = xchange("explain", fingerprint, cwd=folder)
    assert xchange("explain", fingerprint[:6], A, cwd=folder) == whole


def test_a_known_finding_and_one_of_a_config_set_are_explained_too(folder, fingerprint, project, xchange):
    xchange("validate", "--write-baseline", "known.json", cwd=folder)
    project(
        {
            "xchange.yaml": "lint: {baseline: known.json}\n",
            "integrations/a/configs/dev.yml": "values: {Nope: 1}\n",
        }
    )
    assert xchange("explain", fingerprint, cwd=folder).code == 0
    data = json.loads(xchange("validate", "--config", "dev", "--output", "json", cwd=folder).out)
    (found,) = data["findings"]
    out = xchange("explain", found["fingerprint"], cwd=folder).out
    assert out.startswith("integrations/a/configs/dev.yml:1:10: warning unknown-config-value: ")


def test_json_keeps_its_published_contract(folder, fingerprint, xchange):
    code, out, err = xchange("explain", fingerprint, "--output", "json", cwd=folder)
    data = json.loads(out)
    assert (code, err, faults(out, "finding-output")) == (0, "", [])
    assert data["findings"] == json.loads(xchange("validate", "-ojson", cwd=folder).out)["findings"]
    rule = json.loads(xchange("explain", "unknown-reference", "--output", "json").out)
    assert {"schema": "xchange.rule/1", **data["explained"]} == rule


def test_a_fingerprint_that_nothing_has_gives_3_and_says_what_to_do(folder, xchange):
    code, out, err = xchange("explain", "0123456789ab", cwd=folder)
    assert (code, out) == (3, "")
    assert err.startswith("error: no finding has the fingerprint 0123456789ab\nhint: It may be mended")


def test_digits_that_several_fingerprints_begin_with_are_wrong_usage():
    source = Source("a.yml", "name: a\n")
    found = [
        Diagnostic("unknown-key", Severity.WARNING, "odd", source.span(0, 1), fingerprint=f"0123ab{end}")
        for end in ("cdef01", "000000", "000000")
    ]
    result = ValidationResult(tuple(found), files=1, flows=0, steps=0, rules=1)
    assert explained("0123ab0", result).findings == tuple(found[1:])
    with pytest.raises(XchangeError) as caught:
        explained("0123ab", result)
    assert (caught.value.code, caught.value.message, caught.value.hint) == (
        ErrorCode.USAGE,
        "2 fingerprints begin with 0123ab",
        "Say which: 0123ab000000, 0123abcdef01.",
    )


@pytest.mark.parametrize("word", ["abcde", "0123456789abc", "unknown-referense"])
def test_what_is_neither_rule_nor_fingerprint_gives_3(folder, xchange, word):
    code, out, err = xchange("explain", word, cwd=folder)
    assert (code, out) == (3, "")
    assert err.startswith(f"error: there is no rule `{word}`\n")
