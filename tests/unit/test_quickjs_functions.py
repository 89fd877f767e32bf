"""JavaScript functions in inputs: how they may be written, and which one an error belongs to."""

import pytest

from xchange_cli.javascript.errors import JavaScriptError
from xchange_cli.javascript.quickjs import CodeHost


@pytest.fixture
def host():
    return CodeHost()


@pytest.mark.parametrize(
    "source",
    [
        "(a, b) => a + b",
        "(a, b) => a + b;\n",
        "async (a, b) => { await null; return a + b; }",
        "function (a, b) { return a + b; };",
        "function plus(a, b) { return a + b; }",
        "// adds\n(a, b) => a + b; // done",
        "const plus = (a, b) => a + b; plus",
    ],
)
def test_a_function_expression_is_called(host, source):
    assert host.call_function(source, [1, 2], seconds=1) == 3


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("(a) => {\n return a.b.c; }", ("TypeError: cannot read property 'c' of undefined", 2, 9)),
        ("(a) => {\n let x = ; }", ("SyntaxError: unexpected token in expression: ';'", 2, 10)),
        ("5", ("a JavaScript function is needed; the code gives 5", None, None)),
    ],
)
def test_an_error_of_a_function_names_the_input_and_the_place(host, source, expected):
    with pytest.raises(JavaScriptError) as caught:
        host.call_function(source, [{}], seconds=1, input_key="filterCodeInput")

    error = caught.value
    assert (error.message, error.line, error.column) == expected
    assert error.input_key == "filterCodeInput"


def test_of_several_functions_the_failing_one_is_blamed(host):
    driver = "function __xchange_both(first, second, value) { return [first(value), second(value)]; }"

    with pytest.raises(JavaScriptError) as caught:
        host.call_functions(driver, {"one": "(x) => x", "two": "(x) =>\n x.y.z"}, [{}], seconds=1)

    assert (caught.value.input_key, caught.value.line) == ("two", 2)


def test_a_driver_that_fails_by_itself_blames_no_place(host):
    with pytest.raises(JavaScriptError) as caught:
        host.call_functions(
            "function __xchange_bad() { return missing; }", {"one": "(x) => x"}, [], seconds=1
        )

    assert (caught.value.line, caught.value.input_key) == (None, "one")


def test_code_compiled_by_the_function_itself_is_placed_at_the_call(host):
    with pytest.raises(JavaScriptError) as caught:
        host.call_function("() => {\n  return (0, eval)('null.x'); }", [], seconds=1)

    assert caught.value.line == 2


def test_functions_called_in_turn_do_not_mix(host):
    sources = ["(x) => x + 1", "(x) => x * 2", "(x) => x + 1"]

    assert [host.call_function(source, [5], seconds=1) for source in sources] == [6, 10, 6]
