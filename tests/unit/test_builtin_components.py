"""What the examples of the built-in components cannot show: log lines, warnings, chance, error places."""

import pytest

from contexts import RecordingContext
from xchange_cli.components.arithmetic import evaluate
from xchange_cli.components.implementations import Implementations
from xchange_cli.components.spec import ActionError, LogLine

IMPLEMENTATIONS = Implementations()


def perform(component, action, context=None, **inputs):
    return IMPLEMENTATIONS.perform_for(component, action)(context or RecordingContext(), inputs)


def warnings_of(component, action, **inputs):
    context = RecordingContext()
    perform(component, action, context, **inputs)
    return context.warnings


def test_a_log_line_has_text_as_it_is_and_all_else_as_json():
    context = RecordingContext()

    perform("log", "writeLog", context, level="warn", message="Größe")
    perform("log", "writeLog", context, level=None, message={"a": [1.0, None]})
    perform("log", "writeLog", context, level="ERROR", message=None)

    assert context.lines == [
        LogLine("warn", "Größe"),
        LogLine("info", '{"a":[1,null]}'),
        LogLine("error", "null"),
    ]
    assert context.warnings == []


def test_a_log_line_is_cut_only_when_it_is_shown():
    context = RecordingContext()

    perform("log", "writeLog", context, level="info", message="x" * 5000)

    assert context.lines == [LogLine("info", "x" * 5000)]


def test_an_unknown_log_level_is_info_with_a_warning():
    context = RecordingContext()

    perform("log", "writeLog", context, level="loud", message="a")

    assert context.lines == [LogLine("info", "a")]
    assert context.warnings == ['the text "loud" is not a log level; the line is written as info']


def test_metrics_are_one_line_of_json():
    context = RecordingContext()

    perform("log", "writeMetric", context, metrics=[{"key": "a", "value": "1"}, {"key": "b", "value": 2}])

    assert context.lines == [LogLine("METRIC", '{"a":"1","b":2}')]


@pytest.mark.parametrize("ms", [None, "-1"])
def test_a_sleep_of_no_length_warns(ms):
    [warning] = warnings_of("sleep", "sleep", ms=ms)

    assert "negative or not set" in warning


def test_a_sleep_of_zero_is_no_reason_to_warn():
    assert warnings_of("sleep", "sleep", ms="0") == []


def test_a_loop_over_an_object_warns():
    [warning] = warnings_of("loop", "loopOverItems", items={"a": 1})

    assert "each item is an object with key and value" in warning


def test_a_loop_needs_a_number_of_passes():
    with pytest.raises(ActionError, match="iterationCount is not set"):
        perform("loop", "loopNTimes", iterationCount=None)


def test_a_branch_that_only_a_comparison_as_numbers_would_follow_is_warned_of():
    mappings = [{"key": "Five", "value": "5.0"}, {"key": "Six", "value": "6"}]

    result = perform("branch", "branchOnValue", inputValue=5, branchValueMappings=mappings)
    [warning] = warnings_of("branch", "branchOnValue", inputValue=5, branchValueMappings=mappings)

    assert result.branch == "Else"
    assert 'the number 5 and the text "5.0" of branch "Five" differ as texts' in warning


def test_an_error_in_a_condition_blames_the_input():
    with pytest.raises(ActionError) as caught:
        perform("branch", "branchOnExpression", conditions=[{"name": "B", "value": ["isEmpty", 1]}])

    assert caught.value.input_key == "conditions"


def test_random_numbers_come_from_the_context():
    inputs = {"min": "10", "max": "20"}

    numbers = [
        perform("math", "randomInt", RecordingContext(chance=chance), **inputs).data
        for chance in (0, 0.5, 0.999)
    ]
    assert numbers == [10, 15, 20]
    assert perform("math", "random", RecordingContext(chance=0.25), **inputs).data == 12.5
    assert warnings_of("math", "randomInt", **inputs) == [
        "whether max itself can come out is not documented; here it can"
    ]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1", 1),
        (" 1.5e2 + .5 ", 150.5),
        ("2 + 3 * 4 - 10 / 4", 11.5),
        ("7 % 4 * 2", 6),
        ("10 - 2 - 3", 5),
        ("2 ^ 3 ** 2", 512),
        ("-2 ^ 2", -4),
        ("2 ^ -1", 0.5),
        ("--+3", 3),
        ("(1 + 2) * 3", 9),
        ("1 / 0", float("inf")),
        ("max(1, 2 + 3, 4)", 5),
        ("Math.sqrt(16) + round(2.5)", 7),
        ("pow(2, 10) - atan2(0, 1)", 1024),
        ("hypot(3, 4)", 5),
        ("cos(PI)", -1),
        ("log(E)", 1),
        ("random() * 2", 0.5),
    ],
)
def test_expressions(expression, value):
    assert evaluate(expression, lambda: 0.25) == value


@pytest.mark.parametrize(
    ("expression", "reason", "offset"),
    [
        ("", "expected a number, but found the end", 0),
        ("2 * ", "expected a number, but found the end", 3),
        ("2 3", 'expected an operator, but found "3"', 2),
        ("(2", 'expected ")", but found the end', 2),
        ("max(1 2)", 'expected ")", but found "2"', 6),
        ("1 +  $x", '"$" does not belong in an expression', 5),
        ("1 + x", '"x" is neither a constant nor called', 4),
        ("1 + double(2)", "there is no function double", 4),
        ("sqrt(1, 2)", "sqrt takes 1 argument, not 2", 0),
        ("pow(1)", "pow takes 2 arguments, not 1", 0),
        ("random(1)", "random takes 0 arguments, not 1", 0),
        ("(" * 200 + "1" + ")" * 200, "the expression is nested too deeply", 50),
        ("-" * 200 + "1", "the expression is nested too deeply", 50),
    ],
)
def test_what_is_no_expression_has_a_place(expression, reason, offset):
    with pytest.raises(ActionError) as caught:
        evaluate(expression, lambda: 0.25)

    assert (caught.value.message, caught.value.offset) == (reason, offset)


def test_long_expressions_are_no_problem():
    assert evaluate(" + ".join(["(1)"] * 5000), lambda: 0) == 5000


def test_an_error_in_an_expression_says_where_in_the_input():
    with pytest.raises(ActionError) as caught:
        perform("math", "evaluate", expression="1 + x")

    assert (caught.value.input_key, caught.value.offset) == ("expression", 4)


@pytest.mark.parametrize(
    ("action", "inputs", "words"),
    [
        ("decodeBase64", {"text": "/w=="}, "not UTF-8"),
        ("replace", {"text": "a", "find": "/a/g"}, "looks like a regular expression"),
        ("htmlEncode", {"text": "it's"}, "single quotation mark"),
        ("splitLines", {"text": "a\r\nb"}, "carriage returns"),
        ("match", {"text": "a", "regex": "a", "regexFlags": "i"}, "without the flag g"),
    ],
)
def test_text_manipulation_warns_of_what_is_not_documented(action, inputs, words):
    [warning] = warnings_of("text-manipulation", action, **inputs)

    assert words in warning


def test_replacing_nothing_is_refused():
    with pytest.raises(ActionError, match="replaceWith has an empty text to find"):
        perform(
            "text-manipulation", "replaceMultipleSubstring", text="a", replaceWith=[{"key": "", "value": "b"}]
        )


def test_a_trigger_without_inputs_shapes_no_answer():
    result = perform("webhook-triggers", "webhook")

    assert (result.status_code, result.content_type, result.headers, result.answer) == (None,) * 4
