"""Broken JSON: what is wrong, where, and what to do."""

import pytest

from xchange_cli.document.json_text import read_json
from xchange_cli.errors import XchangeError
from xchange_cli.source import Source


def told(text):
    with pytest.raises(XchangeError) as caught:
        read_json(Source("a.json", text))
    error = caught.value
    return f"{error.place.line}:{error.place.column}", error.message.removeprefix("not JSON: "), error.hint


@pytest.mark.parametrize(
    ("text", "place", "reason", "hint"),
    [
        ("", "1:1", "there is no value", "Write one, such as `{}`."),
        ('{"a": 1,\n}', "1:8", "the last `,` is one too many", "Remove the comma."),
        ("[1,\n]\n", "1:3", "the last `,` is one too many", "Remove the comma."),
        ('{"a": 1, // one\n}', "1:10", "there are no comments in JSON", "Remove the comment; a YAML file may have some."),
        ("# one\n[]", "1:1", "there are no comments in JSON", "Remove the comment; a YAML file may have some."),
        ("{'a': 1}", "1:2", "text stands in double quotes, not in single ones", "Write `\"` in place of `'`."),
        ("{\"a\": 'b'}", "1:7", "text stands in double quotes, not in single ones", "Write `\"` in place of `'`."),
        ("{a: 1}", "1:2", "a key must stand in double quotes", 'Write `"key": value`.'),
        ("{, 1}", "1:2", "a key must stand here", 'Write `"key": value`, or close the bracket.'),
        ("[1,2\n", "1:1", "the `[` is never closed", "Add the missing `]`."),
        ('[{"a": "]"}, {"a":\n', "1:14", "the `{` is never closed", "Add the missing `}`."),
        ("[1,\n {\n", "2:2", "the `{` is never closed", "Add the missing `}`."),
        ("[1}", "1:3", "`}` cannot close what `[` has opened", "Use matching brackets."),
        ("[1 2]", "1:4", "a `,` is missing before this", "Add the comma."),
        ('{"a" 1}', "1:6", "a `:` is missing before this", 'Write `"key": value`.'),
        ('{"a": }', "1:7", "a value must stand here", "Add the value; text goes in double quotes."),
        ('{"a": True}', "1:7", "`True` is no word of JSON", "Write `true`."),
        ('{"a": undefined}', "1:7", "`undefined` is no word of JSON", "Write `null`."),
        ('{"a": blue}', "1:7", "text must stand in double quotes", 'Write `"text"`.'),
        ("[.5]", "1:2", "a number cannot start so", "Write it as in `0.5` or `10`, or in double quotes."),
        ("[NaN]", "1:2", "NaN is JavaScript only", "Write a number, `null`, or a text in double quotes."),
        ("{}\n{}", "2:1", "the value has ended before; this cannot follow", "Remove it, or put all values into one list."),
        ('["a', "1:2", "the text that starts with this quote never ends", "Add the closing quote."),
        ('["a,\n"b"]', "1:2", "the text that starts with this quote does not end in its line",
         "Add the closing quote; a line break in a text is written `\\n`."),
        ('["a\tb"]', "1:4", "a tab cannot stand in a text", "Write `\\t`."),
        ('["a\x01"]', "1:4", "the control character U+0001 cannot stand in a text", "Write `\\u0001`."),
        ('["C:\\q"]', "1:5", "`\\q` means nothing in a text", "Write `\\\\` for a backslash."),
        ('["C:\\\n"]', "1:5", "`\\` means nothing in a text", "Write `\\\\` for a backslash."),
        ('["\\u12"]', "1:3", "`\\u` must be followed by four hexadecimal digits", "Write `\\\\` for a backslash."),
    ],
)  # fmt: skip
def test_a_mistake_in_json_is_told_in_words_where_it_is(text, place, reason, hint):
    assert told(text) == (place, reason, hint)
