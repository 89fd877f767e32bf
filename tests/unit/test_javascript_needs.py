"""What code needs that QuickJS has not."""

import subprocess
import sys

import pytest

from xchange_cli.javascript.needs import NODE_ONLY, Need, needs
from xchange_cli.javascript.quickjs import CodeHost


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("const r = await fetch(url)", Need("fetch", 16)),
        ("const { parse } = require('url')", Need("require", 18)),
        ("const m = await import('crypto')", Need("import", 16)),
        ("Buffer.from('a').toString('base64')", Need("Buffer", 0)),
        ("setTimeout(() => {}, 1)", Need("setTimeout", 0)),
        ("new URL(text).host", Need("URL", 4)),
        ("({ fetch })", Need("fetch", 3)),
        ("`${process.version}`", Need("process", 3)),
        ("globalThis.structuredClone(x)", Need("structuredClone", 11)),
        ("'😀'; /* é */ crypto.randomUUID()", Need("crypto", 13)),
        ("typeof Buffer !== 'undefined' && Buffer.isBuffer(x)", Need("Buffer", 33)),
        ("x.localeCompare(y); fetch(x)", Need("fetch", 20)),
        ("foo(bar; fetch(", Need("fetch", 9)),
        ("globalThis['fetch'](x)", Need("fetch", 12)),
        ("globalThis?.[`fetch`]", Need("fetch", 14)),
        ("const { fetch } = globalThis; fetch(x)", Need("fetch", 8)),
        ("const { fetch = 1 } = global", Need("fetch", 8)),
        ("const { a, fetch: send } = globalThis", Need("fetch", 11)),
        ("({ URL: Url } = globalThis)", Need("URL", 3)),
    ],
)
def test_a_use_of_something_global_is_found_with_its_place(code, found):
    assert needs(code) == found


@pytest.mark.parametrize(
    "code",
    [
        "module.exports = async () => ({ data: 1 })",
        "// fetch the data\nconst text = 'fetch'; /fetch/.test(text)",
        "client.fetch(); ({ fetch: 1 }).fetch; class A { fetch() { return this.fetch; } }",
        "typeof Buffer === 'undefined'",
        "typeof globalThis.fetch",
        "typeof globalThis['fetch']",
        "client['fetch']; 'fetch'; ({ 'fetch': 1 })",
        "const { fetch: send } = client; const { a: { fetch: f } } = globalThis",
        "btoa('a'); atob('YQ=='); queueMicrotask(f); performance.now()",
        "x => x.toLocaleString",
        "const Urls = 1; prefetch(Urls)",
    ],
)
def test_words_that_mean_nothing_global_are_not_found(code):
    assert needs(code) is None


@pytest.mark.parametrize(
    "code",
    [
        "(process) => process.id",
        "process => process.id",
        "({ fetch }) => fetch(1)",
        "(a, { b: [process = 1], ...URL }, ...Event) => process + URL + Event",
        "const { URL } = given; new URL('')",
        "function f() { if (x) { var URL = 1; } return URL; }",
        "let crypto; for (const Event of list) { crypto = Event; }",
        "for (var File in files) {} File",
        "try { f() } catch (Event) { log(Event) }",
        "process(); function process() {}",
        "const f = function fetch(n) { return n && fetch(n - 1); }",
        "class Request {} new Request()",
        "const C = class File { static make() { return new File(); } }",
        "switch (x) { case 1: let URL = 2; URL; }",
        "URL = 'https://a'; URL + '/b'",
    ],
)
def test_names_that_the_code_declares_itself_are_its_own(code):
    assert needs(code) is None


@pytest.mark.parametrize(
    ("code", "offset"),
    [
        ("{ const URL = 1; } new URL(x)", 23),
        ("function f() { var URL = 1; } URL", 30),
        ("(a = URL) => a", 5),
        ("const f = function URL() {}; URL", 29),
    ],
)
def test_a_declaration_holds_only_where_it_is_in_force(code, offset):
    assert needs(code) == Need("URL", offset)


def test_what_quickjs_does_in_its_own_way_is_no_vital_need():
    assert needs("list.sort((a, b) => a.localeCompare(b))") == Need("localeCompare", 22, is_vital=False)
    assert needs("date.toLocaleDateString('de')") == Need("toLocaleDateString", 5, is_vital=False)


def test_each_name_is_one_that_quickjs_lacks():
    body = ", ".join(f"{name}: typeof {name}" for name in sorted(NODE_ONLY))
    code = f"module.exports = () => ({{ {body} }})"

    kinds = CodeHost().run_module(code, context={}, step_results={}, seconds=5).value

    assert kinds == dict.fromkeys(sorted(NODE_ONLY), "undefined")


def test_code_without_any_of_the_words_is_not_even_parsed():
    program = (
        "import sys; from xchange_cli.javascript.needs import needs; needs('x => x.id + 1');"
        "assert 'tree_sitter' not in sys.modules; needs('fetch(1)'); assert 'tree_sitter' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize("code", ["(" * 50_000 + "fetch", "[fetch," * 20_000, "\ud800 fetch", "fetch\0"])
def test_absurd_code_is_read_to_the_end(code):
    assert needs(code) == Need("fetch", code.index("fetch"))
