"""JavaScript in Node.js: what code sees, what it may not do, what stops it, and where its errors are."""

import os
import re
import select
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest

from node_programs import node_programs
from xchange_cli.engine.world import NoHttp
from xchange_cli.javascript.errors import JavaScriptError, LogLine
from xchange_cli.javascript.node import NodeWorker

MEBIBYTE = 1024 * 1024

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture(scope="module", params=node_programs())
def program(request):
    return request.param


@pytest.fixture(scope="module")
def worker(program):
    made = NodeWorker(program, NoHttp(), memory_limit=128 * MEBIBYTE)
    yield made
    made.close()


@pytest.fixture
def own_worker(program):
    """A process for one test, which may change what stays changed."""
    made = NodeWorker(program, NoHttp())
    yield made
    made.close()


def run(worker, code, context=None, step_results=None, seconds=30.0):
    return worker.run_module(code, context=context or {}, step_results=step_results or {}, seconds=seconds)


def returned(worker, body, **more):
    return run(worker, f"module.exports = async (context, stepResults) => {{ {body} }}", **more).value


def failure(worker, code, **more):
    with pytest.raises(JavaScriptError) as caught:
        run(worker, code, **more)
    return caught.value


def failure_in(worker, body, **more):
    return failure(worker, f"module.exports = async (context, stepResults) => {{ {body} }}", **more)


def summary(error):
    return (error.kind, error.message, error.line, error.column)


# --- calling


def test_the_exported_function_gets_context_and_step_results(worker):
    code = "module.exports = async ({ id, logger }, stepResults) => ({ data: [id, stepResults.a, typeof logger.info] });"

    assert run(worker, code, {"id": "é😀"}, {"a": {"n": 1.5}}) == (
        {"data": ["é😀", {"n": 1.5}, "function"]},
        (),
    )


def test_results_are_what_json_keeps_of_them(worker):
    body = "return { f() {}, u: undefined, d: new Date(0), n: NaN, l: [undefined], t: '\\ud800' };"

    assert returned(worker, body) == {"d": "1970-01-01T00:00:00.000Z", "n": None, "l": [None], "t": "\ufffd"}
    assert returned(worker, "") is None


def test_bytes_arrive_as_buffers_and_buffers_come_back_as_bytes(worker):
    body = "const { a, b } = stepResults.x; return { data: Buffer.concat([b[0], a]), contentType: 'x' };"
    results = {"x": {"a": b"\xff", "b": [b"\x00z"]}}

    assert returned(worker, body, step_results=results) == {"data": b"\x00z\xff", "contentType": "x"}
    assert returned(worker, "return new Uint8Array([1, 2, 3]).subarray(1);") == b"\x02\x03"
    assert returned(worker, "return { data: new Uint8Array([7]).buffer };") == {"data": b"\x07"}


def test_log_lines_come_in_order_from_logger_console_and_stdout(worker):
    body = """console.log('a', { n: 1 }); context.logger.warn('b'); process.stdout.write('c\\n');
      console.error('d'); process.stderr.write('e'); return 1;"""

    assert run(worker, f"module.exports = async (context) => {{ {body} }}").logs == (
        LogLine("info", 'a {"n":1}'),
        LogLine("warn", "b"),
        LogLine("info", "c"),
        LogLine("error", "d"),
        LogLine("error", "e"),
    )


def test_functions_are_called_by_a_driver(worker):
    driver = "function __xchange_all(keep, items) { return items.filter((item) => keep(item)); }"

    assert worker.call_functions(
        driver, {"keep": "(x) => Buffer.byteLength(x) > 1"}, [["a", "é"]], seconds=9
    ) == (["é"], ())
    assert [worker.call_function("const f = (x) => x + 1; f", [n], seconds=9) for n in (1, 2)] == [2, 3]


def test_node_has_what_quickjs_has_not(worker):
    body = """await new Promise((resolve) => setTimeout(resolve, 1));
      const crypto = require('node:crypto');
      const { text } = await import('stream/consumers');
      return [crypto.createHash('sha256').update('').digest('hex').slice(0, 8), new URL('http://a/b?c=1').search,
        new Intl.NumberFormat().format(1234.5), await text(new Response('hi').body), structuredClone({ a: 1 }),
        require('util').inspect({ a: 1 }), (await new Blob(['xy']).arrayBuffer()).byteLength];"""

    assert returned(worker, body) == ["e3b0c442", "?c=1", "1,234.5", "hi", {"a": 1}, "{ a: 1 }", 2]


