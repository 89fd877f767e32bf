"""What the parser says about mistakes that people make when they edit YAML by hand.

Each row is a text, the characters that the finding points at, marked with « and », and what it says.
"""

import pytest

from xchange_cli.diagnostics import Severity
from xchange_cli.document.parse import parse
from xchange_cli.source import Source

NOT_CLOSED = "this bracket is never closed"
TAB = "a tab cannot indent YAML"
TEMPLATE = "text that starts with `{{` must be in quotes"
COLON = "`: ` cannot stand in unquoted text"
NO_KEY = "this line is no `key: value`"
INDENTED = "this line does not line up with the lines above it"
PART_OF_ABOVE = "this line is indented like a part of the line above, which has its value already"
QUOTE_ENDS = "the quoted text ends here, but the line goes on"
QUOTE_OPEN = "the text that starts with this quote never ends"
COMMA = "a `,` is missing before this"

INDENTATION = [
    ("a:\n«\t»b: 1\n", TAB),
    ("a:\n  b: 1\n «\t»c: 2\n", TAB),
    ("a:\n  - x\n«\t\t»- y\n", TAB),
    ("a:\n  -«\t»b: 1\n", TAB),
    ("a: |\n«\t»text\n", TAB),
    ("a:\n    b: 1\n  «c: 2»\n", INDENTED),
    ("a:\n  - x: 1\n «- y: 2»\n", INDENTED),
    ("code: |\n    first()\n  «second()»\nb: 1\n", INDENTED),
    ("a:\n  b: 1\n    «c: 2»  # deeper\n", PART_OF_ABOVE),
    ("a:\n  b: 1\n  «- c»\n", "a list item cannot stand among the keys of a mapping"),
    ("a:\n  - b\n  «c: 1»\n", "a key cannot stand among the items of a list"),
    ("a: |\n«     »\n  text\n", "this blank line is indented further than the text below it"),
]

COLONS = [
    ("a: b«:» c\n", COLON),
    ("- a: Note«:» this\n", COLON),
    ("a: 😀 b«:» c\n", COLON),
    ("'a': “b«:» c”\n", COLON),
    ("a: {type: value, value: Note«:» this}\n", COLON),
    ("a: 1\n«b 2»\nc: 3\n", NO_KEY),
    ("«flows»\n  - name: x\n", NO_KEY),
    ("«name Foo»\nb: 1\n", NO_KEY),
    ("a: 1\n«b»", NO_KEY),
    ("a: 1\nb«:»2\nc: 3\n", "a blank is missing after this `:`"),
    ("a«:»1\nb: 2\n", "a blank is missing after this `:`"),
    ("«:» x\n", "a key is missing before this `:`"),
    ("a: «-» x\n", "a list cannot start on the line of its key"),
]

QUOTES = [
    ('a: «"»abc\nb: 1\n', QUOTE_OPEN),
    ("a: «'»abc\nb: 1\n", QUOTE_OPEN),
    ("a: 'it«'»s here'\nb: 1\n", QUOTE_ENDS),
    ('a: "say «"»hi" now"\nb: 1\n', QUOTE_ENDS),
    ("a: {b: 'it«'»s here'}\n", QUOTE_ENDS),
    ('a: «"»abc\nb: "x"\n', "the text that starts with this quote ends only in line 2"),
    ('a: {b: «"»x}\nc: {d: "y"}\n', "the text that starts with this quote ends only in line 2"),
    ('a: "C:«\\p»ath"\n', "`\\p` means nothing in double quotes"),
    ('a: "«\\d»+"\n', "`\\d` means nothing in double quotes"),
    ('a: "«\\u»12"\n', "`\\u` must be followed by four hexadecimal digits"),
    ('a: "«\\x»ZZ"\n', "`\\x` must be followed by two hexadecimal digits"),
    ('a: "«\\ud83d»\\ude00"\n', "`\\ud83d` is half of a character"),
]

BRACKETS = [
    ("a: «[»1, 2\nb: 3\n", NOT_CLOSED),
    ("a: «{»x: 1, y: 2\nb: 3\n", NOT_CLOSED),
    ("a: «{»x: {y: 1}\n", NOT_CLOSED),
    ("a: [1, 2]«]»\n", "`]` closes nothing"),
    ("a: «{»x:", NOT_CLOSED),
    ("a: {x: «]»}\n", "unquoted text cannot start with `]`"),
    ("a: {x: 1«]»\n", "`]` cannot close what `{` has opened"),
    ("a: {x: 1 «y»: 2}\n", COMMA),
    ('a: ["x" «"y"»]\n'.replace('«"y"»', '«"»y"'), COMMA),
    ('{"a": 1\n«"b"»: 2}\n', COMMA),
    ("a: {value: list.results«[»0].id}\n", "`[` cannot stand in unquoted text within brackets"),
    ("a: «[»CRM] Query\nb: 2\n", "unquoted text cannot start with `[`"),
]

TEMPLATES = [
    ("a: «{{#Base}}»\nb: 2\n", TEMPLATE),
    ("a: «{{#Base}}»/items\nb: 2\n", TEMPLATE),
    ("a: «{{$list.results}}»\nb: 2\n", TEMPLATE),
    ("a: «{{$list.results}}» more\nb: 2\n", TEMPLATE),
    ("a: {type: template, value: «{{#Base}}»/y}\n", TEMPLATE),
    ("a: {type: template, value: «{{$x.y}}»}\n", TEMPLATE),
    ("a: {type: template, value: «{{$x.y}}» z}\n", TEMPLATE),
    ("a: [«{{$x.y}}», z]\n", TEMPLATE),
    ("a: {type: template, value: «{{#Base}}»}", TEMPLATE),
    ("a: {value: to «{{#Base}}»}\n", "`{{` cannot stand in unquoted text within brackets"),
]

