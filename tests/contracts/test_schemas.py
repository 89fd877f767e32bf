"""What every published schema must keep, and that the fast and the slow judge agree."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from xchange_cli import schemas
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.validation.schema_check import MAX_VIOLATIONS, ViolationKind, explain, is_valid

CLOSED = (
    "approvals",
    "baseline",
    "config-set",
    "flow-test",
    "fork",
    "house-rules",
    "http-recording",
    "integration",
    "project",
)
LOOKED_UP = (
    "action-output",
    "change-kind-output",
    "component-output",
    "components-output",
    "rule-output",
    "rules-output",
    "schemas-output",
    "state-output",
)
RECORDS = (
    "pruned-output",
    "recorded-run-output",
    "recorded-step-output",
    "run-record",
    "run-record-end",
    "runs-output",
)
REGISTRY = (
    "activity-entry",
    "registry-summary",
    "version",
    "version-state",
)
OPEN = (
    *LOOKED_UP,
    *RECORDS,
    *REGISTRY,
    "attachments-output",
    "checked-rules-output",
    "deleted-output",
    "diff",
    "docs-output",
    "edit-output",
    "error",
    "finding-output",
    "fmt-output",
    "forked-output",
    "import-output",
    "list-output",
    "log-output",
    "marked-output",
    "new-output",
    "published-output",
    "receipt",
    "renamed-output",
    "run",
    "run-event",
    "show-output",
    "upstream",
    "validate",
    "validate-line",
    "verified-output",
    "versions-output",
)

WEBHOOK = {"key": "webhook", "component": {"key": "webhook-triggers", "isPublic": True, "version": "LATEST"}}
COMPLETE = {
    "definitionVersion": 7,
    "name": "Tiny Example",
    "description": "Greets whoever posts",
    "documentation": "",
    "category": "Demo",
    "endpointType": "flow_specific",
    "configPages": [
        {"name": "Settings", "tagline": "", "elements": [{"type": "configVar", "value": "Greeting"}]}
    ],
    "requiredConfigVars": [
        {"key": "Greeting", "dataType": "string", "defaultValue": "Hello", "orgOnly": False}
    ],
    "flows": [
        {
            "name": "Greet",
            "description": "",
            "isSynchronous": True,
            "endpointSecurityType": "customer_optional",
            "steps": [
                {
                    "name": "Incoming Call",
                    "description": "",
                    "isTrigger": True,
                    "action": WEBHOOK,
                    "inputs": {
                        "body": {"type": "value", "value": ""},
                        "headers": {"type": "complex", "value": []},
                    },
                },
            ],
        }
    ],
}


def test_all_schemas_are_published():
    assert set(schemas.names()) >= {*CLOSED, *OPEN}


@pytest.mark.parametrize("name", schemas.names())
def test_a_schema_is_itself_valid(name):
    Draft202012Validator.check_schema(schemas.schema(name))
    assert schemas.schema(name)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", schemas.names())
def test_a_schema_reads_the_same_as_text_and_as_data(name):
    assert json.loads(schemas.schema_text(name)) == schemas.schema(name)


def test_an_unknown_schema_is_refused_with_the_nearest_or_with_all_names():
    with pytest.raises(XchangeError) as caught:
        schemas.schema_text("../pyproject")
    assert (caught.value.code, caught.value.hint) == (ErrorCode.NOT_FOUND, "Did you mean `project`?")
    with pytest.raises(XchangeError) as caught:
        schemas.schema_text("nonsense")
    assert caught.value.hint == f"There are {', '.join(schemas.names())}."


@pytest.mark.parametrize("name", [*CLOSED, *OPEN])
def test_every_property_explains_itself(name):
    mute = [
        place
        for place, part in _parts(schemas.schema(name), ())
        for key, value in part.get("properties", {}).items()
        if not value.get("$ref", "").startswith("#/properties/")  # explained there
        if not (value.get("title") and value.get("description", "").endswith("."))
        if "if" not in place and "then" not in place
        for place in [(*place, key)]
    ]
    assert mute == []


@pytest.mark.parametrize("name", CLOSED)
def test_every_mapping_of_a_file_is_closed_or_has_free_keys_on_purpose(name):
    still_open = [
        place
        for place, part in _parts(schemas.schema(name), ())
        if "properties" in part and "if" not in place and "then" not in place
        if part.get("additionalProperties") is not False
    ]
    assert still_open == []


@pytest.mark.parametrize("name", OPEN)
def test_output_contracts_allow_new_keys(name):
    closed = [
        place for place, part in _parts(schemas.schema(name), ()) if part.get("additionalProperties") is False
    ]
    assert closed == []


@pytest.mark.parametrize("name", [*CLOSED, *OPEN])
def test_examples_in_schemas_are_valid(name):
    root = Draft202012Validator(schemas.schema(name))
    examples = [
        (place, example, [error.message for error in root.evolve(schema=part).iter_errors(example)])
        for place, part in _parts(schemas.schema(name), ())
        for example in part.get("examples", [])
    ]
    assert examples
    assert [row for row in examples if row[2]] == []


@pytest.mark.parametrize("name", [*CLOSED, *LOOKED_UP, "error", "run", "run-event"])
def test_references_inside_a_schema_lead_somewhere_and_every_part_is_used(name):
    schema = schemas.schema(name)
    used = {part["$ref"] for _, part in _parts(schema, ()) if "$ref" in part}
    to_properties = {one for one in used if one.startswith("#/properties/")}
    assert to_properties <= {f"#/properties/{key}" for key in schema.get("properties", ())}
    assert used - to_properties == {f"#/$defs/{key}" for key in schema.get("$defs", ())}


@pytest.mark.parametrize("name", LOOKED_UP)
def test_what_is_looked_up_always_has_all_keys_of_its_kind(name):
    parts = [
        part for place, part in _parts(schemas.schema(name), ()) if "properties" in part and "if" not in place
    ]
    kinds = [(part, part.get("then", {}), part.get("else", {})) for part in parts]
    assert [{key for kind in of for key in kind.get("required", ())} for of in kinds] == [
        set(part["properties"]) for part in parts
    ]


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("checked-rules-output", {"rule", "case", "difference"}),
        ("error", set()),
        ("finding-output", {"rule"}),
    ],
)
def test_findings_and_places_are_told_everywhere_as_a_validation_does(name, own):
    whole, parts = schemas.schema("validate")["$defs"], schemas.schema(name)["$defs"]
    shared = ("position", "finding", "related", "fix", "edit")
    assert {key: parts[key] for key in parts if key not in own} == {key: whole[key] for key in shared}


def test_events_of_a_run_tell_what_they_share_with_its_result_in_the_same_words():
    whole, event = schemas.schema("run"), schemas.schema("run-event")["$defs"]
    shared = ("position", "error", "response")
    assert {key: event[key] for key in shared} == {key: whole["$defs"][key] for key in shared}
    told = ("response", "state", "error", "stoppedAt")
    assert {key: event["run_finished"]["properties"][key] for key in told} == {
        key: whole["properties"][key] for key in told
    }


def test_every_known_event_describes_itself_completely():
    schema = schemas.schema("run-event")
    kinds = [part["if"]["properties"]["event"]["const"] for part in schema["allOf"]]
    named = [schema["$defs"][kind]["properties"]["event"]["const"] for kind in kinds]
    assert named == kinds
    assert all(f"`{kind}`" in schema["properties"]["event"]["description"] for kind in kinds)


def test_an_action_is_described_alone_as_within_its_component():
    alone, within = schemas.schema("action-output"), schemas.schema("component-output")["$defs"]
    described = {**within["action"]["properties"], **within["connection"]["properties"]}
    assert alone["properties"] == {
        **{key: alone["properties"][key] for key in ("schema", "component", "kind")},
        **described,
    }
    assert alone["$defs"]["input"] == within["input"]


def test_a_component_is_printed_in_the_words_of_its_file():
    file, output = _words(schemas.schema("component")), _words(schemas.schema("component-output"))
    assert output == {**file, "oauth2": ["", *file["oauth2"]], "schedule": ["", *file["schedule"]]}


@pytest.mark.parametrize("name", [*CLOSED, "component"])
def test_a_file_schema_uses_only_what_can_be_told_in_one_sentence(name):
    """A choice of schemas would be told as a list of everything that did not fit."""
    parts = [part for _, part in _parts(schemas.schema(name), ())]
    assert not {"anyOf", "oneOf", "not", "propertyNames", "patternProperties"} & {
        key for part in parts for key in part
    }
    assert {part[key] for part in parts for key in ("minItems", "minLength") if key in part} <= {1}


def test_a_small_complete_file_is_valid():
    assert is_valid(COMPLETE, "integration")


@pytest.mark.parametrize("event", ["run_finished", "log"])
def test_a_known_event_without_what_it_promises_is_invalid(event):
    assert not is_valid({"event": event}, "run-event")


def _parts(
    schema: Any, place: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Walk all schemas inside a schema, but not into examples, defaults and enums."""
    if isinstance(schema, list):
        for number, item in enumerate(schema):
            yield from _parts(item, (*place, number))
    if not isinstance(schema, dict):
        return
    yield place, schema
    for key in ("if", "then", "else", "items", "prefixItems", "allOf", "additionalProperties"):
        yield from _parts(schema.get(key), (*place, key))
    for group in ("properties", "$defs"):
        for key, value in schema.get(group, {}).items():
            yield from _parts(value, (*place, group, key))


