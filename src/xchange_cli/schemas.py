"""The published JSON Schemas by name: `integration`, `config-set`, `validate`, …"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from xchange_cli.errors import ErrorCode, XchangeError

_SUFFIX = ".schema.json"


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
        hint = f"There are {', '.join(names())}."
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


def _folder() -> Path:
    """Find the data folder of the wheel or, where the package runs from a checkout, the checkout's folder."""
    here = Path(__file__).resolve()
    packaged = here.parent / "_schemas"
    return packaged if packaged.is_dir() else here.parents[2] / "schemas"
