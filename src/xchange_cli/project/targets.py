"""What the arguments of a command mean: files, folders, patterns, keys, `-`, or the whole project."""

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.nearest import nearest
from xchange_cli.project.inside import integrations_in, is_of_registry, matched_in
from xchange_cli.project.keys import FILE_NAMES, key_of, shown
from xchange_cli.project.looking import is_folder, names_in
from xchange_cli.project.patterns import expand, is_pattern
from xchange_cli.project.project import FILE_NAME, Project
from xchange_cli.source import Source

STDIN = "-"
_SUFFIXES = (".yml", ".yaml")


class Target(NamedTuple):
    """One integration file to work on, under the name that messages show. `path` is None for standard input.

    `is_named` tells that the user named the file itself, which may be a pipe then.
    """

    name: str
    key: str
    path: Path | None
    is_named: bool = False

    def read(self, stdin: bytes = b"") -> Source:
        """Read the file, or take `stdin` for it.

        Raises:
            XchangeError: NOT_FOUND or UNREADABLE.

        """
        if self.path is None:
            return Source.decode(self.name, stdin)
        return Source.read(self.path, self.name, is_named=self.is_named)


def resolve(project: Project, arguments: Iterable[str], folder: Path) -> tuple[Target, ...]:
    """Find the integration files that arguments name, each once; without arguments, all of the project.

    Without a project file, a folder inside of `integrations/` stands for the integration in it.

    An argument is `-`, a file, a folder with integrations below it, a glob pattern, or the key of an
    integration of the project. A path wins over a key.

    Raises:
        XchangeError: NOT_FOUND when an argument, or the whole project, matches nothing; UNREADABLE when
            the system refuses to look.

    """
    given = list(arguments)
    found = _each(project, given, folder) if given else _whole(project, folder)
    named = {folder / argument for argument in given}
    targets: dict[str, Target] = {}
    for path in found:
        if path is None:
            targets.setdefault(STDIN, Target("<stdin>", "", None))
        else:
            whole = folder / path
            name = shown(whole, folder)
            targets.setdefault(name, Target(name, key_of(whole), whole, whole in named))
    return tuple(targets.values())


def may_be_key(argument: str) -> bool:
    """Tell whether what is no path may be meant for the key of an integration."""
    return not any(mark in argument for mark in "/.")


def _whole(project: Project, folder: Path) -> list[Path]:
    is_inside = project.document is None and folder != project.root
    own = list(integrations_in(folder, only_here=True)) if is_inside else []
    files = own or list(project.integration_files()) or list(integrations_in(project.root, only_here=True))
    if not files:
        patterns = ", ".join(project.integrations)
        raise XchangeError(
            ErrorCode.NOT_FOUND,
            f"no integration here: no file matches {patterns}",
            hint=_how_to_begin(project),
        )
    return files


def _how_to_begin(project: Project) -> str:
    if project.document is None:
        return "Name a file or folder; `xchange init` begins a project here."
    return "`xchange new KEY` begins one, `xchange import FILE` takes in an export."


def _each(project: Project, arguments: list[str], folder: Path) -> Iterator[Path | None]:
    for argument in arguments:
        if argument == STDIN:
            yield None
        else:
            yield from _one(project, argument, folder)


def _one(project: Project, argument: str, folder: Path) -> Iterator[Path]:
    path = folder / argument
    mode = _mode(path, argument)
    if mode is not None and stat.S_ISDIR(mode):
        yield from _folder(path, argument)
    elif mode is not None:
        yield path
    elif is_pattern(argument):
        yield from _pattern(argument, folder)
    else:
        yield from _by_key(project, argument, folder)


def _mode(path: Path, argument: str) -> int | None:
    """Give the file mode; None where there is nothing. A link that leads nowhere is something."""
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return path.lstat().st_mode if path.is_symlink() else None
    except OSError as error:
        reason = error.strerror or str(error)
        if is_pattern(argument):
            return None
        raise XchangeError(ErrorCode.UNREADABLE, f"{argument} cannot be read: {reason}") from error


def _folder(path: Path, argument: str) -> list[Path]:
    files = list(integrations_in(path))
    if not files:
        loose = any(expand(path, ("*.yml", "*.yaml")))
        way_out = f'Other YAML files must be named, such as "{argument.rstrip("/")}/*.yml".' if loose else ""
        raise XchangeError(
            ErrorCode.NOT_FOUND,
            f"{argument} has no integration: no {FILE_NAMES[0]} in it or below it",
            hint=way_out or "Check the path.",
        )
    return files


def _pattern(argument: str, folder: Path) -> Iterator[Path]:
    matched = [path for path in expand(folder, (argument,)) if not is_of_registry(path)]
    if not matched:
        raise XchangeError(ErrorCode.NOT_FOUND, f"no file matches {argument}", hint="Check the pattern.")
    for path in matched:
        if is_folder(path):
            yield from matched_in(path)
        else:
            yield path


def _by_key(project: Project, argument: str, folder: Path) -> list[Path]:
    by_key: dict[str, list[Path]] = {}
    for path in project.integration_files():
        by_key.setdefault(key_of(path), []).append(path)
    if argument in by_key:
        return by_key[argument]
    raise XchangeError(
        ErrorCode.NOT_FOUND,
        f"{argument} does not exist" + (", and no integration has this key" if may_be_key(argument) else ""),
        hint=_suggestion(project, argument, by_key, folder),
    )


def _suggestion(project: Project, argument: str, keys: Collection[str], folder: Path) -> str:
    path = Path(argument)
    key, _, number = argument.rpartition("@")
    if key in keys and number.isdecimal():
        return f"This is a version, and an integration is meant: {key}."
    near = _near_name(path, folder / path.parent)
    known = str(path.parent / near) if near else nearest(argument, keys)
    if known:
        return f"Did you mean {Path(known).as_posix()}?"
    if not may_be_key(argument):
        return "Check the path."
    if project.document is None and not keys:
        return "There is no project here: go to its folder, or begin one with `xchange init`."
    return "`xchange list` shows the integrations of this project."


def _near_name(path: Path, around: Path) -> str | None:
    """Find the YAML file, or the folder with an integration, whose name without its ending is most alike."""
    names: dict[str, str] = {}
    for name in names_in(around):
        stem, suffix = os.path.splitext(name)  # noqa: PTH122
        if suffix in _SUFFIXES and name != FILE_NAME:
            names.setdefault(stem, name)
        elif is_folder(around / name):
            names.setdefault(name, name)
    word = path.stem if path.suffix in _SUFFIXES else path.name
    while (near := nearest(word, names)) is not None:
        name = names.pop(near)
        if not is_folder(around / name) or _has_integration(around / name):
            return name
    return None


def _has_integration(folder: Path) -> bool:
    try:
        return next(integrations_in(folder), None) is not None
    except XchangeError:
        return False
