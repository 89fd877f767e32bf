"""The built-in JavaScript engine: what code may do, what stops it, and where its errors are."""

import math
import subprocess
import sys
from collections import deque
from functools import reduce
from time import monotonic
from types import MappingProxyType

import pytest

from xchange_cli.javascript.errors import JavaScriptError, LogLine
from xchange_cli.javascript.quickjs import CodeHost
from xchange_cli.javascript.values import UNDEFINED

MEBIBYTE = 1024 * 1024


@pytest.fixture
def host():
    return CodeHost(memory_limit=16 * MEBIBYTE)


def run(host, code, context=None, step_results=None, seconds=10.0):
    return host.run_module(code, context=context or {}, step_results=step_results or {}, seconds=seconds)


def returned(host, body, **more):
    return run(host, f"module.exports = async (context, stepResults) => {{ {body} }}", **more).value


def failure(host, code, **more):
    with pytest.raises(JavaScriptError) as caught:
        run(host, code, **more)
    return caught.value


def summary(error):
    return (error.kind, error.message, error.line, error.column)


# --- calling


def test_the_exported_function_gets_context_and_step_results(host):
    code = "module.exports = async ({ id }, stepResults) => ({ data: [id, stepResults.getOrder.results] });"

    outcome = run(host, code, {"id": "é😀"}, {"getOrder": {"results": {"n": 1.5}}})

    assert outcome == ({"data": ["é😀", {"n": 1.5}]}, ())


def test_a_plain_function_and_a_default_export_are_called(host):
    assert run(host, "module.exports = function () { return 1; };").value == 1
    assert run(host, "module.exports = { default: () => 2 };").value == 2


def test_async_code_runs_to_its_end(host):
    body = "let n = 0; for (const p of [1, 2, 3].map(async (x) => x * 2)) { n += await p; } return n;"

    assert returned(host, body) == 12


def test_what_is_not_awaited_ends_before_the_call_does(host):
    outcome = run(
        host,
        "module.exports = ({ logger }) => { (async () => { await 0; logger.info('late'); })(); return 1; }",
    )

    assert outcome == (1, (LogLine("info", "late"),))


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("1 + 1", "the code exports nothing; it must set module.exports to a function"),
        (
            "exports.main = () => 1; exports.other = 2;",
            "the code exports an object with main, other; it must set module.exports to a function",
        ),
        ("module.exports = 'text';", "the code exports text; it must set module.exports to a function"),
    ],
)
def test_anything_but_a_function_as_export_is_an_error(host, code, message):
    assert summary(failure(host, code)) == ("no-function", message, None, None)


def test_a_promise_that_nothing_settles_is_an_error(host):
    error = failure(
        host, "module.exports = ({ logger }) => { logger.warn('w'); return new Promise(() => {}); };"
    )

    assert (error.kind, error.logs) == ("never-settled", (LogLine("warn", "w"),))


# --- values


def test_results_are_what_json_keeps_of_them(host):
    body = "return { f() {}, u: undefined, s: Symbol('s'), d: new Date(0), n: NaN, l: [undefined, () => 1], z: -0 };"

    assert returned(host, body) == {"d": "1970-01-01T00:00:00.000Z", "n": None, "l": [None, None], "z": 0}


@pytest.mark.parametrize("body", ["", "return undefined;", "return null;", "return () => 1;"])
def test_no_value_is_none(host, body):
    assert returned(host, body) is None


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("return { data: 10n };", "BigInt are forbidden in JSON.stringify"),
        ("const a = {}; a.a = a; return a;", "circular reference"),
        (
            "let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; return o;",
            "Maximum call stack size exceeded",
        ),
        ("let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; return o;", "cannot be written as JSON"),
    ],
)
def test_results_that_json_cannot_hold_are_errors(host, body, message):
    with pytest.raises(JavaScriptError) as caught:
        returned(host, body)

    assert caught.value.kind == "not-json"
    assert message in caught.value.message


def test_half_a_surrogate_pair_becomes_a_replacement_character(host):
    assert returned(host, r"return ['\ud800', 'a\\ud800', '😀'];") == ["\ufffd", "a\\ud800", "😀"]


def test_long_texts_are_returned_whole(host):
    assert returned(host, "let s = ''; for (let i = 0; i < 1e5; i++) s += 'ab'; return { data: s };") == {
        "data": "ab" * 100_000
    }


def test_bytes_and_not_a_number_are_passed_as_json_has_them(host):
    context = {"b": b"ab", "n": [math.nan, math.inf, 1.5]}

    assert returned(host, "return [context.b, context.n];", context=context) == [
        {"type": "Buffer", "data": [97, 98]},
        [None, None, 1.5],
    ]


