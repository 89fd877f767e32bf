"""How house rules did on their own cases, for people."""

from typing import TextIO

from xchange_cli.formats import findings_text, warning_text
from xchange_cli.formats.cells import showable
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import count, wrapped
from xchange_cli.validation.house.check import CheckedRule, CheckedRules, Difference, FailedCase

_NOTHING = "nothing"


def render(checked: CheckedRules, out: TextIO) -> None:
    style = Style.of(out)
    findings_text.render(checked.diagnostics, out)
    for rule in checked.rules:
        for case in rule.failed:
            _write_case(rule, case, out, style)
    untried = [rule for rule in checked.rules if not rule.cases]
    for rule in untried:
        place = style.paint("bold", f"{showable(str(rule.name.place))}:")
        out.write(f"{place} {rule.slug} has no cases\n")
    if untried:
        verb = "has" if len(untried) == 1 else "have"
        warning_text.render(f"{count(len(untried), 'rule')} {verb} no cases", out)
    out.write(("\n" if untried else "") + _sum(checked) + "\n")


def _write_case(rule: CheckedRule, case: FailedCase, out: TextIO, style: Style) -> None:
    for one in case.differences:
        place = style.paint("bold", f"{showable(str(one.span.place))}:")
        head = f"{case.kind} case {case.number} of {rule.slug} fails"
        out.write(f"{place} {style.paint('error', head)}\n")
        findings_text.write_excerpt(one.span, "error", out, style)
        _write_difference(one, out, style)


def _write_difference(one: Difference, out: TextIO, style: Style) -> None:
    for label, text in (("expected: ", one.expected), ("got:      ", one.got)):
        words = wrapped(text or _NOTHING, f"  {label}")
        out.write(words.replace(label, style.paint("bold", label.rstrip()) + label[len(label.rstrip()) :], 1))
        out.write("\n")
    out.write("\n")


def _sum(checked: CheckedRules) -> str:
    """Say `3 rules, 7 cases: all as they should be`."""
    cases = sum(rule.cases for rule in checked.rules)
    verdict = f"{count(checked.failed, 'case')} {'fails' if checked.failed == 1 else 'fail'}"
    if not checked.failed:
        verdict = "nothing to try" if not cases else "all as they should be"
    unused = f"; {count(len(checked.diagnostics), 'finding')} about the files" if checked.diagnostics else ""
    return f"{count(len(checked.rules), 'rule')}, {count(cases, 'case')}: {verdict}{unused}"
