"""What is printed for programs meets its published schema, and the schema describes every key of it."""

import json
from io import StringIO

import pytest

from strict_schemas import event_faults, faults
from xchange_cli import formats
from xchange_cli.components.catalog import Catalog
from xchange_cli.components.implementations import Implementations
from xchange_cli.components.lookup import action_page, component_page
from xchange_cli.validation.pages import pages

ERP = """\
key: erp
title: Our ERP
data_sources: [selectOrder]
notes: [Orders are never deleted.]
connections:
  - {key: apiKey, inputs: [{key: token, type: password, required: true}]}
  - {key: login, oauth2: client_credentials}
triggers:
  - {key: orderChanged, output: {description: The order.}}
actions:
  - key: saveOrder
    effect: writes
    branches: [Saved, Refused]
    output: {example: {id: 1, lines: [{item: bolt}]}}
    behaviour: [Saving twice is harmless.]
    inputs:
      - {key: retries, type: string, default: 3}
      - {key: isUrgent, type: boolean, default: true}
      - {key: channel, type: string, choices: [web, phone]}
      - {key: tags, type: string, collection: valuelist}
      - key: customer
        type: structuredObject
        inputs: [{key: name, type: string, note: As on the invoice}]
  - {key: ping}
"""
INTEGRATION = """\
definitionVersion: 7
name: Orders
description: ''
configPages: [{name: Page, elements: [{type: configVar, value: Size}]}]
requiredConfigVars: [{key: Size, dataType: number, orgOnly: false}]
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Log
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs: {level: {type: value, value: info}, message: MESSAGE}
"""
GOOD = INTEGRATION.replace("MESSAGE", "{type: configVar, value: Size}")
BROKEN = INTEGRATION.replace("MESSAGE", "{type: reference, value: triger.results.body.data}")


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ("rules", "rules-output"),
        ("explain unknown-reference", "rule-output"),
        ("explain missing-config-value", "rule-output"),
        ("explain config-var-renamed", "change-kind-output"),
        ("explain unreadable-file", "rule-output"),
        ("components", "components-output"),
        ("components loop", "component-output"),
        ("components slack", "component-output"),
        ("components erp", "component-output"),
        ("components log writeLog", "action-output"),
        ("components webhook-triggers webhook", "action-output"),
        ("components slack oauth2", "action-output"),
        ("components erp saveOrder", "action-output"),
        ("components erp orderChanged", "action-output"),
        ("components erp apiKey", "action-output"),
        ("components erp login", "action-output"),
    ],
)
def test_what_is_looked_up_is_as_its_schema_says(arguments, name, xchange, project):
    folder = project({"components/erp.yml": ERP})
    code, out, err = xchange(*arguments.split(), "--output", "json", cwd=folder)
    assert (code, err) == (0, "")
    assert faults(out, name) == []


def test_every_rule_and_every_built_in_component_is_as_its_schema_says():
    catalog, local = Catalog.load(), Implementations()
    explained = [faults(written("explain", page), "rule-output") for page in pages()]
    components = [component_page(catalog, local, entry.key) for entry in catalog.entries()]
    shown = [faults(written("component", page), "component-output") for page in components]
    actions = [
        faults(written("action", action_page(catalog, local, page.spec.key, name)), "action-output")
        for page in components
        for name in (*page.spec.actions, *page.spec.triggers, *page.spec.connections)
    ]
    assert [found for found in (*explained, *shown, *actions) if found] == []


@pytest.mark.parametrize(
    ("files", "arguments", "rules"),
    [
        ({"integration.yml": BROKEN}, "--var Size=1", ["unknown-reference"]),
        ({"integration.yml": GOOD}, "", ["missing-config-value"]),
        ({"integration.yml": GOOD}, "--var Size=big", ["bad-config-value"]),
        ({"integration.yml": "flows: [\n"}, "", ["yaml-syntax"]),
        (
            {"integration.yml": GOOD, "configs/acme.yml": "values: {Size: [1}\n"},
            "--config acme",
            ["yaml-syntax"],
        ),
        (
            {"integration.yml": GOOD, "configs/acme.yml": "values: {Size: big, Sice: 1}\n"},
            "--config acme",
            ["bad-config-value", "unknown-config-value"],
        ),
        ({"integration.yml": GOOD, "xchange.yaml": "lint: 3\n"}, "--var Size=1", ["wrong-type"]),
    ],
)
def test_a_run_that_does_not_start_tells_its_findings_as_the_schema_says(
    files, arguments, rules, xchange, project
):
    code, out, err = xchange("run", *arguments.split(), "--output", "json", cwd=project(files))
    assert (code, err) == (1, "")
    assert faults(out, "error") == []
    assert [found["rule"] for found in json.loads(out)["findings"]] == rules


def test_an_error_in_a_file_tells_the_place_as_the_schema_says(xchange, project):
    folder = project({"integration.yml": GOOD, "order.json": '{"id": }'})
    code, out, err = xchange(
        "run", "--var", "Size=1", "--payload", "order.json", "--output", "json", cwd=folder
    )
    error = json.loads(out)
    assert (code, err, error["file"], error["start"]) == (1, "", "order.json", {"line": 1, "column": 8})
    assert faults(out, "error") == []


def test_an_unknown_name_is_told_as_the_schema_of_errors_says(xchange):
    for arguments in (["explain", "nonsense"], ["components", "nonsense"], ["components", "log", "nonsense"]):
        code, out, err = xchange(*arguments, "--output", "json")
        assert (code, err, faults(out, "error")) == (3, "", [])


EVENT = {"event": "log", "path": "talk", "level": "INFO", "message": "done"}


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, []),
        ({"ms": 1}, ["$: Additional properties are not allowed ('ms' was unexpected)"]),
        ({"level": 1}, ["$.level: 1 is not of type 'string'"] * 2),
    ],
)
def test_the_judge_of_events_notices_what_their_kind_does_not_describe(more, told):
    assert event_faults(json.dumps(EVENT | more)) == told


def written(subject, value):
    out = StringIO()
    formats.write(subject, "json", value, out)
    return out.getvalue()