def test_clocks_show_utc_and_the_language_is_american_english(worker):
    body = "return [String(new Date(0)), new Date(0).toLocaleString(), Intl.NumberFormat().resolvedOptions().locale];"

    assert returned(worker, body) == [
        "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)",
        returned(worker, "return new Date(0).toLocaleString('en-US', { timeZone: 'UTC' });"),
        "en-US",
    ]


def test_a_call_takes_less_than_a_millisecond(worker):
    code = "module.exports = async (context, stepResults) => ({ data: stepResults.n + 1 });"
    run(worker, code)
    times = []
    for n in range(100):
        begun = perf_counter()
        run(worker, code, step_results={"n": n})
        times.append(perf_counter() - begun)

    assert min(times) < 0.001


# --- every call is new


def test_nothing_of_a_call_is_seen_by_the_next(worker):
    returned(
        worker,
        """counter = 1; globalThis.fetch = 5; delete globalThis.URL; process.env.A = '1'; setInterval(() => {}, 5);
        process.on('exit', () => {}); return 1;""",
    )

    body = """return [typeof counter, typeof fetch, typeof URL, process.env, process.listenerCount('exit'),
      process.getActiveResourcesInfo()];"""
    assert returned(worker, body) == ["undefined", "function", "function", {}, 0, []]


def test_each_call_evaluates_the_module_afresh(worker):
    code = "let calls = 0; module.exports = async () => { calls += 1; return calls; };"

    assert [run(worker, code).value for _ in range(3)] == [1, 1, 1]


def test_what_is_left_running_ends_with_its_call(worker):
    before = returned(worker, "return process.pid;")
    body = "require('timers').setInterval(() => console.log('still here'), 1); return process.pid;"

    assert returned(worker, body) == before
    assert run(worker, "module.exports = () => new Promise((r) => setTimeout(r, 20))").logs == ()


# --- what the code may not do


def test_there_are_no_environment_variables_and_nothing_of_the_machine(worker, monkeypatch):
    monkeypatch.setenv("SECRET_OF_THE_USER", "s3cret")
    body = """const os = require('os'); return [process.env, process.argv, process.execPath, process.cwd(),
      os.hostname(), os.homedir(), os.userInfo().username, os.networkInterfaces()];"""

    assert returned(worker, body) == [{}, ["node"], "node", "/", "localhost", "/", "user", {}]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("fs", "code has no files, processes or threads in local runs"),
        ("node:fs/promises", "code has no files, processes or threads in local runs"),
        ("child_process", "code has no files, processes or threads in local runs"),
        ("worker_threads", "code has no files, processes or threads in local runs"),
        ("module", "code has no files, processes or threads in local runs"),
        ("https", "network modules are not available in local runs; use fetch"),
        ("node:net", "network modules are not available in local runs; use fetch"),
        ("inspector", "network modules are not available in local runs; use fetch"),
        (
            "lodash@4.17.21/lodash.min.js",
            "npm packages come from a CDN on the hosted platform and are not available in local runs",
        ),
        (
            "@scope/tool@1.0.0/index.js",
            "npm packages come from a CDN on the hosted platform and are not available in local runs",
        ),
        ("lodash", "there is no such module; code can require modules of Node.js only"),
        ("./other.js", "there is no such module; code can require modules of Node.js only"),
    ],
)
def test_modules_that_reach_out_are_refused_by_name(worker, name, reason):
    assert summary(failure(worker, f"const m = require('{name}');\nmodule.exports = () => 1;")) == (
        "javascript-error",
        f'Error: "{name}" is refused: {reason}',
        1,
        11,
    )
    message = returned(worker, f"return import('{name}').catch((error) => error.message);")
    assert message == f'"{name}" is refused: {reason}'


@pytest.mark.parametrize(
    "reached",
    [
        "process.binding('fs')",
        "process._linkedBinding('fs')",
        "process.dlopen({ exports: {} }, '/lib/libc.so.6')",
        "process.kill(process.ppid)",
        "process.chdir('/tmp')",
        "process._getActiveHandles()",
        "(process.getBuiltinModule || require)('fs')",
        "process.constructor.constructor('return process')().binding('fs')",
    ],
)
def test_back_doors_of_the_process_are_closed(worker, reached):
    assert "refused" in failure_in(worker, f"return {reached};").message


