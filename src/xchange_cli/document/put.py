"""Values put into a file in place: only the characters concerned change.

Refused, with the place, are: text where a list or a mapping stands, and the other way round; half of a surrogate pair;
a key of more than a thousand characters; an empty value whose place cannot be told, or whose key has no colon; an item
that is taken out while an alias stands for it; a key added to a pair in a list (`[a: b]`); a list with an item that is
not behind its dash, or one that grows behind a block that the file ends with, without a line end. An anchor stays, so
the aliases of a value follow it.

Each function works on the text as it is: of two values for keys that are not there yet, put one, read the text again,
and put the other.
"""

import re
from collections.abc import Sequence

from xchange_cli.diagnostics import Edit
from xchange_cli.document.entries import line_end
from xchange_cli.document.new_entry import added, own_entry
from xchange_cli.document.node import ALIAS, Mapping, Node, Scalar
from xchange_cli.document.node import Sequence as List
from xchange_cli.document.put_list import changed_list, new_list
from xchange_cli.document.refusal import refusal
from xchange_cli.document.scalar_place import ScalarPlace, place_behind, place_of
from xchange_cli.document.scalar_styles import BlockText, inline, usual_quote
from xchange_cli.source import Source, Span

LONGEST_KEY = 1000
"""A key in front of a colon may have 1,024 characters; a few are left for an anchor."""

_INDENT = re.compile(" *")
_SURROGATE = re.compile("[\ud800-\udfff]")


def put_text(mapping: Mapping, key: str, text: str, order: Sequence[str]) -> Edit:
    """Make `text` the value of `key`, in the style that the value has; a new key stands where `order` puts it.

    Text of several lines becomes a literal block where one can stand, unless the value was of several lines, too.

    Raises:
        XchangeError: INVALID, with the place; the module says for what.

    """
    entry = own_entry(mapping, key)
    if entry is None:
        _require_characters(text, mapping)
        return added(mapping, key, order, lambda node: replace_scalar(node, text))
    value = entry.value
    if value.data == text and isinstance(value.data, str):
        return nothing(value.source, value.start)
    if value.source.text.startswith("*", value.start):
        value = Scalar(value.source, value.start, value.end, "", ALIAS, None)
    if not isinstance(value, Scalar):
        raise refusal(f"`{key}` is {value.kind} here, so no text can be put there", value)
    if value.start == value.end:
        return _put_behind(entry.key, text)
    return replace_scalar(value, text)


def put_texts(mapping: Mapping, key: str, items: Sequence[str], order: Sequence[str]) -> list[Edit]:
    """Make a list of texts the value of `key`: items that stay are not touched, new ones are added at the end.

    A comment behind an item goes with it. No edits where the list says that already.

    Raises:
        XchangeError: INVALID, with the place; the module says for what.

    """
    for item in items:
        _require_characters(item, mapping)
    entry = own_entry(mapping, key)
    if entry is None:
        return [new_list(mapping, key, items, order)]
    value = entry.value
    if value.data == list(items):
        return []
    if value.source.text.startswith("*", value.start):
        value = Scalar(value.source, value.start, value.end, "", ALIAS, None)
    if isinstance(value, List):
        return changed_list(entry.key, value, items)
    if not isinstance(value, Scalar):
        raise refusal(f"`{key}` is {value.kind} here, so no list can be put there", value)
    place = place_behind(entry.key) if value.start == value.end else place_of(value, for_text=False)
    if place is None:
        raise refusal(f"`{key}` has no colon, so no value can be put behind it", entry.key)
    quote = usual_quote(place.source)
    written = ", ".join(inline(item, "", quote, in_flow=True) for item in items)
    return [_in_line(place, f"[{written}]")]


