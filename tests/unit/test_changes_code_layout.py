"""When two codes are laid out otherwise, and when they are other codes."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compared_integrations import FILE, edited, told
from conftest import REPOSITORY
from xchange_cli.changes.comparison.code_layout import is_same_code
from xchange_cli.document.parse import parse
from xchange_cli.source import Source

CODE = """\
module.exports = async (context, stepResults) => {
  // what callers get
  const url = "https://shop.test/a  b"; /* of the shop */
  const pattern = /a  b/g;
  return { data: `${url}
    ${pattern}` };
};
"""
EXAMPLES = sorted((REPOSITORY / "examples").glob("**/integration.yml"))


def node(code, **more):
    return parse(Source("x.yml", json.dumps({"type": "value", "value": code, **more}))).root


def same(old, new):
    assert is_same_code(node(old), node(new)) is is_same_code(node(new), node(old))
    return is_same_code(node(old), node(new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("\n  const url", "\n\tconst url", id="another indentation of a line"),
        pytest.param("};\n", "};  \n\n\n", id="blanks and empty lines at the end"),
        pytest.param("{ data: ", "{data:  ", id="blanks between words"),
        pytest.param("module", "\n\nmodule", id="empty lines at the beginning"),
        pytest.param("  // what callers get\n", "", id="a comment less"),
        pytest.param("/* of the shop */", "// of a shop", id="another comment"),
        pytest.param("\n", "\r\n", id="other line ends outside of texts"),
    ],
)
def test_codes_with_another_layout_are_the_same(old, new):
    without_template = CODE.replace("${url}\n    $", "${url} $")
    assert same(without_template, without_template.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param('a  b"', 'a b"', id="a blank in a text"),
        pytest.param("/a  b/", "/a b/", id="a blank in a regular expression"),
        pytest.param("{url}\n    $", "{url}\n  $", id="the indentation in a template"),
        pytest.param("${url}", "${ url }", id="blanks in a placeholder of a template"),
        pytest.param("return {", "return\n{", id="a line end that ends a statement"),
        pytest.param('"; /*', '"\n /*', id="a line end for a semicolon"),
        pytest.param("const url", "constant url", id="another word"),
        pytest.param("};\n", "}\n", id="a semicolon less"),
        pytest.param("stepResults", "stepresults", id="a letter in another case"),
        pytest.param("/g;", "/g; }", id="what is no JavaScript"),
        pytest.param("/g;", "/g; <!-- x", id="what may be a comment"),
        pytest.param("{ data", "{\u200b data", id="a character that no engine skips"),
        pytest.param("};\n", "};\n\u2060", id="one at the end"),
    ],
)  # fmt: skip
def test_codes_with_other_words_or_texts_are_others(old, new):
    assert old in CODE
    assert not same(CODE, CODE.replace(old, new))


def test_what_is_no_javascript_is_compared_to_the_letter():
    assert not same("return (", "return  (")
    assert same("return (", "return (")
    assert not same("<div> a </div>", "<div>  a </div>")
    assert not same("a = '\ud800'", "a =  '\ud801'")
    assert not is_same_code(node(CODE), node(CODE, meta={"orgOnly": True}))
    assert not is_same_code(node(CODE), parse(Source("x.yml", "{type: reference, value: a.results}")).root)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a\n++\nb", "a ++\nb"),
        ("x = y\n(z)", "x = y (z)"),
        ("a - -b", "a -- b"),
        ("a + +b", "a ++ b"),
        ("a <!-- b", "a < !--b"),
    ],
)
def test_where_a_blank_makes_another_program_it_is_another(one, other):
    assert not same(one, other)


def codes():
    found = []
    for path in EXAMPLES:
        found += re.findall(
            r"(?m)^( +)code:\n +type: value\n +value: \|-?\n((?:\1  +.*\n|\n)+)", path.read_text("utf-8")
        )
    return [code for _, code in found]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_codes_of_examples_may_be_indented_at_will_and_not_lose_a_word(data):
    code = data.draw(st.sampled_from([code for code in codes() if "`" not in code]))
    lines = [data.draw(st.sampled_from(["", " ", "\t", "    "])) + line for line in code.split("\n")]
    assert same(code, "\n".join(lines))
    words = list(re.finditer(r"[A-Za-z]\w*", re.sub(r"//.*", lambda found: " " * len(found[0]), code)))
    word = data.draw(st.sampled_from(words))
    assert not same(code, f"{code[: word.start()]}Other{code[word.end() :]}")


def test_an_integration_whose_code_is_indented_otherwise_does_not_differ():
    indented = edited(
        ("                  module", "                    module"),
        ("                    return", "                          return"),
        ("                  };", "                    }; // done"),
    )
    assert told(FILE, indented) == []
    renamed = edited(
        ("name: Lines\n", "name: Each\n"), ("lines.results}", "each.results}"), ("stepResults.lines", "stepResults.each"),
        text=indented,
    )  # fmt: skip
    assert told(FILE, renamed) == ["renamed Each from Lines (2)"]
