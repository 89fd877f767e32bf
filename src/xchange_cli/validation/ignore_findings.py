"""What is wrong with comments that silence findings; rules without hooks document it."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache

from xchange_cli.diagnostics import Diagnostic, Edit, Fix
from xchange_cli.nearest import nearest
from xchange_cli.source import Span
from xchange_cli.validation.fixes import did_you_mean
from xchange_cli.validation.grades import is_pattern
from xchange_cli.validation.ignore_comments import IgnoreComment, NamedRule, is_alone
from xchange_cli.validation.input_comments import Misplaced
from xchange_cli.validation.pages import Page, pages
from xchange_cli.validation.rule import NO_HOUSE_RULES, HouseRules
from xchange_cli.validation.unignorable import ABOUT_COMMENTS, NOT_IGNORABLE

_FORM = "`# xchange: ignore[rule] reason`"
_KEEPS_BLANKS = re.compile(r"[|>]\d?\+")
"""Behind such a text, blank lines that followed a comment would become part of the text without it."""

Used = Collection[tuple[int, str]]


def comment_findings(
    comments: Iterable[IgnoreComment],
    used: Used,
    found: Collection[Diagnostic],
    *,
    judges_use: bool,
    house: HouseRules = NO_HOUSE_RULES,
) -> Iterator[Diagnostic]:
    """Judge each comment; `used` holds the comments' places with the rules that they silenced."""
    judged = list(comments)
    keeps_blanks = bool(judged) and _KEEPS_BLANKS.search(judged[0].span.source.text) is not None
    by_line = _ignorable_by_line(found) if any(map(_is_nameless, judged)) else []
    for comment in judged:
        if _is_nameless(comment):
            yield _nameless(comment, by_line)
            continue
        yield from _bad_names(comment, house)
        unused = list(_unused(comment, used, house)) if judges_use else []
        if unused and len(unused) == len(comment.rules):
            yield _useless(comment, keeps_blanks=keeps_blanks)
        else:
            yield from (_useless_name(comment, rule) for rule in unused)
            if not comment.reason:
                yield _without_reason(comment)


def known_names(house: HouseRules) -> frozenset[str]:
    """Give the names of all rules, those of the project, too."""
    return house.names.union(_known())


def misplaced_finding(comment: Misplaced) -> Diagnostic:
    """Tell where a comment belongs that became a part of an input's text."""
    names = ", ".join(comment.rules)
    places = "behind the `|` or above the input" if comment.is_block else "above the input"
    hint = f"Write `# xchange: ignore[{names}] reason` {places} `{comment.input}`."
    message = "this is a part of the text and ignores nothing"
    return _finding("bad-ignore", message, comment.span, hint, names)


@cache
def _known() -> dict[str, Page]:
    return {page.slug: page for page in pages()}


def _finding(slug: str, message: str, span: Span, hint: str, subject: str, *fixes: Fix) -> Diagnostic:
    return Diagnostic(slug, _known()[slug].severity, message, span, hint=hint, subject=subject, fixes=fixes)


def _is_nameless(comment: IgnoreComment) -> bool:
    return all(rule.slug == "*" for rule in comment.rules)


def _ignorable_by_line(found: Iterable[Diagnostic]) -> list[tuple[int, str]]:
    """Give line and rule of each finding that a comment can silence, in the order of the lines."""
    kept = (one for one in found if one.rule not in NOT_IGNORABLE | ABOUT_COMMENTS)
    return sorted({(one.span.first.line, one.rule) for one in kept})


def _nameless(comment: IgnoreComment, by_line: Sequence[tuple[int, str]]) -> Diagnostic:
    first, behind = (bisect_left(by_line, (line, "")) for line in (comment.lines.start, comment.lines.stop))
    here = sorted({rule for _, rule in by_line[first:behind]})
    wanted = f"Write `# xchange: ignore[{', '.join(here)}] reason`." if here else f"The form is {_FORM}."
    return _finding("bad-ignore", "this comment names no rule and ignores nothing", comment.span, wanted, "")


