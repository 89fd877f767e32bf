"""Takes out the findings that comments silence, and reports comments that silence nothing or say too little."""

from collections.abc import Iterable
from typing import NamedTuple

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.document.parse import Document
from xchange_cli.source import Source
from xchange_cli.validation.ignore_comments import WORD, IgnoreComment, ignore_comments
from xchange_cli.validation.rule import NO_HOUSE_RULES, HouseRules
from xchange_cli.validation.unignorable import NOT_IGNORABLE


class _Settled(NamedTuple):
    """`used` holds each comment's place and the rule that it silenced."""

    kept: list[Diagnostic]
    used: set[tuple[int, str]]


def settle(
    document: Document,
    found: Iterable[Diagnostic],
    *,
    is_whole: bool = True,
    house: HouseRules = NO_HOUSE_RULES,
) -> list[Diagnostic]:
    """Drop what the file's comments silence, and add what is wrong with the comments.

    `found` is all that can be found in the file by a check of the file alone. `is_whole` is False where parts of it
    were not checked: a comment there may have its use. `house` are the project's own rules, which were applied, too.
    """
    comments = _comments_of(document)
    if not comments:
        return list(found)
    from xchange_cli.validation.ignore_findings import comment_findings

    everything = list(found)
    settled = _settle(document.source, everything, comments)
    judges_use = is_whole and not any(one.rule == "internal-rule-error" for one in everything)
    about = comment_findings(comments, settled.used, everything, judges_use=judges_use, house=house)
    return [*settled.kept, *about]


def without_ignored(document: Document, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Drop what the file's comments silence, and say nothing about the comments."""
    comments = _comments_of(document)
    return _settle(document.source, found, comments).kept if comments else list(found)


def _comments_of(document: Document) -> tuple[IgnoreComment, ...]:
    if document.root is None or WORD not in document.source.text:
        return ()
    return ignore_comments(document.source)


def _settle(source: Source, found: Iterable[Diagnostic], comments: Iterable[IgnoreComment]) -> _Settled:
    by_rule: dict[str, list[IgnoreComment]] = {}
    for comment in comments:
        for rule in comment.rules:
            by_rule.setdefault(rule.slug, []).append(comment)
    settled = _Settled([], set())
    for one in found:
        silencing = _silencing(one, by_rule.get(one.rule, ())) if one.span.source is source else []
        settled.used.update((comment.span.start, one.rule) for comment in silencing)
        if not silencing:
            settled.kept.append(one)
    return settled


def _silencing(found: Diagnostic, naming: Iterable[IgnoreComment]) -> list[IgnoreComment]:
    if found.rule in NOT_IGNORABLE:
        return []
    return [comment for comment in naming if found.span.first.line in comment.lines]
