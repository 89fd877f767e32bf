"""What is written for a config variable, and what it is at run time."""

import pytest

from xchange_cli.configset.values import BadValueError, decode, is_unset
from xchange_cli.document.parse import parse
from xchange_cli.model.build import build
from xchange_cli.source import Source


def variable(data_type, **more):
    lines = [f"{key}: {value}" for key, value in more.items()]
    text = "\n    ".join(["requiredConfigVars:", f"  - dataType: {data_type}", *lines, "key: V"]).replace(
        "\n      - ", "\n  - "
    )
    return build(parse(Source("i.yml", text)).root).config_vars[0]


@pytest.mark.parametrize(
    ("data_type", "written", "value"),
    [
        ("string", "50", "50"),
        ("string", "", ""),
        ("code", "<a/>", "<a/>"),
        ("date", "2024-02-29", "2024-02-29"),
        ("timestamp", "2024-12-31T23:59:59Z", "2024-12-31T23:59:59Z"),
        ("picklist", "whatever", "whatever"),
        ("boolean", "true", True),
        ("boolean", "False", False),
        ("number", "50", 50),
        ("number", "-1.5e1", -15),
        ("number", "0x1F", 31),
        ("schedule", "*/5 * * * *", {"value": "*/5 * * * *", "schedule_type": "custom", "time_zone": "UTC"}),
        (
            "schedule",
            {"value": "0 6 * * 1", "schedule_type": "week", "time_zone": "Europe/Berlin"},
            {"value": "0 6 * * 1", "schedule_type": "week", "time_zone": "Europe/Berlin"},
        ),
        (
            "schedule",
            '{"value": "0 6 * * 1"}',
            {"value": "0 6 * * 1", "schedule_type": "custom", "time_zone": "UTC"},
        ),
        ("schedule", {"schedule_type": "none"}, {"value": "", "schedule_type": "none", "time_zone": "UTC"}),
        ("objectSelection", [{"object": {"key": "Lead"}}], [{"object": {"key": "Lead"}}]),
        ("objectSelection", '[{"object": {"key": "Lead"}}]', [{"object": {"key": "Lead"}}]),
        ("objectFieldMap", {"fields": [{"field": {"key": "a"}}]}, {"fields": [{"field": {"key": "a"}}]}),
        ("jsonForm", '{"a": [1]}', {"a": [1]}),
        ("jsonForm", {"a": [1]}, {"a": [1]}),
        ("somethingNew", "x", "x"),
    ],
)
def test_a_value_is_typed_by_its_data_type(data_type, written, value):
    decoded = decode(variable(data_type), written)
    assert (decoded, type(decoded)) == (value, type(value))


def test_a_schedule_is_completed_by_its_variable():
    schedule = variable("schedule", scheduleType="day", timeZone="America/New_York")
    assert decode(schedule, "0 6 * * *") == {
        "value": "0 6 * * *",
        "schedule_type": "day",
        "time_zone": "America/New_York",
    }


@pytest.mark.parametrize(
    ("data_type", "collection", "written", "value"),
    [
        ("string", "valuelist", ["a", 1, True], ["a", "1", "true"]),
        ("number", "valuelist", '["1", 2]', ["1", "2"]),
        ("string", "keyvaluelist", {"a": 1}, [{"key": "a", "value": "1"}]),
        ("string", "keyvaluelist", [{"key": "a", "value": "1"}] * 2, [{"key": "a", "value": "1"}] * 2),
        ("string", "keyvaluelist", '[{"key": "a", "value": "1"}]', [{"key": "a", "value": "1"}]),
    ],
)
def test_collections_are_lists_of_text(data_type, collection, written, value):
    assert decode(variable(data_type, collectionType=collection), written) == value


