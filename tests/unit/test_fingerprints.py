"""Fingerprints: the same finding keeps its own wherever its lines move, and another finding has another."""

import hashlib

from xchange_cli.components.catalog import Catalog
from xchange_cli.source import Source
from xchange_cli.validation.validate import validate

CATALOG = Catalog.load()
HEADER = "definitionVersion: 7\nname: Orders\ndescription: ''\nflows:\n"
FLOW = """\
  - name: Nightly
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
"""
LOG = """\
      - name: Tell
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs: {level: {type: value, value: info}, message: {type: reference, value: triger.results}}
"""


def fingerprints(text, key="orders"):
    report = validate(Source("integration.yml", text), CATALOG, key=key)
    assert {found.rule for found in report.diagnostics} == {"unknown-reference"}
    return [found.fingerprint for found in report.diagnostics]


def test_a_fingerprint_is_made_of_rule_integration_flow_step_path_and_word():
    parts = (
        *("unknown-reference", "orders", "Nightly", "tell"),
        *("inputs", "message", "value"),
        "triger",
    )
    assert fingerprints(HEADER + FLOW + LOG) == [hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]]


def test_a_fingerprint_does_not_depend_on_lines_and_positions():
    other_step = LOG.replace("Tell", "Before").replace("triger", "trigger")
    moved = "# a comment\n\n" + HEADER + FLOW.replace("Nightly", "First") + FLOW + other_step + "\n" + LOG
    assert fingerprints(moved) == fingerprints(HEADER + FLOW + LOG)


def test_a_step_may_move_into_a_loop_and_keeps_its_fingerprint():
    loop = """\
      - name: Each
        action: {key: loopNTimes, component: {key: loop, isPublic: true, version: LATEST}}
        inputs: {iterationCount: {type: value, value: '2'}}
        steps:
"""
    inside = "".join(f"    {line}\n" for line in LOG.splitlines())
    assert fingerprints(HEADER + FLOW + loop + inside) == fingerprints(HEADER + FLOW + LOG)


def test_findings_of_the_schema_name_flow_and_step_too():
    broken = HEADER + FLOW + LOG.replace("triger", "trigger") + "        colour: red\n"
    found = validate(Source("integration.yml", broken), CATALOG).diagnostics
    assert [(one.rule, one.flow, one.step) for one in found] == [("unknown-key", "Nightly", "Tell")]


def test_many_unknown_keys_do_not_hide_an_error():
    steps = "".join(
        LOG.replace("Tell", f"Tell {n}").replace("triger", "trigger") + f"        k{n}: 1\n"
        for n in range(120)
    )
    wrong = LOG.replace("Tell", "Last").replace("triger", "trigger") + "        branches: 5\n"
    found = validate(Source("integration.yml", HEADER + FLOW + steps + wrong), CATALOG).diagnostics
    assert {"unknown-key", "wrong-type"} <= {one.rule for one in found}


def test_another_word_step_flow_or_integration_gives_another_fingerprint():
    text = HEADER + FLOW + LOG
    different = [
        fingerprints(text),
        fingerprints(text.replace("triger", "trigr")),
        fingerprints(text.replace("Tell", "Say")),
        fingerprints(text.replace("Nightly", "Daily")),
        fingerprints(text, key="returns"),
    ]
    assert len({tuple(found) for found in different}) == len(different)
