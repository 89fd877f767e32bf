"""Files that are named as arguments: what they are checked with, and which of them nobody checks."""

import os
from collections.abc import Sequence
from pathlib import Path

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.beside import PAYLOADS
from xchange_cli.project.keys import FILE_NAMES
from xchange_cli.project.targets import Target
from xchange_cli.validation.kind import home_of, integration_beside, kind_of, kinds

_SUFFIXES = frozenset({".yml", ".yaml", ""})
"""Those of integrations; what a shell gives a name to, such as `/dev/fd/63`, has none."""


def without_beside(targets: Sequence[Target]) -> tuple[Sequence[Target], frozenset[str]]:
    """Take out the files that are checked with an integration among the targets; give them apart, as `place` does."""
    paths = [target.path for target in targets if target.path is not None]
    checked = {place(path.parent) for path in paths if path.name in FILE_NAMES}
    beside = frozenset(place(path) for path in paths if _stands_beside(path, checked))
    if not beside:
        return targets, beside
    return [one for one in targets if one.path is None or place(one.path) not in beside], beside


def place(path: Path) -> str:
    """Give a name that is the same for each way to write a path, whatever the system says of it."""
    return os.path.abspath(path)  # noqa: PTH100


def _stands_beside(path: Path, checked: set[str]) -> bool:
    is_hidden = path.name.startswith(".")
    return not is_hidden and kind_of(path) is not None and place(home_of(path)) in checked


def is_raw_payload(path: Path) -> bool:
    """Tell whether a file that is of no kind is a payload, which may hold anything."""
    return _folder_around(path) == PAYLOADS


def refusal(path: Path) -> XchangeError | None:
    """Say that a file is nothing to check: it is of no kind, and cannot be an integration either."""
    if path.name in FILE_NAMES:
        return None
    folder = _folder_around(path)
    if path.suffix.lower() in _SUFFIXES and not folder:
        return None
    kind = next((kind for kind in kinds() if folder and kind.folder == folder), None)
    names = ", ".join(f"*{suffix}" for suffix in kind.suffixes) if kind is not None else ""
    return XchangeError(
        ErrorCode.NOT_FOUND,
        "this is no file that xchange checks",
        hint=f"In the folder {folder} it checks {names}."
        if names
        else "Integrations are YAML: .yml or .yaml.",
    )


def _folder_around(path: Path) -> str:
    """Name the folder beside an integration that a file is in, however deep; nothing where it is in none."""
    folders = {kind.folder for kind in kinds()} - {""}
    around = (one for one in path.parents if one.name in folders)
    return next((one.name for one in around if integration_beside(one / path.name) is not None), "")