@pytest.mark.parametrize(
    ("data_type", "more", "written", "message", "path"),
    [
        ("string", {}, ["a"], "needs text, not a list or a mapping", ()),
        ("date", {}, "2023-02-29", "needs a date", ()),
        ("date", {}, "20230228", "needs a date", ()),
        ("timestamp", {}, "yesterday", "needs a timestamp", ()),
        ("picklist", {"pickList": "[Red, Blue]"}, "red", "needs one of the options of its pick list", ()),
        ("boolean", {}, "yes", "needs true or false", ()),
        ("boolean", {}, [], "needs true or false", ()),
        ("number", {}, "fifty", "needs a number", ()),
        ("number", {}, "Infinity", "needs a number", ()),
        ("number", {}, " ", "needs a number", ()),
        ("schedule", {}, ["0 6 * * *"], "needs a schedule", ()),
        ("schedule", {}, "0 6 * *", "needs cron text of five fields", ()),
        ("schedule", {}, {"value": "0 25 * * *"}, "needs cron text of five fields", ("value",)),
        ("schedule", {}, {"value": 6}, "needs text as the value of its schedule", ("value",)),
        ("schedule", {}, {"timeZone": "UTC"}, "has no part `timeZone` in its schedule", ("timeZone",)),
        ("schedule", {}, {"value": "0 6 * * *", "time_zone": "Mars"}, "needs a known time zone", ()),
        ("objectSelection", {}, {}, "needs a list of objects", ()),
        (
            "objectSelection",
            {},
            [{"object": {"key": "a"}}, {}],
            "needs an object with a key in every entry",
            (1,),
        ),
        ("objectFieldMap", {}, [], "needs a mapping with a list of fields", ()),
        ("objectFieldMap", {}, {"fields": [{}]}, "needs a field in every entry", ("fields", 0)),
        ("jsonForm", {}, "{", "needs JSON", ()),
        ("connection", {}, "x", "is a connection, which is more than one value", ()),
        ("string", {"collectionType": "valuelist"}, {}, "needs a list", ()),
        ("string", {"collectionType": "valuelist"}, ["a", []], "needs a single value in every entry", (1,)),
        ("number", {"collectionType": "valuelist"}, ["1", "b"], "needs a number in every entry", (1,)),
        ("string", {"collectionType": "keyvaluelist"}, "7", "needs keys and values", ()),
        (
            "string",
            {"collectionType": "keyvaluelist"},
            [{"key": "a"}],
            "needs a key and a value in every entry",
            (0,),
        ),
        (
            "string",
            {"collectionType": "keyvaluelist"},
            [{"key": None, "value": "a"}],
            "needs text as the key of every entry",
            (0, "key"),
        ),
        (
            "number",
            {"collectionType": "keyvaluelist"},
            {"a": "b"},
            "needs a number in every entry",
            ("a",),
        ),
    ],
)
def test_a_value_that_does_not_fit_is_refused(data_type, more, written, message, path):
    with pytest.raises(BadValueError) as caught:
        decode(variable(data_type, **more), written)
    assert (caught.value.message, caught.value.path) == (message, path)


@pytest.mark.parametrize(
    ("choices", "written", "hint"),
    [
        ("[Red, Blue]", "red", "Did you mean `Red`?"),
        ("[Red, Blue]", "yellow", "It may be `Red`, `Blue`."),
        (
            str(list("abcdefghijkl")),
            "yellow",
            "It may be `a`, `b`, `c`, `d`, `e`, `f`, `g`, `h`, `i`, `j`, ….",
        ),
    ],
)
def test_the_options_of_a_pick_list_are_named(choices, written, hint):
    with pytest.raises(BadValueError) as caught:
        decode(variable("picklist", pickList=choices), written)
    assert caught.value.hint == hint


def test_a_data_source_may_offer_more_than_the_pick_list():
    choice = variable("picklist", pickList="[Red]", dataSource="{key: d, component: {key: c}}")
    assert decode(choice, "Blue") == "Blue"


@pytest.mark.parametrize(
    ("data_type", "more", "value", "unset"),
    [
        ("string", {}, "", False),
        ("code", {}, "", False),
        ("number", {}, "", True),
        ("string", {"collectionType": "valuelist"}, "", True),
        ("string", {}, None, True),
        ("jsonForm", {}, {}, False),
    ],
)
def test_empty_text_is_a_value_only_of_text(data_type, more, value, unset):
    assert is_unset(variable(data_type, **more), value) is unset
