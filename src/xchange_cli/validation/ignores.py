"""Takes out the findings that comments silence, and reports comments that silence nothing or say too little."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.document.parse import Document
from xchange_cli.source import Source
from xchange_cli.validation.ignore_comments import WORD, IgnoreComment, ignore_comments
from xchange_cli.validation.input_comments import misplaced_comments, with_whole_inputs
from xchange_cli.validation.rule import NO_HOUSE_RULES, HouseRules
from xchange_cli.validation.unignorable import NOT_IGNORABLE


class _Settled(NamedTuple):
    """`used` holds each comment's place and the rule that it silenced."""

    kept: list[Diagnostic]
    used: set[tuple[int, str]]


class _ByLine:
    """Comments by the lines that they are about; each finding asks for those of its line."""

    def __init__(self, comments: Iterable[IgnoreComment]) -> None:
        self._comments = sorted(comments, key=lambda comment: comment.lines.start)
        self._starts = [comment.lines.start for comment in self._comments]
        self._ends = list(accumulate((comment.lines.stop for comment in self._comments), max))
        """How far this comment or one before it reaches."""

    def about(self, line: int) -> Iterator[IgnoreComment]:
        index = bisect_right(self._starts, line) - 1
        while index >= 0 and line < self._ends[index]:
            if line in self._comments[index].lines:
                yield self._comments[index]
            index -= 1


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
    everything = list(found)
    if not _may_have_comments(document):
        return everything
    from xchange_cli.validation.ignore_findings import comment_findings, known_names, misplaced_finding

    comments = _comments_of(document)
    misplaced = map(misplaced_finding, misplaced_comments(document, known_names(house)))
    settled = _settle(document.source, everything, comments)
    judges_use = is_whole and not any(one.rule == "internal-rule-error" for one in everything)
    about = comment_findings(comments, settled.used, everything, judges_use=judges_use, house=house)
    return [*settled.kept, *about, *misplaced]


def without_ignored(document: Document, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Drop what the file's comments silence, and say nothing about the comments."""
    comments = _comments_of(document)
    return _settle(document.source, found, comments).kept if comments else list(found)


def _comments_of(document: Document) -> tuple[IgnoreComment, ...]:
    if not _may_have_comments(document):
        return ()
    comments = ignore_comments(document.source)
    return with_whole_inputs(comments, document) if comments else ()


def _may_have_comments(document: Document) -> bool:
    return document.root is not None and WORD in document.source.text


def _settle(source: Source, found: Iterable[Diagnostic], comments: Iterable[IgnoreComment]) -> _Settled:
    by_rule: dict[str, list[IgnoreComment]] = {}
    for comment in comments:
        for rule in comment.rules:
            by_rule.setdefault(rule.slug, []).append(comment)
    places = {rule: _ByLine(naming) for rule, naming in by_rule.items() if rule not in NOT_IGNORABLE}
    settled = _Settled([], set())
    for one in found:
        naming = places.get(one.rule) if one.span.source is source else None
        silencing = [] if naming is None else list(naming.about(one.span.first.line))
        settled.used.update((comment.span.start, one.rule) for comment in silencing)
        if not silencing:
            settled.kept.append(one)
    return settled
