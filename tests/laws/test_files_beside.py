"""Whatever is in a file beside an integration, it is judged without a crash, and every finding lies within the file."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xchange_cli.components.catalog import Catalog
from xchange_cli.document.parse import parse
from xchange_cli.errors import XchangeError
from xchange_cli.model.build import build
from xchange_cli.source import Source
from xchange_cli.validation.kind import Beside, kinds

INTEGRATION = """\
name: Orders
endpointType: flow_specific
requiredConfigVars: [{key: Size, dataType: number}]
flows:
  - name: Take
    schemas: {invoke: {type: object, properties: {id: {type: string}}, required: [id]}}
    steps:
      - {name: In, isTrigger: true, action: {key: webhook, component: {key: webhook-triggers, isPublic: true}}}
      - name: Each
        action: {key: loopOverItems, component: {key: loop, isPublic: true}}
        steps: [{name: Sum}]
      - {name: Which, branches: [{name: Big}, {name: Else}]}
  - {name: Night, steps: [{name: Clock, isTrigger: true, schedule: {type: value, value: '* * * * *'}}]}
"""
WORDS = st.sampled_from([
    "tests", "flow", "config", "payload", "trigger", "schedule", "at", "next", "variables", "mocks", "expect", "status",
    "success", "error", "steps", "response", "body", "data", "headers", "rawBody", "haeders", "result", "path", "Take",
    "Night", "sum", "sum[1]", "Take/sum", "each/sum", "which", "branch", "Big", "Size", "$matches", "$type", "$exactly",
    "(", "$bytes", "message", "logs", "state", "id", "application/json", "contentType", "", "2026-01-01",
])  # fmt: skip
SCALARS = st.none() | st.booleans() | st.integers() | WORDS | st.text(max_size=4)
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=5),
    max_leaves=20,
)
TESTS = st.fixed_dictionaries({"tests": st.dictionaries(WORDS, DATA, max_size=3)}, optional={"mocks": DATA})


def judged(kind, name, data):
    with TemporaryDirectory() as folder:
        place = Path(folder)
        source = Source("integration.yml", INTEGRATION)
        beside = Beside(
            place,
            place,
            "orders",
            Catalog.load(),
            lambda: build(parse(source).root),
            lambda: INTEGRATION,
            is_named=True,
        )
        file = place / kind.folder / name
        file.parent.mkdir()
        file.write_bytes(data)
        try:
            return list(kind.check(file, beside))
        except XchangeError:
            return []


@pytest.mark.parametrize(
    ("kind", "name"),
    [("config_set", "a.yml"), ("payload", "a.json"), ("payload", "a.yml"), ("flow_test", "a.test.yml")],
)
@settings(max_examples=150)
@given(data=DATA | TESTS)
def test_any_data_is_judged(kind, name, data):
    [found] = [one for one in kinds() if one.name == kind]
    for finding in judged(found, name, json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")):
        span = finding.span
        assert 0 <= span.start <= span.end <= len(span.source.text)
        assert (finding.integration, len(finding.fingerprint), bool(finding.message)) == ("orders", 12, True)


@pytest.mark.parametrize("name", ["a.json", "a.yml", "a.http"])
@given(data=st.binary(max_size=40))
def test_any_bytes_are_judged(name, data):
    [found] = [one for one in kinds() if one.name == "payload"]
    for finding in judged(found, name, data):
        assert 0 <= finding.span.start <= finding.span.end <= len(finding.span.source.text)
        assert finding.message
