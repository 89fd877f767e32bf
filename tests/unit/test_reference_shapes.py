"""What cases cannot say about references and shapes: hints, fixes, actions in numbers, and when samples are read."""

from collections.abc import Sequence

import pytest

from xchange_cli.components.catalog import Catalog
from xchange_cli.shapes.samples import Sample
from xchange_cli.source import Source
from xchange_cli.validation.cases import complete
from xchange_cli.validation.sample_files import read_sample, samples_beside
from xchange_cli.validation.validate import validate

CATALOG = Catalog.load()
RULES = {"payload-path", "unknown-field", "list-as-object", "not-an-object", "object-in-template"}

LOG = """\
      - name: Note
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: reference, value: '%s'}
"""
BODY = "trigger.results.body.data"
ORDER = {"id": 7, "customer": {"name": "Ada"}, "lines": [{"sku": "A"}, {"sku": "B", "note": "x"}]}
SAMPLES = (Sample("payloads/order.json", ORDER),)


def found(reference, before="", samples=()):
    """Say what is found of a note at the end of a flow, with the text that its fix gives."""
    source = Source("case.yml", complete(before + LOG % reference))
    diagnostics = [one for one in validate(source, CATALOG, samples=samples).diagnostics if one.rule in RULES]
    return [(one.rule, one.span.text, one.hint, *map(edited, one.fixes)) for one in diagnostics]


def edited(fix):
    (edit,) = fix.edits
    assert not fix.safe
    return edit.text


@pytest.mark.parametrize(
    ("path", "part", "hint", "fix"),
    [
        ("body.total", "total", "Did you mean `trigger.results.body.data.total`?", ["data.total"]),
        ("total", "total", "Did you mean `trigger.results.body.data.total`?", ["body.data.total"]),
        ("data.total", "data", "Did you mean `trigger.results.body.data.total`?", ["body.data"]),
        ("order.id", "order", "Did you mean `trigger.results.body.data.order.id`?", ["body.data.order"]),
        ("rawBody.total", "total", "Did you mean `trigger.results.body.data.total`?", []),
        ('body["total"]', "total", "Did you mean `trigger.results.body.data.total`?", []),
        ("header.X-Shop", "header", "Did you mean `headers`?", ["headers"]),
        ("query.shop", "query", "Did you mean `queryParameters`?", ["queryParameters"]),
        ("body.contenttype", "contenttype", "Did you mean `contentType`?", ["contentType"]),
        (
            "customerId",
            "customerId",
            "Did you mean `trigger.results.body.data.customerId`?",
            ["body.data.customerId"],
        ),
    ],
)
def test_a_wrong_path_into_the_payload_is_mended_to_where_the_data_are(path, part, hint, fix):
    assert found(f"trigger.results.{path}") == [("payload-path", part, hint, *fix)]


def test_a_field_is_mended_to_the_nearest_one_and_else_all_are_listed():
    near = ("unknown-field", "custmer", "Did you mean `customer`?", "customer")
    assert found(f"{BODY}.custmer.name", samples=SAMPLES) == [near]
    listed = (
        "It has `id`, `customer`, `lines`. "
        "If it is sent at times, add it to a sample payload, or write `schemas.invoke` of the flow."
    )
    assert found(f"{BODY}.price", samples=SAMPLES) == [("unknown-field", "price", listed)]


def test_a_missing_index_is_shown_in_the_whole_path():
    hint = f"`{BODY}.lines.0.sku` is that of the first item; a loop goes through all."
    assert found(f"{BODY}.lines.sku", samples=SAMPLES) == [("list-as-object", "sku", hint)]


def test_a_field_that_only_some_items_of_a_sample_have_is_known():
    assert found(f"{BODY}.lines.0.note", samples=SAMPLES) == []


@pytest.mark.parametrize(
    "sample",
    [
        {"body": {"data": {"id": 1}}, "headers": {"X-Shop": "a"}},
        {"body": {"data": {"id": 1}, "contentType": "application/json"}},
    ],
)
def test_of_a_whole_payload_the_body_counts(sample):
    samples = (Sample("payloads/whole.json", sample),)
    assert [one[:2] for one in found(f"{BODY}.name", samples=samples)] == [("unknown-field", "name")]
    assert found(f"{BODY}.id", samples=samples) == []


@pytest.mark.parametrize(
    "sample", [{"rawBody": {"data": "{}"}, "headers": {}}, None, {}, {"body": None, "headers": {}}]
)
def test_a_sample_that_shows_no_body_says_nothing(sample):
    assert found(f"{BODY}.name", samples=(Sample("payloads/x.json", sample), *SAMPLES)) == []


