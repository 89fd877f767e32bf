"""Common operations on text; lengths and positions count UTF-16 units, as in JavaScript."""

import base64
import html
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from xchange_cli.components.conversions import to_binary, to_integer, to_object, to_string
from xchange_cli.components.inputs import read, read_list, read_required
from xchange_cli.components.limits import refuse_longer
from xchange_cli.components.spec import (
    ActionContext,
    ActionError,
    ActionResult,
    Example,
    Implementation,
)
from xchange_cli.javascript.errors import JavaScriptError
from xchange_cli.javascript.text import trim, utf16_length, utf16_slice

_LONG_REFERENCE = re.compile("&#0*([0-9]{8})[0-9]*")
_NOT_BASE64 = re.compile("[^A-Za-z0-9+/]")
_PATTERN_IN_SLASHES = re.compile(r"/.+/[dgimsuvy]*", re.DOTALL)
_MATCH = "(text, regex, flags) => text.match(new RegExp(regex, flags))"


def of_text(change: Callable[[str], Any], _context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    return ActionResult(data=change(_text(inputs)))


def decode_base64(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Decode as Node.js: the URL alphabet counts too, other characters are passed over."""
    digits = _NOT_BASE64.sub("", _text(inputs).partition("=")[0].replace("-", "+").replace("_", "/"))
    usable = digits[: -1 if len(digits) % 4 == 1 else None]
    data = base64.b64decode(usable + "=" * (-len(usable) % 4))
    text = data.decode("utf-8", "replace")
    if text.encode() != data:
        context.warn("the decoded bytes are not UTF-8; bytes that are not text became \ufffd")
    return ActionResult(data=text)


def encode_base64(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    data, _ = read_required(inputs, "text", to_binary)
    return ActionResult(data=base64.b64encode(data).decode())


def cut(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Cut by position; negative positions count from the end, without a stop the rest is meant."""
    start = read(inputs, "sliceStart", to_integer, 0)
    stop = None if inputs.get("sliceStop") is None else read(inputs, "sliceStop", to_integer)
    return ActionResult(data=utf16_slice(_text(inputs), start, stop))


def replace(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Replace every occurrence of a text.

    The documentation mentions regular expressions in passing; here the text to find is plain.
    """
    find = read_required(inputs, "find", to_string)
    if _PATTERN_IN_SLASHES.fullmatch(find):
        context.warn("find looks like a regular expression; it is found as plain text here")
    return ActionResult(data=_replaced(_text(inputs), find, read(inputs, "replace", to_string), "replace"))


def replace_multiple(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Replace one text after the other, so that a later one is also found in earlier replacements."""
    text = _text(inputs)
    for find, replacement in read(inputs, "replaceWith", to_object).items():
        if not find:
            raise ActionError("replaceWith has an empty text to find", input_key="replaceWith")
        text = _replaced(text, find, to_string(replacement), "replaceWith")
    return ActionResult(data=text)


def _replaced(text: str, find: str, replacement: str, input_key: str) -> str:
    more = len(replacement) - len(find)
    if more > 0:
        refuse_longer(len(text) + text.count(find) * more, input_key)
    return text.replace(find, replacement)


def html_decode(text: str) -> str:
    """Decode character references; a number beyond all characters gives U+FFFD, however long it is."""
    return html.unescape(_LONG_REFERENCE.sub(r"&#\1", text))


def html_encode(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Encode & < > and both quotation marks; how the platform writes the single one is not documented."""
    text = _text(inputs)
    if "'" in text:
        context.warn("a single quotation mark is written &#x27; here; the platform may write it otherwise")
    return ActionResult(data=html.escape(text))


def join(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Join with a separator; entries that are null join as empty text."""
    return _joined(_strings(inputs), read(inputs, "separator", to_string), 1, "separator")


def join_lines(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    line_end = read(inputs, "newlineType", to_string) or "\n"
    count = read(inputs, "numberOfNewlines", to_integer, 1)
    return _joined(_strings(inputs), line_end, max(count, 0), "numberOfNewlines")


def _joined(strings: list[str], separator: str, times: int, input_key: str) -> ActionResult:
    """Join with so many separators between each two texts."""
    gaps = max(len(strings) - 1, 0)
    refuse_longer(sum(map(len, strings)) + gaps * len(separator) * times, input_key)
    return ActionResult(data=(separator * times if gaps else "").join(strings))


def match(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Match a JavaScript regular expression.

    With the flag `g` a list of the matched texts; without it a list of the match and its groups. Null without a
    match. What the platform keeps of the details (index, named groups) is not documented; here nothing.
    """
    text, regex = _text(inputs), read_required(inputs, "regex", to_string)
    flags = read(inputs, "regexFlags", to_string) or "g"
    try:
        found = context.javascript.call_function(_MATCH, (text, regex, flags), seconds=context.seconds_left)
    except JavaScriptError as error:
        raise ActionError(f"regex: {error.message}", kind=error.kind, input_key="regex") from error
    if found is not None and "g" not in flags:
        context.warn("a match without the flag g gives only the match and its groups here")
    return ActionResult(data=found)


def split(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Split at a separator; an empty one splits into characters, as in JavaScript."""
    text, separator = _text(inputs), read_required(inputs, "separator", to_string)
    return ActionResult(data=text.split(separator) if separator else list(text))


def split_lines(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Split at line feeds, and drop empty lines unless told otherwise."""
    text = _text(inputs)
    if "\r" in text:
        context.warn("text is split at line feeds only; its carriage returns stay in the lines")
    lines = text.split("\n")
    keeps_blank = inputs.get("filterBlankLines") is False
    return ActionResult(data=[line for line in lines if line or keeps_blank])


def _text(inputs: Mapping[str, Any]) -> str:
    """Read the text to work on; one that is not set is empty."""
    return read(inputs, "text", to_string)


def _strings(inputs: Mapping[str, Any]) -> list[str]:
    return [to_string(item) for item in read_list(inputs, "strings")]


COMPONENT = Implementation(
    actions={
        "decodeBase64": decode_base64,
        "encodeBase64": encode_base64,
        "slice": cut,
        "replace": replace,
        "replaceMultipleSubstring": replace_multiple,
        "htmlDecode": partial(of_text, html_decode),
        "htmlEncode": html_encode,
        "join": join,
        "joinLines": join_lines,
        "lowerCase": partial(of_text, str.lower),
        "match": match,
        "trim": partial(of_text, trim),
        "splitLines": split_lines,
        "split": split,
        "stringLength": partial(of_text, utf16_length),
        "upperCase": partial(of_text, str.upper),
    },
    examples=(
        Example("decodeBase64", {"text": "aGk="}, "hi"),
        Example("decodeBase64", {"text": "w6Q"}, "ä"),
        Example("encodeBase64", {"text": "hi"}, "aGk="),
        Example("encodeBase64", {"text": {"data": b"\x00\xff", "contentType": "image/png"}}, "AP8="),
        Example("encodeBase64", {"text": 5}, None, error="text: the number 5 is not a file"),
        Example("slice", {"text": "abcde", "sliceStart": "1", "sliceStop": "4"}, "bcd"),
        Example("slice", {"text": "abcde", "sliceStart": "-2"}, "de"),
        Example("slice", {"text": "😀 ok", "sliceStart": "3"}, "ok"),
        Example("replace", {"text": "1-7-", "find": "-", "replace": None}, "17"),
        Example("replace", {"text": "1.7", "find": ".", "replace": ","}, "1,7"),
        Example(
            "replaceMultipleSubstring",
            {"text": "x + y", "replaceWith": [{"key": "x", "value": "a"}, {"key": "y", "value": "b"}]},
            "a + b",
        ),
        Example("htmlDecode", {"text": "a &lt; b &amp;&nbsp;c"}, "a < b &\u00a0c"),
        Example("htmlEncode", {"text": 'a < "b"'}, "a &lt; &quot;b&quot;"),
        Example("join", {"strings": ["gh", 12, None], "separator": "-"}, "gh-12-"),
        Example("joinLines", {"strings": ["a", "b"]}, "a\nb"),
        Example(
            "joinLines", {"strings": ["a", "b"], "newlineType": "\r\n", "numberOfNewlines": "2"}, "a\r\n\r\nb"
        ),
        Example(
            "joinLines",
            {"strings": ["a", "b"], "numberOfNewlines": "1000000000"},
            None,
            error="numberOfNewlines: the text would have 1000000002 characters; here a text may have 67108864",
        ),
        Example("lowerCase", {"text": "ÄBc"}, "äbc"),
        Example("match", {"text": "a1 b22", "regex": r"[a-z]\d+"}, ["a1", "b22"]),
        Example("match", {"text": "a1", "regex": r"([A-Z])(\d)", "regexFlags": "i"}, ["a1", "a", "1"]),
        Example("match", {"text": "a", "regex": "b"}, None),
        Example("match", {"text": "a", "regex": "("}, None, error="regex: SyntaxError"),
        Example("trim", {"text": " \n abc\u00a0"}, "abc"),
        Example("splitLines", {"text": "a\n\nb"}, ["a", "b"]),
        Example("splitLines", {"text": "a\n\nb", "filterBlankLines": False}, ["a", "", "b"]),
        Example("split", {"text": "a/b//", "separator": "/"}, ["a", "b", "", ""]),
        Example("split", {"text": "a😀", "separator": ""}, ["a", "😀"]),
        Example("split", {"text": "ab"}, None, error="separator is not set, or its value is null"),
        Example("stringLength", {"text": "a😀"}, 3),
        Example("upperCase", {"text": "abß"}, "ABSS"),
    ),
)