def test_missing_values_and_read_only_mappings_can_be_passed(host):
    context = {"u": UNDEFINED, "m": MappingProxyType({"a": deque([1])})}

    assert returned(host, "return [context.u, context.m];", context=context) == [None, {"a": [1]}]


DEEP = reduce(lambda inner, _: [inner], range(100_000), [])


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({1}, "a value of type set"),
        ([math.nan, {1}], "a value of type set"),
        (DEEP, "nesting that is too deep or circular"),
    ],
)
def test_a_value_that_cannot_be_passed_is_an_error(host, value, message):
    error = failure(host, "module.exports = () => 1", context={"x": value})

    assert summary(error) == ("not-json", f"JavaScript cannot be given {message}", None, None)


# --- log lines


def test_the_logger_and_the_console_keep_levels_and_write_objects_as_json(host):
    code = """module.exports = async ({ logger: { info, metric } }) => {
      info("a", { b: [1] }, null, undefined, 2, new TypeError("t"));
      metric("m");
      console.log("l"); console.debug("d"); console.error("e");
    }"""

    assert run(host, code).logs == (
        LogLine("info", 'a {"b":[1]} null undefined 2 TypeError: t'),
        LogLine("metric", "m"),
        LogLine("info", "l"),
        LogLine("debug", "d"),
        LogLine("error", "e"),
    )


def test_lines_logged_before_an_error_are_kept(host):
    error = failure(
        host, "module.exports = async ({ logger }) => { logger.info('before'); throw new Error('x'); }"
    )

    assert (error.message, error.logs) == ("Error: x", (LogLine("info", "before"),))


def test_very_long_lines_are_cut_to_spare_memory(host):
    outcome = run(host, "module.exports = () => console.log('x'.repeat(70000))")

    assert outcome.logs == (LogLine("info", "x" * 65536),)


def test_logging_what_json_cannot_hold_does_not_fail(host):
    outcome = run(host, "module.exports = () => { const a = {}; a.a = a; console.log(a, 1n, Symbol('s')); }")

    assert outcome.logs == (LogLine("info", "[an object that JSON cannot hold] 1 Symbol(s)"),)


# --- errors and their places


def test_a_thrown_error_has_its_line_and_column_in_characters(host):
    error = failure(
        host, 'module.exports = async (c, s) => {\n  await null;\n  const é = "😀"; return s.foo.bar;\n}'
    )

    assert summary(error) == ("javascript-error", "TypeError: cannot read property 'bar' of undefined", 3, 25)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_syntax_error_has_its_place_whatever_ends_the_lines(host, line_end):
    error = failure(host, line_end.join(["module.exports = async () => {", '  let é = "😀" + ;', "}"]))

    assert summary(error) == ("syntax-error", "SyntaxError: unexpected token in expression: ';'", 2, 17)


def test_a_missing_brace_is_reported_at_the_end_of_the_code(host):
    error = failure(host, "module.exports = async () => {\n  return 1;\n")

    assert (error.kind, error.line, error.column) == ("syntax-error", 3, 1)


def test_an_error_inside_a_native_function_is_placed_at_the_call(host):
    error = failure(host, "module.exports = () => {\n  return JSON.parse('{bad');\n}")

    assert (error.line, error.column) == (2, 15)


@pytest.mark.parametrize(
    ("thrown", "message"),
    [
        ("'text'", "text"),
        ("{ a: 1 }", '{"a":1} was thrown'),
        ("undefined", "undefined was thrown"),
        ("null", "the code used more memory than the limit of 16 MiB, or threw null"),
        ("new Error('a', { cause: new Error('b') })", "Error: a (cause: Error: b)"),
        ("{ get x() { throw 1; } }", "an error that cannot be shown was thrown"),
    ],
)
def test_whatever_is_thrown_is_shown(host, thrown, message):
    assert failure(host, f"module.exports = () => {{ throw {thrown}; }}").message == message


def test_an_error_in_a_microtask_fails_the_call(host):
    error = failure(
        host, "module.exports = () => { queueMicrotask(() => { throw new Error('late'); }); return 1; }"
    )

    assert error.message == "Error: late"


@pytest.mark.parametrize("name", ["fetch", "require", "Buffer", "process", "setTimeout", "URL", "Intl"])
def test_what_only_node_has_is_named_as_not_available(host, name):
    error = failure(host, f"module.exports = async () => {name}.x")

    assert error.message.endswith(f"{name} is not available in the built-in JavaScript engine")


def test_an_unknown_name_is_just_not_defined(host):
    assert failure(host, "module.exports = async () => foo").message == "ReferenceError: foo is not defined"