def test_the_permission_model_holds_where_a_back_door_was_forgotten(worker, tmp_path):
    """What the worker is started with is tried with a script that has Node.js's own `require`."""
    returned(worker, "return 1;")
    script = tmp_path / "escaped.cjs"
    script.write_text(
        """const tried = (act) => { try { act(); return "done"; } catch (error) { return error.code; } };
        console.log([tried(() => require("fs").readFileSync("/etc/hosts")),
          tried(() => require("fs").writeFileSync("/tmp/escaped", "")),
          tried(() => require("child_process").execSync("true")),
          tried(() => new (require("worker_threads").Worker)("", { eval: true }))].join());"""
    )
    *options, own = worker._process._process.args
    command = [option.replace(own, str(script)) for option in options]
    ran = subprocess.run([*command, script], capture_output=True, text=True, check=True)

    assert ran.stdout == ",".join(["ERR_ACCESS_DENIED"] * 4) + "\n"


def test_a_script_imports_under_the_same_rules_as_a_module(worker):
    source = "var m = import('node:dgram').catch((error) => error.message); async (x) => m"

    assert worker.call_function(source, [1], seconds=20) == (
        '"node:dgram" is refused: network modules are not available in local runs; use fetch'
    )


@pytest.mark.parametrize(
    "change",
    [
        "Set.prototype.has = Map.prototype.has = Array.prototype.includes = () => true;",
        "Set.prototype.has = () => true; String = () => 'os';",
        "let n = 0; String.prototype.replace = () => ({ toString: () => n++ ? 'dgram' : 'os' });",
        "Object.prototype.dgram = 'node:dgram';",
        "RegExp.prototype.exec = RegExp.prototype.test = () => null;",
        "String.prototype.startsWith = () => true; String.prototype.slice = () => 'os';",
        "Reflect.apply = Function.prototype.call = Function.prototype.apply = () => 'os';",
    ],
)
def test_changed_built_in_objects_open_no_module(own_worker, change):
    body = f"""{change}
      const asked = [() => require('dgram'), () => import('dgram'), () => process.getBuiltinModule('node:dgram')];
      const told = [];
      for (const ask of asked) try {{ await ask(); told.push('opened'); }} catch (error) {{ told.push(error.code); }}
      return told;"""

    assert returned(own_worker, body) == ["ERR_ACCESS_DENIED"] * 3


def test_an_import_is_not_led_elsewhere_by_a_changed_url(own_worker):
    body = """const text = 'data:text/javascript,export default 1';
      Object.defineProperty(URL.prototype, 'href', { get: () => text });
      Object.defineProperty(URL.prototype, 'protocol', { get: () => 'data:' });
      const { sep, default: path } = await import('path');
      return [sep, path === require('path')];"""

    assert returned(own_worker, body) == ["/", True]


@pytest.mark.parametrize(
    "use",
    [
        "dgram.createSocket('udp4')",
        "dns.lookup('localhost', () => {})",
        "dns/promises.lookup('localhost')",
        "net.connect(9)",
        "http.get('http://localhost:9')",
        "module.createRequire('/')('fs')",
        "module.prototype.require('fs')",
        "fs.readFileSync('/etc/hosts')",
        "child_process.execSync('true')",
        "worker_threads.Worker.call({}, '', { eval: true })",
        "wasi.WASI.call({}, { version: 'preview1' })",
        "v8.setFlagsFromString('--allow-natives-syntax')",
        "inspector.open(0)",
    ],
)
def test_modules_that_are_reached_by_another_loader_do_nothing(worker, use):
    """An `eval` that is called as a timer has the loader of Node.js."""
    name, member = re.fullmatch(r"([a-z_0-9/]+)\.(.*)", use).groups()
    body = f"""setImmediate(eval, "globalThis.loaded = import('node:{name}')");
      await new Promise((resolve) => setTimeout(resolve, 5));
      const reached = (await loaded).default;
      return reached.{member};"""

    assert re.search(r"Error: [\w/]+\.\w+ is refused in local runs", failure_in(worker, body).message)


def test_no_database_is_opened(worker, program, tmp_path):
    if program.version < (22, 5):
        pytest.skip("this Node.js has no node:sqlite")
    body = f"""setImmediate(eval, "globalThis.told = import('node:sqlite')");
      await new Promise((resolve) => setTimeout(resolve, 5));
      new (await told).DatabaseSync('{tmp_path}/a.db');"""

    assert "refused" in failure_in(worker, body).message
    assert list(tmp_path.iterdir()) == []


def test_the_dispatcher_of_fetch_opens_no_connection(worker):
    body = """const held = globalThis[Symbol.for('undici.globalDispatcher.1')];
      return new Promise((resolve) => held.dispatch({ origin: 'http://127.0.0.1:9', path: '/', method: 'GET' }, {
        onConnect() {}, onRequestStart() {}, onHeaders() {}, onData() {}, onComplete() {},
        onError: (error) => resolve(error.message), onResponseError: (_, error) => resolve(error.message) }));"""

    assert returned(worker, body) == "net.connect is refused in local runs"


