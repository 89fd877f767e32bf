"""Which steps, config variables and flows code names, whatever its parameters are called."""

import pytest

from xchange_cli.javascript.reading.uses import Segment, uses


def read(parameters, body):
    """Give what code reads as `kind name.path`, with `?` where it reckons with the absence of the name."""
    code = f"module.exports = async ({parameters}) => {{ {body} }};"
    return [_told(use) for use in uses(code)]


def _told(use):
    names = (use.name, *(segment.name for segment in use.path))
    return f"{use.kind} {'.'.join(names)}{'?' if use.is_guarded else ''}"


@pytest.mark.parametrize(
    ("parameters", "body", "found"),
    [
        ("context, stepResults", "return stepResults.a.results.body;", ["step a.results.body"]),
        ("context, r", "r['a']['results'][0]; r[`b`]; r[x].y; r.c[x].y;", ["step a.results.0", "step b", "step c"]),
        ("c, r", "r.a.results.map((x) => x.id); r.hasOwnProperty('z'); r.b.results.length;",
         ["step a.results", "step b.results.length"]),
        ("c, { a, 'b': other, ...rest }", "a.results; other.index; rest.d.results;",
         ["step a", "step a.results", "step b", "step b.index", "step d.results"]),
        ("c, { a: { results: { body: [first] } } }", "first.x;", ["step a.results.body"]),
        ("c, r", "const k = r; const { a: { results } } = k; results.body; const { x } = results;",
         ["step a.results", "step a.results.x", "step a.results.body"]),
        ("c, r", "const a = (r.a).results; const b = a.body; b.data;",
         ["step a.results", "step a.results.body", "step a.results.body.data"]),
        ("{ configVars, logger }", "configVars['Page Size']; configVars.Shop.fields.url; logger.info();",
         ["config Page Size", "config Shop.fields.url"]),
        ("c", "const { configVars: v } = c; v.A; const w = c.configVars; w['B C'];", ["config A", "config B C"]),
        ("c", "c.webhookUrls['Send Orders']; c.webhookApiKeys.Flow[0];", ["flow Send Orders", "flow Flow.0"]),
        ("c, r", "c.instance.id; c.other.A; helper(r, c); r; c.configVars;", []),
    ],
)  # fmt: skip
def test_members_are_found_through_names_patterns_and_constants(parameters, body, found):
    assert sorted(read(parameters, body)) == sorted(found)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("r.a?.results;", ["step a.results?"]),
        ("r?.a.results;", ["step a.results"]),
        ("const { a = {} } = r;", ["step a?"]),
        ("const x = r.a ?? {};", ["step a?"]),
        ("const x = r.a.results ?? {};", ["step a.results"]),
        ("if (r.a) { r.a.results; }", ["step a?", "step a.results?"]),
        ("const a = r.a; if (!a) return; a.results;", ["step a?", "step a?", "step a.results?"]),
        ("try { r.a.results; } catch { }", ["step a.results?"]),
        ("try { r.a.results; } finally { }", ["step a.results"]),
        ("r.a?.[x];", ["step a?"]),
        ("const x = r.a || r.b || 1;", ["step a?", "step b?"]),
        ("const x = n + (r.a && 1);", ["step a?"]),
        ("const x = r.a ? r.a.index : 0;", ["step a?", "step a.index?"]),
        ("if (n > 1 && (r.a || r.b)) n();", ["step a?", "step b?"]),
        ("n(r.a !== null, undefined == r.b, r.d === void 0, typeof r.e);", [f"step {x}?" for x in "abde"]),
    ],
)
def test_code_may_reckon_with_the_absence_of_a_name(body, found):
    assert sorted(read("c, r", body)) == sorted(set(found))


@pytest.mark.parametrize(
    "body",
    [
        "const x = n + r.a;",
        "const x = r.a >= n;",
        "const x = 'x' + r.a;",
        "const x = -r.a;",
        "const x = r.a === 'x';",
        "const x = n ? r.a : 0;",
        "const x = n && r.a;",
        "if (r.a > 1) n();",
        "if (n) n(r.a);",
    ],
)
def test_sums_comparisons_and_results_of_a_choice_take_a_value_for_granted(body):
    assert read("c, r", body) == ["step a"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("r.a?.x; r.a.y;", ["step a.x?", "step a.y"]),
        ("const x = r.a ?? 1; r.a.y;", ["step a?", "step a.y"]),
        ("if (n) { if (!r.a) return; r.a.x; } r.a.y;", ["step a?", "step a.x?", "step a.y"]),
        ("r.a.y; if (r.a) n();", ["step a.y", "step a?"]),
        ("const f = () => r.a && r.a.x; r.a.y;", ["step a?", "step a.x?", "step a.y"]),
    ],
)
def test_a_test_says_nothing_of_what_is_read_where_it_decides_nothing(body, found):
    assert read("c, r", body) == found


@pytest.mark.parametrize(
    "body",
    [
        "list.map((r) => r.a);",
        "{ const r = {}; r.a; }",
        "function f(r) { return r.a; }",
        "r.a = 1; r.a.results;",
        "delete r.a; r.a;",
        "r = {}; r.a;",
        "let k = r; k = {}; k.a;",
        "// r.a\n'r.a';",
        "({ r: 1 }).r.a;",
    ],
)
def test_what_means_something_else_is_no_use(body):
    assert read("c, r", body) == []


@pytest.mark.parametrize(
    "code",
    [
        "exports.default = function (context, r) { return r.a; }",
        "function run(context, r) { return r.a; }\nmodule.exports = run;",
        "const run = async (context, r) => r.a;\nexports = module.exports = run;",
        "module.exports = { default: (context, r) => r.a };",
        "module['exports'] = (context, r) => r.a;",
        "module.exports = (context, r = {}) => r.a;",
    ],
)
def test_the_exported_function_is_found_in_every_usual_form(code):
    assert [_told(use) for use in uses(code)] == ["step a"]


@pytest.mark.parametrize(
    "code", ["module.exports = wrap((context, r) => r.a);", "(context, r) => r.a", "r.a }"]
)
def test_where_no_function_is_found_nothing_is_read(code):
    assert uses(code) == ()


def test_places_count_characters_without_quotes():
    code = "module.exports = (c, r) => ['😀', r['gé'].results];"
    [use] = uses(code)
    assert (use.kind, use.first) == ("step", Segment("gé", 36, 38, is_text=True))
    assert use.path == (Segment("results", 41, 48),)


def test_a_name_that_declares_a_variable_is_marked():
    code = "module.exports = (c, { a }) => a;"
    [use] = uses(code)
    assert (use.kind, use.first, use.path) == ("step", Segment("a", 23, 24, is_shorthand=True), ())