@pytest.mark.parametrize("code", ["export default () => 1;", "import x from 'y';\nmodule.exports = x;"])
def test_module_syntax_is_explained(host, code):
    assert "code steps are CommonJS" in failure(host, code).message


# --- limits


@pytest.mark.parametrize(
    "body",
    [
        "for (;;) {}",
        "try { for (;;) {} } catch (e) {} finally { for (;;) {} }",
        "for (;;) await null;",
        "await null; for (;;) {}",
        "return /(a+)+$/.test('a'.repeat(40) + 'b');",
    ],
)
def test_endless_code_is_stopped_with_its_log_lines(host, body):
    started = monotonic()

    error = failure(host, f"module.exports = async () => {{ console.log('in'); {body} }}", seconds=0.1)

    assert monotonic() - started < 2
    assert (error.kind, error.logs) == ("timeout", (LogLine("info", "in"),))
    assert error.message == "the code was stopped: it ran longer than 0.1 s"


@pytest.mark.parametrize("seconds", [1e12, float("inf")])
def test_a_limit_beyond_the_clock_of_the_engine_ends_no_call(host, seconds):
    code = "module.exports = () => { let sum = 0; for (let i = 0; i < 1e5; i++) sum += i; return sum; }"

    assert host.run_module(code, context={}, step_results={}, seconds=seconds).value == 4999950000


def test_endless_code_outside_of_the_function_is_stopped(host):
    assert failure(host, "for (;;) {}", seconds=0.1).kind == "timeout"


def test_without_time_nothing_runs(host):
    assert failure(host, "module.exports = () => 1", seconds=0).kind == "timeout"


@pytest.mark.parametrize(
    "body",
    [
        "const all = []; for (;;) all.push({ a: 1 });",
        "const all = []; for (;;) { all.push('x'.repeat(9000)); await null; }",
        "const all = {}; for (let i = 0; ; i++) all['k' + i] = 1;",
        "return new ArrayBuffer(1e9);",
        "return 'x'.repeat(1.5e7);",
    ],
)
def test_code_that_takes_too_much_memory_is_stopped(host, body):
    error = failure(host, f"module.exports = async () => {{ console.log('in'); {body} }}")

    assert error.kind == "out-of-memory"
    assert error.message.startswith("the code used more memory than the limit of 16 MiB")
    assert error.logs == (LogLine("info", "in"),)


@pytest.mark.parametrize(
    "code", ["module.exports = () => { const f = () => f() + 1; return f(); }", "(" * 100_000]
)
def test_recursion_without_end_is_an_error(host, code):
    assert failure(host, code).message == "RangeError: Maximum call stack size exceeded"


def test_recursion_of_a_thousand_levels_is_fine(host):
    assert returned(host, "const f = (n) => (n ? 1 + f(n - 1) : 0); return f(1000);") == 1000


@pytest.mark.parametrize(
    "end", ["for (;;) {}", "const all = []; for (;;) all.push({});", "const f = () => f(); f();"]
)
def test_a_stopped_step_can_run_again(host, end):
    code = f"module.exports = (context) => {{ if (context.bad) {{ {end} }} return 'good'; }}"

    failure(host, code, context={"bad": True}, seconds=1)

    assert run(host, code).value == "good"


# --- isolation


def test_steps_do_not_see_the_globals_or_changes_of_others(host):
    returned(host, "leaked = 1; globalThis.other = 2; Array.prototype.mine = 3;")

    assert returned(host, "return [typeof leaked, typeof other, typeof [].mine];") == ["undefined"] * 3


def test_each_call_of_a_step_starts_afresh(host):
    code = "let n = 0; module.exports = () => { const was = typeof leaked; leaked = 1; n += 1; return [was, n]; };"

    assert [run(host, code).value, run(host, code).value] == [["undefined", 1]] * 2


def test_a_global_that_cannot_be_removed_does_not_stay(host):
    code = """module.exports = () => {
      const was = typeof stuck;
      Object.defineProperty(globalThis, "stuck", { value: 1 });
      return was;
    }"""

    assert [run(host, code).value, run(host, code).value] == ["undefined", "undefined"]


def test_many_different_sources_can_run_in_one_host(host):
    assert [run(host, f"module.exports = () => {n}").value for n in range(100)] == list(range(100))


def test_the_engine_is_loaded_when_it_is_first_used():
    program = (
        "import sys; from xchange_cli.javascript.quickjs import CodeHost; host = CodeHost(); "
        "assert 'quickjs' not in sys.modules; host.call_function('() => 1', [], seconds=1); "
        "assert 'quickjs' in sys.modules"
    )

    subprocess.run([sys.executable, "-c", program], check=True)
