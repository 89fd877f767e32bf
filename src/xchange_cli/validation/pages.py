"""What can be explained about each kind of finding: the rules, and findings that no rule makes."""

from collections.abc import Iterator
from typing import NamedTuple

from xchange_cli.configset.findings import FINDINGS
from xchange_cli.diagnostics import Severity
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.nearest import nearest
from xchange_cli.validation.result import UNREADABLE_FILE
from xchange_cli.validation.rule import rules

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
    Every file that is asked for exists, may be read, is not larger than 16 MiB, and is UTF-8 or UTF-16 text.

Why it matters
    Nothing is known about the file, so the command ends with exit code 3 whatever the other files hold.

How to fix
    Follow the reason in the message: correct the path, the link or the permissions, or save the file as UTF-8.
"""


class Page(NamedTuple):
    """The documentation of one kind of finding. `origin` says what makes it: `rule`, `run` or `config`."""

    slug: str
    severity: Severity
    documentation: str
    examples: tuple[str, ...] = ()
    origin: str = "rule"

    @property
    def summary(self) -> str:
        return self.documentation.partition("\n")[0]


def pages() -> tuple[Page, ...]:
    """Give all pages in the order of their slugs."""
    return tuple(sorted(_pages(), key=lambda page: page.slug))


def page(slug: str) -> Page:
    """Find a page.

    Raises:
        XchangeError: NOT_FOUND; the hint names the nearest slug.

    """
    by_slug = {known.slug: known for known in pages()}
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
    for finding in FINDINGS.values():
        yield Page(finding.slug, finding.severity, finding.documentation, origin="config")