def replace_scalar(node: Scalar, text: str) -> Edit:
    """Make `text` what one scalar says: a value, an item or a key, in block or flow style.

    Raises:
        XchangeError: INVALID, with the place; the module says for what.

    """
    _require_characters(text, node)
    if node.data == text:
        return nothing(node.source, node.start)
    if node.start == node.end and node.source.text[node.start - 1 : node.start] != ":":
        raise refusal("the place of this empty value cannot be told; write '' there", node)
    place = place_of(node)
    if node.start == node.end:
        place = place._replace(lead=" ")
    if not node.value and place.style in {
        "'",
        '"',
    }:  # an empty text needs quotes: they say nothing of the next one
        place = place._replace(style="")
    edit = _written(place, text, was_multi_line="\n" in node.value.rstrip("\n"))
    if place.is_key and len(edit.text) > LONGEST_KEY:
        message = f"a key of {len(edit.text):,} characters is too long; it may have {LONGEST_KEY:,}"
        raise refusal(message, node, hint="Choose a shorter one.")
    return edit


def nothing(source: Source, offset: int) -> Edit:
    """Give an edit that changes nothing."""
    return Edit(Span(source, offset, offset), "")


def _require_characters(text: str, node: Node) -> None:
    if _SURROGATE.search(text):
        raise refusal("the new text has half of a surrogate pair, which no file can hold", node)


def _put_behind(key: Scalar, text: str) -> Edit:
    place = place_behind(key)
    if place is None:
        raise refusal(f"`{key.value}` has no colon, so no value can be put behind it", key)
    return _written(place, text, was_multi_line=False)


def _written(place: ScalarPlace, text: str, *, was_multi_line: bool) -> Edit:
    is_new_kind = "\n" in text.rstrip("\n") and not was_multi_line
    if place.style in {"|", ">"} or ("\n" in text and (is_new_kind or place.style != '"')):
        block = _as_block(place, text, "|" if is_new_kind else place.style)
        if block is not None:
            return block
    return _in_line(place, _inline(place, text))


def _inline(place: ScalarPlace, text: str) -> str:
    source = place.source
    plain = inline(text, place.style, usual_quote(source), in_flow=True)
    if plain == text or place.style in {"'", '"'}:
        return _quoted_before_comment(place, plain, text)
    written = inline(text, place.style, usual_quote(source), in_flow=place.is_in_flow)
    return _quoted_before_comment(place, written, text)


def _quoted_before_comment(place: ScalarPlace, written: str, text: str) -> str:
    is_close = place.source.text.startswith("#", place.end) and not place.header_comment
    return inline(text, "'", "'", in_flow=True) if is_close and written == text else written


def _in_line(place: ScalarPlace, written: str) -> Edit:
    text = place.lead + written
    if place.header_comment:
        text += f" {place.header_comment}"
    return Edit(Span(place.source, place.start, place.end), text)


def _as_block(place: ScalarPlace, text: str, style: str) -> Edit | None:
    """Write a literal or folded block, and the line ends behind it; None where none can stand."""
    block, comment = BlockText.of(text, style), place.comment
    if block is None or comment is None or place.is_key or not place.indent:
        return None
    indent = place.indent
    indicator = ""
    if block.needs_indicator:
        if place.parent is None or not 1 <= indent - place.parent <= 9:
            return None
        indicator = str(indent - place.parent)
    behind = place.empty_lines
    if _indent_at(place.source, behind.end) >= indent or (place.style not in {"|", ">"} and place.is_in_flow):
        return None
    ending = line_end(place.source, place.start)
    head = f"{place.lead}{block.style}{indicator}{block.chomping}{' ' + comment if comment else ''}"
    tail = _line_ends(behind.text, block, indent, ending)
    end = behind.start if tail == behind.text else behind.end
    content = block.content(indent, ending) + (tail if end == behind.end else "")
    return Edit(Span(place.source, place.start, end), head + content)


def _indent_at(source: Source, offset: int) -> int:
    """Give the indentation of the line that starts here; less than any at the end of the text."""
    found = _INDENT.match(source.text, offset)
    return -1 if offset == len(source.text) or found is None else len(found.group())


def _line_ends(behind: str, block: BlockText, indent: int, ending: str) -> str:
    """Give the line ends and empty lines that are to follow a block: they are part of what some blocks say."""
    if block.breaks > 1:
        return ending * block.breaks
    if block.breaks == 1 and not behind:
        return ending
    blanks = max((len(line) for line in re.split(r"\r\n|\r|\n", behind)), default=0)
    return re.sub(r"[ \t]+", "", behind) if blanks > indent else behind
