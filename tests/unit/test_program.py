"""Inputs made ready to run: what is constant, what stands for what is not set, how true and false are read."""

import pytest

from flows import CATALOG, gives, happenings, inputs_of, integration_of, items, reference, step, value
from xchange_cli.engine.program import compile_flow
from xchange_cli.engine.scope import RunScope

NOT_SET = [
    None,
    value(""),
    {"type": "configVar", "value": ""},
    {"type": "reference", "value": ""},
    {"type": "wrong", "value": 1},
]


def compiled(action, **inputs):
    made = {key: given for key, given in inputs.items() if given is not None}
    [found] = compile_flow(integration_of(step("It", made, action)).flows[0], CATALOG).steps
    return found


def called_with(action, given, config=None, **inputs):
    """Give the inputs of a call after a step Get that gave a value."""
    whole = integration_of(step("Get"), step("It", inputs, action))
    return inputs_of("it", happenings(whole, {"get": gives(given)}, config=config))


@pytest.mark.parametrize("given", NOT_SET)
def test_the_default_of_the_component_stands_for_what_is_not_set(given):
    found = compiled("loop.loopNTimes", iterationCount=given)

    values = {**found.constants, **{key: evaluate(RunScope({})) for key, evaluate in found.dynamic}}
    assert values == {"iterationCount": "1000"}


@pytest.mark.parametrize(("given", "count"), [(None, "1000"), (5, 5), ("", ""), ("7", "7")])
def test_the_default_stands_for_a_reference_to_nothing(given, count):
    assert called_with("loop.loopNTimes", given, iterationCount=reference("get.results")) == {
        "iterationCount": count
    }


def test_an_input_without_default_is_null_where_it_is_not_set():
    assert compiled("text-manipulation.upperCase").constants == {"text": None}


@pytest.mark.parametrize(
    ("given", "truth"),
    [("false", False), ("No", False), ("true", True), ("y", True), ("0", True), ("", True)],
)
def test_text_of_a_boolean_input_is_read_and_empty_text_is_the_default(given, truth):
    constants = compiled("text-manipulation.splitLines", filterBlankLines=value(given)).constants

    assert constants["filterBlankLines"] is truth


@pytest.mark.parametrize(
    ("given", "truth"), [("false", False), (0, False), ("yes", True), ([], True), (None, True)]
)
def test_references_of_a_boolean_input_are_read_in_the_same_way(given, truth):
    inputs = called_with("text-manipulation.splitLines", given, filterBlankLines=reference("get.results"))

    assert inputs["filterBlankLines"] is truth


def test_inputs_that_a_component_does_not_declare_are_passed_on():
    constants = compiled("text-manipulation.upperCase", text=value("a"), extra=value("b")).constants

    assert constants == {"text": "a", "extra": "b"}


def test_lists_keep_their_order_and_key_value_lists_their_duplicates():
    pairs = items(
        {"name": "a", **value("1")},
        {"name": {"type": "configVar", "value": "Header"}, **reference("get.results.token")},
        {"name": "a", **reference("get.results.gone")},
    )
    texts = items(
        value("x"),
        reference("get.results.token"),
        {"type": "template", "value": "{{#Header}}: {{$get.results.n}}"},
    )

    assert called_with("own.act", {"token": "t", "n": 1.0}, {"Header": "X-A"}, pairs=pairs, texts=texts) == {
        "pairs": [{"key": "a", "value": "1"}, {"key": "X-A", "value": "t"}, {"key": "a", "value": None}],
        "texts": ["x", "t", "X-A: 1"],
    }


def test_a_private_component_has_no_defaults_of_the_public_one_of_the_same_key():
    private = step("It", action="loop.loopNTimes")
    private["action"]["component"]["isPublic"] = False

    [found] = compile_flow(integration_of(private).flows[0], CATALOG).steps

    assert found.constants == {}
