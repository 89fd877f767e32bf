"""Reading code never fails, whatever the code is, and every place lies inside of it."""

from hypothesis import example, given
from hypothesis import strategies as st

from xchange_cli.javascript.reading.answers import answers
from xchange_cli.javascript.reading.awaits import missing_awaits
from xchange_cli.javascript.reading.exports import place_of
from xchange_cli.javascript.reading.returns import returned_data
from xchange_cli.javascript.reading.syntax import function_errors, syntax_errors
from xchange_cli.javascript.reading.uses import uses

WORDS = [
    "module.exports",
    "exports",
    "=",
    "async",
    "function",
    "(",
    ")",
    "=>",
    "{",
    "}",
    "[",
    "]",
    ";",
    ",",
    ".",
    "?.",
    ":",
    "...",
    "'",
    '"',
    "`",
    "${",
    "//",
    "/*",
    "*/",
    "\\",
    "\n",
    "a",
    "r",
    "c",
    "context\nstepResults",
    "configVars",
    "return",
    "await",
    "fetch",
    "const",
    "let",
    "class",
    "import",
    "export",
    "default",
    "if",
    "else",
    "try",
    "catch",
    "for",
    "of",
    "yield",
    "1",
    "'x'\nr.a.results",
    "{",
    "data",
    "}",
    "😀",
    "é",
    "�",
]

CODES = st.one_of(
    st.text(), st.lists(st.sampled_from(WORDS)).map(" ".join), st.lists(st.sampled_from(WORDS)).map("".join)
)


@given(CODES)
@example("module.exports = (c, {a}) => {" + "[" * 2000)
@example("module.exports = () => ({ data: " + "(" * 2000 + ")" * 2000 + " });")
@example("module.exports = () => {" + "{" * 2000 + "return" + "}" * 2000 + "}")
@example("const a = { default: b }; const b = { default: a }; module.exports = a;")
@example(
    "".join(f"const a{n} = [a{n + 1}, a{n + 1}];" for n in range(99))
    + "module.exports = () => ({ data: a0 });"
)
def test_every_place_that_is_told_lies_in_the_code(code):
    places = [
        *(fault[:2] for find in (syntax_errors, function_errors) for fault in find(code)),
        *((use.start, use.end) for use in uses(code)),
        *(answer[:2] for answer in answers(code)),
        *((found.start, found.call_end) for found in missing_awaits(code)),
        place_of(code),
    ]
    assert all(0 <= start <= end <= len(code) for start, end in places)
    assert returned_data(code) == returned_data(code)


@given(CODES)
def test_a_used_name_is_what_stands_at_its_place(code):
    wrapped = f"module.exports = (context, r) => [{code}];"
    assert all(wrapped[use.start : use.end] == use.name for use in uses(wrapped))
