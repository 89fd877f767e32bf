"""What people write wrongly in a file, and what they are told: each mistake once, at its own place."""

from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from xchange_cli.validation.schema_check import MAX_VIOLATIONS, Violation, ViolationKind, explain, is_valid
from xchange_cli.validation.schema_words import violations_of

FLOW = ("flows", 0)
STEP = (*FLOW, "steps", 0)
INPUT = (*STEP, "inputs", "url")
VARIABLE = ("requiredConfigVars", 0)

ACTION = {"key": "httpGet", "component": {"key": "http", "isPublic": True, "version": "LATEST"}}


def at_root(text: str) -> dict[str, Any]:
    base = {
        "definitionVersion": 7,
        "name": "Tiny",
        "description": "",
        "flows": [{"name": "Main", "steps": []}],
    }
    return _changed(base, text)


def in_flow(text: str) -> dict[str, Any]:
    return at_root("") | {"flows": [_changed({"name": "Main", "steps": []}, text)]}


def in_step(text: str) -> dict[str, Any]:
    return in_flow("") | {
        "flows": [{"name": "Main", "steps": [_changed({"name": "Get", "action": ACTION}, text)]}]
    }


def in_input(text: str) -> dict[str, Any]:
    data = in_step("inputs: {url: null}")
    data["flows"][0]["steps"][0]["inputs"]["url"] = yaml.safe_load(text)
    return data


def in_variable(text: str) -> dict[str, Any]:
    return at_root("") | {"requiredConfigVars": [_changed({"key": "API", "dataType": "string"}, text)]}


def _changed(base: dict[str, Any], text: str) -> dict[str, Any]:
    """Merge keys; a key with the value `~gone` is taken away."""
    merged = base | (yaml.safe_load(text) or {})
    return {key: value for key, value in merged.items() if value != "~gone"}


