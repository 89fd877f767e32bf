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
    name: str
    data: Data


def correct_files(number: int) -> tuple[Correct, ...]:
    """Give the files of the tests, the examples, so many generated ones, and those of XCHANGE_REAL_FILES."""
    made = (Correct(f"generated {one}", generated(one)) for one in range(number))
    return (*(Correct(_short(path), _read(path)) for path in _paths()), *made)


def _paths() -> Iterator[Path]:
    yield from sorted((_TESTS / "mutations" / "files").glob("*.yml"))
    yield from sorted(_EXAMPLES.glob("*/integrations/*/integration.yml"))
    real = os.environ.get("XCHANGE_REAL_FILES", "")
    yield from sorted(Path(real).glob("*.yml")) if real else ()


def _short(path: Path) -> str:
    return path.name if path.name != "integration.yml" else f"{path.parent.name}.yml"


def _read(path: Path) -> Data:
    root = parse(Source.read(path)).root
    assert root is not None
    data: Data = root.data
    return data
