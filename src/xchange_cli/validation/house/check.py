"""Tries house rules on their own cases."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.patterns import expand
from xchange_cli.project.project import Project
from xchange_cli.source import Span
from xchange_cli.validation.cases import Expected
from xchange_cli.validation.house.cases import KEY, Case
from xchange_cli.validation.house.read import Written, read_files
from xchange_cli.validation.result import UNREADABLE_FILE
from xchange_cli.validation.rule import HouseRules
from xchange_cli.validation.unignorable import NOT_IGNORABLE
from xchange_cli.validation.validate import validate


class Difference(NamedTuple):
    """What a case says and what the rule found, at a place in the file of the rule; one of them may be empty."""

    span: Span
    expected: str
    got: str


class FailedCase(NamedTuple):
    """A case that does not come out as it says; `number` counts the cases of its `kind`, valid or invalid, from 1."""

    kind: str
    number: int
    span: Span
    differences: tuple[Difference, ...]


class CheckedRule(NamedTuple):
    slug: str
    name: Span
    valid: int
    invalid: int
    failed: tuple[FailedCase, ...]

    @property
    def cases(self) -> int:
        return self.valid + self.invalid


class CheckedRules(NamedTuple):
    """`diagnostics` are errors in rules, which were not tried, and doubts about others."""

    rules: tuple[CheckedRule, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        return not self.failed and not self.has_errors

    @property
    def has_errors(self) -> bool:
        return any(found.severity is Severity.ERROR for found in self.diagnostics)

    @property
    def has_unreadable(self) -> bool:
        return any(found.rule == UNREADABLE_FILE for found in self.diagnostics)

    @property
    def failed(self) -> int:
        """The number of cases that fail."""
        return sum(len(rule.failed) for rule in self.rules)


def check_rules(project: Project, arguments: Sequence[str], folder: Path, catalog: Catalog) -> CheckedRules:
    """Try the rules of some files, by default of the project, each on its own cases.

    Raises:
        XchangeError: NOT_FOUND where there is no such file or no rule.

    """
    book = read_files(_files(project, arguments, folder), folder, catalog, is_named=bool(arguments))
    if not book.rules and not book.diagnostics:
        raise XchangeError(
            ErrorCode.NOT_FOUND,
            "there is no house rule in these files",
            hint="docs/house-rules.md shows how one is written.",
        )
    rules = tuple(_checked(written, catalog) for written in book.rules.values())
    return CheckedRules(rules, book.diagnostics)


def _files(project: Project, arguments: Sequence[str], folder: Path) -> list[Path]:
    if not arguments:
        files = list(project.rule_files())
        if not files:
            patterns = ", ".join(project.rules)
            hint = "Write one, name files, or set `rules` in xchange.yaml."
            raise XchangeError(
                ErrorCode.NOT_FOUND, f"no house rules here: no file matches {patterns}", hint=hint
            )
        return files
    found: dict[Path, None] = {}
    for argument in arguments:
        matched = list(expand(folder, [argument])) or [folder / argument]
        found |= dict.fromkeys(matched)
    return list(found)


def _checked(written: Written, catalog: Catalog) -> CheckedRule:
    failed = [
        case
        for kind, nodes in (("valid", written.valid), ("invalid", written.invalid))
        for number, node in enumerate(nodes, start=1)
        for case in _tried(written, Case(node), kind, number, catalog)
    ]
    return CheckedRule(
        written.rule.slug, written.name, len(written.valid), len(written.invalid), tuple(failed)
    )


def _tried(written: Written, case: Case, kind: str, number: int, catalog: Catalog) -> Iterator[FailedCase]:
    """Yield the case if it fails: an invalid one that marks nothing does so in any case."""
    slug = written.rule.slug
    house = HouseRules((written.rule,), frozenset({slug}))
    report = validate(case.source(), catalog, key=KEY, house=house)
    counted = NOT_IGNORABLE | {slug}
    got = Counter(case.observed(found) for found in report.diagnostics if found.rule in counted)
    expected = Counter(case.expected())
    differences = tuple(_differences(case, expected - got, got - expected))
    if not differences and kind == "invalid" and not expected:
        differences = (Difference(case.place(_NOWHERE), f"a caret line that names {slug}", ""),)
    if not differences and kind == "valid" and expected:
        differences = tuple(Difference(case.place(one), "", _told(case, one)) for one in expected)
    if differences:
        yield FailedCase(kind, number, case.place(_NOWHERE), differences)


_NOWHERE = Expected(0, 1, 1, "", "")


def _differences(case: Case, missing: Counter[Expected], extra: Counter[Expected]) -> Iterator[Difference]:
    """Put together what stands in the same line: there the place or the message differs."""
    left = sorted(extra.elements())
    for one in sorted(missing.elements()):
        other = next((found for found in left if found.line == one.line), None)
        if other is not None:
            left.remove(other)
        yield Difference(case.place(one), _told(case, one), _told(case, other) if other else "")
    for other in left:
        yield Difference(case.place(other), "", _told(case, other))


def _told(case: Case, one: Expected) -> str:
    """Write a finding as a caret line has it; columns are those of the file."""
    place = "columns {} to {}".format(*case.columns(one)) if one.line else "outside of the case"
    return f"{one.rule}: {one.message} ({place})"
