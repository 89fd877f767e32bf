"""What a run is given from outside the integration: payload, mocks, `--var` texts, config set files."""

from pathlib import Path
from typing import Any

from xchange_cli.diagnostics import Severity
from xchange_cli.document.parse import parse
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.nearest import nearest
from xchange_cli.project.keys import shown
from xchange_cli.project.looking import is_file, is_folder
from xchange_cli.runs.json_values import read_json
from xchange_cli.source import Source

STDIN = "-"
PAYLOAD_SUFFIXES = (".json", ".yml", ".yaml")
SET_SUFFIXES = (".yml", ".yaml")


def read_payload(given: str, beside: Path | None, folder: Path, stdin: bytes) -> Any:
    """Read a payload: `-`, a file, or the name of one in `payloads/` beside the integration.

    JSON and YAML give values; any other file is text, the body as it stands.

    Raises:
        XchangeError: when there is no such file or it does not hold what its name says.

    """
    if given == STDIN:
        source = Source.decode("<stdin>", stdin)
        return read_json(source) if source.text.lstrip()[:1] in {"{", "["} else source.text
    path = _find(given, "payloads", PAYLOAD_SUFFIXES, beside, folder)
    source = Source.read(path, shown(path, folder))
    return read_data(source, path) if path.suffix.lower() in PAYLOAD_SUFFIXES else source.text


def find_set(given: str, beside: Path | None, folder: Path) -> Path:
    """Find the file of a config set by name or path; it may turn out not to be there.

    Raises:
        XchangeError: NOT_FOUND with the nearest name.

    """
    return _find(given, "configs", SET_SUFFIXES, beside, folder)


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
    """Give the value of a mock: JSON, or what a file holds.

    Raises:
        XchangeError: USAGE when it is neither, INVALID when the file is broken.

    """
    path = folder / text
    if path.suffix.lower() in PAYLOAD_SUFFIXES and is_file(path):
        return read_data(Source.read(path, shown(path, folder)), path)
    try:
        return read_json(Source("--mock", text))
    except XchangeError as error:
        raise XchangeError(
            ErrorCode.USAGE,
            f"the mock {text!r} is neither JSON nor a .json or .yml file that exists",
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


def _find(given: str, kind: str, suffixes: tuple[str, ...], beside: Path | None, folder: Path) -> Path:
    """Find a file by path, or by name in a folder beside the integration."""
    path = folder / given
    if is_file(path) or "/" in given:
        return path
    places = _listed(beside / kind, folder) if beside else []
    named = {place.stem: place for place in reversed(places) if place.suffix in suffixes}
    named_whole = {place.name: place for place in places if place.suffix in suffixes}
    found = named.get(given) or named_whole.get(given)
    if found is not None:
        return found
    if path.suffix or given in {"", ".", ".."}:
        return path
    near = nearest(given, named)
    known = f"There are: {', '.join(sorted(named))}." if named else ""
    place = f"{kind}/{given}{suffixes[0]}"
    raise XchangeError(
        ErrorCode.NOT_FOUND,
        f"there is no {place} beside the integration, and no file {given!r} here",
        hint=f"Did you mean `{near}`?" if near else known or f"Write {place}, or name a file.",
    )
