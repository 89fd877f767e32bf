"""Odd inputs of the built-in components: each is refused in words, or does what JavaScript would do."""

import pytest

from contexts import RecordingContext
from xchange_cli.components.arithmetic import evaluate
from xchange_cli.components.implementations import Implementations
from xchange_cli.components.limits import LONGEST_TEXT
from xchange_cli.components.spec import ActionError, ActionResult

IMPLEMENTATIONS = Implementations()


def perform(component, action, context=None, **inputs):
    return IMPLEMENTATIONS.perform_for(component, action)(context or RecordingContext(), inputs)


def refusal(component, action, **inputs):
    """Give the message, kind and blamed input of an action's error."""
    with pytest.raises(ActionError) as caught:
        perform(component, action, **inputs)
    return caught.value.message, caught.value.kind, caught.value.input_key


def nested(levels):
    value = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        (None, "condition 2 is null, without the name of a branch"),
        ("Large", 'condition 2 is the text "Large", without the name of a branch'),
        ({"value": ["isTrue", 1]}, "condition 2 is an object, without the name of a branch"),
        (
            {"name": "Large"},
            'condition of branch "Large": a condition must be a list that starts with an operator, not null',
        ),
        (
            {"key": "Large", "value": []},
            (
                'condition of branch "Large": a condition must be a list that starts with an operator, '
                "not an empty list"
            ),
        ),
        (
            {"name": "Large", "value": ["equal", nested(5000), nested(5000)]},
            'condition of branch "Large": the data is nested too deeply',
        ),
    ],
)
def test_a_malformed_condition_is_refused_by_the_name_of_its_branch_or_its_number(condition, reason):
    conditions = [{"name": "Never", "value": ["isTrue", False]}, condition]

    message, _, blamed = refusal("branch", "branchOnExpression", conditions=conditions)

    assert (message, blamed) == (reason, "conditions")


def test_a_condition_as_files_write_an_entry_names_its_branch_with_key():
    conditions = [{"key": "Large", "value": ["isTrue", True]}]

    assert perform("branch", "branchOnExpression", conditions=conditions).branch == "Large"


@pytest.mark.parametrize(
    ("mapping", "found"), [(5, "the number 5"), ({"value": 1}, "an object"), (None, "null")]
)
def test_a_mapping_without_a_branch_is_refused(mapping, found):
    message, _, blamed = refusal("branch", "branchOnValue", inputValue=1, branchValueMappings=[mapping])

    assert message == f"mapping 1 is {found}, without the name of a branch"
    assert blamed == "branchValueMappings"


@pytest.mark.parametrize(
    ("action", "inputs", "blamed"),
    [
        ("joinLines", {"strings": ["a", "b"], "numberOfNewlines": "1" + "0" * 30}, "numberOfNewlines"),
        ("join", {"strings": ["a"] * 10_000, "separator": "x" * 10_000}, "separator"),
        ("replace", {"text": "a" * 10_000, "find": "a", "replace": "x" * 10_000}, "replace"),
        ("replace", {"text": "a" * 10_000, "find": "", "replace": "x" * 10_000}, "replace"),
        (
            "replaceMultipleSubstring",
            {"text": "a" * 10_000, "replaceWith": [{"key": "a", "value": "x" * 10_000}]},
            "replaceWith",
        ),
    ],
)
def test_a_text_that_would_fill_the_memory_is_not_made(action, inputs, blamed):
    message, kind, key = refusal("text-manipulation", action, **inputs)

    assert message.startswith(f"{blamed}: the text would have ")
    assert message.endswith(f" characters; here a text may have {LONGEST_TEXT}")
    assert (kind, key) == ("too-large", blamed)


def test_of_a_number_beyond_all_of_javascript_the_lowest_32_bits_are_left_which_are_0():
    inputs = {"strings": ["a", "b"], "numberOfNewlines": 10**400}

    assert perform("text-manipulation", "joinLines", **inputs).data == "ab"


def test_separators_between_nothing_take_no_room():
    inputs = {"strings": ["a"], "numberOfNewlines": "1000000000"}

    assert perform("text-manipulation", "joinLines", **inputs).data == "a"


def test_a_loop_has_an_end_that_can_be_reached():
    assert perform("loop", "loopNTimes", iterationCount="1e9").items == range(1)
    assert len(perform("loop", "loopNTimes", iterationCount=10**9).items) == 10**9
    assert refusal("loop", "loopNTimes", iterationCount=10**9 + 1) == (
        "iterationCount: the number 1000000001 is more than the 1000000000 passes that a loop may have here",
        "too-large",
        "iterationCount",
    )


@pytest.mark.parametrize("ms", ["-Infinity", "Infinity", float("inf"), 10**400])
def test_nobody_sleeps_for_ever(ms):
    message, _, blamed = refusal("sleep", "sleep", ms=ms)

    assert message.endswith(" is no length of time")
    assert blamed == "ms"


