"""Secrets in state: written as their names, read as what they are today."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.state.stored_text import DEEPEST, NULL, NestedTooDeeplyError, decode, encode
from xchange_cli.state.troubles import damaged

Texts = dict[str, str]
"""JSON texts by key."""


class Row(NamedTuple):
    """`key` and `value` are JSON texts as they are written. `is_faithful`: they will be read as what was written."""

    key: str
    value: str
    is_faithful: bool = True


def texts_of(values: Mapping[str, Any]) -> Texts:
    """Write each value; null is no value.

    Raises:
        XchangeError: INVALID when a value is nested too deeply.

    """
    texts = {}
    for key, value in values.items():
        try:
            text = encode(value)
        except NestedTooDeeplyError as error:
            message = f"the state `{key}` cannot be kept: it is nested more than {DEEPEST} levels deep"
            raise XchangeError(
                ErrorCode.INVALID, message, hint="Keep less, or keep it as JSON text."
            ) from error
        if text != NULL:
            texts[key] = text
    return texts


class Disguise:
    """`redact` and `bind` take and give a mapping of keys and values."""

    def __init__(self, redact: Callable[[Any], Any], bind: Callable[[Any], Any], path: Path) -> None:
        self._redact = redact
        self._bind = bind
        self._path = path

    def written(self, key: str, text: str) -> Row:
        """Give a value as it is written; `text` is its JSON text."""
        plain = {key: decode(text)}
        kept = dict(self._redact(plain))
        if kept == plain:
            return Row(encode(key), text)
        is_faithful = texts_of(self._bind(kept)) == {key: text}
        (stored_key, stored), *_ = kept.items()
        return Row(encode(stored_key), encode(stored), is_faithful)

    def read(self, key: str, value: str) -> dict[str, Any]:
        """Give a value by its key, from texts as they were written.

        Raises:
            XchangeError: UNREADABLE when it was not us who wrote them.

        """
        return dict(self._bind(self.read_plain(key, value)))

    def read_plain(self, key: str, value: str) -> dict[str, Any]:
        """Do as `read`, but leave secrets as names."""
        try:
            name = decode(key)
            plain = {name: decode(value)}
        except (ValueError, TypeError, RecursionError) as error:
            raise damaged(self._path) from error
        if not isinstance(name, str):
            raise damaged(self._path)
        return plain
