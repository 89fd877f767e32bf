"""The published JSON Schemas by name: `integration`, `config-set`, `validate`, …"""

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.nearest import nearest

_SUFFIX = ".schema.json"


class About(NamedTuple):
    """What a schema describes: a title of a few words, and one sentence."""

    name: str
    title: str
    summary: str


@cache
def names() -> tuple[str, ...]:
    """Give the names of all schemas, sorted."""
    return tuple(sorted(path.name.removesuffix(_SUFFIX) for path in _folder().glob(f"*{_SUFFIX}")))


@cache
def schema_text(name: str) -> str:
    """Give the text of a schema file.

    Raises:
        XchangeError: NOT_FOUND when there is no schema of that name.

    """
    if name not in names():
        near = nearest(name, names())
        hint = f"Did you mean `{near}`?" if near else f"There are {', '.join(names())}."
        raise XchangeError(ErrorCode.NOT_FOUND, f"there is no schema {name!r}", hint=hint)
    return (_folder() / f"{name}{_SUFFIX}").read_text(encoding="utf-8")


@cache
def schema(name: str) -> dict[str, Any]:
    """Give a schema as data. It is shared: do not change it.

    Raises:
        XchangeError: NOT_FOUND when there is no schema of that name.

    """
    data: dict[str, Any] = json.loads(schema_text(name))
    return data


def about() -> tuple[About, ...]:
    """Tell what all schemas describe, sorted by name."""
    return tuple(_about(name) for name in names())


def _about(name: str) -> About:
    data = schema(name)
    sentence, _, _ = data["description"].partition(". ")
    return About(name, data["title"], sentence.removesuffix(".") + ".")


def _folder() -> Path:
    """Find the data folder of the wheel or, where the package runs from a checkout, the checkout's folder."""
    here = Path(__file__).resolve()
    packaged = here.parent / "_schemas"
    return packaged if packaged.is_dir() else here.parents[2] / "schemas"
