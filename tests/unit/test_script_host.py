"""Which engine runs what, and what happens where Node.js is needed and absent."""

import pytest

from contexts import RecordingContext
from node_programs import needs_node
from xchange_cli.components.builtin.code import run_code
from xchange_cli.components.spec import ActionError
from xchange_cli.engine.world import NoHttp
from xchange_cli.javascript.errors import JavaScriptError, LogLine
from xchange_cli.javascript.host import ScriptHost
from xchange_cli.javascript.node_program import NodeProgram

KIND = "module.exports = () => typeof process"
NEEDS_BUFFER = "module.exports = async () => {\n  return Buffer.from('ab').toString('hex');\n};"
SORTS = "module.exports = () => ['b', 'C', 'a'].sort((x, y) => x.localeCompare(y))"


@pytest.fixture
def host():
    made = []

    def make(choice, **more):
        made.append(ScriptHost(choice, NoHttp(), **more))
        return made[-1]

    yield make
    for one in made:
        one.close()


def run(host, code):
    return host.run_module(code, context={}, step_results={}, seconds=20)


def failure(host, code):
    with pytest.raises(JavaScriptError) as caught:
        run(host, code)
    error = caught.value
    return (error.kind, error.message, error.line, error.column, error.input_key)


def never():
    raise AssertionError("Node.js was looked for")


def test_code_that_needs_nothing_runs_in_quickjs_and_node_is_not_looked_for(host):
    assert run(host("auto", find=never), KIND).value == "undefined"


@needs_node
def test_code_that_needs_node_runs_there(host):
    assert run(host("auto"), NEEDS_BUFFER).value == "6162"


@needs_node
def test_all_code_runs_in_node_where_it_is_chosen(host):
    assert run(host("node"), KIND).value == "object"


@needs_node
def test_functions_that_need_node_run_there(host):
    auto = host("auto")

    assert auto.call_function("x => new URL(x).host", ["https://a.test/b"], seconds=20) == "a.test"
    assert auto.call_functions(
        "function __xchange_both(first, second, value) { return first(second(value)); }",
        {"first": "x => x + 1", "second": "x => Buffer.byteLength(x)"},
        ["é"],
        seconds=20,
    ) == (3, ())


def test_without_node_code_that_needs_it_fails_at_the_place(host):
    assert failure(host("auto", find=lambda: None), NEEDS_BUFFER) == (
        "node-missing",
        "`Buffer` needs Node.js 20 or newer, which is not on the path; install it, or `pip install 'xchange-cli[node]'`",
        2,
        10,
        "code",
    )


def test_where_quickjs_was_chosen_code_that_needs_node_fails_at_the_place(host):
    assert failure(host("quickjs", find=never), NEEDS_BUFFER) == (
        "node-missing",
        "`Buffer` needs Node.js; leave out --js quickjs",
        2,
        10,
        "code",
    )


def test_where_node_was_chosen_and_is_absent_all_code_fails(host):
    assert failure(host("node", find=lambda: None), KIND) == (
        "node-missing",
        "`--js node` needs Node.js 20 or newer, which is not on the path; install it, or `pip install 'xchange-cli[node]'`",
        None,
        None,
        "",
    )


def test_a_function_that_needs_node_is_blamed_by_its_input(host):
    with pytest.raises(JavaScriptError) as caught:
        host("quickjs").call_functions(
            "function __xchange_x() {}", {"a": "x => x", "b": "x => fetch(x)"}, [], seconds=5
        )

    assert (caught.value.input_key, caught.value.line, caught.value.column) == ("b", 1, 6)


@needs_node
def test_the_order_of_a_language_comes_from_node(host):
    assert run(host("auto"), SORTS) == (["a", "b", "C"], ())


@pytest.mark.parametrize("choice", ["auto", "quickjs"])
def test_without_node_quickjs_orders_as_it_can_and_says_so_once(host, choice):
    bare = host(choice, find=lambda: None)
    warning = (
        "`localeCompare` follows no language's rules in the built-in JavaScript engine; Node.js has them"
    )

    assert run(bare, SORTS) == (["C", "a", "b"], (LogLine("warn", warning),))
    assert run(bare, SORTS) == (["C", "a", "b"], ())


def test_a_node_that_does_not_start_is_an_error_of_the_step(host, tmp_path):
    program = tmp_path / "node"
    program.write_text("#!/bin/sh\necho 'no such thing' >&2\nexit 3\n")
    program.chmod(0o755)

    kind, message, *_ = failure(host("auto", find=lambda: NodeProgram(str(program), (22, 20))), NEEDS_BUFFER)

    assert (kind, message) == ("node-failed", "Node.js ended before the code did: no such thing")


def test_a_node_that_is_gone_is_an_error_of_the_step(host, tmp_path):
    kind, message, *_ = failure(
        host("auto", find=lambda: NodeProgram(str(tmp_path / "node"), (22, 20))), NEEDS_BUFFER
    )

    assert kind == "node-failed"
    assert message.startswith(f"{tmp_path / 'node'} does not start: ")


def test_a_code_step_without_node_names_the_offset_of_the_need(host):
    context = RecordingContext(javascript=host("auto", find=lambda: None))

    with pytest.raises(ActionError) as caught:
        run_code(context, {"code": NEEDS_BUFFER})

    assert (caught.value.kind, caught.value.offset) == ("node-missing", NEEDS_BUFFER.index("Buffer"))
