"""What git is told of files: to keep the bytes of what is published, and by what to show integrations."""

import os
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from xchange_cli.authoring.local_files import extensible, with_lines
from xchange_cli.authoring.offer import Fate, Ground, Offer
from xchange_cli.project.keys import FILE_NAMES
from xchange_cli.project.project import Project
from xchange_cli.project.writing import FileChange, rewritten

_ATTRIBUTES = ".gitattributes"
_ABOUT_TEXT = ("text", "binary")
_WILD = frozenset("*?[")
_ODD = frozenset(' \t"\\')


class _Line(NamedTuple):
    """What git is told of the files that a pattern means; lines with one of the words `about` say it otherwise."""

    pattern: str
    setting: str
    about: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.pattern} {self.setting}"


def attribute_lines(ground: Ground, project: Project, drivers: Iterable[str] = ()) -> Offer:
    """Offer the lines that keep bytes as they are; what else is in the file stays byte for byte.

    `drivers` are the attributes, such as `diff`, by which git leaves integrations to xchange. A line that says something
    else of the same files is the user's decision, and counts.
    """
    path = ground.root / _ATTRIBUTES
    name, lines = ground.name(path), [*_lines(project, drivers)]
    if not lines:
        return Offer(name, Fate.LEFT)
    if not os.path.lexists(path):
        made = FileChange(path, name, None, with_lines("", map(str, lines)).encode())
        return Offer(name, Fate.MADE, (made,))
    source = extensible(ground, path)
    if source is None:
        text = "\n".join(map(str, lines))
        return Offer(name, Fate.BY_HAND, why="it cannot be extended safely", text=text)
    known = [line.split() for line in source.text.splitlines()]
    missing = [line for line in lines if not any(_says(words, line) for words in known)]
    if not missing:
        return Offer(name, Fate.LEFT)
    change = rewritten(path, source, with_lines(source.text, map(str, missing)))
    return Offer(name, Fate.EXTENDED, (change,), "; ".join(_told(missing)))


def _lines(project: Project, drivers: Iterable[str]) -> Iterator[_Line]:
    for pattern in _patterns(project):
        yield _Line(pattern, "-text", _ABOUT_TEXT)
    for driver in drivers:
        for pattern in dict.fromkeys(_of_integrations(project)):
            yield _Line(pattern, f"{driver}=xchange", (driver, "binary"))


def _told(lines: Iterable[_Line]) -> Iterator[str]:
    by_setting: dict[str, list[str]] = {}
    for line in lines:
        by_setting.setdefault(line.setting, []).append(line.pattern)
    for setting, patterns in by_setting.items():
        yield f"`{setting}` is added for {' and '.join(patterns)}"


def _of_integrations(project: Project) -> Iterator[str]:
    """Yield patterns of git for the files that the project's patterns mean, and for those in the folders they mean."""
    for pattern in project.integrations:
        path = PurePosixPath(pattern)
        if set(pattern) & _ODD or pattern.startswith(("/", "..", "#", "!")):
            continue
        if path.name in FILE_NAMES or not path.suffix:
            folder = _begin(pattern)
            names = (path.name,) if path.name in FILE_NAMES else FILE_NAMES
            yield from (f"{'' if folder == '.' else f'{folder}/'}**/{name}" for name in names)
        else:
            yield path.as_posix()


def _patterns(project: Project) -> list[str]:
    """Give patterns for all that is below the folders of integrations, and below a registry that is a folder."""
    folders = [_begin(pattern) for pattern in project.integrations]
    if ":" not in project.registry:
        folders.append(PurePosixPath(project.registry).as_posix())
    return [f"{folder}/**" for folder in dict.fromkeys(folders) if _is_inside(folder)]


def _begin(pattern: str) -> str:
    """Give the folder that a pattern begins with, up to its first wildcard; `.` where it has none."""
    path = PurePosixPath(pattern)
    parts = path.parts[:-1] if path.suffix else path.parts
    wild = next((index for index, part in enumerate(parts) if _WILD.intersection(part)), len(parts))
    return PurePosixPath(*parts[:wild]).as_posix()


def _is_inside(folder: str) -> bool:
    """Tell whether a line of git's file can name a folder, and not the whole project."""
    return folder != "." and not folder.startswith(("/", "..", "#", "!")) and not set(folder) & _ODD


def _says(words: list[str], line: _Line) -> bool:
    """Tell whether the words of a line of the file are about the same files and the same attribute."""
    said = (word.lstrip("-!").partition("=")[0] in line.about for word in words[1:])
    return words[:1] == [line.pattern] and any(said)