def _words(schema: dict[str, Any]) -> dict[str, list[str]]:
    """Give the words that values are chosen from, by property; references are followed one step."""
    return {
        key: choices
        for _, part in _parts(schema, ())
        for key, value in part.get("properties", {}).items()
        for target in [schema["$defs"].get(value.get("$ref", "").removeprefix("#/$defs/"), {})]
        if (choices := value.get("enum") or target.get("enum"))
    }


WORDS = st.sampled_from(
    [
        "name",
        "type",
        "value",
        "steps",
        "flows",
        "inputs",
        "key",
        "component",
        "LATEST",
        "complex",
        "configVar",
        "and",
        "",
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | WORDS
JSON_LIKE = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3) | WORDS, inner, max_size=4)
    ),
    max_leaves=12,
)


@st.composite
def broken_files(draw: st.DrawFn) -> Any:
    """A complete file in which a few parts are replaced by anything."""
    data = json.loads(json.dumps(COMPLETE))
    for _ in range(draw(st.integers(0, 3))):
        part = data
        while True:
            keys = list(part) if isinstance(part, dict) else list(range(len(part)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if not isinstance(part[key], dict | list) or draw(st.booleans()):
                part[key] = draw(JSON_LIKE)
                break
            part = part[key]
        if isinstance(part, dict) and draw(st.booleans()):
            part[draw(WORDS)] = draw(JSON_LIKE)
    return data


@given(broken_files() | JSON_LIKE)
@settings(max_examples=300, deadline=None)
def test_explanations_exist_exactly_for_invalid_files(data):
    told = explain(data, "integration")
    assert (told == []) == is_valid(data, "integration")
    assert is_valid(data, "integration") == Draft202012Validator(schemas.schema("integration")).is_valid(data)
    assert len(told) <= MAX_VIOLATIONS
    assert all(isinstance(found.kind, ViolationKind) and found.message for found in told)
    assert len({(found.path, found.key, found.subject) for found in told}) == len(told)


@given(st.sampled_from(schemas.names()), JSON_LIKE)
@settings(max_examples=150, deadline=None)
def test_any_schema_explains_any_data(name, data):
    assert (explain(data, name) == []) == is_valid(data, name)
