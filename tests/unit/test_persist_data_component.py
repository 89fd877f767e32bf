"""What the examples of persist-data cannot show: what was kept before, warnings, and the limit of size."""

import pytest

from contexts import RecordingContext
from xchange_cli.components.builtin.persist_data import COMPONENT
from xchange_cli.components.catalog import Catalog
from xchange_cli.components.keeping.kept_state import MOST_BYTES
from xchange_cli.components.spec import ActionError, ActionResult


def context_with(**kept):
    return RecordingContext(kinds={"instanceState": kept})


def perform(action, context=None, **inputs):
    return COMPONENT.actions[action](context or RecordingContext(), inputs)


def kept(action, before, **inputs):
    """Give what is kept under `a` afterwards."""
    result = perform(action, context_with(a=before), keyInput="a", **inputs)
    return result.state["instanceState"]["a"]


def failure(action, before=None, **inputs):
    with pytest.raises(ActionError) as caught:
        perform(action, context_with(a=before), **{"keyInput": "a", **inputs})
    return caught.value.message


def test_every_action_of_the_catalogue_is_there():
    assert set(COMPONENT.actions) == set(Catalog.load().component("persist-data").actions)


def test_the_scopes_do_not_see_each_other():
    context = RecordingContext(
        kinds={
            "executionState": {"a": 1},
            "instanceState": {"a": 2},
            "crossFlowState": {"a": 3},
            "integrationState": {"a": 4},
        }
    )

    found = [
        perform(f"get{word}Value", context, keyInput="a").data
        for word in ("Execution", "Instance", "CrossFlow", "Integration")
    ]
    assert found == [1, 2, 3, 4]


@pytest.mark.parametrize("value", [0, False, "", [], {}])
def test_what_is_kept_is_given_even_if_it_is_nothing_much(value):
    result = perform("getInstanceValue", context_with(a=value), keyInput="a", defaultValueInput="default")

    assert result == ActionResult(value)


def test_a_default_is_given_as_it_is():
    assert perform("getInstanceValue", keyInput="a", defaultValueInput="[]").data == "[]"


def test_a_default_that_is_not_set_is_the_empty_text():
    assert perform("getInstanceValue", keyInput="a").data == ""


@pytest.mark.parametrize(
    ("before", "amount", "after"),
    [
        (1, "2", 3),
        ("41", None, 42),
        (" 1.5 ", "1", 2.5),
        (None, "5", 5),
        (1, "-3", -2),
        (2**53, "1", 2.0**53),
    ],
)
def test_numbers_and_texts_that_are_numbers_are_counted_up(before, amount, after):
    assert kept("incrementInstanceValue", before, amountInput=amount) == after


@pytest.mark.parametrize(
    ("before", "described"),
    [
        ("ten", 'the text "ten"'),
        ("", 'the text ""'),
        (True, "true"),
        ([1], "a list of 1"),
        ({}, "an empty object"),
        ("Infinity", 'the text "Infinity"'),
    ],
)
def test_nothing_else_is_counted(before, described):
    message = f'under "a" {described} is kept, to which nothing can be added'

    assert failure("decrementInstanceValue", before) == message


def test_an_amount_must_be_a_whole_number():
    assert failure("incrementInstanceValue", 1, amountInput="x") == (
        'amountInput: the text "x" is not a whole number'
    )


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ([1], 2, [1, 2]),
        ([1], 1, [1]),
        ([1], "1", [1, "1"]),
        ([{"a": [1]}], {"a": [1]}, [{"a": [1]}]),
        ([[1]], [1], [[1]]),
        ([], None, [None]),
    ],
)
def test_a_set_has_no_equal_values(before, value, after):
    assert kept("addInstanceValueToSet", before, valueInput=value) == after


def test_what_was_kept_before_stays_as_it_was():
    before = [1]

    kept("appendInstanceValueToList", before, valueInput=2)
    kept("addInstanceValueToSet", before, valueInput=2)
    kept("removeInstanceValueFromList", before, valueInput=1)

    assert before == [1]


@pytest.mark.parametrize(
    "action",
    [
        "addInstanceValueToSet",
        "appendInstanceValueToList",
        "appendInstanceValuesToList",
        "removeInstanceValueFromSet",
    ],
)
def test_only_a_list_can_grow_or_shrink(action):
    assert failure(action, "[]", valueInput=1) == 'under "a" the text "[]" is kept, not a list'


def test_values_are_appended_and_flattened_by_one_level():
    values = [[1, [2]], 3]

    assert kept("appendInstanceValuesToList", [0], values=values) == [0, [1, [2]], 3]
    assert kept("appendInstanceValuesToList", [0], values=values, flattenValues="true") == [0, 1, [2], 3]


