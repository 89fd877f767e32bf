"""Integrations checked together with the files beside them, and such files alone where they are named."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from xchange_cli.components.catalog import Catalog
from xchange_cli.configset.findings import report
from xchange_cli.diagnostics import Diagnostic
from xchange_cli.document.parse import Document, parse
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.model.build import build
from xchange_cli.model.integration import Integration
from xchange_cli.nearest import nearest
from xchange_cli.project.beside import CONFIGS
from xchange_cli.project.keys import FILE_NAMES, key_of, shown
from xchange_cli.project.targets import Target
from xchange_cli.source import Source
from xchange_cli.validation import file_findings
from xchange_cli.validation.checker import Check, Checker, unreadable
from xchange_cli.validation.finish import finish
from xchange_cli.validation.fix_choice import fix_of
from xchange_cli.validation.kind import ALL, Beside, Kind, home_of, integration_beside, kind_of, kinds
from xchange_cli.validation.named import is_raw_payload, place, refusal
from xchange_cli.validation.result import FileFix, FileResult, SetCheck
from xchange_cli.validation.waiting_files import waiting_findings

if TYPE_CHECKING:
    from xchange_cli.validation.fixing import Fixer


class FilesBeside:
    """Checks integrations by `check`, and then what stands beside them; names are relative to `folder`.

    A file that is not called `integration.yml` may stand anywhere: of what is beside it, only the sets that `config`
    chooses count. Of `named` files the user has given the places; those beside an integration are mended by `fixer`.
    """

    def __init__(
        self,
        check: Check,
        checker: Checker,
        catalog: Catalog,
        folder: Path,
        config: str = "",
        *,
        named: frozenset[str] = frozenset(),
        fixer: "Fixer | None" = None,
    ) -> None:
        self._check = check
        self._checker = checker
        self._catalog = catalog
        self._folder = folder
        self._config = config
        self._named = named
        self._fixer = fixer

    def check(self, target: Target) -> FileResult:
        """Validate an integration with the files beside it, or one of these files alone."""
        if target.path is None:
            return self._check(target)
        kind = kind_of(target.path)
        if kind is not None:
            return self._alone(target.path, kind)
        if is_raw_payload(target.path):
            return self._unchecked(target)
        error = refusal(target.path)
        if error is not None:
            found = tuple(self._checker.grade([unreadable(target.name, target.key, error)]))
            return FileResult(target.name, diagnostics=found, is_integration=False)
        return self._with_others(self._check(target), target, target.path)

    def _unchecked(self, target: Target) -> FileResult:
        source = Source(target.name, "")
        found = file_findings.report(
            "unchecked-file",
            "a payload with this ending may hold anything: nothing is checked",
            source.span(0, 0),
        )
        finished = self._checker.grade([finish(found, Document(source, None), target.key)])
        return FileResult(target.name, diagnostics=tuple(finished), payloads=1, is_integration=False)

    def _alone(self, path: Path, kind: Kind) -> FileResult:
        owner = integration_beside(path)
        assert owner is not None
        beside = self._beside(owner, key_of(owner))._replace(config="", is_named=True)
        found = self._judged(kind, path, beside)
        return _with_numbers(found, {kind.name: 1})._replace(project_files=0 if kind.folder else 1)

    def _judged(self, kind: Kind, file: Path, beside: Beside) -> FileResult:
        """Check a file beside an integration, as fixes change it where these are wanted."""
        name = shown(file, self._folder)

        def judge(source: Source | None) -> FileResult:
            found = self._checker.grade(_findings(kind, file, beside._replace(mended=source)))
            in_order = tuple(sorted(found, key=lambda one: one.order))
            return FileResult(name, diagnostics=in_order, is_integration=False)

        result = judge(None)
        sources = (one.span.source for one in result.diagnostics if fix_of(one, unsafe=True) is not None)
        source = next(sources, None)
        if self._fixer is None or source is None or source.name != name:
            return result
        return self._fixer.mend(file, source, judge)

    def _with_others(self, result: FileResult, target: Target, path: Path) -> FileResult:
        beside = self._beside(path, target.key, result.fix)
        found: dict[tuple[object, ...], Diagnostic] = {}
        checks: list[SetCheck] = []
        numbers: Counter[str] = Counter()
        fixes: list[FileFix] = []
        for kind in kinds():
            is_set = kind.folder == CONFIGS
            for file in self._files(kind, path, beside, found):
                judged = self._judged(kind, file, self._as_asked(beside, file))
                of_file = judged.diagnostics
                fixes += [judged.fix] if judged.fix is not None else []
                found.update((one.order, one) for one in of_file)
                numbers[kind.name] += 1
                if is_set and self._is_chosen(file):
                    checks.append(_set_check(target, file, of_file, beside))
        if path.name in FILE_NAMES:
            found.update((one.order, one) for one in self._checker.grade(waiting_findings(beside)))
        if self._config not in {"", ALL} and not checks:
            found.update((one.order, one) for one in self._checker.grade(self._without_set(target)))
        others = sorted(found.values(), key=lambda one: one.order)
        whole = result._replace(diagnostics=(*result.diagnostics, *others), set_checks=tuple(checks))
        whole = whole._replace(fixes_beside=tuple(fixes))
        return _with_numbers(whole, numbers)

    def _files(
        self, kind: Kind, path: Path, beside: Beside, found: dict[tuple[object, ...], Diagnostic]
    ) -> list[Path]:
        """List the files of a kind that count; a folder that cannot be listed is a finding."""
        is_loose = path.name not in FILE_NAMES
        if is_loose and not (self._config and kind.folder == CONFIGS):
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

    def _as_asked(self, beside: Beside, file: Path) -> Beside:
        """Judge a file that was named as if it was named alone."""
        if place(file) not in self._named or self._is_chosen(file):
            return beside
        return beside._replace(config="", is_named=True)

    def _beside(self, path: Path, key: str, fix: FileFix | None = None) -> Beside:
        @cache
        def source() -> Source:
            name = shown(path, self._folder)
            if fix is not None:
                return Source(name, fix.text)
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

    def _without_set(self, target: Target) -> Iterator[Diagnostic]:
        try:
            source = target.read()
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
    places = dict.fromkeys(path.parent if kind_of(path) is None else home_of(path) for path in paths)
    kind = next(kind for kind in kinds() if kind.folder == CONFIGS)
    names = {file.stem for one in places for file in kind.files(one, folder)}
    if config in names or (config == ALL and names):
        return
    near = nearest(config, names)
    known = f"There are: {', '.join(sorted(names))}." if names else ""
    otherwise = known or f"Write {CONFIGS}/NAME.yml beside the integration."
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


def _set_check(target: Target, file: Path, found: Iterable[Diagnostic], beside: Beside) -> SetCheck:
    from xchange_cli.validation.config_set_findings import is_incomplete_base

    fingerprints = tuple(one.fingerprint for one in found)
    lacks_values = is_incomplete_base(file, beside)
    return SetCheck(target.key, target.name, file.stem, fingerprints, lacks_values=lacks_values)
