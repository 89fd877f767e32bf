"""Expressions → values."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from xchange_cli.document.parse import parse
from xchange_cli.expression.evaluate import compile_expression, compile_path
from xchange_cli.expression.parse import parse_input
from xchange_cli.javascript.values import UNDEFINED
from xchange_cli.source import Source


@dataclass
class Seen:
    """A scope that keeps the warnings with the text that they mark."""

    steps: dict[str, Any] = field(default_factory=dict)
    config: dict[str, Any] = field(default_factory=dict)
    warnings: list[tuple[str, str]] = field(default_factory=list)

    def warn(self, message, span):
        self.warnings.append((message, span.text))


def read(text):
    """Read an input written as YAML."""
    document = parse(Source("a.yml", text))
    assert document.diagnostics == ()
    assert document.root is not None
    return parse_input(document.root)


def evaluate(text, steps=None, settings=None):
    """Value and warnings of an input."""
    scope = Seen(steps or {}, settings or {})
    return compile_expression(read(text))(scope), scope.warnings


@pytest.mark.parametrize("text", ["text", "{}", "{type: unknown, value: x}", "{type: complex, value: ~}"])
def test_what_is_no_expression_gives_nothing(text):
    assert evaluate(text) == (None, [])


CONDITIONS = """\
type: complex
value:
  - name: Large
    type: complex
    value:
      - and
      - - greaterThan
        - {name: '', type: reference, value: call.results.total}
        - {name: '', type: value, value: '1000'}
      - - or
        - [isTrue, {name: '', type: configVar, value: Flag}]
        - - exists
          - {name: '', type: reference, value: call.results.missing}
"""

STEPS = {
    "call": {"results": {"items": [{"id": 7}, [1, 2]], "0": "zero", "none": None, "total": 5, "text": "abc"}},
    "loop": {"currentItem": {"a.b": 1}, "index": 3},
    "pair": {"results": ("x", "y")},
}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("call.results.total", 5),
        ("call.results.items.0.id", 7),
        ("call.results.items[1][0]", 1),
        ("call.results.0", "zero"),
        ("call.results[0]", "zero"),
        ("pair.results.1", "y"),
        ("loop.index", 3),
        ('loop.currentItem["a.b"]', 1),
        ("call", STEPS["call"]),
    ],
)
def test_a_reference_gives_what_its_path_leads_to(path, value):
    assert evaluate(f"{{type: reference, value: '{path}'}}", STEPS) == (value, [])


ABSENT = [
    "nothing.results",
    "call.nothing",
    "call.results.nothing.more",
    "call.results.none.more",
    "call.results.total.more",
    "call.results.text.0",
    "call.results.items.2",
    "call.results.items.01",
    "call.results.items.-1",
    "call.results.items.id",
    "call.results.items.\u0660",
    "call.results.items." + "9" * 5000,
]


@pytest.mark.parametrize("path", ABSENT)
def test_a_path_that_leads_nowhere_gives_nothing_and_no_error(path):
    assert evaluate(f"{{type: reference, value: {path}}}", STEPS) == (None, [])
    assert compile_path(path.split("."), absent=UNDEFINED)(Seen(STEPS)) is UNDEFINED


def test_a_config_value_is_that_of_its_key_or_nothing():
    assert evaluate("{type: configVar, value: My Key}", settings={"My Key": [1]}) == ([1], [])
    assert evaluate("{type: configVar, value: Other}", settings={"My Key": [1]}) == (None, [])
    assert evaluate("{type: configVar, value: ''}") == (None, [])


def test_a_literal_is_what_it_is():
    assert evaluate("{type: value, value: '{{#K}}'}", settings={"K": 1}) == ("{{#K}}", [])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("x", "x"),
        ("", ""),
        (True, "true"),
        (False, "false"),
        (5, "5"),
        (5.0, "5"),
        (1.5, "1.5"),
        (1e21, "1e+21"),
        (float("nan"), "NaN"),
        (b"\xc3\xa9", "é"),
    ],
)
def test_a_template_prints_single_values_as_javascript_does(value, text):
    assert evaluate("{type: template, value: '<{{#K}}>'}", settings={"K": value}) == (f"<{text}>", [])


NO_VALUE = "this placeholder has no value and gives no text"
AS_JSON = "this placeholder holds a list or an object; it is written as JSON"


@pytest.mark.parametrize("value", [None, UNDEFINED])
def test_a_placeholder_without_value_gives_no_text_and_a_warning(value):
    assert evaluate("{type: template, value: '<{{$a.b}}>'}", {"a": {"b": value}}) == (
        "<>",
        [(NO_VALUE, "a.b")],
    )


@pytest.mark.parametrize("placeholder", ["{{$nothing.at.all}}", "{{#Nothing}}", "{{#}}", "{{$a..b}}"])
def test_a_placeholder_that_leads_nowhere_gives_no_text_and_a_warning(placeholder):
    text, warnings = evaluate(f"{{type: template, value: '<{placeholder}>'}}")
    assert (text, [message for message, _ in warnings]) == ("<>", [NO_VALUE])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": [1, "é"], "b": None}, '{"a":[1,"é"],"b":null}'),
        ([], "[]"),
        ([float("nan"), UNDEFINED, True], "[null,null,true]"),
        ({"a": UNDEFINED}, "{}"),
        ([1.0], "[1]"),
    ],
)
def test_a_placeholder_with_a_list_or_an_object_gives_json_and_a_warning(value, text):
    assert evaluate("{type: template, value: '<{{#K}}>'}", settings={"K": value}) == (
        f"<{text}>",
        [(AS_JSON, "K")],
    )


def test_the_warning_of_a_folded_placeholder_marks_both_lines():
    _, warnings = evaluate("type: template\nvalue: 'x {{#Some\n  Name}}'\n")
    assert warnings == [(NO_VALUE, "Some\n  Name")]


def test_a_value_list_gives_a_list_and_named_items_give_keys_and_values():
    steps, settings = {"call": {"results": 1}}, {"Header": "X-A"}
    assert evaluate(
        """\