class Untouchable(Sequence):
    def __getitem__(self, index):
        raise AssertionError("samples were read")

    def __len__(self):
        raise AssertionError("samples were read")


def test_samples_are_read_only_for_references_into_the_body():
    assert found("trigger.results.headers.X-Shop", samples=Untouchable()) == []
    crashed = validate(
        Source("case.yml", complete(LOG % f"{BODY}.id")), CATALOG, samples=Untouchable()
    ).diagnostics
    assert {one.rule for one in crashed} == {"internal-rule-error"}


def test_standard_input_has_no_samples():
    assert list(samples_beside(None)) == []


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("a.json", '{"a": 1}', {"a": 1}),
        ("a.yml", "a: 1", {"a": 1}),
        ("a.yaml", "[1, 2]", [1, 2]),
    ],
)
def test_a_sample_is_read_as_its_name_says(tmp_path, name, text, value):
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert read_sample(tmp_path / name) == Sample(f"payloads/{name}", value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b"{"),
        ("a.json", b"[" * 100_000),
        ("a.json", b"\xff\xfe\x00"),
        ("a.yml", b"a: [1"),
        ("a.yml", b""),
    ],
)
def test_a_broken_sample_counts_as_absent(tmp_path, name, content):
    (tmp_path / "payloads").mkdir()
    (tmp_path / "payloads" / name).write_bytes(content)
    samples = samples_beside(tmp_path / "integration.yml")
    assert found(f"{BODY}.anything", samples=samples) == []


def test_only_files_of_data_are_samples(tmp_path):
    (tmp_path / "payloads").mkdir()
    for name in ("b.json", "a.json", "order.http", "picture.png"):
        (tmp_path / "payloads" / name).write_text("{}", encoding="utf-8")
    names = [sample.name for sample in samples_beside(tmp_path / "integration.yml")]
    assert names == ["payloads/a.json", "payloads/b.json"]


def action(name, key, inputs, component="collection-tools"):
    lines = "".join(f"          {line}\n" for line in inputs)
    head = f"      - name: {name}\n        action: {{key: {key}, component: {{key: {component}, isPublic: true}}}}\n"
    return head + ("        inputs:\n" + lines if inputs else "        inputs: {}\n")


MADE = action(
    "Made",
    "createObject",
    ["keyValueInput:", "  type: complex", "  value:", "    - {name: id, type: value, value: '1'}"],
)
ALL = MADE + action(
    "All",
    "create",
    ["items:", "  type: complex", "  value:"] + ["    - {type: reference, value: made.results}"] * 2,
)
LIST = "listInput: {type: reference, value: all.results}"


@pytest.mark.parametrize(
    ("key", "inputs", "path", "faults"),
    [
        ("filter", [LIST], "0.no", ["unknown-field"]),
        ("filter", [LIST], "0.id", []),
        ("filter", [LIST], "id", ["list-as-object"]),
        ("sort", [LIST], "0.no", ["unknown-field"]),
        ("takeFirst", [LIST], "0.no", ["unknown-field"]),
        ("map", [LIST], "0.no", []),
        ("map", [LIST], "no", ["list-as-object"]),
        ("first", [LIST], "no", ["unknown-field"]),
        ("last", [LIST], "id", []),
        ("selectItemFromList", [LIST, "index: {type: value, value: '0'}"], "no", ["unknown-field"]),
        ("selectItemFromList", [LIST, "index: {type: value, value: '0.1'}"], "no", []),
        ("chunks", [LIST], "0.0.no", ["unknown-field"]),
        ("chunks", [LIST], "0.id", ["list-as-object"]),
        ("append", [LIST, "elementInput: {type: reference, value: made.results}"], "0.no", ["unknown-field"]),
        ("append", [LIST, "elementInput: {type: reference, value: trigger.results.body.data}"], "0.no", []),
        (
            "concatenate",
            [LIST, "secondListInput: {type: reference, value: all.results}"],
            "0.no",
            ["unknown-field"],
        ),
        ("flatten", [LIST], "0.no", []),
        ("length", [LIST], "no", ["not-an-object"]),
        ("fromObject", ["object: {type: reference, value: made.results}"], "0.name", ["unknown-field"]),
        ("fromObject", ["object: {type: reference, value: made.results}"], "0.value.any", []),
        ("toObject", ["keyValueList: {type: reference, value: all.results}"], "any", []),
    ],
)
def test_lists_pass_through_the_actions_with_what_is_known_of_their_items(key, inputs, path, faults):
    before = ALL + action("Step", key, inputs)
    assert [one[0] for one in found(f"step.results.{path}", before)] == faults