ONE_MISTAKE = [
    # data, place, kind, message, hint
    (in_step("stepz: []"), STEP, "unknown-key", "unknown key `stepz` in this step", "Did you mean `steps`?"),
    (
        in_step("branch: []"),
        STEP,
        "unknown-key",
        "unknown key `branch` in this step",
        "Did you mean `branches`?",
    ),
    (
        in_variable("picklist: []"),
        VARIABLE,
        "unknown-key",
        "unknown key `picklist` in this config variable",
        "Did you mean `pickList`?",
    ),
    (
        in_input("{type: value, value: a, qqq: 1}"),
        INPUT,
        "unknown-key",
        "unknown key `qqq` in this input",
        "Further keys that can stand here: `name`, `meta`.",
    ),
    (
        at_root("flows: ~gone"),
        (),
        "missing-key",
        "`flows` is missing in this integration",
        "Add `flows`. The flows of the integration; at least one.",
    ),
    (
        at_root("definitionVersion: ~gone"),
        (),
        "missing-key",
        "`definitionVersion` is missing in this integration",
        "Add `definitionVersion: 7`.",
    ),
    (
        in_input("{type: value}"),
        INPUT,
        "missing-key",
        "`value` is missing in this input",
        "Add `value`. What the input is set to; its form depends on `type`.",
    ),
    (
        in_flow("{steps: ~gone, step: []}"),
        FLOW,
        "missing-key",
        "`steps` is missing in this flow",
        "`step` is not a known key here; did you mean `steps`?",
    ),
    (
        in_input("{X-Source: demo, X-Other: demo}"),
        INPUT,
        "missing-key",
        "`type` and `value` are missing in this input",
        "Write a mapping such as `{type: value, value: text}`.",
    ),
    (
        in_step("action: null"),
        (*STEP, "action"),
        "wrong-type",
        "`action` must be a mapping, but it is empty",
        "",
    ),
    (at_root("flows: none"), ("flows",), "wrong-type", "`flows` must be a list, not text", ""),
    (
        at_root("flows: {name: Main, steps: []}"),
        ("flows",),
        "wrong-type",
        "`flows` must be a list, not a mapping",
        "Begin each item with `- `.",
    ),
    (
        in_flow("steps: null"),
        (*FLOW, "steps"),
        "wrong-type",
        "`steps` must be a list, but it is empty",
        "Write `[]` for an empty list.",
    ),
    (in_flow("steps: [a]"), STEP, "wrong-type", "item 1 of `steps` must be a mapping, not text", ""),
    (
        in_step("isTrigger: 'true'"),
        (*STEP, "isTrigger"),
        "wrong-type",
        "`isTrigger` must be true or false, not text",
        "Remove the quotes.",
    ),
    (
        at_root("definitionVersion: '7'"),
        ("definitionVersion",),
        "wrong-type",
        "`definitionVersion` must be a whole number, not text",
        "Remove the quotes.",
    ),
    (
        at_root("name: 5"),
        ("name",),
        "wrong-type",
        "`name` must be text, not the number `5`",
        "Put it in quotes.",
    ),
    (
        at_root("category: true"),
        ("category",),
        "wrong-type",
        "`category` must be text, not `true`",
        "Put it in quotes.",
    ),
    (
        in_input("https://example.com"),
        INPUT,
        "wrong-type",
        "`url` must be a mapping, not text",
        "Write a mapping such as `{type: value, value: text}`.",
    ),
    (
        in_input("{type: value, value: [a]}"),
        (*INPUT, "value"),
        "wrong-type",
        "`value` must be text, not a list",
        "Write lists and mappings as JSON text in quotes; a list of inputs has `type: complex`.",
    ),
    (
        in_input("{type: reference, value: 5}"),
        (*INPUT, "value"),
        "wrong-type",
        "`value` must be text, not the number `5`",
        "Put it in quotes.",
    ),
    (
        in_input("{type: complex, value: {a: {type: value, value: b}}}"),
        (*INPUT, "value"),
        "wrong-type",
        "`value` must be a list, not a mapping",
        "Begin each item with `- `.",
    ),
    (
        in_input("{type: complex, value: [equal, right]}"),
        (*INPUT, "value", 1),
        "wrong-type",
        "item 2 of `value` must be a mapping or a list, not text",
        "Write a mapping such as `{type: value, value: text}`.",
    ),
    (
        in_input("{type: refrence, value: a.results}"),
        (*INPUT, "type"),
        "wrong-value",
        "`type` is `refrence`; it must be one of `value`, `reference`, `configVar`, `template`, `complex`",
        "Did you mean `reference`?",
    ),
    (
        in_step("errorConfig: {errorHandlerType: retrry}"),
        (*STEP, "errorConfig", "errorHandlerType"),
        "wrong-value",
        "`errorHandlerType` is `retrry`; it must be one of `fail`, `ignore`, `retry`",
        "Did you mean `retry`?",
    ),
    (
        at_root("endpointType: ''"),
        ("endpointType",),
        "wrong-value",
        "`endpointType` is `''`; it must be one of `flow_specific`, `instance_specific`, `shared_instance`",
        "",
    ),
    (
        in_step("action: {key: a, component: {key: b, isPublic: true, version: newest}}"),
        (*STEP, "action", "component", "version"),
        "wrong-value",
        "`version` is `newest`; it must be `LATEST`",
        "Write `LATEST` or a whole number without quotes.",
    ),
    (
        in_step("errorConfig: {maxAttempts: 12}"),
        (*STEP, "errorConfig", "maxAttempts"),
        "out-of-range",
        "`maxAttempts` is `12`; it must be 0 to 5",
        "",
    ),
    (
        in_flow("queueConfig: {concurrencyLimit: 1}"),
        (*FLOW, "queueConfig", "concurrencyLimit"),
        "out-of-range",
        "`concurrencyLimit` is `1`; it must be 2 to 15",
        "",
    ),
    (
        in_flow("triggerResolver: {batchSize: 0}"),
        (*FLOW, "triggerResolver", "batchSize"),
        "out-of-range",
        "`batchSize` is `0`; it must be 1 or more",
        "",
    ),
    (at_root("flows: []"), ("flows",), "empty", "`flows` is empty; it needs at least one item", ""),
    (in_step("name: ''"), (*STEP, "name"), "empty", "`name` must not be empty", ""),
    ([], (), "wrong-type", "the file must be a mapping, not a list", ""),
]


@pytest.mark.parametrize(
    ("data", "path", "kind", "message", "hint"),
    ONE_MISTAKE,
    ids=[f"{row[2]}: {row[3][:50]}" for row in ONE_MISTAKE],
)
def test_one_mistake_is_told_once_at_its_place(data, path, kind, message, hint):
    told = [(found.path, found.kind, found.message, found.hint) for found in explain(data, "integration")]
    assert told == [(path, ViolationKind(kind), message, hint)]


RIGHT = [
    in_input("{type: value, value: 5}"),
    in_input("{type: value, value: null}"),
    in_input("{type: complex, value: [and, [exists, {type: reference, value: a.results}]]}"),
    in_input("{type: complex, value: [{name: {type: configVar, value: Key}, type: value, value: x}]}"),
    in_step("inputs: null"),
    in_step("action: {key: a, component: {key: b, isPublic: false, version: 3}}"),
    in_step("action: {key: a, component: {key: b, isPublic: true, signature: 0f1e}}"),
    in_step("credential: anything"),
    in_step("schedule: {fromDeployer: true}"),
    in_variable("inputs: {a: null, b: '', c: {type: value, value: null}, d: {type: configVar, value: null}}"),
    in_variable("defaultValue: 5"),
    in_variable("defaultValue: null"),
    in_variable("{header: Old, credentialTypes: [a]}"),
]


@pytest.mark.parametrize("data", RIGHT, ids=str)
def test_what_real_files_hold_is_right(data):
    assert explain(data, "integration") == []