type: complex
value:
  - {type: reference, value: call.results}
  - {name: X-A, type: value, value: '1'}
  - {name: X-A, type: value, value: '2'}
  - {name: {type: configVar, value: Header}, type: template, value: '{{#Header}}!'}
  - {name: {type: configVar, value: Nothing}, type: reference, value: nothing}
  - nonsense
""",
        steps,
        settings,
    ) == (
        [
            1,
            {"key": "X-A", "value": "1"},
            {"key": "X-A", "value": "2"},
            {"key": "X-A", "value": "X-A!"},
            {"key": None, "value": None},
            None,
        ],
        [],
    )


def test_conditions_keep_their_shape_and_a_missing_operand_is_undefined():
    [entry], warnings = evaluate(CONDITIONS, {"call": {"results": {"total": 5}}}, {"Flag": "yes"})
    assert warnings == []
    assert entry["name"] == "Large"
    group, greater, (either, flag, (exists, missing)) = entry["value"]
    assert (group, greater, either, flag, exists) == (
        "and",
        ["greaterThan", 5, "1000"],
        "or",
        ["isTrue", "yes"],
        "exists",
    )
    assert missing is UNDEFINED


def test_an_operand_that_is_null_is_not_undefined():
    text = "{type: complex, value: [exists, {type: reference, value: call.results.none}]}"
    assert evaluate(text, STEPS) == (["exists", None], [])


def test_broken_parts_of_conditions_give_nothing():
    assert evaluate("{type: complex, value: [and, x, [equal, y]]}") == (["and", None, ["equal", None]], [])


def test_an_expression_is_compiled_once_and_sees_each_scope_anew():
    evaluator = compile_expression(read("{type: template, value: '{{$loop.index}} of {{#N}}'}"))
    scopes = [Seen({"loop": {"index": index}}, {"N": 3}) for index in range(3)]
    assert [evaluator(scope) for scope in scopes] == ["0 of 3", "1 of 3", "2 of 3"]
