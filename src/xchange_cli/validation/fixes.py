"""Edits that put the right word in the place of a wrong one."""

from collections.abc import Sequence

from xchange_cli.diagnostics import Edit, Fix
from xchange_cli.document.node import ALIAS, Node, Scalar
from xchange_cli.document.quoting import fits_plain, is_bare, quoted, written_text
from xchange_cli.source import Span


def use_word(word: str | None, node: Node, span: Span, *, safe: bool = False) -> tuple[Fix, ...]:
    """Put `word` in the place of `span`, the scalar `node` or a part of its text; quotes and anchor stay.

    Nothing where there is no word, where it would need other quotes than the scalar has, where the text has escapes
    or is folded, and where an alias stands for it: what is wrong is elsewhere then.
    """
    if not word or not isinstance(node, Scalar) or not word.isprintable() or node.style == ALIAS:
        return ()
    place = written_text(node) if span == node.span else span
    if place is None or place.text not in node.value or not _fits(word, node):
        return ()
    return (Fix((Edit(place, word),), safe),)


def _fits(word: str, node: Scalar) -> bool:
    match node.style:
        case "'":
            return "'" not in word
        case '"':
            return '"' not in word and "\\" not in word
        case _:
            return fits_plain(word)


def in_quotes(node: Node, *, safe: bool = False) -> tuple[Fix, ...]:
    """Make text of a number or truth value that stands without quotes, exactly as it is written."""
    if not isinstance(node, Scalar) or not node.value or not is_bare(node):
        return ()
    return (Fix((Edit(node.span, quoted(node.value)),), safe),)


def without_quotes(word: str, node: Node, *, safe: bool = False) -> tuple[Fix, ...]:
    """Write `word`, a number or truth value, in the place of a text with or without quotes."""
    text = node.span.text
    if not isinstance(node, Scalar) or text not in {node.value, f"'{node.value}'", f'"{node.value}"'}:
        return ()
    return (Fix((Edit(node.span, word),), safe),)


def is_spelling(word: str, meant: str | None) -> bool:
    """Tell whether two words differ in capitals, blanks, dashes and underscores only."""
    return meant is not None and _letters(word) == _letters(meant) != ""


def _letters(word: str) -> str:
    return "".join(character for character in word.casefold() if character not in " -_")


def did_you_mean(word: str | None, otherwise: str = "") -> str:
    return f"Did you mean `{word}`?" if word else otherwise


def listed(words: Sequence[str], most: int) -> str:
    """Name so many words for a hint, and say whether there are others."""
    named = ", ".join(f"`{word}`" for word in words[:most])
    return f"{named}{' and others' if len(words) > most else ''}"
