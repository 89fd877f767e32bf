"""Edits that put the right word in the place of a wrong one."""

import re

from xchange_cli.diagnostics import Edit, Fix
from xchange_cli.document.node import ALIAS, Node, Scalar
from xchange_cli.source import Span

_PLAIN = re.compile(r"[A-Za-z](?:[\w ./()-]*[\w.)])?", re.ASCII)
_YAML_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def use_word(word: str | None, node: Node, span: Span) -> tuple[Fix, ...]:
    """Put `word` in the place of `span`, a part of the scalar `node`.

    Nothing where there is no word, where it would need other quotes than the scalar has, and where an alias
    stands for the text: what is wrong is elsewhere then.
    """
    if word is None or not isinstance(node, Scalar) or not word.isprintable() or node.style == ALIAS:
        return ()
    if node.style == "'":
        fits = "'" not in word
    elif node.style == '"':
        fits = '"' not in word and "\\" not in word
    else:
        fits = bool(_PLAIN.fullmatch(word)) and word.casefold() not in _YAML_WORDS
    return (Fix((Edit(span, word),)),) if fits else ()


def did_you_mean(word: str | None, otherwise: str = "") -> str:
    return f"Did you mean `{word}`?" if word else otherwise