@linux_only
def test_the_process_gets_no_environment_variables_of_the_user(program, monkeypatch):
    monkeypatch.setenv("SECRET_OF_THE_USER", "s3cret")
    fresh = NodeWorker(program, NoHttp())
    pid = returned(fresh, "return process.pid;")
    given = Path(f"/proc/{pid}/environ").read_bytes()
    fresh.close()

    assert sorted(given.rstrip(b"\0").split(b"\0")) == [b"LC_ALL=en_US.UTF-8", b"TZ=UTC"]


# --- what code may change


@pytest.mark.parametrize("holder", ["Array", "Object", "String"])
def test_a_changed_to_json_does_not_change_what_is_told(own_worker, holder):
    changed = f"{holder}.prototype.toJSON = () => 'changed';"
    log = (LogLine("info", "a"),)

    ran = run(own_worker, f"module.exports = () => {{ {changed} console.log('a'); return 1; }}")
    error = failure_in(own_worker, "console.log('a');\nthrow new Error('b');")
    other = run(own_worker, "module.exports = () => 2;")

    assert (ran, other) == ((1, log), (2, ()))
    assert (*summary(error), error.logs) == ("javascript-error", "Error: b", 2, 7, log)


@pytest.mark.parametrize(
    "change",
    [
        "Array.prototype.every = Map.prototype.delete = () => { throw 1; };",
        "Map.prototype[Symbol.iterator] = () => ({ next: () => ({ done: true }) });",
        "Buffer = URL = String = Error = undefined;",
        "Error.prepareStackTrace = () => ({});",
    ],
)
def test_a_call_that_changes_what_the_worker_uses_still_ends(own_worker, change):
    assert returned(own_worker, f"{change} return 1;") == 1


@pytest.mark.parametrize("name", ["byteLength", "allocUnsafe"])
def test_what_is_no_message_is_an_error_and_ends_the_process(own_worker, name):
    given = {"byteLength": "() => 3", "allocUnsafe": "() => Buffer.from([2, 0, 0, 0, 123, 125])"}[name]
    extra = (
        " Buffer.prototype.write = Buffer.prototype.writeUInt32LE = () => 0;" if name == "allocUnsafe" else ""
    )

    error = failure_in(own_worker, f"Buffer.{name} = {given};{extra} return 1;")

    assert (error.kind, error.message) == (
        "node-failed",
        "Node.js told something that is no message; the code may have changed built-in objects",
    )
    assert returned(own_worker, "return 1;") == 1


def test_code_cannot_speak_with_the_parent_in_the_place_of_the_worker(worker):
    forged = "\\x02\\x00\\x00\\x00{}"
    body = (
        f"process.stdout.write('{forged}'); console.log('{forged}'); return [process.stdin, process.channel];"
    )

    assert returned(worker, body) == [None, None]


# --- what stops code


@pytest.mark.parametrize(
    "body", ["while (true) {}", "const f = () => process.nextTick(f); f(); await new Promise(() => {});"]
)
def test_endless_code_is_stopped_and_its_log_lines_are_kept(worker, body):
    error = failure_in(worker, f"console.log('begun'); {body}", seconds=0.4)

    assert summary(error) == ("timeout", "the code was stopped: it ran longer than 0.4 s", None, None)
    assert error.logs == (LogLine("info", "begun"),)
    assert returned(worker, "return 1;") == 1


def test_no_time_left_is_a_timeout(worker):
    assert summary(failure_in(worker, "", seconds=0)) == (
        "timeout",
        "no time is left to run the code",
        None,
        None,
    )


@pytest.mark.parametrize(
    "body",
    ["const a = []; for (;;) a.push({ x: [1] });", "const a = []; for (;;) a.push(Buffer.alloc(1e7, 1));"],
    ids=["values", "buffers"],
)
def test_code_that_takes_all_memory_is_stopped(worker, body):
    if "Buffer" in body and sys.platform != "linux":
        pytest.skip("only Linux bounds the memory of buffers")
    error = failure_in(worker, f"console.log('begun'); {body}")

    assert (error.kind, error.message, error.logs) == (
        "out-of-memory",
        "the code used more memory than the limit of 128 MiB",
        (LogLine("info", "begun"),),
    )
    assert returned(worker, "return 1;") == 1


def test_a_flood_of_log_lines_is_stopped(worker):
    error = failure_in(worker, "for (;;) console.log('x'.repeat(60000));")

    assert (error.kind, error.message) == ("out-of-memory", "the code logged more than 64 MiB")