STARTS = [
    ("a: «@»home\n", "unquoted text cannot start with `@`"),
    ("a: «`»code`\n", "unquoted text cannot start with a backquote"),
    ("a: «%»d\n", "unquoted text cannot start with `%`"),
    ("a: «*»/15 * * * *\n", "unquoted text cannot start with `*`"),
    ("a: «*»*bold**\n", "unquoted text cannot start with `*`"),
    ("a: «&» more\n", "unquoted text cannot start with `&`"),
    ("a: «>»= 5\n", "unquoted text cannot start with `>`"),
    ("a: «|» pipe\n", "unquoted text cannot start with `|`"),
    ("a: «!»<x\n", "unquoted text cannot start with `!`"),
    ("a: «,» b\n", "unquoted text cannot start with `,`"),
    ("a: «?» b\n", "unquoted text cannot start with `?`"),
    ("a: {b: «@»c}\n", "unquoted text cannot start with `@`"),
]

WHOLE_FILES = [
    ("a: 1\n...\n«b: 2»\n", "the document has ended above; this cannot follow"),
    ('{"a": 1}«}»\n', "the document has ended above; this cannot follow"),
    ("«%YAML 1.2»\na: 1\n", "a line that starts with `%` is an instruction to the YAML parser"),
    ("a: 1\n«%: 2»\n", "a line that starts with `%` is an instruction to the YAML parser"),
    ("a: x«\x01»y\n", "the control character U+0001 is not allowed in YAML"),
    ("a: x«\ud800»y\n", "the control character U+D800 is not allowed in YAML"),
    ("«\0»a\0:\0 \x001", "a NUL character is not allowed in YAML"),
    ("a: &x «&y 1»\n", "this cannot stand here"),
]

ALL = [*INDENTATION, *COLONS, *QUOTES, *BRACKETS, *TEMPLATES, *STARTS, *WHOLE_FILES]


@pytest.mark.parametrize(("marked", "message"), ALL)
def test_a_mistake_is_reported_in_plain_words_at_its_own_characters(marked, message):
    text = marked.replace("«", "").replace("»", "")
    diagnostics = parse(Source("case.yml", text)).diagnostics
    shown = [text[: d.span.start] + "«" + d.span.text + "»" + text[d.span.end :] for d in diagnostics]
    assert [(found.rule, found.message) for found in diagnostics] == [("yaml-syntax", message)]
    assert shown == [marked]
    assert diagnostics[0].severity is Severity.ERROR
    assert diagnostics[0].hint.endswith(".")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_places_are_right_with_every_kind_of_line_end(line_end):
    text = line_end.join(["a: 1", "b:", "  c: @d", ""])
    (found,) = parse(Source("case.yml", text)).diagnostics
    assert (found.span.first, found.span.text) == ((3, 6), "@")


FIXES = [
    ("a: @home  # comment\n", "a: '@home'  # comment\n"),
    ("a: b: it's\n", "a: 'b: it''s'\n"),
    ("a: {type: value, value: Note: this}\n", "a: {type: value, value: 'Note: this'}\n"),
    ("a: {type: template, value: to {{#Base}}/x}\n", "a: {type: template, value: 'to {{#Base}}/x'}\n"),
    ("a: {{$list.results}} more\n", "a: '{{$list.results}} more'\n"),
    ("a: {value: list.results[0].id}\n", "a: {value: 'list.results[0].id'}\n"),
    ("- [CRM] Query\n", "- '[CRM] Query'\n"),
]


@pytest.mark.parametrize(("broken", "mended"), FIXES)
def test_text_that_needs_quotes_can_be_mended(broken, mended):
    (found,) = parse(Source("case.yml", broken)).diagnostics
    ((edit,),) = [fix.edits for fix in found.fixes]
    assert broken[: edit.span.start] + edit.text + broken[edit.span.end :] == mended
    assert parse(Source("case.yml", mended)).diagnostics == ()


def test_no_quotes_are_offered_where_the_text_may_end_elsewhere():
    (found,) = parse(Source("case.yml", "a: @one, two\n")).diagnostics
    assert found.fixes == ()


INDENTS = [
    ("a:\n    b:\n        c: 1\n  d: 2\n", "It is indented by 2; what fits is 4 or 0."),
    ("a:\n  - b: 1\n   c: 2\n", "It is indented by 3; what fits is 4 or 2."),
    ("a:\n  - b: {}\n      c: 2\n", "It is indented by 6; what fits is 4."),
]


@pytest.mark.parametrize(("text", "hint"), INDENTS)
def test_the_hint_names_the_indentations_that_fit(text, hint):
    (found,) = parse(Source("case.yml", text)).diagnostics
    assert found.hint == hint


def test_a_closing_bracket_of_the_wrong_kind_shows_the_opening_one():
    (found,) = parse(Source("case.yml", "a: {x: 1]\n")).diagnostics
    assert [(related.span.start, related.span.text, related.message) for related in found.related] == [
        (3, "{", "opened here")
    ]


def test_a_template_without_quotes_is_read_as_the_text_that_was_meant():
    document = parse(Source("case.yml", "a: {{$list.results}}\nb: {type: template, value: {{ $x }}}\n"))
    assert document.data == {"a": "{{$list.results}}", "b": {"type": "template", "value": "{{ $x }}"}}
    assert [found.rule for found in document.diagnostics] == ["yaml-syntax", "yaml-syntax"]
