"""What the result of a code step looks like, as its code says it."""

import pytest

from xchange_cli.javascript.reading.returns import UNKNOWN, ListLiteral, ObjectLiteral, Simple, returned_data

TEXT, NUMBER, BOOLEAN, NULL = map(Simple, ("text", "number", "boolean", "null"))


def closed(**fields):
    return ObjectLiteral(fields, is_open=False)


def inside(body):
    return f"module.exports = async (context, stepResults) => {{ {body} }};"


@pytest.mark.parametrize(
    ("expression", "described"),
    [
        ("'a'", TEXT),
        ("`${a}`", TEXT),
        ("'n' + x", TEXT),
        ("-1", NUMBER),
        ("a * 2", NUMBER),
        ("!a", BOOLEAN),
        ("a === b", BOOLEAN),
        ("null", NULL),
        ("(1)", NUMBER),
        ("a ? 1 : 2", NUMBER),
        ("[]", ListLiteral((), is_open=False)),
        ("['a', 1]", ListLiteral((TEXT, NUMBER), is_open=False)),
        ("[...a, 1]", ListLiteral((UNKNOWN, NUMBER), is_open=True)),
        ("[, 1]", ListLiteral((NUMBER,), is_open=True)),
        ("{ a: 1, 'b c': f(), \"d\": [{ 1: true }] }", None),
        ("{ a: 1, ...rest, b: 2 }", ObjectLiteral({"a": UNKNOWN, "b": NUMBER}, is_open=True)),
        ("{ [key]: 1 }", ObjectLiteral({}, is_open=True)),
        ("{ a() { return 1; } }", closed(a=UNKNOWN)),
    ],
)
def test_a_returned_literal_is_described(expression, described):
    if described is None:
        inner = ListLiteral((ObjectLiteral({"1": BOOLEAN}, is_open=False),), is_open=False)
        described = ObjectLiteral({"a": NUMBER, "b c": UNKNOWN, "d": inner}, is_open=False)
    assert returned_data(f"module.exports = async () => ({{ data: {expression} }});") == described


@pytest.mark.parametrize(
    "expression", ["f()", "stepResults.a.results", "a ? 1 : 'x'", "a + b", "await load()", "a"]
)
def test_what_no_literal_says_is_unknown(expression):
    assert returned_data(inside(f"return {{ data: {expression} }};")) is None


@pytest.mark.parametrize(
    "code",
    [
        "exports.default = function () { return { data: { a: 1 } }; }",
        "module.exports = { default: () => ({ data: { a: 1 } }) };",
        "async function run() { return Promise.resolve({ data: { a: 1 } }); }\nmodule.exports = run;",
        "const run = async () => { return { data: { a: 1 } }; };\nexports = module.exports = run;",
        inside("try { return { data: { a: 1 } }; } catch (error) { throw new Error('no'); }"),
        inside("if (x) { return { data: { a: 2 } }; } else { return { statusCode: 201, data: { a: 1 } }; }"),
        inside("const data = { a: 1 }; context.logger.info(JSON.stringify(data)); return { data };"),
        inside("const data = { a: 1 }; if ((data.a) > 2) return { data }; return { data: { a: 2 } };"),
        inside("const answer = { data: { a: 1 } }; return answer;"),
        inside("const a = 1; list.push(a); return { data: { a } };"),
        "const data = { a: 1 };\n" + inside("return { data };"),
        inside("list.map((x) => { return { data: 5 }; }); return { data: { a: 1 } };"),
        inside("switch (x) { case 1: return { data: { a: 1 } }; default: return { data: { a: 2 } }; }"),
        inside("while (true) { return { data: { a: 1 } }; }"),
    ],
)
def test_the_returned_object_is_found_in_every_usual_form(code):
    assert returned_data(code) == closed(a=NUMBER)


@pytest.mark.parametrize(
    "body",
    [
        "const data = []; data.push(1); return { data };",
        "const data = {}; data.a = 1; return { data };",
        "const data = { a: {} }; fill(data); return { data };",
        "const data = { a: {} }; const { a } = data; return { data };",
        "const data = { a: {} }; const inner = data.a; return { data };",
        "const data = { a: {} }; data.a.b = 1; return { data };",
        "const data = { a: {} }; const f = () => data; return { data };",
        "let data = { a: 1 }; data = load(); return { data };",
        "if (x) return; return { data: { a: 1 } };",
        "if (x) return { data: { a: 1 } };",
        "if (x) return { data: { a: 1 } }; return { data: { b: 1 } };",
        "while (true) { if (x) break; return { data: { a: 1 } }; }",
        "return { ...answer, data: { a: 1 } , ...more };",
        "return { statusCode: 204 };",
        "return [{ data: 1 }];",
        "return { data: { a: 1 };",
    ],
)
def test_in_doubt_the_result_is_unknown(body):
    assert returned_data(inside(body)) is None


def test_another_member_can_be_asked_for():
    assert returned_data("module.exports = () => ({ payload: { a: 'x' } });", "payload") == closed(a=TEXT)


def test_nesting_without_end_is_unknown_at_the_bottom():
    assert isinstance(
        returned_data(f"module.exports = () => ({{ data: {'[' * 500}{']' * 500} }});"), ListLiteral
    )
