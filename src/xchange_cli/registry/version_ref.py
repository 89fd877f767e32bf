"""How users name a version: `acme@3`, or `acme` for the integration."""

import re
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry.package_names import shown

_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


class VersionRef(NamedTuple):
    """`number` is None where only the integration is named."""

    key: str
    number: int | None

    def __str__(self) -> str:
        return self.key if self.number is None else f"{self.key}@{self.number}"


def version_ref(text: str) -> VersionRef:
    """Read `KEY` or `KEY@N`; whether there is such a thing is not asked.

    Raises:
        XchangeError: USAGE when the key is empty, or when after the last `@` there is no number from 1 on.

    """
    key, mark, number = text.rpartition("@")
    if not mark:
        key = number
    if not key:
        message = f"{shown(text)} names no integration" if text else "an integration's key is empty"
        raise XchangeError(ErrorCode.USAGE, message, hint="Write KEY, or KEY@3 for its version 3.")
    if not mark:
        return VersionRef(key, None)
    if _NUMBER.fullmatch(number) is None:
        raise XchangeError(
            ErrorCode.USAGE,
            f"{shown(text)} names no version: after the `@` comes a number from 1 on",
            hint=f"Write {key}@3 for version 3." if key.isprintable() else "Write KEY@3 for version 3.",
        )
    return VersionRef(key, int(number))
