"""The sample payloads beside an integration, read when a rule first asks for them."""

import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import overload

from xchange_cli.diagnostics import Severity
from xchange_cli.document.parse import parse
from xchange_cli.errors import XchangeError
from xchange_cli.project.beside import DATA_SUFFIXES, PAYLOADS
from xchange_cli.project.looking import names_in
from xchange_cli.shapes.samples import Sample
from xchange_cli.source import Source


def samples_beside(path: Path | None) -> Sequence[Sample]:
    """Give the samples beside an integration file; standard input has none."""
    return () if path is None else SampleFiles(path.parent / PAYLOADS)


class SampleFiles(Sequence[Sample]):
    """The payloads of a folder in the order of their names; what cannot be read counts as absent."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _samples(self) -> tuple[Sample, ...]:
        return tuple(self._read())

    def _read(self) -> Iterator[Sample]:
        for name in names_in(self._folder):
            if name.lower().endswith(DATA_SUFFIXES):
                sample = read_sample(self._folder / name)
                if sample is not None:
                    yield sample

    @overload
    def __getitem__(self, index: int) -> Sample: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Sample]: ...

    def __getitem__(self, index: int | slice) -> Sample | Sequence[Sample]:
        return self._samples[index]

    def __len__(self) -> int:
        return len(self._samples)


def read_sample(path: Path) -> Sample | None:
    """Read a payload as data; None where it cannot be read, which is not for this check to report."""
    name = f"{PAYLOADS}/{path.name}"
    try:
        source = Source.read(path, name)
        if path.suffix.lower() == ".json":
            return Sample(name, json.loads(source.text))
    except (XchangeError, ValueError, RecursionError):
        return None
    document = parse(source)
    if any(found.severity is Severity.ERROR for found in document.diagnostics):
        return None
    return Sample(name, document.data)
