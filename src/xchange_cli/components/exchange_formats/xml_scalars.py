"""What the text of an XML element stands for: a number, true, false or itself."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from xchange_cli.components.spec import ActionContext
from xchange_cli.javascript.values import describe, format_number, plain_number

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_HEXADECIMAL = re.compile(r"0[xX][0-9a-fA-F]{1,13}")
_WITH_LEADING_ZERO = re.compile(r"[+-]?0[0-9]")
_WORDS = {"true": True, "false": False}


class Scalars:
    """Reads the texts of one document, and warns once of each kind of reading that may be a surprise."""

    def __init__(self, context: ActionContext, *, is_on: bool) -> None:
        self._context = context
        self._is_on = is_on
        self._warned: set[str] = set()

    def read(self, text: str) -> Any:
        """Give a number for numeric text, unless a digit would be lost: then the text stays."""
        if not self._is_on or not text:
            return text
        if text in _WORDS:
            self._warn_once(
                "word", f"the text {text} of XML is read as a boolean here; that is not documented"
            )
            return _WORDS[text]
        if _NUMBER.fullmatch(text):
            return self._number(text)
        return int(text, 16) if _HEXADECIMAL.fullmatch(text) else text

    def _number(self, text: str) -> Any:
        number = float(text)
        if not _is_exact(number, text):
            return text
        if _WITH_LEADING_ZERO.match(text):
            read = f"{describe(text)} of XML is read as the number {format_number(number)}"
            self._warn_once("zero", f"{read}; set numbersAsStrings to keep leading zeros")
        return plain_number(number)

    def _warn_once(self, kind: str, message: str) -> None:
        if kind not in self._warned:
            self._warned.add(kind)
            self._context.warn(message)


def _is_exact(number: float, text: str) -> bool:
    try:
        return Decimal(repr(number)) == Decimal(text)
    except InvalidOperation:  # an exponent too far from 0 even for decimals
        return False
