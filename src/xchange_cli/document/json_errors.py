"""What Python's JSON reader complains about, in words that help."""

import re
from typing import NamedTuple

_BLANKS = re.compile(r"[ \t\r\n]*")
_COMMENT = re.compile(r"//|/\*|#")
_TOKEN = re.compile(r'"(?:[^"\\\r\n]|\\.)*"?|[\[\]{}]')
_WORD = re.compile(r"[\w$.+-]+")
_CLOSING = {"{": "}", "[": "]"}
_WORDS_OF_OTHERS = {"True": "true", "False": "false", "None": "null", "nil": "null", "undefined": "null"}


class JsonMistake(NamedTuple):
    """`offset` is where the text is wrong. Neither message nor hint shows a value, which may be a secret."""

    reason: str
    hint: str
    offset: int


def json_mistake(text: str, problem: str, offset: int) -> JsonMistake:
    """Explain what the reader says of a place."""
    if problem.startswith("Unterminated"):
        return JsonMistake(
            "the text that starts with this quote never ends", "Add the closing quote.", offset
        )
    if problem.startswith("Invalid"):
        return _in_string(text, offset)
    offset = _after_blanks(text, offset)
    if offset == len(text):
        return _at_the_end(text)
    if _COMMENT.match(text, offset):
        hint = "Remove the comment; a YAML file may have some."
        return JsonMistake("there are no comments in JSON", hint, offset)
    comma = offset if "trailing comma" in problem else _comma_before(text, offset)
    if comma is not None:
        return JsonMistake("the last `,` is one too many", "Remove the comma.", comma)
    if problem.startswith("Extra data"):
        hint = "Remove it, or put all values into one list."
        return JsonMistake("the value has ended before; this cannot follow", hint, offset)
    if "property name" in problem:
        return _no_key(text, offset)
    return (
        _no_value(text, offset)
        if problem.startswith("Expecting value")
        else _no_delimiter(text, problem, offset)
    )


def _in_string(text: str, offset: int) -> JsonMistake:
    escape = text.rfind("\\", 0, offset + 1)
    if ord(text[offset]) >= ord(" "):
        sequence = text[escape : escape + 2]
        if sequence == "\\u":
            return JsonMistake(
                "`\\u` must be followed by four hexadecimal digits", "Write `\\\\` for a backslash.", escape
            )
        shown = sequence if sequence[1:].isprintable() else "\\"
        return JsonMistake(f"`{shown}` means nothing in a text", "Write `\\\\` for a backslash.", escape)
    if text[offset] in "\r\n":
        start = [token.start() for token in _TOKEN.finditer(text, 0, offset)][-1]
        hint = "Add the closing quote; a line break in a text is written `\\n`."
        return JsonMistake("the text that starts with this quote does not end in its line", hint, start)
    if text[offset] == "\t":
        return JsonMistake("a tab cannot stand in a text", "Write `\\t`.", offset)
    code = f"{ord(text[offset]):04X}"
    return JsonMistake(
        f"the control character U+{code} cannot stand in a text", f"Write `\\u{code}`.", offset
    )


def _at_the_end(text: str) -> JsonMistake:
    start = _after_blanks(text, 0)
    if start == len(text):
        return JsonMistake("there is no value", "Write one, such as `{}`.", 0)
    opened = _open_bracket(text, len(text))
    if opened is None:
        return JsonMistake("a value is missing", "", start)
    bracket = text[opened]
    return JsonMistake(f"the `{bracket}` is never closed", f"Add the missing `{_CLOSING[bracket]}`.", opened)


def _no_key(text: str, offset: int) -> JsonMistake:
    if text[offset] == "'":
        return _single_quotes(offset)
    if _WORD.match(text, offset):
        return JsonMistake("a key must stand in double quotes", 'Write `"key": value`.', offset)
    return JsonMistake("a key must stand here", 'Write `"key": value`, or close the bracket.', offset)


def _no_value(text: str, offset: int) -> JsonMistake:
    word = _WORD.match(text, offset)
    if text[offset] == "'":
        return _single_quotes(offset)
    if word is None:
        return JsonMistake("a value must stand here", "Add the value; text goes in double quotes.", offset)
    meant = _WORDS_OF_OTHERS.get(word[0], word[0].lower())
    if meant in {"true", "false", "null"}:
        return JsonMistake(f"`{word[0]}` is no word of JSON", f"Write `{meant}`.", offset)
    if word[0][0] in "+.0123456789":
        return JsonMistake(
            "a number cannot start so", "Write it as in `0.5` or `10`, or in double quotes.", offset
        )
    return JsonMistake("text must stand in double quotes", 'Write `"text"`.', offset)


def _no_delimiter(text: str, problem: str, offset: int) -> JsonMistake:
    if "':'" in problem:
        return JsonMistake("a `:` is missing before this", 'Write `"key": value`.', offset)
    opened = _open_bracket(text, offset)
    if text[offset] in "]}" and opened is not None:
        reason = f"`{text[offset]}` cannot close what `{text[opened]}` has opened"
        return JsonMistake(reason, "Use matching brackets.", offset)
    return JsonMistake("a `,` is missing before this", "Add the comma.", offset)


def _single_quotes(offset: int) -> JsonMistake:
    return JsonMistake(
        "text stands in double quotes, not in single ones", "Write `\"` in place of `'`.", offset
    )


def _comma_before(text: str, offset: int) -> int | None:
    """Give the place of the comma before a closing bracket."""
    before = text[:offset].rstrip(" \t\r\n")
    return len(before) - 1 if text[offset] in "]}" and before.endswith(",") else None


def _open_bracket(text: str, end: int) -> int | None:
    """Give the place of the innermost bracket that is open there."""
    opened: list[int] = []
    for token in _TOKEN.finditer(text, 0, end):
        if token[0] in _CLOSING:
            opened.append(token.start())
        elif token[0] in "]}" and opened:
            opened.pop()
    return opened[-1] if opened else None


def _after_blanks(text: str, offset: int) -> int:
    found = _BLANKS.match(text, offset)
    return found.end() if found is not None else offset
