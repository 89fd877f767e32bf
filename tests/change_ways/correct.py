"""The correct integrations that are changed."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from change_ways.file import Data
from change_ways.generated import generated
from xchange_cli.document.parse import parse
from xchange_cli.source import Source

_TESTS = Path(__file__).parents[1]
_EXAMPLES = _TESTS.parent / "examples"


class Correct(NamedTuple):
    """`is_real` says that the file is somebody else's; there may be mistakes in it."""

    name: str
    data: Data
    is_real: bool = False


def correct_files(number: int) -> tuple[Correct, ...]:
    """Give the files of the tests, the examples, so many generated ones, and those of XCHANGE_REAL_FILES."""
    own = (Correct(_short(path), _read(path)) for path in _own())
    made = (Correct(f"generated {one}", generated(one)) for one in range(number))
    return (*own, *made, *(Correct(path.name, _read(path), is_real=True) for path in _real()))


def _own() -> Iterator[Path]:
    yield from sorted((_TESTS / "mutations" / "files").glob("*.yml"))
    yield from sorted(_EXAMPLES.glob("*/integrations/*/integration.yml"))


def _real() -> list[Path]:
    folder = os.environ.get("XCHANGE_REAL_FILES", "")
    return sorted(Path(folder).glob("*.yml")) if folder else []


def _short(path: Path) -> str:
    return path.name if path.name != "integration.yml" else f"{path.parent.name}.yml"


def _read(path: Path) -> Data:
    root = parse(Source.read(path)).root
    assert root is not None
    data: Data = root.data
    return data
