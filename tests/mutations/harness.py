"""Breaking correct files in every known way, and counting what `validate` finds at the right place."""

import importlib
import inspect
import pkgutil
import random
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from mutations.correct import Breakage, Correct
from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Diagnostic, Edit, Severity
from xchange_cli.document.edit import apply
from xchange_cli.source import Source
from xchange_cli.validation.validate import validate

Mistake = Callable[[Correct], Iterator[Breakage]]
FAMILIES = "mutations.families"
ROOT = Path(__file__).parents[2]


class Mutation(NamedTuple):
    """One way to break a file; `why` says why it is certainly wrong."""

    name: str
    family: str
    why: str
    mistake: Mistake


class Verdict(StrEnum):
    CAUGHT = "caught"
    ELSEWHERE = "elsewhere"
    MISSED = "missed"


class Trial(NamedTuple):
    """One file broken at one site, and what became of it.

    `line` is the first of the lines where a finding counts; `rules` are those that found something, there if any did.
    """

    mutation: Mutation
    source: Source
    line: int
    verdict: Verdict
    rules: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}: {self.verdict} {self.source.line(self.line).strip()}"


def mutations() -> tuple[Mutation, ...]:
    """Find the public functions of the modules of `families`, in their order there."""
    package = importlib.import_module(FAMILIES)
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(mutation for name in names for mutation in _of_family(name))


def _of_family(name: str) -> Iterator[Mutation]:
    module = importlib.import_module(f"{FAMILIES}.{name}")
    for function_name, function in vars(module).items():
        is_own = inspect.isfunction(function) and function.__module__ == module.__name__
        if is_own and not function_name.startswith("_"):
            why = " ".join((function.__doc__ or "").split())
            yield Mutation(function_name.replace("_", " "), name.replace("_", " "), why, function)


def correct_files(catalog: Catalog, real: Path | None = None) -> tuple[Correct, ...]:
    """Read the own files, the examples, and the files of a folder of real ones."""
    paths = [
        *sorted(Path(__file__).with_name("files").glob("*.yml")),
        *sorted((ROOT / "examples").glob("*/integrations/*/integration.yml")),
        *(sorted(real.glob("*.yml")) if real else ()),
    ]
    return tuple(Correct(Source.read(path, _short(path)), catalog) for path in paths)


def _short(path: Path) -> str:
    return path.name if path.name != "integration.yml" else f"{path.parent.name}.yml"


class Workbench:
    """Correct files, what is found in them as they are, and what is found when they are broken."""

    def __init__(self, files: Sequence[Correct], catalog: Catalog) -> None:
        self.files = files
        self._catalog = catalog
        self._before = [Counter(found.fingerprint for found in self._findings(file.source)) for file in files]

    def trials(self, mutation: Mutation, sites: int) -> list[Trial]:
        """Break each file in this way, at no more than `sites` places of a file, always the same ones."""
        return [
            self._trial(mutation, file, breakage, before)
            for file, before in zip(self.files, self._before, strict=True)
            for breakage in _chosen(mutation, file, sites)
        ]

    def _trial(self, mutation: Mutation, file: Correct, breakage: Breakage, before: Counter[str]) -> Trial:
        source = Source(file.source.name, apply(file.source, breakage.edits))
        lines = expected_lines(breakage, source)
        findings = self._findings(source)
        new = Counter(found.fingerprint for found in findings) - before
        fresh = [found for found in findings if new[found.fingerprint]]
        right = [found for found in fresh if found.span.first.line in lines]
        verdict = Verdict.CAUGHT if right else Verdict.ELSEWHERE if fresh else Verdict.MISSED
        rules = tuple(sorted({found.rule for found in right or fresh}))
        return Trial(mutation, source, min(lines), verdict, rules)

    def _findings(self, source: Source) -> list[Diagnostic]:
        """Give errors and warnings; a hint for information catches nothing."""
        found = validate(source, self._catalog).diagnostics
        return [diagnostic for diagnostic in found if diagnostic.severity is not Severity.INFO]


def _chosen(mutation: Mutation, file: Correct, sites: int) -> list[Breakage]:
    found = list(mutation.mistake(file))
    if len(found) <= sites:
        return found
    choice = random.Random(f"{mutation.name}/{file.source.name}")
    return [found[index] for index in sorted(choice.sample(range(len(found)), sites))]


def expected_lines(breakage: Breakage, source: Source) -> frozenset[int]:
    """Give the lines of the broken text in which a finding counts as at the right place."""
    edits = sorted(breakage.edits, key=lambda edit: edit.span.start)
    lines: set[int] = set()
    for span in breakage.places:
        start, end = (_moved(offset, edits) for offset in (span.start, span.end))
        lines.update(_lines(source, start, end))
    for edit in edits if breakage.at_edits or not breakage.places else ():
        start = _moved(edit.span.start, edits)
        lines.update(_lines(source, start, start + len(edit.text.rstrip())))
    return frozenset(lines)


def _moved(offset: int, edits: Sequence[Edit]) -> int:
    """Give where a place of the old text is in the new one; inside of an edit, where that edit begins."""
    delta = 0
    for edit in edits:
        if edit.span.end <= offset and edit.span.start < offset:
            delta += len(edit.text) - (edit.span.end - edit.span.start)
        elif edit.span.start < offset:
            return edit.span.start + delta + min(offset - edit.span.start, len(edit.text))
    return offset + delta


def _lines(source: Source, start: int, end: int) -> range:
    first = bisect_right(source.line_starts, start)
    return range(first, max(first, bisect_right(source.line_starts, max(start, end - 1))) + 1)
