"""Tables as key/value lists and as objects; what is not in them."""

import pytest

from contexts import RecordingContext
from xchange_cli.components.builtin.data_mapper import map_value, map_values
from xchange_cli.components.spec import ActionError


@pytest.mark.parametrize(
    "table", [{"a": 1}, '{"a": 1}', [{"key": "a", "value": 1}], '[{"key": "a", "value": 1}]']
)
def test_a_table_is_an_object_or_a_list_of_keys_and_values(table):
    assert map_value(RecordingContext(), {"inputValue": "a", "valueMap": table}).data == 1


def test_an_unknown_value_is_null_with_a_warning():
    context = RecordingContext()

    result = map_values(context, {"inputValueList": ["a", "b", "c"], "valueMap": {"a": "x"}})

    assert result.data == ["x", None, None]
    assert context.warnings == [
        'the text "b" is not in valueMap; what comes out is not documented, here null'
    ]


def test_a_value_that_is_null_is_looked_up_as_empty_text():
    assert map_value(RecordingContext(), {"inputValue": None, "valueMap": {"": "none"}}).data == "none"


def test_no_values_are_no_values():
    assert map_values(RecordingContext(), {"inputValueList": None, "valueMap": {}}).data == []


def test_there_must_be_a_table():
    with pytest.raises(ActionError) as caught:
        map_value(RecordingContext(), {"inputValue": "a", "valueMap": None})

    assert (caught.value.message, caught.value.input_key) == (
        "valueMap is not set, or its value is null",
        "valueMap",
    )
