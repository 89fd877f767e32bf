"""Code steps and code triggers, and the JavaScript functions of list actions."""

import pytest

from contexts import RecordingContext
from xchange_cli.components.builtin.code import run_code, run_code_trigger
from xchange_cli.components.builtin.collection_tools import COMPONENT
from xchange_cli.components.spec import ActionError, ActionResult


def run(body, context=None, parameters="context, stepResults"):
    code = f"module.exports = async ({parameters}) => {{ {body} }}"
    return run_code(context or RecordingContext(), {"code": code, "data": None})


def lines_of(context):
    return [(line.level, line.message) for line in context.lines]


def test_code_sees_config_vars_facts_of_the_run_and_step_results():
    context = RecordingContext(
        config_vars={"App Base URL": "https://app"},
        execution={"executionId": "e1", "instanceState": {"n": 1}},
        step_results={"getOrder": {"results": {"id": 7}}},
    )
    body = """return { data: [context.configVars["App Base URL"], context.executionId, context.instanceState,
      context.crossFlowState, stepResults.getOrder.results.id] };"""

    assert run(body, context) == ActionResult(["https://app", "e1", {"n": 1}, {}, 7])


def test_code_that_looks_at_all_step_results_gets_all():
    context = RecordingContext(step_results={"a": {"results": 1}, "b": {"results": 2}})

    assert run("return { data: Object.keys(stepResults) };", context).data == ["a", "b"]


def test_status_headers_and_state_are_taken_from_the_returned_object():
    body = """return { data: 1, statusCode: "201", contentType: "text/plain", headers: { "X-Count": 2 },
      crossFlowState: { last: 5 }, executionState: {} };"""

    assert run(body) == ActionResult(
        1,
        content_type="text/plain",
        status_code=201,
        headers={"X-Count": "2"},
        state={"crossFlowState": {"last": 5}, "executionState": {}},
    )


@pytest.mark.parametrize(
    ("body", "warnings"),
    [
        ("", []),
        ("return { data: null };", []),
        ("return { instanceState: undefined, statusCode: 204 };", []),
        ("return 5;", ['the code returned the number 5 without a value "data"; its result is null']),
        ("return { date: 1 };", ['the code returned an object without a value "data"; its result is null']),
    ],
)
def test_without_data_the_result_is_null_and_other_values_are_warned_about(body, warnings):
    context = RecordingContext()

    assert run(body, context).data is None
    assert context.warnings == warnings


@pytest.mark.parametrize(
    ("body", "lost"),
    [
        ("context.instanceState.cursor = 5; return { data: 1 };", ["instanceState"]),
        ("const { crossFlowState } = context; crossFlowState['a'].b += 1;", ["crossFlowState"]),
        ("context.instanceState.n = 1; return { data: 1, instanceState: context.instanceState };", []),
        ("return { data: context.instanceState.n === 1 || context.executionState.f >= (() => 2)() };", []),
    ],
)
def test_state_that_is_changed_in_place_is_warned_about(body, lost):
    context = RecordingContext(execution={"crossFlowState": {"a": {"b": 1}}})

    result = run(body, context)

    assert set(result.state or ()) == ({"instanceState"} if "instanceState:" in body else set())
    assert context.warnings == [
        f"the code changes {kind} in place; only state that it returns is kept" for kind in lost
    ]


@pytest.mark.parametrize(
    ("state", "described"), [("'abc'", 'the text "abc"'), ("[1]", "a list of 1"), ("7", "the number 7")]
)
def test_state_must_be_an_object(state, described):
    with pytest.raises(ActionError) as caught:
        run(f"return {{ executionState: {state} }};")

    assert (caught.value.message, caught.value.input_key) == (
        f"the returned executionState must be an object, not {described}",
        "code",
    )


def test_state_that_is_null_writes_nothing():
    assert run("return { data: 1, executionState: null, instanceState: undefined };") == ActionResult(1)


