"""Syntax errors of code: their words and places, and that nothing that runs is reported."""

import pytest

from xchange_cli.javascript.reading.faults import Fault
from xchange_cli.javascript.reading.syntax import function_errors, syntax_errors

SOMETHING = "Something is missing before it, perhaps a comma, an operator or a bracket."
CLOSES_NOTHING = "It closes nothing: no bracket of its kind is open here."
TOO_EARLY = "the code ends too early: something is missing here"


def marked(code):
    """Take the place that `«…»` marks out of a code."""
    before, _, rest = code.partition("«")
    word, _, after = rest.partition("»")
    return before + word + after, len(before), len(before) + len(word)


@pytest.mark.parametrize(
    ("code", "message", "hint"),
    [
        ("const a = «;»", "unexpected `;`", ""),
        ("foo(1, 2«;»", "`)` is missing before `;`", ""),
        ("foo({ a: 1«)»;", "`}` is missing before `)`", ""),
        ("if (a)«)» { }", "unexpected `)`", CLOSES_NOTHING),
        ("«}» foo", "unexpected `}`", CLOSES_NOTHING),
        ("a «b»", "unexpected `b`", SOMETHING),
        ("x = [1 «2»]", "unexpected `2`", SOMETHING),
        ("const x = { a: 1 «b»: 2 }", "unexpected `b`", SOMETHING),
        ("fuction «f»() {}", "unexpected `f`", SOMETHING),
        ("if (a) { } else { } «else» { }", "unexpected `else`", ""),
        ("x = 'it'«s»'", "unexpected `s`", SOMETHING),
        ('var x = «"abc»', 'the text is not closed: `"` is missing', ""),
        ("const a = «'abc» \nfoo()", "the text is not closed: `'` is missing", ""),
        ("'é😀' + «'ü»", "the text is not closed: `'` is missing", ""),
        ("x = «`»abc ${a} \n d", "the template is not closed: a backquote is missing", ""),
        (r"x = '«\»u{zz}'", "no such escape", r"A backslash itself is `\\`."),
        ("a = 1 «/*» abc", "the comment is not closed", "Add `*/`."),
        ("const a «=»", TOO_EARLY, ""),
        ("foo«(»", "`(` is never closed", "`)` is missing."),
        ("x = {\n  a: «[»1, 2\n", "`[` is never closed", "`]` is missing."),
        ("f = () => {\n  if (c) «{»\n    foo();\n  return 1;\n};", "`{` is never closed", "`}` is missing."),
        ("a |«>» b", "unexpected `>`", ""),
        ("const {a «b»} = c", "unexpected `b`", SOMETHING),
        ("'use strict'; f(a «someVeryLongNameOfAVariableThatIsCut»)", "unexpected `someVeryLongNameOfAVariableTha…`", SOMETHING),
        ("function f() { «await» x; }", "`await` outside of an `async` function", "Make the function around it `async`."),
        ("«await» fetch(u)", "`await` outside of an `async` function", "Make the function around it `async`."),
        ("async () => [1].map((x) => «await» x)", "`await` outside of an `async` function", "Make the function around it `async`."),
        ("«export» default async () => {}", "`export` is not possible here: code is a CommonJS module", "Write `module.exports = …`."),
        ("«import» x from 'y'", "`import` is not possible here: code is a CommonJS module", "Write `const name = require(…)`."),
        ("x = { a: 1, «,» b: 2 }", "unexpected `,`", "There is nothing before it."),
        ("f(«,»)", "unexpected `,`", "There is nothing before it."),
        ("«try» { a() }", "`try` without `catch` or `finally`", ""),
        ("const a = 1;\nlet «a» = 2", "`a` is declared twice", "The first one is in line 1 of the code."),
    ],
)  # fmt: skip
def test_an_error_is_told_in_words_at_the_smallest_place(code, message, hint):
    text, start, end = marked(code)
    assert syntax_errors(text) == (Fault(start, end, message, hint),)


