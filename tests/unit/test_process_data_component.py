"""Records that were seen before, over several executions."""

import pytest

from contexts import RecordingContext
from xchange_cli.components.builtin.process_data import MOST_REMEMBERED, deduplicate
from xchange_cli.components.keeping.kept_state import visible
from xchange_cli.components.spec import ActionError


def context_of(state, step="dedupe"):
    return RecordingContext(execution={"stepId": step}, kinds={"instanceState": state})


def performed(data, state, fields=("id",), step="dedupe"):
    """Give the new records, and what is kept then."""
    result = deduplicate(context_of(state, step), {"keyFieldNames": list(fields), "data": data})
    return result.data, {**state, **result.state["instanceState"]}


def test_records_of_earlier_executions_are_left_out():
    first, state = performed([{"id": 2}, {"id": 1}], {})
    second, state = performed([{"id": 3}, {"id": 2, "changed": True}, {"id": 1}], state)
    third, state = performed([{"id": 1}], state)

    assert (first, second, third) == ([{"id": 2}, {"id": 1}], [{"id": 3}], [])
    assert state == {"__processData:dedupe": ["[1]", "[3]", "[2]"]}


def test_clearing_the_state_of_the_flow_leaves_what_is_remembered():
    _, state = performed([{"id": 1}], {})

    assert visible({**state, "cursor": 5}) == {"cursor": 5}


def test_each_step_remembers_for_itself():
    _, state = performed([{"id": 1}], {}, step="one")

    assert performed([{"id": 1}], state, step="two")[0] == [{"id": 1}]


def test_all_key_fields_count_and_texts_differ_from_numbers():
    data = [{"a": 1, "b": 1}, {"a": 1, "b": "1"}, {"a": 1}, {"a": 1, "b": None}]

    assert performed(data, {}, fields=("a", "b"))[0] == [{"a": 1, "b": 1}, {"a": 1, "b": "1"}, {"a": 1}]


def test_records_without_any_key_field_are_new_every_time():
    context = context_of({})

    result = deduplicate(context, {"keyFieldNames": ["id"], "data": [{"x": 1}, {"x": 1}]})

    assert (result.data, result.state) == (
        [{"x": 1}, {"x": 1}],
        {"instanceState": {"__processData:dedupe": []}},
    )
    assert context.warnings == [
        "there are records without any of the key fields; they count as new every time"
    ]


def test_what_is_remembered_is_bounded_and_short():
    long = [{"id": "x" * 5000}]
    _, state = performed(
        long, {"__processData:dedupe": [str(number) for number in range(MOST_REMEMBERED + 5)]}
    )

    [first, *others] = state["__processData:dedupe"]
    assert (len(first), others) == (64, [str(number) for number in range(MOST_REMEMBERED)])
    assert performed(long, state)[0] == []


@pytest.mark.parametrize("kept", [None, 5, [5, None], {"a": 1}])
def test_state_that_somebody_else_wrote_is_passed_over(kept):
    assert performed([{"id": 1}], {"__processData:dedupe": kept})[0] == [{"id": 1}]


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({"keyFieldNames": None, "data": []}, "keyFieldNames is empty"),
        ({"keyFieldNames": "id", "data": []}, 'keyFieldNames must be a list, not the text "id"'),
        ({"keyFieldNames": ["id"], "data": {"id": 1}}, "data: an object is not a list"),
        ({"keyFieldNames": ["id"], "data": None}, "data is not set, or its value is null"),
    ],
)
def test_what_cannot_be_deduplicated_is_refused(inputs, message):
    with pytest.raises(ActionError) as caught:
        deduplicate(context_of({}), inputs)

    assert caught.value.message == message
