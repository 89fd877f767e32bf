"""The truth table of conditions, as the component SDK of the platform evaluates them."""

import pytest

from xchange_cli.components.conditions import BINARY, UNARY, holds
from xchange_cli.components.spec import ActionError
from xchange_cli.javascript.values import UNDEFINED

NAN = float("nan")

HOLDS = [
    # text that is JSON is compared as what it says
    ["equal", "5.2", 5.2],
    ["equal", "null", None],
    ["equal", 0, False],
    ["equal", "true", 1],
    ["equal", "", 0],
    ["equal", "[]", ""],
    ["equal", " 5 ", "5.0"],
    ["equal", None, UNDEFINED],
    ["equal", UNDEFINED, UNDEFINED],
    # lists and objects member by member
    ["equal", [1, 2], ["1", "2"]],
    ["equal", {"a": 1}, {"a": "1"}],
    ["equal", '{"a":1}', {"a": 1}],
    ["notEqual", "abc", "ABC"],
    ["notEqual", None, ""],
    # exact only after parsing; the documentation says that "5" does not match 5
    ["exactlyMatches", "5", 5],
    ["exactlyMatches", "5", "5.0"],
    ["exactlyMatches", NAN, NAN],
    ["doesNotExactlyMatch", [1], ["1"]],
    ["doesNotExactlyMatch", "true", 1],
    ["doesNotExactlyMatch", None, UNDEFINED],
    # order: numbers where both can be, texts by code units, null counts as 0
    ["greaterThan", "10", "9"],
    ["greaterThan", "9a", "10a"],
    ["greaterThanOrEqual", None, 0],
    ["greaterThanOrEqual", "5", 5],
    ["lessThan", "2021-01-01", "2021-02-01"],
    ["lessThan", [10], [2]],
    ["lessThanOrEqual", False, "0"],
    # in: part of a text, member of a list (raw or parsed), key of an object
    ["in", "world", "Hello, world!"],
    ["in", "", "abc"],
    ["in", 1, "a1"],
    ["in", "2", [1, 2, 3]],  # the documentation says that it is not
    ["in", "2", "[1,2,3]"],
    ["in", "2", ["1", "2"]],
    ["in", "a", {"a": 1}],
    ["in", 1, {"1": "one"}],
    ["notIn", 2, ["1", "2"]],
    ["notIn", "World", "Hello, world!"],
    # the text looked at is the one on the right; both are parsed, then written as text
    ["startsWith", "Te", "Test"],
    ["startsWith", "1.0", "1st"],
    ["startsWith", None, "nullable"],
    ["startsWith", {}, "[object Object]!"],
    ["doesNotStartWith", "te", "Test"],
    ["doesNotStartWith", "Test", "Te"],
    ["endsWith", "!", "Hi!"],
    ["endsWith", "5", 15],
    ["doesNotEndWith", "?", "Hi!"],
    # numbers are Unix seconds; the documentation says milliseconds
    ["dateTimeAfter", "2021-04-01", "2021-03-01"],
    ["dateTimeBefore", "2021-03-01T00:00+01:00", "2021-03-01T00:00Z"],
    ["dateTimeSame", "2021-03-20T00:00:00.000Z", 1616198400],
    ["dateTimeSame", "2021-03-20T00:00:00.000Z", "1616198400"],
    ["isTrue", "Yes"],
    ["isTrue", "t"],
    ["isTrue", []],
    ["isTrue", {}],
    ["isTrue", "off"],
    ["isTrue", '"Y"'],
    ["isFalse", "no"],
    ["isFalse", "F"],
    ["isFalse", None],
    ["isFalse", UNDEFINED],
    ["isFalse", "0"],
    ["exists", []],
    ["exists", {}],
    ["exists", "[]"],
    ["exists", " "],
    ["doesNotExist", "null"],
    ["doesNotExist", UNDEFINED],
    ["doesNotExist", NAN],
    ["doesNotExist", '""'],
    ["isEmpty", ""],
    ["isEmpty", []],
    ["isEmpty", "[]"],
    ["isNotEmpty", "a"],
    ["isNotEmpty", "123"],
    ["isNotEmpty", [None]],
]