@pytest.mark.parametrize("name", ["exit", "abort"])
def test_ending_the_process_is_an_error(worker, name):
    error = failure_in(worker, f"try {{ process.{name}(3); }} catch {{}} return 1;")

    assert summary(error)[:2] == (
        "javascript-error",
        f"Error: process.{name}(3) was called; code ends by returning",
    )


def test_a_promise_that_nothing_settles_is_an_error(worker):
    error = failure_in(worker, "context.logger.warn('w'); await new Promise(() => {});")

    assert (error.kind, error.logs) == ("never-settled", (LogLine("warn", "w"),))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "Promise.reject(new Error('nobody cares')); await new Promise((r) => setTimeout(r, 50));",
            "Error: nobody cares",
        ),
        (
            "setTimeout(() => { throw new Error('later'); }, 1); await new Promise((r) => setTimeout(r, 50));",
            "Error: later",
        ),
    ],
)
def test_errors_that_nobody_handles_fail_the_call(worker, body, message):
    assert summary(failure_in(worker, body))[:2] == ("javascript-error", message)


def test_a_large_result_comes_whole(worker):
    assert len(returned(worker, "return 'é'.repeat(5e6);")) == 5_000_000


# --- errors and their places


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "module.exports = async () => {\n  const x = null;\n  '😀'; x.y;\n}",
            ("javascript-error", "TypeError: Cannot read properties of null (reading 'y')", 3, 10),
        ),
        (
            "module.exports = () => {\n\t'😀'; const x = ;\n}",
            ("syntax-error", "SyntaxError: Unexpected token ';'", 2, 17),
        ),
        (
            "module.exports = () => { throw new Error('a', { cause: 'b' }) }",
            ("javascript-error", "Error: a (cause: b)", 1, 32),
        ),
        ("module.exports = () => { throw 'text' }", ("javascript-error", "text", None, None)),
        ("module.exports = () => { throw null }", ("javascript-error", "null was thrown", None, None)),
        ("exports.a = 1", ("no-function", "the code exports an object with a; it must set module.exports to a function", None, None)),
        (
            "module.exports = () => 1n",
            (
                "not-json",
                "the returned value cannot be written as JSON: TypeError: Do not know how to serialize a BigInt",
                None,
                None,
            ),
        ),
        (
            "module.exports = () => JSON.parse('{')",
            (
                "javascript-error",
                None,
                1,
                29,
            ),
        ),
    ],
)  # fmt: skip
def test_errors_name_the_place_in_the_code(worker, code, expected):
    kind, message, line, column = summary(failure(worker, code))

    assert (kind, message if expected[1] else None, line, column) == expected


def test_the_function_that_failed_is_blamed(worker):
    driver = "function __xchange_both(a, b, x) { return [a(x), b(x)]; }"

    with pytest.raises(JavaScriptError) as caught:
        worker.call_functions(driver, {"a": "(x) => x", "b": "(x) =>\n  x.y.z"}, [{}], seconds=9)

    assert (caught.value.input_key, caught.value.line, caught.value.column) == ("b", 2, 7)


# --- its life


linux = pytest.mark.skipif(
    not hasattr(os, "pidfd_open"), reason="waits for a process of another as Linux can"
)


@linux
def test_closing_ends_the_process(program):
    worker = NodeWorker(program, NoHttp())
    with ended(returned(worker, "return process.pid;")) as wait:
        worker.close()
        assert wait()
    worker.close()


@pytest.mark.skipif(
    not hasattr(os, "pidfd_open"), reason="waits for a process of another in the way of Linux"
)
@pytest.mark.parametrize("last", ["return 1;", "while (true) {}"], ids=["idle", "busy"])
def test_the_process_ends_when_its_run_is_killed(program, last):
    script = f"""
import sys
from xchange_cli.engine.world import NoHttp
from xchange_cli.javascript.node import NodeWorker
from xchange_cli.javascript.node_program import NodeProgram
worker = NodeWorker(NodeProgram({program.path!r}, {tuple(program.version)!r}), NoHttp())
run = lambda body: worker.run_module("module.exports = () => {{" + body + "}}", context={{}}, step_results={{}}, seconds=60)
print(run("return process.pid;").value, flush=True)
run({last!r})
sys.stdin.read()
"""
    started = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with started, ended(int(started.stdout.readline())) as wait:
        started.kill()
        assert wait()


class ended:  # noqa: N801 - reads as a sentence
    """Waits for the end of a process that another one may have started."""

    def __init__(self, process):
        self._process = process

    def __enter__(self):
        self._handle = os.pidfd_open(self._process)
        return lambda: bool(select.select([self._handle], [], [], 10)[0])

    def __exit__(self, *_):
        os.close(self._handle)
