"""What a run is given from outside the integration: files by their names, mocks, `--var` texts."""

from pathlib import Path
from typing import Any

from xchange_cli.diagnostics import Severity
from xchange_cli.document.binary_values import with_bytes
from xchange_cli.document.json_text import read_json
from xchange_cli.document.parse import parse
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.nearest import nearest
from xchange_cli.project.beside import CONFIG_SUFFIXES, CONFIGS, DATA_SUFFIXES
from xchange_cli.project.file_bytes import read_bytes
from xchange_cli.project.keys import shown
from xchange_cli.project.looking import is_file, is_folder
from xchange_cli.runs.file_contents import contents
from xchange_cli.source import Source

STDIN = "-"


def find_set(given: str, beside: Path | None, folder: Path) -> Path:
    """Find the file of a config set by name or path; it may turn out not to be there.

    Raises:
        XchangeError: NOT_FOUND with the nearest name.

    """
    return find_file(given, CONFIGS, CONFIG_SUFFIXES, beside, folder)


def read_data(source: Source, path: Path) -> Any:
    """Read JSON or YAML, whichever the file's name says.

    Raises:
        XchangeError: INVALID at the place where it is neither.

    """
    if path.suffix.lower() == ".json":
        return read_json(source)
    document = parse(source)
    problem = next((found for found in document.diagnostics if found.severity is Severity.ERROR), None)
    if problem is not None:
        raise XchangeError(ErrorCode.INVALID, problem.message, hint=problem.hint, place=problem.span.place)
    return document.data


def split_assignment(text: str, option: str) -> tuple[str, str]:
    """Split `NAME=VALUE`.

    Raises:
        XchangeError: USAGE when there is no `=` or no name.

    """
    name, separator, value = text.partition("=")
    if not separator or not name:
        raise XchangeError(
            ErrorCode.USAGE,
            f"{option} {text} has no {'name' if separator else 'value'}",
            hint=f"Write it as {option} NAME=VALUE.",
        )
    return name, value


def mock_value(text: str, folder: Path) -> Any:
    """Give the value of a mock: JSON, or what a file holds: data of JSON and YAML, else text or bytes.

    What is JSON is no name of another file.

    Raises:
        XchangeError: USAGE when it is neither, INVALID when the file is broken.

    """
    path = folder / text
    if path.suffix.lower() in DATA_SUFFIXES and is_file(path):
        source = Source.read(path, shown(path, folder))
        return with_bytes(read_data(source, path), source)
    try:
        source = Source("--mock", text)
        return with_bytes(read_json(source), source)
    except XchangeError as error:
        if is_file(path):
            name = shown(path, folder)
            return contents(path, name, read_bytes(path, name, "mock"))[1]
        raise XchangeError(
            ErrorCode.USAGE,
            f"the mock {text!r} is neither JSON nor a file that exists",
            hint="Text goes in double quotes, such as --mock 'getName=\"Ada\"'.",
        ) from error


def _listed(place: Path, folder: Path) -> list[Path]:
    """Give what is in a folder, in order; nothing where there is no folder."""
    if not is_folder(place):
        return []
    try:
        return sorted(place.iterdir())
    except OSError as error:
        raise XchangeError(
            ErrorCode.UNREADABLE, f"{shown(place, folder)} cannot be read: {error.strerror}"
        ) from error


def find_file(
    given: str,
    kind: str,
    suffixes: tuple[str, ...],
    beside: Path | None,
    folder: Path,
    *,
    takes_others: bool = False,
) -> Path:
    """Find a file by path, or by name in a folder `kind` beside the integration; it may turn out not to be there.

    Of equal names the one with the first of the suffixes is meant; `takes_others` also finds files with others.

    Raises:
        XchangeError: NOT_FOUND with the nearest name.

    """
    path = folder / given
    if is_file(path) or "/" in given:
        return path
    places = _listed(beside / kind, folder) if beside else []
    known = [place for place in places if place.suffix in suffixes]
    known.sort(key=lambda place: suffixes.index(place.suffix))
    known += [place for place in places if takes_others and place not in known and _is_named_file(place)]
    named = {place.stem: place for place in reversed(known)}
    found = named.get(given) or next((place for place in known if place.name == given), None)
    if found is not None:
        return found
    if path.suffix or given in {"", ".", ".."}:
        return path
    raise _not_found(given, f"{kind}/{given}{suffixes[0]}", sorted(named))


def _is_named_file(path: Path) -> bool:
    return is_file(path) and not path.name.startswith(".")


def _not_found(given: str, place: str, names: list[str]) -> XchangeError:
    near = nearest(given, names)
    known = f"There are: {', '.join(names)}." if names else ""
    return XchangeError(
        ErrorCode.NOT_FOUND,
        f"there is no {place} beside the integration, and no file {given!r} here",
        hint=f"Did you mean `{near}`?" if near else known or f"Write {place}, or name a file.",
    )