DOES_NOT_HOLD = [
    ["equal", "abc", "ABC"],
    ["equal", None, ""],
    ["equal", [5], [[5]]],
    ["notEqual", "5", 5],
    ["exactlyMatches", [1], ["1"]],
    ["greaterThan", "abc", 5],
    ["greaterThan", "10a", "9a"],
    ["greaterThan", UNDEFINED, 5],
    ["lessThan", UNDEFINED, 5],
    ["greaterThanOrEqual", UNDEFINED, UNDEFINED],
    ["lessThanOrEqual", "abc", 5],
    ["lessThan", [2], [10]],
    ["in", 2, ["1", "2"]],
    ["in", {"a": 1}, [{"a": 1}]],
    ["startsWith", "te", "Test"],
    ["dateTimeSame", "2021-03-20T00:00:00.000Z", 1616198400000],
    ["dateTimeAfter", 8.65e15, 1],
    ["dateTimeBefore", 8.65e15, 1],
    ["isTrue", "n"],
    ["isTrue", "0"],
    ["isTrue", ""],
    ["isFalse", "off"],
    ["exists", ""],
    ["exists", "0"],
    ["exists", "false"],
    ["exists", 0],
    ["exists", UNDEFINED],
    ["isEmpty", " "],
    ["isEmpty", "123"],
    ["isNotEmpty", "[ ]"],
]

CANNOT_COMPARE = [
    (
        ["in", "1", "123"],
        'needs a text, a list or an object to look in, but found the text "123", which is JSON',
    ),
    (["in", "x", None], "needs a text, a list or an object to look in, but found null"),
    (["notIn", "x", UNDEFINED], "needs a text, a list or an object to look in, but found undefined"),
    (["in", "x", b"x"], "needs a text, a list or an object to look in, but found binary data (1 bytes)"),
    (["dateTimeBefore", "not a date", "2021-01-01"], 'the text "not a date" is not a date'),
    (["dateTimeAfter", "2021-01-01", "03/20/2021"], 'the text "03/20/2021" is not a date'),
    (["dateTimeSame", 0, 1], "the number 0 is not a date"),
    (["dateTimeSame", 1, None], "null is not a date"),
    (["dateTimeSame", "", 1], 'the text "" is not a date'),
    (["isEmpty", None], "needs a list or a text, but found null"),
    (["isEmpty", {}], "needs a list or a text, but found an empty object"),
    (["isEmpty", 0], "needs a list or a text, but found the number 0"),
    (["isNotEmpty", 5], "needs a list or a text, but found the number 5"),
    (["isNotEmpty", UNDEFINED], "needs a list or a text, but found undefined"),
    (["isNotEmpty", True], "needs a list or a text, but found true"),
]

NOT_CONDITIONS = [
    (["equals", 1, 1], 'the text "equals" is not an operator of conditions'),
    (["and", ["or", ["like", "a", "b"]]], 'the text "like" is not an operator of conditions'),
    ([["equal", 1, 1]], "a list of 3 is not an operator of conditions"),
    ([], "a condition must be a list that starts with an operator, not an empty list"),
    (["and", "isTrue"], 'a condition must be a list that starts with an operator, not the text "isTrue"'),
    (None, "a condition must be a list that starts with an operator, not null"),
]


@pytest.mark.parametrize("clause", HOLDS, ids=repr)
def test_holds(clause):
    assert holds(clause) is True


@pytest.mark.parametrize("clause", DOES_NOT_HOLD, ids=repr)
def test_does_not_hold(clause):
    assert holds(clause) is False


@pytest.mark.parametrize(("clause", "reason"), CANNOT_COMPARE, ids=repr)
def test_an_error_names_the_operator_and_what_was_found(clause, reason):
    with pytest.raises(ActionError) as caught:
        holds(clause)
    assert caught.value.message.startswith(f"{clause[0]}: {reason}")


@pytest.mark.parametrize(("condition", "reason"), NOT_CONDITIONS, ids=repr)
def test_what_is_not_a_condition_is_refused(condition, reason):
    with pytest.raises(ActionError) as caught:
        holds(condition)
    assert caught.value.message == reason


def test_the_table_knows_every_operator():
    assert {clause[0] for clause in HOLDS} == {*UNARY, *BINARY}


def test_the_second_operand_of_a_unary_operator_is_ignored():
    assert holds(["isEmpty", "", "whatever"]) is True


def test_a_missing_operand_is_undefined():
    assert holds(["exists"]) is False
    assert holds(["equal", None]) is True


def test_groups_nest():
    yes, no = ["isTrue", "yes"], ["isTrue", "no"]

    assert holds(["and", yes, ["or", no, yes]]) is True
    assert holds(["and", yes, ["or", no, no]]) is False
    assert holds(["or", ["and", yes, no], yes]) is True


def test_empty_groups():
    assert holds(["and"]) is True
    assert holds(["or"]) is False


def test_groups_stop_as_soon_as_the_answer_is_known():
    failing = ["isEmpty", None]

    assert holds(["and", ["isTrue", "no"], failing]) is False
    assert holds(["or", ["isTrue", "yes"], failing]) is True


def test_an_unknown_operator_is_refused_even_where_evaluation_would_stop_before():
    with pytest.raises(ActionError, match="is not an operator"):
        holds(["or", ["isTrue", "yes"], ["like", "a", "b"]])