@pytest.mark.parametrize(
    ("action", "inputs", "added"),
    [
        ("addInstanceValueToSet", {"valueInput": 3}, 3),
        ("addInstanceValueToSet", {"valueInput": 2}, 2),
        ("appendInstanceValueToList", {"valueInput": [3]}, [3]),
        ("appendInstanceValuesToList", {"values": [3, [4]], "flattenValues": True}, [3, 4]),
    ],
)
def test_what_was_to_be_added_is_the_result_and_not_the_whole_list(action, inputs, added):
    assert perform(action, context_with(a=[1, 2]), keyInput="a", **inputs).data == {"value": added}


def test_dynamic_values_must_be_a_list():
    assert failure("appendInstanceValuesToList", dynamicValues="{}") == (
        'dynamicValues: the text "{}" is not a list'
    )


def test_all_equal_values_are_removed_with_a_warning():
    context = context_with(a=[1, 2, 1, "1"])

    result = perform("removeInstanceValueFromList", context, keyInput="a", valueInput=1)

    assert result == ActionResult({"value": [2, "1"]}, state={"instanceState": {"a": [2, "1"]}})
    assert context.warnings == ["2 equal elements are removed; the platform may remove only the first"]


def test_removing_from_what_is_not_there_keeps_nothing():
    assert perform("removeInstanceValueFromSet", keyInput="a", valueInput=1).state is None


def test_several_keys_are_removed_in_place_of_the_one():
    result = perform("removeInstanceValue", keyInput="a", multipleKeys=["b", 3])

    assert result.state == {"instanceState": {"b": None, "3": None}}


def test_components_own_keys_are_neither_listed_nor_cleared():
    context = context_with(a=1, __cursor="x", b=2)

    assert perform("listInstanceKeys", context).data == ["a", "b"]
    assert perform("removeInstanceState", context).state == {"instanceState": {"a": None, "b": None}}


def test_a_key_like_those_is_warned_of():
    context = RecordingContext()

    perform("saveInstanceValue", context, keyInput="__a", valueInput=1)

    assert context.warnings == ['the key "__a" begins with __: it is neither listed nor cleared']


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({"keyInput": None}, "keyInput is not set, or its value is null"),
        ({"keyInput": ""}, "keyInput is empty"),
        ({"dynamicValues": [{"key": "", "value": 1}]}, "dynamicValues has an empty key"),
        ({"valueInput": {"x": b"ab"}}, '"a" cannot be kept: JSON cannot hold binary data (2 bytes)'),
        (
            {"valueInput": [float("nan")]},
            '"a" cannot be kept: JSON cannot hold numbers that are not finite, nor what holds itself',
        ),
    ],
)
def test_a_value_needs_a_key_and_to_be_json(inputs, message):
    assert failure("saveInstanceValue", **inputs) == message


def test_a_value_in_itself_or_too_deep_is_refused():
    endless: list = []
    endless.append(endless)
    deep: list = []
    for _ in range(5000):
        deep = [deep]

    assert "nor what holds itself" in failure("saveInstanceValue", valueInput=endless)
    assert (
        failure("saveInstanceValue", valueInput=deep) == '"a" cannot be kept: the data is nested too deeply'
    )


def test_null_takes_a_key_away_with_a_warning():
    context = context_with(a=1)

    result = perform("saveInstanceValue", context, keyInput="a", valueInput=None)

    assert result == ActionResult({"value": None}, state={"instanceState": {"a": None}})
    assert context.warnings == ['null cannot be kept: the key "a" is taken away']


def test_saving_several_values_leaves_the_one_out():
    pairs = [{"key": "a", "value": 1}, {"key": "b", "value": "2"}]

    result = perform("saveInstanceValue", keyInput="c", valueInput=3, dynamicValues=pairs)

    assert result.state == {"instanceState": {"a": 1, "b": "2"}}


def test_too_much_state_is_warned_of_once():
    large = "x" * (MOST_BYTES // 2)
    context = context_with(a=large)

    perform("saveInstanceValue", context, keyInput="b", valueInput="small")
    assert context.warnings == []
    for _ in range(2):
        perform("saveInstanceValue", context, keyInput="b", valueInput=large)

    assert context.warnings == [
        f"the state has about {MOST_BYTES + 6} bytes; the platform keeps at most {MOST_BYTES}"
    ]


def test_usage_counts_keys_and_values_as_json():
    assert perform("getUsage", context_with(a=[1, 2])).data == {"usedBytes": 7, "limitBytes": MOST_BYTES}