def test_a_key_that_is_there_already_is_no_correction_but_a_place_to_put_it():
    (found,) = explain(in_flow("step: []"), "integration")
    assert (found.kind, found.key) == (ViolationKind.UNKNOWN_KEY, "step")
    assert (found.hint, found.word) == ("There is a key `steps` already: put it there.", "")


def test_a_misspelt_required_key_points_at_the_word_that_is_there():
    (found,) = explain(in_flow("{steps: ~gone, step: []}"), "integration")
    assert (found.key, found.subject) == ("step", "steps")


def test_another_format_version_is_the_only_thing_told():
    data = at_root("{definitionVersion: 6, flow: {}, flows: ~gone}")
    (found,) = explain(data, "integration")
    assert found == Violation(
        ("definitionVersion",),
        None,
        ViolationKind.WRONG_FORMAT,
        "`definitionVersion` is `6`; it must be `7`",
        "Only `definitionVersion: 7` is supported. Export the integration again from the designer to get this version.",
        "6",
    )


def test_mistakes_in_different_places_are_all_told():
    data = in_step("{isTrigger: 1, inputs: {a: {type: value, value: {}}, b: {value: x}}, nonsense: 1}")
    assert {(found.path[4:], found.kind.value, found.subject) for found in explain(data, "integration")} == {
        (("isTrigger",), "wrong-type", "isTrigger"),
        (("inputs", "a", "value"), "wrong-type", "value"),
        (("inputs", "b"), "missing-key", "type"),
        ((), "unknown-key", "nonsense"),
    }


def test_no_more_than_a_hundred_are_told():
    data = at_root("") | {"flows": [7] * 50_000, **{f"key{number}": 1 for number in range(5000)}}
    assert len(explain(data, "integration")) == MAX_VIOLATIONS


def test_long_and_multi_line_values_are_cut_in_messages():
    (found,) = explain(at_root("") | {"endpointType": "long\n" * 1000}, "integration")
    assert found.message.startswith(f"`endpointType` is `{'long ' * 12}…`; ")


def test_a_file_nested_out_of_reach_is_told_as_such():
    step: dict[str, Any] = {"name": 5, "action": ACTION}
    for _ in range(40):
        step = {"name": "Loop", "action": ACTION, "steps": [step]}
    told = explain(in_flow("") | {"flows": [{"name": "Main", "steps": [step]}]}, "integration")
    assert [found.kind for found in told] == [ViolationKind.TOO_DEEP]


def test_a_valid_file_may_be_nested_as_deeply_as_it_likes():
    condition: list[Any] = ["and"]
    for _ in range(90):
        condition = ["and", condition]
    data = in_input("{type: complex, value: []}")
    data["flows"][0]["steps"][0]["inputs"]["url"]["value"] = condition
    assert explain(data, "integration") == []


def test_the_deepest_mistake_that_can_be_explained_is_explained():
    condition: list[Any] = ["and", 5]
    for _ in range(53):
        condition = ["and", condition]
    data = in_input("{type: complex, value: []}")
    data["flows"][0]["steps"][0]["inputs"]["url"]["value"] = condition
    assert [found.kind for found in explain(data, "integration")] == [ViolationKind.WRONG_TYPE]


def test_keys_that_are_not_text_are_judged_too():
    data = at_root("") | {200: "x"}
    assert not is_valid(data, "integration")
    assert [(found.key, found.message) for found in explain(data, "integration")] == [
        ("200", "unknown key `200` in this integration")
    ]


def test_data_are_judged_by_the_schema_that_is_named():
    assert is_valid({"values": {"Page Size": 50}}, "config-set")
    assert not is_valid({"value": {"Page Size": 50}}, "config-set")


@pytest.mark.parametrize(
    ("schema", "text", "message"),
    [
        ("config-set", "vales: {}", "unknown key `vales` in this config set"),
        ("config-set", "connections: {Slack: {field: {}}}", "unknown key `field` in this connection"),
        ("project", "limits: loud", "`limits` is `loud`; it must be one of `warn`, `enforce`, `off`"),
        (
            "project",
            "lint: {rules: {a: fatal}}",
            "`a` is `fatal`; it must be one of `off`, `info`, `warning`, `error`",
        ),
        ("component", "{key: my http, title: x}", "`key` is `my http`; this does not have the right form"),
        ("component", "{key: a, title: x, data_sources: [b, b]}", "`data_sources` has the same item twice"),
    ],
)
def test_our_own_files_are_explained_in_the_same_way(schema, text, message):
    assert [found.message for found in explain(yaml.safe_load(text), schema)] == [message]


def test_a_rule_without_words_of_its_own_still_gets_a_sentence():
    (error,) = Draft202012Validator({"properties": {"a": {"not": {}}}}).iter_errors({"a": 1})
    assert [found.message for found in violations_of(error)] == ["`a` is not allowed like this"]