RUNS = r"""
module.exports = async (context, stepResults) => { return { data: 1 } }
return 1
if (a) { b }  [...c].map(d)
let async = 1; async = 2
var yield_ = 1, of = 1, get = 1, set = 2, static_ = 3; for (of of [1]) of
var using = 1; using = 2
var let_; yield = 1
x = 010; y = 08; z = 1_000; w = 0b1; o = 0o7; n = 10n
class A { #x = 1; has(o) { return #x in o } static { this.y = 1 } get z() { return 1 } static async *gen() {} [k] = 2 }
x = new.target
try { a } catch { b } finally { c }
outer: for (;;) { break outer }
with (a) { b }
do x(); while (y) z()
if (a) function f() {}
a ??= b; c ||= d; e &&= f; g **= 2; h >>>= 1
a?.[0]?.(b)?.c
a = b?.5:1
x = async x => await x; z = async function* () { yield* a; for await (const q of r) {} }
var \u0061bc = 1; abc
var ünï = 1, $ = 2, _ = 3, 变量 = 4
`a${`b${c}`}d`
tag`a\u{zzz}`
var {a, b: {c = 1, ...d} = {}, [e]: f, ...g} = h
for (const [a, b] of c) d
for (let in obj) {}
throw new Error()
;;;
({ get a() { return 1 }, async b() {}, *c() {}, async *d() {}, [e]: 1, 'f': 2, 3: 4, get: 1, set, async, await: 1, ...g })
function f(a,) {} f(1,)
import('x').then(y)
await = 1; var await; await(5); await + 1; await [0]
async () => { await (x) }
x = a => ({ b: c })
[,,a,,]
switch (a) { case 1: case 2: b; break; default: c }
debugger
(-a) ** 2
x = /[/]/ + a / b / c
"\u{1F600}" + '\x41'
async function f() {}
class B extends A { constructor() { super(); super.x } }
({ class: 1, if: 2, new: 3 }).if
var a = 1; var a = 2; function b() {} function b() {}
{ let a; } { let a; } for (let a of b) { const a = 1; }
(a, b) => { var a; }
switch (a) { case 1: { const x = 1; } default: { const x = 2; } }
const re = /\/\*/
x = y /* a */ / 2
a <!-- b
const html = '<!-- x -->'
class C { foo() { } bar }
(function () { return this; }).call(1)
label: { break label }
"""


SEVERAL_LINES = [
    "const f = () => {}\n[...c]",
    "x = { a: 1 }\n;[...c].map(d)",
    "await\nx",
    "'a\\\nb'",
    "a = b\n/c/g.exec(d)",
    "x\n++\ny",
]


@pytest.mark.parametrize("code", [*RUNS.strip().split("\n"), *SEVERAL_LINES])
def test_what_the_engine_compiles_is_not_reported(code):
    assert _compiles(code)
    assert syntax_errors(code) == ()


@pytest.mark.parametrize(
    "code",
    ["const a = ;", "foo(1, 2;", "if (a)) { }", "x = 'a", "x = `a", "/* a", "foo(", "function f() { await x; }",
     "export default 1", "import a from 'b'", "x = { a: 1,, b: 2 }", "f(,)", "try { a }", "const a = 1; let a",
     "return { data: { a: 1 }", "const f = (a, b => a", "1.toString()", "x..y", "=> x", "var class = 1", "a = b!",
     "x = {a: 1; b: 2}", "for (i = 0; i < 5; i++ { }", "const a: string = 1", "interface X {}", "x as y"],
)  # fmt: skip
def test_what_is_reported_the_engine_refuses(code):
    assert not _compiles(code)
    assert len(syntax_errors(code)) == 1


def _compiles(code):
    import quickjs

    try:
        quickjs.Context().eval(f"(function (exports, module) {{\n{code}\n}})")
    except quickjs.JSException:
        return False
    return True


@pytest.mark.parametrize(
    "code",
    ["(item) => item.a", "function (item) { return item; }", "(a, b) => { return a < b ? -1 : 1; };\n",
     "const keep = (x) => x;\nkeep;", "async (x) => await x", "(x) => x // all\n"],
)  # fmt: skip
def test_a_function_is_an_expression_or_statements_that_end_with_one(code):
    assert function_errors(code) == ()


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("(a) => a«.»", TOO_EARLY),
        ("function (x) «{» return x ", "`{` is never closed"),
        ("(a, b) => { return a < b ? -1 «1»; }", "unexpected `1`"),
        ("  (x) => x + «)»", "unexpected `)`"),
        ("(x) => «await» x", "`await` outside of an `async` function"),
    ],
)
def test_an_error_of_a_function_is_told_at_its_place(code, message):
    text, start, end = marked(code)
    assert [found[:3] for found in function_errors(text)] == [(start, end, message)]