OBJECT = "object: {type: reference, value: made.results}"
KEY, VALUE = "key: {type: value, value: name}", "value: {type: value, value: Ada}"


@pytest.mark.parametrize(
    ("key", "inputs", "path", "faults"),
    [
        ("addKey", [OBJECT, KEY, VALUE], "name", []),
        ("addKey", [OBJECT, KEY, VALUE], "id", []),
        ("addKey", [OBJECT, KEY, VALUE], "no", ["unknown-field"]),
        ("addKey", [OBJECT, KEY, VALUE, "objectPath: {type: value, value: a.b}"], "no", []),
        ("addKey", [OBJECT, "key: {type: value, value: a.b}", VALUE], "a", []),
        ("addKey", ["object: {type: reference, value: trigger.results.body.data}", KEY, VALUE], "no", []),
        ("addMultipleKeys", [OBJECT, "dynamicFields: {type: value, value: '{}'}"], "no", []),
        (
            "addMultipleKeys",
            [OBJECT, "keyValueListInput: {type: complex, value: [{name: name, type: value, value: Ada}]}"],
            "no",
            ["unknown-field"],
        ),
        (
            "addMultipleKeys",
            [OBJECT, "keyValueListInput: {type: complex, value: [{name: {type: configVar, value: X}, type: value, value: a}]}"],
            "no",
            [],
        ),
        ("createObject", ["keyValueInput: {type: complex, value: []}"], "no", []),
        (
            "createObject",
            ["keyValueInput: {type: complex, value: [{name: a.b, type: value, value: x}]}"],
            "a.b",
            [],
        ),
        (
            "createObject",
            ["keyValueInput: {type: complex, value: [{name: a, type: value, value: '{\"b\": 1}'}]}"],
            "a.b",
            [],
        ),
        (
            "createObject",
            ["keyValueInput: {type: complex, value: [{name: a, type: complex, value: [{name: k, type: value, value: v}]}]}"],
            "a.0.name",
            ["unknown-field"],
        ),
    ],
)  # fmt: skip
def test_an_object_is_known_as_far_as_the_file_says_its_keys(key, inputs, path, faults):
    before = MADE + action("Step", key, inputs)
    assert [one[0] for one in found(f"step.results.{path}", before)] == faults


def test_a_single_entry_of_a_created_list_may_be_the_list_itself():
    before = ALL + action(
        "Step", "create", ["items: {type: complex, value: [{type: reference, value: all.results}]}"]
    )
    assert found("step.results.0.id", before) == []


@pytest.mark.parametrize(
    ("component", "key", "path"),
    [
        ("aws-s3", "listObjects", "Contents.0.Key"),  # a list or an object, by an input
        ("aws-dynamodb", "rawRequest", "whatever"),
        ("change-data-format", "deserializeFromJson", "0.id"),
        ("dropbox", "downloadFile", "data"),
        ("google-sheets", "getRows", "0.Any Column"),
        ("persist-data", "getInstanceValue", "cursor.page"),
        ("recursive-flow", "getCursor", "page"),
        ("slack", "postMessage", "message.blocks.0.text"),
    ],
)
def test_what_the_catalogue_cannot_know_is_left_alone(component, key, path):
    assert found(f"step.results.{path}", action("Step", key, [], component)) == []


def test_a_step_that_leads_back_to_itself_is_unknown():
    loop = action("Loop", "loopOverItems", ["items: {type: reference, value: loop.currentItem}"], "loop")
    assert found("loop.results.0.id", loop + "        steps: []\n") == []


def test_a_chain_of_a_thousand_steps_is_followed_without_a_crash():
    steps = [MADE.replace("Made", "Step 0")]
    for n in range(1, 1000):
        steps.insert(
            0, action(f"Step {n}", "first", [f"listInput: {{type: reference, value: step{n - 1}.results}}"])
        )
    text = complete("".join(steps) + LOG % "step999.results.id")
    assert [
        one.message for one in validate(Source("case.yml", text), CATALOG).diagnostics if "bug" in one.hint
    ] == []


def test_in_a_batch_the_body_is_a_list_or_an_item():
    flow = """\
    triggerResolver: {enabled: true, batchSize: 200, concurrentBatchLimit: 1}
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
"""
    source = Source("case.yml", complete(flow + LOG % f"{BODY}.0.price"))
    rules = {one.rule for one in validate(source, CATALOG, samples=SAMPLES).diagnostics}
    assert rules & RULES == set()
