"""What a run is given from outside the integration: payload, mocks, `--var` texts, config set files."""

import json
from pathlib import Path
from typing import Any

from xchange_cli.diagnostics import Severity
from xchange_cli.document.parse import parse
from xchange_cli.errors import ErrorCode, Place, XchangeError
from xchange_cli.nearest import nearest
from xchange_cli.project.keys import shown
from xchange_cli.source import Source

STDIN = "-"
PAYLOAD_SUFFIXES = (".json", ".yml", ".yaml")


def read_payload(given: str, beside: Path | None, folder: Path, stdin: bytes) -> Any:
    """Read a payload: `-`, a file, or the name of one in `payloads/` beside the integration.

    JSON and YAML give values; any other file is text, the body as it stands.

    Raises:
        XchangeError: when there is no such file or it does not hold what its name says.

    """
    if given == STDIN:
        source = Source.decode("<stdin>", stdin)
        is_data = source.text.lstrip()[:1] in {"{", "["}
        return read_data(source, is_json=True) if is_data else source.text
    path = _find(given, "payloads", PAYLOAD_SUFFIXES, beside, folder)
    source = Source.read(path, shown(path, folder))
    if path.suffix.lower() in PAYLOAD_SUFFIXES:
        return read_data(source, is_json=path.suffix.lower() == ".json")
    return source.text


def read_set_source(given: str, beside: Path | None, folder: Path) -> tuple[str, Source]:
    """Find a config set by name or file; gives its name and its text.

    Raises:
        XchangeError: NOT_FOUND with the nearest name, or UNREADABLE.

    """
    path = _find(given, "configs", (".yml", ".yaml"), beside, folder)
    return path.stem, Source.read(path, shown(path, folder))


def read_data(source: Source, *, is_json: bool) -> Any:
    """Read JSON or YAML.

    Raises:
        XchangeError: INVALID at the place where it is neither.

    """
    if is_json:
        try:
            return json.loads(source.text)
        except (json.JSONDecodeError, RecursionError) as error:
            offset = error.pos if isinstance(error, json.JSONDecodeError) else 0
            reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
            place = Place(source.name, *source.position(offset))
            raise XchangeError(ErrorCode.INVALID, f"not JSON: {reason}", place=place) from error
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
            ErrorCode.USAGE, f"{option} {text} is not of the form NAME=VALUE", hint=f"{option} NAME=VALUE"
        )
    return name, value


def mock_value(text: str, folder: Path) -> Any:
    """Give the value of a mock: JSON, or what a file holds.

    Raises:
        XchangeError: USAGE when it is neither, INVALID when the file is broken.

    """
    path = folder / text
    if path.suffix.lower() in PAYLOAD_SUFFIXES and path.is_file():
        is_json = path.suffix.lower() == ".json"
        return read_data(Source.read(path, shown(path, folder)), is_json=is_json)
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise XchangeError(
            ErrorCode.USAGE,
            f"the mock {text!r} is neither JSON nor a .json or .yml file that exists",
            hint="Text goes in double quotes, such as --mock 'getName=\"Ada\"'.",
        ) from error


def _find(given: str, kind: str, suffixes: tuple[str, ...], beside: Path | None, folder: Path) -> Path:
    """Find a file by path, or by name in a folder beside the integration."""
    path = folder / given
    if path.is_file() or "/" in given or path.suffix:
        return path
    places = sorted((beside / kind).iterdir()) if beside and (beside / kind).is_dir() else []
    named = {place.stem: place for place in reversed(places) if place.suffix in suffixes}
    if given in named:
        return named[given]
    near = nearest(given, named)
    known = (
        f"There are: {', '.join(sorted(named))}."
        if named
        else f"{kind}/{given}{suffixes[0]} would be the file."
    )
    raise XchangeError(
        ErrorCode.NOT_FOUND,
        f"there is no {given!r} in {kind}/ of the integration, and no such file",
        hint=f"Did you mean `{near}`?" if near else known,
    )
