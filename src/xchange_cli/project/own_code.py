"""Where the code of components is that are not built in: beside their specifications, or in installed packages."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from xchange_cli.project.keys import shown
from xchange_cli.project.looking import is_file
from xchange_cli.project.patterns import expand
from xchange_cli.project.project import Project

if TYPE_CHECKING:
    from xchange_cli.components.own.code import OwnCode

_CODE = ".py"


class OwnCodes(Mapping[str, "OwnCode"]):
    """Code by component key. Packages are only looked for where the project has none.

    `specifications` are the files of the project's own components. A file without a specification has the code of
    the component that it is named after.
    """

    def __init__(self, project: Project, specifications: Mapping[str, Path], folder: Path) -> None:
        self._project = project
        self._specifications = specifications
        self._folder = folder

    def __getitem__(self, key: str) -> "OwnCode":
        return self._files[key] if key in self._files else self._installed[key]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._files, **self._installed})

    def __len__(self) -> int:
        return len({**self._files, **self._installed})

    @cached_property
    def _files(self) -> "dict[str, OwnCode]":
        """The code of a key is beside the specification of this key, else in the file with this name."""
        from xchange_cli.components.own.code import OwnCode

        patterns = [PurePath(pattern).with_suffix(_CODE).as_posix() for pattern in self._project.components]
        named = {path.stem: path for path in reversed(list(expand(self._project.root, patterns)))}
        described = {key: path.with_suffix(_CODE) for key, path in self._specifications.items()}
        taken = set(described.values())
        files = {key: path for key, path in named.items() if path not in taken} | described
        return {key: OwnCode(shown(path, self._folder), path) for key, path in files.items() if is_file(path)}

    @cached_property
    def _installed(self) -> "dict[str, OwnCode]":
        from xchange_cli.components.own.code import OwnCode
        from xchange_cli.components.own.installed import installed_components

        return {key: OwnCode(one.name, None, one.entry) for key, one in installed_components().items()}
