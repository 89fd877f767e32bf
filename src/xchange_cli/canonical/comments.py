"""Finds the comments of a text and attaches each to the part that it stands by.

Behind other text it belongs to what ends there. On a line of its own it belongs to what follows, or to the end of a
collection above it if it is indented like that. Those at the start of the file stay there.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from xchange_cli.canonical.tree import Comment, Group, Leaf, Part, Tree
from xchange_cli.source import Source
from xchange_cli.validation.ignore_comments import IgnoreComment, ignore_comments

_IN_GAP = re.compile(r"[&!][^ \t\r\n]*|^%[^\r\n]*|#[^\r\n]*", re.MULTILINE)
_BEHIND_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\r\n]*)")
_MARKS = {"", "---", "..."}


def attach_comments(tree: Tree) -> Tree:
    """Attach all comments, and pin what those concern that silence findings."""
    source = tree.source
    if "#" not in source.text:
        return tree
    ignoring = ignore_comments(source)
    silent = {one.span.start for one in ignoring}
    found = list(_comments(source, tree.texts, silent))
    outside = [one for one in found if not _keep_flow_around(tree, one)]
    for ignore in ignoring:
        _pin(tree, ignore)
    head, rest = _head(tree, outside)
    _Attaching(tree).attach(rest)
    return tree._replace(head=head, has_gap=bool(head) and _is_gap_behind(source, head[-1]))


def comment_texts(tree: Tree) -> list[str]:
    """Give the texts of all comments, sorted."""
    return sorted(one.text for one in _comments(tree.source, tree.texts, set()))


def _comments(source: Source, texts: list[tuple[int, int]], silent: set[int]) -> Iterator[Comment]:
    """Look between scalars, and behind the `|` of those in blocks."""
    text, done = source.text, 0
    for start, end in (*texts, (len(text), len(text))):
        for match in _IN_GAP.finditer(text, done, start):
            if match.group().startswith("#"):
                yield _comment(source, match.start(), match.group(), silent)
        header = _BEHIND_HEADER.match(text, start, end) if text[start : start + 1] in {"|", ">"} else None
        if header:
            yield _comment(source, header.start(1), header.group(1), silent)
        done = end


def _comment(source: Source, start: int, text: str, silent: set[int]) -> Comment:
    line, column = source.position(start)
    before = source.text[source.line_starts[line - 1] : start]
    is_alone = before.strip(" \t") in _MARKS
    return Comment(
        start, text.rstrip(" \t"), column - 1, is_alone, _is_after_blank(source, line), start in silent
    )


def _is_after_blank(source: Source, line: int) -> bool:
    return line > 1 and not source.line(line - 1).strip(" \t")


def _keep_flow_around(tree: Tree, comment: Comment) -> bool:
    """Keep the collection in brackets that a comment stands in, which goes with it then."""
    index = bisect_right(tree.flows, comment.start, key=lambda flow: flow.start) - 1
    if index < 0 or tree.flows[index].end <= comment.start:
        return False
    tree.flows[index].is_kept = True
    return True


def _pin(tree: Tree, ignore: IgnoreComment) -> None:
    """Pin what begins in the lines that a comment is about, and keep the brackets that reach into them."""
    starts = tree.source.line_starts
    if not ignore.lines:
        return
    first = starts[ignore.lines.start - 1]
    behind = starts[ignore.lines.stop - 1] if ignore.lines.stop <= len(starts) else len(tree.source.text)
    low = bisect_left(tree.parts, first, key=lambda part: part.start)
    for part in tree.parts[low : bisect_left(tree.parts, behind, key=lambda part: part.start)]:
        part.is_pinned = True
    for flow in tree.flows:
        if flow.start < behind and flow.end > first:
            flow.is_kept = True


def _head(tree: Tree, comments: list[Comment]) -> tuple[list[Comment], list[Comment]]:
    """Split off the comments that stay at the start of the file.

    Of several paragraphs above the first key, the last one belongs to the key if it stands right above it.
    """
    begin = tree.parts[0].start if tree.parts else tree.root.start
    count = bisect_left(comments, begin, key=lambda one: one.start)
    head, rest = comments[:count], comments[count:]
    if not head or _is_gap_behind(tree.source, head[-1]):
        return head, rest
    paragraph = max((number for number, one in enumerate(head) if one.after_blank), default=0)
    return (head[:paragraph], head[paragraph:] + rest) if paragraph else (head, rest)


def _is_gap_behind(source: Source, comment: Comment) -> bool:
    number = source.position(comment.start).line + 1
    return number <= len(source.line_starts) and not source.line(number).strip(" \t")


class _Attaching:
    """Gives comments, in their order, to the parts of a tree."""

    def __init__(self, tree: Tree) -> None:
        self._source = tree.source
        self._root = tree.root
        self._parts = tree.parts
        self._starts = [part.start for part in tree.parts]
        self._following: Part | None = None
        self._foot: tuple[Part, int] | None = None

    def attach(self, comments: list[Comment]) -> None:
        for comment in comments:
            last = self._last_before(comment.start)
            if last is None and self._parts:
                self._parts[0].before.append(comment)
            elif last is None:
                self._root.after.append(comment)
            elif comment.is_alone:
                self._alone(comment, last)
            else:
                last.before += last.behind
                last.behind = [comment]

    def _last_before(self, offset: int) -> Part | None:
        index = bisect_right(self._starts, offset)
        return self._parts[index - 1] if index else None

    def _alone(self, comment: Comment, last: Part) -> None:
        if self._is_within(comment, last):
            last.before.append(comment)
            return
        index = bisect_right(self._starts, comment.start)
        following = self._parts[index] if index < len(self._parts) else None
        ended = None
        if not comment.ignores and (following is None or following is not self._following):
            ended = self._ended(comment, last, following)
        if following is not None and ended is None:
            self._following = following
            following.before.append(comment)
        else:
            (ended or self._root).after.append(comment)

    def _is_within(self, comment: Comment, last: Part) -> bool:
        """Tell whether a comment stands between a key and its value, or where the value is left out."""
        value = last.value
        if isinstance(value, Leaf) and value.is_empty:
            return comment.column > self._column(last)
        return not (isinstance(value, Group) and not value.is_flow) and comment.start < value.end

    def _ended(self, comment: Comment, last: Part, following: Part | None) -> Group | None:
        """Find the innermost collection that ends above a comment and is not indented deeper than it."""
        limit = -1 if following is None else self._column(following)
        deepest = comment.column
        if self._foot is not None and self._foot[0] is last:  # comments keep their order
            deepest = min(deepest, self._foot[1])
        group: Group | None = last.group
        while group is not None:
            column = self._column(group.parts[0])
            if limit < column <= deepest:
                self._foot = last, column
                return group
            group = group.owner.group if group.owner is not None else None
        return None

    def _column(self, part: Part) -> int:
        return self._source.position(part.start).column - 1
