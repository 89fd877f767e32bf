"""What validating several files gave."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.source import Source, Span
from xchange_cli.validation.baseline import KnownFindings
from xchange_cli.validation.rule import NO_HOUSE_RULES, HouseRules
from xchange_cli.validation.statistics import RuleCount

UNREADABLE_FILE = "unreadable-file"


class FileFix(NamedTuple):
    """How fixes change one file: from the text of `source` to `text`; `path` is None for standard input.

    `fixed` are the findings that are gone by it, at their places in the old text of the round that mended them.
    `secrets` are texts of the file that must not be shown.
    """

    path: Path | None
    source: Source
    text: str
    fixed: tuple[Diagnostic, ...]
    secrets: frozenset[str] = frozenset()


class Fixable(NamedTuple):
    """How many findings can be mended: by safe fixes, and further ones by unsafe fixes only."""

    safe: int = 0
    unsafe: int = 0


class SetCheck(NamedTuple):
    """An integration that was checked with one of its config sets; `found` are the fingerprints of what was found.

    `lacks_values` tells of a set that others extend: values are missing in it, which is no finding there.
    """

    integration: str
    file: str
    config_set: str
    found: tuple[str, ...]
    lacks_values: bool = False


class SetVerdict(NamedTuple):
    """How an integration stands with one of its config sets; `integration` is its key, `file` its file.

    One that `lacks_values` is a base for others: the integration cannot run with it alone, whatever was found.
    """

    integration: str
    file: str
    config_set: str
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    lacks_values: bool = False

    @property
    def severity(self) -> Severity | None:
        """The worst that was found; None where that is nothing."""
        numbers = (
            (self.errors, Severity.ERROR),
            (self.warnings, Severity.WARNING),
            (self.notes, Severity.INFO),
        )
        return next((severity for number, severity in numbers if number), None)


class FileResult(NamedTuple):
    """Findings of one file and how much was in it; with a `fix`, of the file as it is then.

    For an integration, those of the files beside it are among them; `config_sets`, `payloads` and `flow_tests` are how
    many of these there are, and `fixes_beside` change them. `secrets` are the places of secrets in clear text.
    `project_files` is 1 for a file of approvals that was named.
    """

    name: str
    flows: int = 0
    steps: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()
    fix: FileFix | None = None
    config_sets: int = 0
    set_checks: tuple[SetCheck, ...] = ()
    secrets: tuple[Span, ...] = ()
    payloads: int = 0
    flow_tests: int = 0
    is_integration: bool = True
    fixes_beside: tuple[FileFix, ...] = ()
    project_files: int = 0


class ValidationResult(NamedTuple):
    """Findings in the order of the files, and what was checked; `fail_on` decides whether that is `ok`.

    `files` are integrations, `project_files` the project file, own components and house rules.

    `names` are the files that were checked, also those without findings, but for what was checked beside integrations.
    `news` are the findings to list where others were listed before; None is for all. `fixable` are the findings that fixes could
    mend; `fixes` are the changes that mended others, which nobody has written yet. `house` are the project's own rules.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: int
    flows: int
    steps: int
    rules: int
    fail_on: Severity = Severity.ERROR
    config_sets: int = 0
    seconds: float = 0.0
    fixable: Fixable = Fixable()
    fixes: tuple[FileFix, ...] = ()
    names: tuple[str, ...] = ()
    baseline: KnownFindings | None = None
    counts: tuple[RuleCount, ...] | None = None
    set_checks: tuple[SetCheck, ...] = ()
    payloads: int = 0
    flow_tests: int = 0
    project_files: int = 0
    house: HouseRules = NO_HOUSE_RULES
    news: tuple[Diagnostic, ...] | None = None

    @property
    def listed(self) -> tuple[Diagnostic, ...]:
        return self.diagnostics if self.news is None else self.news

    @property
    def ok(self) -> bool:
        return all(found.severity.rank > self.fail_on.rank for found in self.diagnostics)

    @property
    def has_unreadable(self) -> bool:
        return any(found.rule == UNREADABLE_FILE for found in self.diagnostics)

    @property
    def matrix(self) -> tuple[SetVerdict, ...]:
        """How each integration stands with each config set that it was checked with: counts of `diagnostics`."""
        severities = {found.fingerprint: found.severity for found in self.diagnostics}
        return tuple(_verdict(check, severities) for check in self.set_checks)

    def count(self, severity: Severity) -> int:
        return sum(found.severity is severity for found in self.diagnostics)


def _verdict(check: SetCheck, severities: Mapping[str, Severity]) -> SetVerdict:
    found = Counter(severities.get(fingerprint) for fingerprint in check.found)
    counts = (found[Severity.ERROR], found[Severity.WARNING], found[Severity.INFO])
    return SetVerdict(check.integration, check.file, check.config_set, *counts, check.lacks_values)
