"""What code exports, what each way out of it gives back, and where an `await` is missing."""

import pytest

from xchange_cli.javascript.reading.answers import answers
from xchange_cli.javascript.reading.awaits import missing_awaits
from xchange_cli.javascript.reading.exports import Kind, exported, place_of


def inside(body):
    return f"module.exports = async (context, stepResults) => {{ {body} }};"


@pytest.mark.parametrize(
    "code",
    [
        "module.exports = () => 1;",
        "module.exports = async function named() {};",
        "exports.default = () => 1;",
        "module.exports.default = () => 1;",
        "module['exports'] = (() => 1);",
        "exports = module.exports = () => 1;",
        "module.exports = { other: 1, default: () => 1 };",
        "function run() {}\nmodule.exports = run;",
        "const run = () => 1;\nmodule.exports = { default: run };",
        "module.exports = 1;\nmodule.exports = () => 1;",
        "module.exports = function* () {};",
    ],
)
def test_an_exported_function_is_found(code):
    assert exported(code).kind is Kind.FUNCTION


@pytest.mark.parametrize(
    "code",
    [
        "module.exports = wrap(() => 1);",
        "module.exports = { default() {} };",
        "module.exports = require('x');",
        "module.exports = { ...others };",
        "const run = wrap(f);\nmodule.exports = run;",
        "if (a) module.exports = 1; else module.exports = f;",
        "Object.assign(module.exports, { default: f });",
        "const m = module; m.exports = () => 1;",
        "this.default = () => 1;",
        "(() => { this.default = f; })();",
        "exports[name] = () => 1;",
        "module.exports = class {};",
        "module.exports = a ? f : g;",
        "export default () => 1;",
        "module.exports = ;",
    ],
)
def test_what_is_out_of_the_ordinary_is_unknown(code):
    assert exported(code).kind is Kind.UNKNOWN


@pytest.mark.parametrize(
    ("code", "kind", "what", "place"),
    [
        ("// nothing\nconst a = 1;\nf(a);", Kind.NOTHING, "", "const a = 1;"),
        ("async function run() {\n  return 1;\n}", Kind.NOTHING, "", "async function run() {"),
        ("// nothing", Kind.NOTHING, "", "// nothing"),
        ("exports = () => 1;", Kind.NOTHING, "`exports`", "exports"),
        ("(module) => { module.exports = 1; }", Kind.NOTHING, "", "(module) => { module.exports = 1; }"),
        ("exports.a = 1;\nexports.b = 2;", Kind.OTHER, "an object with `a`, `b`", "exports.a"),
        (
            "module.exports = { run, stop() {} };",
            Kind.OTHER,
            "an object with `run`, `stop`",
            "module.exports",
        ),
        ("module.exports = {};", Kind.OTHER, "an empty object", "module.exports"),
        ("module.exports = 'x';", Kind.OTHER, "text", "module.exports"),
        ("module.exports = { default: 5 };", Kind.OTHER, "a number", "module.exports"),
    ],
)
def test_what_is_no_function_is_told_with_its_place(code, kind, what, place):
    start, end = place_of(code)
    assert (exported(code).kind, exported(code).what, code[start:end]) == (kind, what, place)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("return { data: 1, statusCode: 2 };", [("an object", ("data", "statusCode"))]),
        ("return { ...all };", [("an object", None)]),
        ("return load();", [("", None)]),
        ("return [1];", [("a list", None)]),
        (
            "if (a) return; return await Promise.resolve({ data: 1 });",
            [("nothing", None), ("an object", ("data",))],
        ),
        ("return null;", [("nothing", None)]),
        ("const r = { a: 1 }; return r;", [("an object", ("a",))]),
        ("const r = {}; r.data = 1; return r;", [("", None)]),
        ("throw new Error('no');", []),
        ("if (a) { return 'x'; } else { throw b; }", [("text", None)]),
        ("log();", [("nothing", None)]),
        ("list.map(() => { return 1; }); return { data: 1 };", [("an object", ("data",))]),
    ],
)
def test_each_way_out_is_told(body, found):
    assert [(answer.what, answer.keys) for answer in answers(inside(body))] == found


def test_the_end_of_a_function_is_told_at_its_head():
    code = inside("log();")
    (answer,) = answers(code)
    assert code[answer.start : answer.end] == "async (context, stepResults) =>"


@pytest.mark.parametrize(
    ("body", "called"),
    [
        ("const r = fetch(u); return { data: r.status };", ["fetch"]),
        ("const { data } = axios.get(u); return { data };", ["axios.get"]),
        ("const r = await fetch(u); return { data: r.json() };", ["r.json"]),
        ("const r = await fetch(u); const d = r.json(); return { data: [d] };", ["r.json"]),
        ("const t = (await fetch(u)).text().length;", ["(await fetch(u)).text"]),
        ("const ax = require('axios@1.6.8/dist/axios.js'); return { data: ax.post(u).data };", ["ax.post"]),
        ("async function go() {} if (go()) { x = `${go()}` + go(); }", ["go", "go", "go"]),
        ("const go = async () => []; for (const x of go()) { y(x); } const z = [...go()];", ["go", "go"]),
        ("const r = fetch(u); r.then(f); log(r.status);", ["fetch"]),
    ],
)
def test_a_promise_used_as_a_value_is_found(body, called):
    assert [found.called for found in missing_awaits(inside(body))] == called


@pytest.mark.parametrize(
    "body",
    [
        "return fetch(u);",
        "return fetch(u).then((r) => r.json());",
        "const p = fetch(u); const r = await p; return { data: r.status };",
        "const all = list.map((x) => fetch(x)); await Promise.all(all);",
        "const [a, b] = await Promise.all([fetch(u), fetch(v)]); return { data: await a.json() };",
        "fetch(u);",
        "void fetch(u);",
        "const fetch = (x) => x; return { data: fetch(u).status };",
        "const go = async () => 1; return { data: await go() };",
        "for await (const x of go()) { y(x); } async function* go() {}",
        "const f = () => ({ a: fetch(u) }); const { a } = f(); return { data: (await a).status };",
        "let r = fetch(u); r = await r; return { data: r.status };",
        "const r = await other(u); return { data: r.json() };",
        "const p = fetch(u); return { data: p === q, more: p ?? 1 };",
        "run(fetch(u)); cache[u] = fetch(u);",
    ],
)
def test_a_promise_that_is_handed_on_or_awaited_later_is_none(body):
    assert missing_awaits(inside(body)) == ()


def test_a_missing_await_says_where_it_belongs():
    code = "module.exports = () => { return { data: fetch('é').status }; };"
    (found,) = missing_awaits(code)
    assert code[found.start : found.end] == "fetch"
    assert code[found.call_start : found.call_end] == "fetch('é')"
    assert (found.can_await, found.has_member) == (False, True)