def _bad_names(comment: IgnoreComment, house: HouseRules) -> Iterator[Diagnostic]:
    known = known_names(house)
    for rule in comment.rules:
        if rule.slug in NOT_IGNORABLE | ABOUT_COMMENTS:
            message = f"a comment cannot ignore `{rule.slug}`"
            way_out = "Mend what it reports, and remove the name here."
            yield _finding("bad-ignore", message, rule.span, way_out, rule.slug)
        elif is_pattern(rule.slug):
            message = f"`{rule.slug}` is a pattern, and a comment names rules in full"
            yield _finding("bad-ignore", message, rule.span, "Name each rule that is meant.", rule.slug)
        elif rule.slug not in known:
            near = nearest(rule.slug, known)
            hint = did_you_mean(near, "`xchange rules` lists the names.")
            fixes = (Fix((Edit(rule.span, near),)),) if near else ()
            yield _finding(
                "bad-ignore", f"no rule is called `{rule.slug}`", rule.span, hint, rule.slug, *fixes
            )


def _unused(comment: IgnoreComment, used: Used, house: HouseRules) -> Iterator[NamedRule]:
    """Yield the rules that every check of the file applies and that found nothing here."""
    applied = {rule.slug for rule in house.rules}
    for rule in comment.rules:
        page = _known().get(rule.slug)
        is_judged = page is not None and page.origin == "rule" and rule.slug not in NOT_IGNORABLE
        is_judged = is_judged and rule.slug not in ABOUT_COMMENTS
        if (is_judged or rule.slug in applied) and (comment.span.start, rule.slug) not in used:
            yield rule


def _useless(comment: IgnoreComment, *, keeps_blanks: bool) -> Diagnostic:
    names = [rule.slug for rule in comment.rules]
    message = f"this comment ignores nothing: there is no finding of {_listed(names)} here"
    fix = Fix((_removal(comment.span),), safe=not keeps_blanks)
    return _finding("unused-ignore", message, comment.span, "Remove the comment.", ", ".join(names), fix)


def _useless_name(comment: IgnoreComment, rule: NamedRule) -> Diagnostic:
    message = f"there is no finding of `{rule.slug}` here to ignore"
    fix = Fix((Edit(_with_comma(comment, rule), ""),), safe=True)
    return _finding("unused-ignore", message, rule.span, "Remove the name.", rule.slug, fix)


def _without_reason(comment: IgnoreComment) -> Diagnostic:
    names = ", ".join(rule.slug for rule in comment.rules)
    hint = f"Say why behind the brackets: `# xchange: ignore[{names}] reason`."
    return _finding("ignore-without-reason", "this comment gives no reason", comment.span, hint, names)


def _listed(names: list[str]) -> str:
    *others, last = [f"`{name}`" for name in names]
    return f"{', '.join(others)} or {last}" if others else last


def _with_comma(comment: IgnoreComment, rule: NamedRule) -> Span:
    """Take the comma behind a name along; behind the last name there is none, so the one before it."""
    place = comment.rules.index(rule)
    if place + 1 < len(comment.rules):
        return Span(rule.span.source, rule.span.start, comment.rules[place + 1].span.start)
    before = comment.rules[place - 1].span.end if place else rule.span.start
    return Span(rule.span.source, before, rule.span.end)


def _removal(span: Span) -> Edit:
    """Take away a comment: with its line if it is alone there, else with the blanks that only part it from others."""
    source, number = span.source, span.first.line
    starts = source.line_starts
    if is_alone(span):
        end = starts[number] if number < len(starts) else len(source.text)
        return Edit(Span(source, starts[number - 1], end), "")
    line_end = starts[number - 1] + len(source.line(number))
    rest = source.text[span.end : line_end]
    if rest.strip():
        return Edit(Span(source, span.start, span.end + len(rest) - len(rest.lstrip())), "")
    start = starts[number - 1] + len(source.text[starts[number - 1] : span.start].rstrip())
    return Edit(Span(source, start, line_end), "")
