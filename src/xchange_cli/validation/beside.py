"""Integrations checked together with the files beside them, and such files alone where they are named."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from xchange_cli.components.catalog import Catalog
from xchange_cli.configset.findings import report
from xchange_cli.diagnostics import Diagnostic
from xchange_cli.document.parse import parse
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.model.build import build
from xchange_cli.model.integration import Integration
from xchange_cli.nearest import nearest
from xchange_cli.project.keys import FILE_NAMES, key_of, shown
from xchange_cli.project.targets import Target
from xchange_cli.source import Source
from xchange_cli.validation import config_sets
from xchange_cli.validation.checker import Checker, unreadable
from xchange_cli.validation.finish import finish
from xchange_cli.validation.kind import ALL, Beside, Kind, integration_beside, kind_of, kinds
from xchange_cli.validation.result import FileResult, SetCheck
from xchange_cli.validation.workers import Check


class FilesBeside:
    """Checks integrations by `check`, and then what stands beside them; names are relative to `folder`.

    A file that is not called `integration.yml` may stand anywhere: of what is beside it, only the sets that `config`
    chooses count.
    """

    def __init__(
        self, check: Check, checker: Checker, catalog: Catalog, folder: Path, config: str = ""
    ) -> None:
        self._check = check
        self._checker = checker
        self._catalog = catalog
        self._folder = folder
        self._config = config

    def check(self, target: Target) -> FileResult:
        """Validate an integration with the files beside it, or one of these files alone."""
        if target.path is None:
            return self._check(target)
        kind = kind_of(target.path)
        if kind is not None:
            return self._named(target, target.path, kind)
        return self._with_others(self._check(target), target, target.path)

    def _named(self, target: Target, path: Path, kind: Kind) -> FileResult:
        owner = integration_beside(path)
        assert owner is not None
        beside = self._beside(owner, key_of(owner))._replace(config="", is_named=True)
        found = _findings(kind, path, beside)
        result = FileResult(
            target.name,
            diagnostics=tuple(sorted(self._checker.grade(found), key=lambda one: one.order)),
            is_integration=False,
        )
        return _with_numbers(result, {kind.name: 1})

    def _with_others(self, result: FileResult, target: Target, path: Path) -> FileResult:
        beside = self._beside(path, target.key)
        found: dict[tuple[object, ...], Diagnostic] = {}
        checks: list[SetCheck] = []
        numbers: Counter[str] = Counter()
        for kind in kinds():
            is_set = kind.folder == config_sets.FOLDER
            for file in self._files(kind, path, beside, found):
                of_file = tuple(self._checker.grade(_findings(kind, file, beside)))
                found.update((one.order, one) for one in of_file)
                numbers[kind.name] += 1
                if is_set and self._is_chosen(file):
                    checks.append(_set_check(target, file, of_file))
        if self._config not in {"", ALL} and not checks:
            found.update((one.order, one) for one in self._checker.grade(self._without_set(target, path)))
        others = sorted(found.values(), key=lambda one: one.order)
        whole = result._replace(diagnostics=(*result.diagnostics, *others), set_checks=tuple(checks))
        return _with_numbers(whole, numbers)

    def _files(
        self, kind: Kind, path: Path, beside: Beside, found: dict[tuple[object, ...], Diagnostic]
    ) -> list[Path]:
        """List the files of a kind that count; a folder that cannot be listed is a finding."""
        is_loose = path.name not in FILE_NAMES
        if is_loose and not (self._config and kind.folder == config_sets.FOLDER):
            return []
        try:
            files = kind.files(beside.place, beside.folder)
        except XchangeError as error:
            name = shown(beside.place / kind.folder, beside.folder)
            trouble = unreadable(name, beside.key, error)
            found[trouble.order] = trouble
            return []
        return [file for file in files if self._is_chosen(file)] if is_loose else files

    def _is_chosen(self, file: Path) -> bool:
        return self._config in {ALL, file.stem}

    def _beside(self, path: Path, key: str) -> Beside:
        @cache
        def source() -> Source:
            name = shown(path, self._folder)
            try:
                return Source.read(path, name)
            except XchangeError:  # told where the integration is checked
                return Source(name, "")

        @cache
        def model() -> Integration | None:
            return build(parse(source()).root)

        def text() -> str:
            return source().text

        return Beside(path.parent, self._folder, key, self._catalog, model, text, self._config)

    def _without_set(self, target: Target, path: Path) -> Iterator[Diagnostic]:
        try:
            source = Source.read(path, target.name)
        except XchangeError:  # told where the integration is checked
            return
        found = report(
            "unknown-config-set",
            f"`{target.key}` has no config set `{self._config}`",
            source.span(0, 0),
            subject=self._config,
        )
        yield finish(found, parse(source), target.key)


def require_sets(config: str, targets: Iterable[Target], folder: Path) -> None:
    """Make sure that at least one of the integrations has the set `config`, or any set for `all`.

    Raises:
        XchangeError: NOT_FOUND with the nearest name; UNREADABLE when a folder cannot be listed.

    """
    paths = [target.path for target in targets if target.path is not None]
    kind = next(kind for kind in kinds() if kind.folder == config_sets.FOLDER)
    names = {file.stem for path in paths for file in kind.files(path.parent, folder)}
    if config in names or (config == ALL and names):
        return
    near = nearest(config, names)
    known = f"There are: {', '.join(sorted(names))}." if names else ""
    otherwise = known or f"Write {config_sets.FOLDER}/NAME.yml beside the integration."
    raise XchangeError(
        ErrorCode.NOT_FOUND,
        "there is no config set" if config == ALL else f"there is no config set `{config}`",
        hint=f"Did you mean `{near}`?" if near else otherwise,
    )


def _findings(kind: Kind, file: Path, beside: Beside) -> Iterator[Diagnostic]:
    """Yield what is wrong with a file; that it cannot be read is a finding, too."""
    try:
        yield from kind.check(file, beside)
    except XchangeError as error:
        yield unreadable(shown(file, beside.folder), beside.key, error)


def _with_numbers(result: FileResult, numbers: Mapping[str, int]) -> FileResult:
    """Add how many files of each kind there are."""
    return result._replace(
        config_sets=numbers.get("config_set", 0),
        payloads=numbers.get("payload", 0),
        flow_tests=numbers.get("flow_test", 0),
    )


def _set_check(target: Target, file: Path, found: Iterable[Diagnostic]) -> SetCheck:
    return SetCheck(target.key, target.name, file.stem, tuple(one.fingerprint for one in found))