@pytest.mark.parametrize(
    ("text", "decoded"),
    [
        ("&#" + "9" * 5000 + ";!", "\ufffd!"),
        ("&#" + "0" * 5000 + "65;!", "A!"),
        ("&#" + "0" * 5000 + "!", "\ufffd!"),
        ("&#00000000065;&#65;&#x41;", "AAA"),
        ("&#xd800;", "\ufffd"),
    ],
)
def test_character_references_of_any_length_are_decoded(text, decoded):
    assert perform("text-manipulation", "htmlDecode", text=text).data == decoded


def test_lone_surrogates_are_text_like_any_other():
    def changed(action, **inputs):
        return perform("text-manipulation", action, text="a\ud800", **inputs).data

    assert changed("split", separator="") == ["a", "\ud800"]
    assert changed("stringLength") == 2
    assert changed("encodeBase64") == "Ye+/vQ=="
    assert changed("decodeBase64") == ""
    assert changed("match", regex="\ud800|a") == ["a", "\ufffd"]
    assert changed("slice", sliceStart="1") == "\ufffd"


def test_code_with_lone_surrogates_runs():
    code = "module.exports = () => ({ data: 'a\ud800' + '\\udfff' });"

    assert perform("code", "runCode", code=code) == ActionResult("a\U000103ff")


@pytest.mark.parametrize(
    ("component", "action", "inputs", "blamed"),
    [
        ("log", "writeLog", {"message": nested(5000)}, "message"),
        ("stop-execution", "stopExecution", {"contentType": nested(5000)}, "contentType"),
        ("text-manipulation", "trim", {"text": nested(5000)}, "text"),
        ("math", "sqrt", {"number": nested(5000)}, "number"),
        ("collection-tools", "deduplicate", {"listInput": nested(5000)}, ""),
        (
            "collection-tools",
            "count",
            {"listInput": [nested(5000)], "elementInput": nested(5000)},
            "",
        ),
        ("collection-tools", "toObject", {"keyValueList": [{"key": nested(5000)}]}, "keyValueList"),
        ("branch", "branchOnValue", {"inputValue": nested(5000)}, "inputValue"),
    ],
)
def test_data_that_is_nested_too_deeply_is_refused(component, action, inputs, blamed):
    name = f"{blamed}: " if blamed else ""

    assert refusal(component, action, **inputs) == (
        f"{name}the data is nested too deeply",
        "nested-too-deeply",
        blamed,
    )


@pytest.mark.parametrize("value", [nested(100_000), {10**5000: 1}, {(1, 2): 3}])
def test_code_is_not_given_what_json_cannot_hold(value):
    context = RecordingContext(step_results={"stepResults": {"results": value}})
    code = "module.exports = (context, stepResults) => ({ data: stepResults })"

    with pytest.raises(ActionError, match="JavaScript cannot be given") as caught:
        perform("code", "runCode", context, code=code)

    assert (caught.value.kind, caught.value.input_key) == ("not-json", "code")


def test_data_of_200_levels_is_no_problem():
    deep = nested(200)

    assert perform("collection-tools", "deduplicate", listInput=[deep, nested(200)]).data == [deep]
    assert perform("text-manipulation", "trim", text=deep).data == "1"
    assert perform("collection-tools", "filter", listInput=[deep]).data == [deep]


def test_keys_are_added_at_a_hundred_levels_at_most():
    path = ".".join(["a"] * 100)
    added = perform("collection-tools", "addKey", object={}, key="b", value=1, objectPath=path).data
    for _ in range(100):
        added = added["a"]
    assert added == {"b": 1}

    assert refusal("collection-tools", "addKey", object={}, key="b", value=1, objectPath=f"{path}.a") == (
        "objectPath has more than 100 parts",
        "action-failed",
        "objectPath",
    )


def test_an_expression_of_calls_may_be_nested_49_times():
    assert evaluate("abs(" * 49 + "1" + ")" * 49, lambda: 0) == 1
    with pytest.raises(ActionError, match="nested too deeply"):
        evaluate("abs(" * 50 + "1" + ")" * 50, lambda: 0)


def test_large_products_are_infinite_as_in_javascript():
    inputs = {"listInput": [2**53] * 100, "aggregateFunction": "PRODUCT"}

    assert perform("collection-tools", "aggregate", **inputs) == ActionResult(float("inf"))


def test_an_aggregate_of_a_filter_that_changes_lists_is_refused():
    code = "() => { Array.prototype.toJSON = () => 5; return true; }"
    message, _, blamed = refusal(
        "collection-tools", "aggregate", listInput=[1], aggregateFunction="SUM", filterCodeInput=code
    )

    assert message == "the code changed what lists are in JavaScript"
    assert blamed == "filterCodeInput"


def test_elements_that_are_not_a_number_are_equal():
    nan = float("nan")

    found = perform("collection-tools", "deduplicate", listInput=[nan, float("nan"), 1, 1.0, True]).data

    assert found[0] is nan
    assert found[1:] == [1, True]
