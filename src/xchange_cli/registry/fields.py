"""The fields of a registry's JSON file, each refused where it is not what it should be."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from xchange_cli.document.json_text import read_json
from xchange_cli.errors import ErrorCode, Place, XchangeError
from xchange_cli.source import Source

_CONFLICT = re.compile(rb"^<{7,} ", re.MULTILINE)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_HINT = "Only xchange writes the files of a registry; take this one from git or from a backup."


def _require_merged(data: bytes, name: str) -> None:
    """Refuse what git could not merge, which is then in the file twice.

    Raises:
        XchangeError: INVALID.

    """
    found = _CONFLICT.search(data)
    if found is not None:
        raise XchangeError(
            ErrorCode.INVALID,
            "git could not bring two changes of this file together",
            hint=f"Take the one that others have, `git checkout origin/main -- {name}`, and go on with `git rebase "
            "--continue` or `git merge --continue`. Then do yours again; `xchange log` tells what it was.",
            place=Place(name, data.count(b"\n", 0, found.start()) + 1, 1),
        )


class Fields:
    """A JSON object of the file `name`; `path` tells where in it, such as `git.`.

    Every method raises XchangeError INVALID where a field is absent or has another type. `None` is for null.
    """

    def __init__(self, data: Any, name: str, path: str = "") -> None:
        self._name = name
        self._path = path
        if not isinstance(data, dict):
            raise self._refused(f"`{path[:-1]}` is no object" if path else "it is no object")
        self.data: dict[str, Any] = data

    @classmethod
    def read(cls, data: bytes, name: str, schema: str) -> "Fields":
        """Read a file whose `schema` has to be the given one.

        Raises:
            XchangeError: INVALID.

        """
        _require_merged(data, name)
        try:
            fields = cls(read_json(Source.decode(name, data)), name)
        except XchangeError as error:
            raise XchangeError(ErrorCode.INVALID, error.message, hint=_HINT, place=error.place) from error
        found = fields.data.get("schema")
        if found != schema:
            raise fields.wrong("schema", f"is not `{schema}`")
        return fields

    def text(self, key: str) -> str:
        value = self.data.get(key)
        if not isinstance(value, str):
            raise self.wrong(key, "is no text")
        return value

    def number(self, key: str, least: int = 0) -> int:
        value = self.data.get(key)
        if type(value) is not int or value < least:
            raise self.wrong(key, f"is no whole number from {least} on")
        return value

    def number_or_none(self, key: str, least: int = 0) -> int | None:
        return None if self.data.get(key) is None else self.number(key, least)

    def flag(self, key: str) -> bool:
        value = self.data.get(key)
        if not isinstance(value, bool):
            raise self.wrong(key, "is neither true nor false")
        return value

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        value = self.data.get(key)
        if value not in choices:
            raise self.wrong(key, f"is none of {', '.join(choices)}")
        return str(value)

    def texts(self, key: str) -> tuple[str, ...]:
        values = self._list(key)
        if not all(isinstance(value, str) for value in values):
            raise self.wrong(key, "is no list of texts")
        return tuple(values)

    def digest(self, key: str) -> str:
        value = self.data.get(key)
        if not isinstance(value, str) or _DIGEST.fullmatch(value) is None:
            raise self.wrong(key, "is no SHA-256 digest of 64 hex digits")
        return value

    def time(self, key: str) -> str:
        value = self.text(key)
        try:
            has_zone = datetime.fromisoformat(value).tzinfo is not None
        except ValueError:
            has_zone = False
        if not has_zone:
            raise self.wrong(key, "is no time with its zone")
        return value

    def part(self, key: str) -> "Fields":
        return Fields(self.data.get(key), self._name, f"{self._path}{key}.")

    def part_or_none(self, key: str) -> "Fields | None":
        return None if self.data.get(key) is None else self.part(key)

    def parts(self, key: str) -> Iterator["Fields"]:
        """Yield the objects of a list."""
        for index, value in enumerate(self._list(key)):
            yield Fields(value, self._name, f"{self._path}{key}[{index}].")

    def wrong(self, key: str, reason: str) -> XchangeError:
        """Make the error that says what is wrong with a field."""
        return self._refused(f"`{self._path}{key}` {reason}")

    def _refused(self, reason: str) -> XchangeError:
        return XchangeError(ErrorCode.INVALID, f"{self._name} is damaged: {reason}", hint=_HINT)

    def _list(self, key: str) -> list[Any]:
        values = self.data.get(key)
        if not isinstance(values, list):
            raise self.wrong(key, "is no list")
        return values
