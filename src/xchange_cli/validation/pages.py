"""What can be explained about each kind of finding: the rules, and findings that no rule makes."""

from collections.abc import Iterator
from typing import NamedTuple

from xchange_cli.configset.findings import FINDINGS
from xchange_cli.diagnostics import Severity
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.nearest import nearest
from xchange_cli.validation.bad_house_rule import BAD_HOUSE_RULE, DOCUMENTATION
from xchange_cli.validation.file_findings import FILE_FINDINGS
from xchange_cli.validation.fixable import Fixability, fixability
from xchange_cli.validation.result import UNREADABLE_FILE
from xchange_cli.validation.rule import NO_HOUSE_RULES, HouseRules, rules, slugs

_INTERNAL_RULE_ERROR = """\
A rule of xchange failed.

What it checks
    Nothing: this finding stands for a rule that broke down on the file. The other rules went on.

Why it matters
    What the rule would have found stays unknown. It is a bug in xchange, not in the file.

How to fix
    Report it together with the file. Until then `lint: {rules: {internal-rule-error: off}}` silences it.
"""

_UNREADABLE_FILE = """\
A file cannot be read.

What it checks
    Every file that is asked for exists, may be read, is not larger than 16 MiB, and is UTF-8 or UTF-16 text. A file that
    is named is one that can be checked: YAML, or a payload.

Why it matters
    Nothing is known about the file, so the command ends with exit code 3 whatever the other files hold.

How to fix
    Follow the reason in the message: correct the path, the link or the permissions, or save the file as UTF-8.
"""


class Page(NamedTuple):
    """The documentation of one kind of finding. `origin` says what makes it: `rule`, `run`, `config`, `file` or
    `house`.
    """

    slug: str
    severity: Severity
    documentation: str
    examples: tuple[str, ...] = ()
    origin: str = "rule"

    @property
    def summary(self) -> str:
        return self.documentation.partition("\n")[0]

    @property
    def fixable(self) -> Fixability:
        return fixability(self.slug)


def pages(house: HouseRules = NO_HOUSE_RULES) -> tuple[Page, ...]:
    """Give all pages, also those of a project's own rules, in the order of their slugs."""
    return tuple(sorted((*_pages(), *_house_pages(house)), key=lambda page: page.slug))


def names() -> frozenset[str]:
    """Give the slugs of all pages but a project's own, without loading the rules."""
    others = ("internal-rule-error", UNREADABLE_FILE, BAD_HOUSE_RULE)
    return frozenset((*slugs(), *others, *FINDINGS, *FILE_FINDINGS))


def page(slug: str, house: HouseRules = NO_HOUSE_RULES) -> Page:
    """Find a page.

    Raises:
        XchangeError: NOT_FOUND; the hint names the nearest slug.

    """
    by_slug = {known.slug: known for known in pages(house)}
    found = by_slug.get(slug)
    if found is None:
        near = nearest(slug, by_slug)
        hint = f"Did you mean `{near}`?" if near else "`xchange rules` lists them."
        raise XchangeError(ErrorCode.NOT_FOUND, f"there is no rule `{slug}`", hint=hint)
    return found


def _pages() -> Iterator[Page]:
    for rule in rules():
        yield Page(rule.slug, rule.severity, rule.documentation, rule.invalid)
    yield Page("internal-rule-error", Severity.ERROR, _INTERNAL_RULE_ERROR.strip(), origin="run")
    yield Page(UNREADABLE_FILE, Severity.ERROR, _UNREADABLE_FILE.strip(), origin="run")
    yield Page(BAD_HOUSE_RULE, Severity.ERROR, DOCUMENTATION.strip(), origin="run")
    for finding in FINDINGS.values():
        yield Page(finding.slug, finding.severity, finding.documentation, origin="config")
    for finding in FILE_FINDINGS.values():
        yield Page(finding.slug, finding.severity, finding.documentation, origin="file")


def _house_pages(house: HouseRules) -> Iterator[Page]:
    for rule in house.rules:
        yield Page(rule.slug, rule.severity, rule.documentation, rule.invalid, origin="house")
