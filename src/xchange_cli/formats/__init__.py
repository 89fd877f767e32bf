"""Words: how results are shown. One module a subject and format, named `<subject>_<format>`.

Such a module writes to a text stream and nothing else, by `render(result, out)` unless the subject says
otherwise. It is added by adding its file: the choices of `--output` follow.
"""

import os
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, TextIO

from xchange_cli.errors import ErrorCode, XchangeError


def names(subject: str) -> tuple[str, ...]:
    """Give the formats that can show a subject, text first; none of them is loaded."""
    prefix = f"{subject}_"
    found = {name.removeprefix(prefix) for name in _modules() if name.startswith(prefix)}
    return tuple(sorted(found, key=lambda name: (name != "text", name)))


@cache
def _modules() -> tuple[str, ...]:
    names = os.listdir(__path__[0])  # noqa: PTH208 - no path is needed
    return tuple(name.removesuffix(".py") for name in names if name.endswith(".py"))


def write(subject: str, output: str, result: Any, out: TextIO) -> None:
    """Write a result in the format `output`.

    Raises:
        XchangeError: USAGE when no such format can show the subject; the hint names those that can.

    """
    known = names(subject)
    if output not in known:
        raise XchangeError(
            ErrorCode.USAGE,
            f"there is no output {output!r} here",
            hint=f"Choose one of {', '.join(known)}.",
        )
    render: Callable[[Any, TextIO], None] = import_module(f"{__name__}.{subject}_{output}").render
    render(result, out)
