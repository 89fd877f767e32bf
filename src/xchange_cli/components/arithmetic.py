"""Arithmetic expressions in a text: numbers, + - * / %, ^ or ** for powers, parentheses, the names of `Math`.

Powers bind tighter than a sign (-2 ^ 2 is -4) and group from the right. Names may begin with `Math.`.
"""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from xchange_cli.components.spec import ActionError
from xchange_cli.javascript.mathematics import (
    CONSTANTS,
    OF_MANY,
    OF_ONE,
    OF_TWO,
    divide,
    power,
    remainder,
)

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>(?:Math\.)?[A-Za-z_][A-Za-z0-9_]*)|(?P<sign>\*\*|[-+*/%^(),]))"
)
_MOST_NESTED = 50

_SUMS: Mapping[str, Callable[[float, float], float]] = {"+": float.__add__, "-": float.__sub__}
_PRODUCTS: Mapping[str, Callable[[float, float], float]] = {
    "*": float.__mul__,
    "/": divide,
    "%": remainder,
}


class _Token(NamedTuple):
    kind: str
    text: str
    offset: int


def evaluate(expression: str, random: Callable[[], float]) -> float:
    """Give the value of an expression; `random` serves the function of that name.

    Raises:
        ActionError: the text is not an expression, or nested too deeply; the error's offset says where.

    """
    return _Evaluator(_tokens(expression), random).whole()


def _tokens(text: str) -> list[_Token]:
    tokens = []
    offset, end = 0, len(text.rstrip())
    while offset < end:
        match = _TOKEN.match(text, offset)
        if match is None or match.lastgroup is None:
            offset = end - len(text[offset:end].lstrip())
            raise ActionError(f'"{text[offset]}" does not belong in an expression', offset=offset)
        tokens.append(_Token(match.lastgroup, match[match.lastgroup], match.start(match.lastgroup)))
        offset = match.end()
    return [*tokens, _Token("end", "", end)]


class _Evaluator:
    """Evaluates while it reads: one method for each level of binding."""

    def __init__(self, tokens: list[_Token], random: Callable[[], float]) -> None:
        self._tokens = tokens
        self._next = 0
        self._nested = 0
        self._random = random

    def whole(self) -> float:
        value = self._sum()
        if self._token.kind != "end":
            raise self._unexpected("an operator")
        return value

    @property
    def _token(self) -> _Token:
        return self._tokens[self._next]

    def _take(self, *texts: str) -> str:
        """Go past the next token if it is one of these, and give it; "" if it is not."""
        text = self._token.text
        if text not in texts:
            return ""
        self._next += 1
        return text

    def _sum(self) -> float:
        return self._chain(self._product, _SUMS)

    def _product(self) -> float:
        return self._chain(self._signed, _PRODUCTS)

    def _chain(
        self, operand: Callable[[], float], operators: Mapping[str, Callable[[float, float], float]]
    ) -> float:
        value = operand()
        while operator := self._take(*operators):
            value = operators[operator](value, operand())
        return value

    def _signed(self) -> float:
        self._nested += 1
        if self._nested > _MOST_NESTED:
            raise ActionError("the expression is nested too deeply", offset=self._token.offset)
        sign = self._take("-", "+")
        value = self._signed() if sign else self._power()
        self._nested -= 1
        return -value if sign == "-" else value

    def _power(self) -> float:
        base = self._operand()
        return power(base, self._signed()) if self._take("^", "**") else base

    def _operand(self) -> float:
        token = self._token
        if token.kind == "number":
            self._next += 1
            return float(token.text)
        if token.kind == "name":
            self._next += 1
            return self._named(token)
        if not self._take("("):
            raise self._unexpected("a number")
        value = self._sum()
        self._close()
        return value

    def _named(self, token: _Token) -> float:
        name = token.text.removeprefix("Math.")
        if name in CONSTANTS:
            return CONSTANTS[name]
        if not self._take("("):
            raise ActionError(f'"{token.text}" is neither a constant nor called', offset=token.offset)
        arguments = [] if self._token.text == ")" else self._arguments()
        self._close()
        return self._call(token, name, arguments)

    def _arguments(self) -> list[float]:
        arguments = [self._sum()]
        while self._take(","):
            arguments.append(self._sum())
        return arguments

    def _call(self, token: _Token, name: str, arguments: list[float]) -> float:
        functions: tuple[tuple[Mapping[str, Callable[..., float]], int], ...] = (
            ({"random": self._random}, 0),
            (OF_ONE, 1),
            (OF_TWO, 2),
            (OF_MANY, len(arguments)),
        )
        for table, count in functions:
            if name in table and len(arguments) == count:
                return table[name](*arguments)
            if name in table:
                plural = "" if count == 1 else "s"
                message = f"{token.text} takes {count} argument{plural}, not {len(arguments)}"
                raise ActionError(message, offset=token.offset)
        raise ActionError(f"there is no function {token.text}", offset=token.offset)

    def _close(self) -> None:
        if not self._take(")"):
            raise self._unexpected('")"')

    def _unexpected(self, wanted: str) -> ActionError:
        token = self._token
        found = "the end" if token.kind == "end" else f'"{token.text}"'
        return ActionError(f"expected {wanted}, but found {found}", offset=token.offset)