def test_log_lines_reach_the_run_even_when_the_code_fails():
    context = RecordingContext()

    with pytest.raises(ActionError):
        run("context.logger.info('a'); console.error('b'); throw new Error('c');", context)

    assert lines_of(context) == [("info", "a"), ("error", "b")]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_an_error_tells_the_offset_in_the_code(line_end):
    code = line_end.join(["module.exports = async () => {", '  const é = "😀"; missing();', "}"])

    with pytest.raises(ActionError) as caught:
        run_code(RecordingContext(), {"code": code})

    error = caught.value
    assert (error.message, error.kind, error.input_key) == (
        "ReferenceError: missing is not defined",
        "javascript-error",
        "code",
    )
    assert code[error.offset :].startswith("missing()")


def test_code_is_stopped_when_the_time_of_the_run_is_over():
    with pytest.raises(ActionError) as caught:
        run("for (;;) {}", RecordingContext(seconds_left=0.1))

    assert caught.value.kind == "timeout"


@pytest.mark.parametrize("code", [None, {"a": 1}])
def test_code_must_be_text(code):
    with pytest.raises(ActionError, match="code must be JavaScript text"):
        run_code(RecordingContext(), {"code": code})


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("return { data: 1, headers: [1] };", "the returned headers must be an object, not a list of 1"),
        ('return { data: 1, statusCode: "teapot" };', "the returned statusCode: the text "),
    ],
)
def test_an_answer_that_makes_no_sense_is_an_error(body, message):
    with pytest.raises(ActionError) as caught:
        run(body)

    assert caught.value.message.startswith(message)


def test_undocumented_keys_are_warned_about():
    context = RecordingContext()

    run_code(context, {"code": "module.exports = () => ({ data: 1, body: 2 })", "data": {"a": 1}})

    assert context.warnings == [
        'the input "data" of a code step is not documented; it is not passed to the code',
        'the returned "body" is not used; return what the caller shall get as "data"',
    ]


def trigger(body):
    code = f"module.exports = async (context, payload) => {{ {body} }}"
    return run_code_trigger(RecordingContext(), {"code": code})


def test_a_code_trigger_shapes_payload_answer_and_state():
    body = """return { payload: { ...payload, body: { data: payload.body.data.id } }, instanceState: { n: 1 },
      response: { statusCode: 202, contentType: "text/plain", headers: { a: "b" }, body: "ok" } };"""

    assert trigger(body) == ActionResult(
        {"body": {"data": 1}},
        content_type="text/plain",
        status_code=202,
        headers={"a": "b"},
        state={"instanceState": {"n": 1}},
        answer="ok",
    )


@pytest.mark.parametrize("body", ["", "return 1;", "return { data: 1 };", "return { payload, response: 5 };"])
def test_a_code_trigger_must_return_a_payload(body):
    with pytest.raises(ActionError, match="must"):
        trigger(body)


def test_a_list_function_is_called_for_ten_thousand_items_in_one_go_with_its_log_lines():
    context = RecordingContext()
    inputs = {
        "listInput": list(range(10_000)),
        "filterCodeInput": "(n) => { if (n > 9998) console.log(n); return n % 2; }",
    }

    result = COMPONENT.actions["filter"](context, inputs)

    assert result == ActionResult(list(range(1, 10_000, 2)))
    assert lines_of(context) == [("info", "9999")]


def test_an_error_in_a_list_function_is_placed_in_its_input():
    inputs = {
        "listInput": [{}],
        "filterCodeInput": "() => true",
        "transformCodeInput": "(item) =>\n  item.a.b",
    }

    with pytest.raises(ActionError) as caught:
        COMPONENT.actions["map"](RecordingContext(), inputs)

    assert (caught.value.input_key, caught.value.offset) == ("transformCodeInput", 12)


@pytest.mark.parametrize(
    ("action", "inputs", "warning"),
    [
        ("count", {"listInput": [1], "elementInput": "1"}, 'the text "1" equals none'),
        ("first", {"listInput": []}, "the list is empty"),
        ("flatten", {"listInput": [[[1]]]}, "one level of nesting"),
        ("selectItemFromList", {"listInput": [], "index": "0"}, "no index 0"),
        ("aggregate", {"listInput": [], "aggregateFunction": "SUM"}, "empty list is not documented"),
    ],
)
def test_undocumented_behaviour_of_list_actions_is_said(action, inputs, warning):
    context = RecordingContext()

    COMPONENT.actions[action](context, inputs)

    assert [warning in text for text in context.warnings] == [True]
