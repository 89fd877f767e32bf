"""What a kind of file beside integrations is, and how kinds are found.

A kind is one module of the folder `kinds`. It holds

* `FOLDER`: the folder beside the integration that its files are in; empty for a file that is itself beside it;
* `SUFFIXES`: how their names end; without a folder, their whole names;
* `check(file, beside)`, a generator of finished findings: what is wrong with one of them. It may raise
  XchangeError where the file cannot be read.
"""

import importlib
import os
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Diagnostic
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.model.integration import Integration
from xchange_cli.project.beside import FILES
from xchange_cli.project.keys import FILE_NAMES, shown
from xchange_cli.project.looking import is_file
from xchange_cli.source import Source

ALL = "all"


class Beside(NamedTuple):
    """An integration as the files beside it see it.

    `place` is its folder, and names in findings are relative to `folder`. `model` gives the integration, or None where
    its file is no mapping or cannot be read, and `text` what is in the file; ask only where it is needed. `config` is the config set to check the integration with, or
    `all`; `is_named` tells that the file to check was asked for by its path. `mended` is what fixes have made of it.
    """

    place: Path
    folder: Path
    key: str
    catalog: Catalog
    model: Callable[[], Integration | None]
    text: Callable[[], str]
    config: str = ""
    is_named: bool = False
    mended: Source | None = None

    def read(self, file: Path) -> Source:
        """Read the file to check, or take its text as fixes have changed it.

        Raises:
            XchangeError: NOT_FOUND or UNREADABLE.

        """
        return self.mended if self.mended is not None else Source.read(file, shown(file, self.folder))


class Kind(NamedTuple):
    """`name` is that of its module: `config_set`."""

    name: str
    folder: str
    suffixes: tuple[str, ...]
    check: Callable[[Path, Beside], Iterator[Diagnostic]]

    def files(self, place: Path, folder: Path) -> list[Path]:
        """Give the files of this kind beside an integration, in order; hidden ones do not count.

        Raises:
            XchangeError: UNREADABLE when their folder cannot be listed; it is named relative to `folder`.

        """
        if not self.folder:
            return [place / name for name in self.suffixes if is_file(place / name)]
        whole = place / self.folder
        try:
            names = os.listdir(whole)  # noqa: PTH208 - a list of names is all that is needed
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            if not os.access(place, os.X_OK):  # told where the integration is checked
                return []
            message = f"{shown(whole, folder)} cannot be read: {error.strerror or error}"
            raise XchangeError(ErrorCode.UNREADABLE, message) from error
        return [
            whole / name
            for name in sorted(names)
            if name.endswith(self.suffixes) and not name.startswith(".")
        ]


@cache
def kinds() -> tuple[Kind, ...]:
    """Give all kinds in the order of their names."""
    package = importlib.import_module("xchange_cli.validation.kinds")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    modules = ((name, importlib.import_module(f"{package.__name__}.{name}")) for name in names)
    return tuple(Kind(name, module.FOLDER, module.SUFFIXES, module.check) for name, module in modules)


def kind_of(path: Path) -> Kind | None:
    """Tell of which kind a file is by its folder; files that stand beside no integration are of none."""
    for kind in kinds():
        is_one = path.parent.name == kind.folder and path.name.endswith(kind.suffixes)
        if is_one if kind.folder else path.name in kind.suffixes:
            return kind if integration_beside(path) is not None else None
    return None


def integration_beside(path: Path) -> Path | None:
    """Find the integration's file for a file that is checked with it."""
    return next((file for name in FILE_NAMES if is_file(file := home_of(path) / name)), None)


def home_of(path: Path) -> Path:
    """Give the folder of the integration for a file in one of the folders beside it, or right beside it."""
    return path.parent if path.name in FILES else path.parent.parent
