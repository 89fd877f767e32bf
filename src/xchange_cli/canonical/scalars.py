"""How a scalar is written: without quotes, in which quotes, or as a block."""

import re
from functools import lru_cache
from typing import Any

from yaml import CSafeLoader

from xchange_cli.canonical.folding import escaped, folded, has_foldable_line, literal
from xchange_cli.canonical.readings import WORDS, is_ambiguous
from xchange_cli.canonical.tree import Leaf
from xchange_cli.document.core_schema import STARTS_OF_OTHERS, resolve

INDENT = "  "
_CORE = "tag:yaml.org,2002:"
_WIDTH = 80
_NARROWEST = 40
_PRINTABLE = "\x20-\x7e\xa1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd"
_UNPRINTABLE = re.compile(f"[^\n{_PRINTABLE}\U00010000-\U0010ffff]")
_NOT_IN_OLD_QUOTES = re.compile(f"[^{_PRINTABLE}]")
_PLAIN = re.compile(r"""(?![-?:,\[\]{}\#&*!|=>'"%@` ])(?:[^,\[\]{}:#\n]|(?<=[^ ])\#)+(?<! )""")
_ESCAPED_EMOJI = re.compile(r"\\U[0-9A-Fa-f]{8}")
_LAST_OF_OLD = "\uffff"
_KEPT_IN_BLOCKS = str.maketrans("", "", "\t\xa0")


def written(leaf: Leaf, level: int, mark: str, raw: str, *, is_key: bool = False) -> str:
    """Write a scalar that stands `level` levels deep; `mark` is the quote wanted, `raw` what the file has for it.

    Lines but the first are indented already.
    """
    text = leaf.value
    if leaf.tag not in {"", f"{_CORE}str"}:
        shown = text if not leaf.style else _in_quotes(text, mark)
        return f"{leaf.tag.replace(_CORE, '!!')} {shown}"
    if not leaf.style and not leaf.tag:
        bare = _without_quotes(text, is_key=is_key)
        if bare is not None:
            return bare
    if not text or text in WORDS:
        return _in_quotes(text, mark)
    if leaf.style == '"' and max(text) > _LAST_OF_OLD and _ESCAPED_EMOJI.search(raw):
        return escaped(text, _NOT_IN_OLD_QUOTES)
    if not is_key and leaf.style in {"|", ">"} and _needs_escapes(text) and not _needs_escapes(_bare(text)):
        return _checked(literal(text, INDENT * level), text, level)
    if _needs_escapes(text) or (is_key and "\n" in text):
        return escaped(text, _UNPRINTABLE)
    return _printable(text, level, mark, is_key=is_key)


def quote_of(leaves: list[Leaf]) -> str:
    """Give the quote that most of the texts have that need one and could have either; `'` where none has more."""
    balance = 0
    for leaf in leaves:
        if leaf.style in {"'", '"'} and not leaf.tag and _takes_either(leaf.value):
            balance += 1 if leaf.style == '"' else -1
    return '"' if balance > 0 else "'"


def _takes_either(text: str) -> bool:
    if len(text) > _NARROWEST or any(mark in text for mark in "'\"\\\n") or _UNPRINTABLE.search(text):
        return False
    return text in WORDS or not _fits_bare(text)


def _without_quotes(text: str, *, is_key: bool) -> str | None:
    """Write what stands without quotes and is no text, or no text to every reader, as it was."""
    if text[:1] not in STARTS_OF_OTHERS and text[:1] != "<":
        return None
    data = resolve(text)
    if not isinstance(data, str):
        if is_key or not (data is None or isinstance(data, bool)):
            return text
        return {None: "null", True: "true", False: "false"}[data]
    return text if is_ambiguous(text) else None


def _printable(text: str, level: int, mark: str, *, is_key: bool) -> str:
    width = max(_NARROWEST, _WIDTH - len(INDENT) * level)
    has_long_line = not is_key and has_foldable_line(text, width)
    if "\n" not in text and not has_long_line:
        return text if _fits_bare(text) else _in_quotes(text, mark)
    indent = INDENT * level
    block = folded(text, indent, width) if has_long_line else literal(text, indent)
    return _checked(block, text, level)


@lru_cache(maxsize=4096)
def _fits_bare(text: str) -> bool:
    """Tell whether printable text on one line needs no quotes; kept, since files repeat most of their words."""
    return _PLAIN.fullmatch(text) is not None and not is_ambiguous(text)


def _in_quotes(text: str, mark: str) -> str:
    """Write text on one line in quotes, in double ones only where nothing needs an escape."""
    if mark == '"' and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _needs_escapes(text: str) -> bool:
    return _UNPRINTABLE.search(text) is not None


def _bare(text: str) -> str:
    """Leave out what people have in blocks although the builder's writer has it in double quotes only."""
    return text.translate(_KEPT_IN_BLOCKS)


def _checked(block: str, text: str, level: int) -> str:
    """Give a block if it reads as the text; what blocks cannot hold stands in double quotes."""
    loader = CSafeLoader(f"{INDENT * (level - 1)}- {block}\n")
    try:
        event: Any = loader.get_event()
        while not hasattr(event, "value"):
            event = loader.get_event()
        return block if event.value == text else escaped(text, _UNPRINTABLE)
    finally:
        loader.dispose()
