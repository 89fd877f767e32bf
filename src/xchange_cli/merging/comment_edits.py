"""Their comments as edits of our text."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from xchange_cli.diagnostics import Edit
from xchange_cli.document.entries import line_end
from xchange_cli.document.node import Scalar
from xchange_cli.merging.commented import COMMENT, Commented, comments_in
from xchange_cli.source import Source, Span


class Carried(NamedTuple):
    """What stands in ours and in theirs, and what it was, None where the base is without it."""

    base: Commented | None
    ours: Commented
    theirs: Commented


class Stray(NamedTuple):
    """Comments of theirs that have no place of their own in ours, and what they are put above, or below."""

    ours: Commented
    comments: tuple[str, ...]
    is_below: bool


class Known(NamedTuple):
    """All comments of the base and of ours: what stands elsewhere there was moved, not written.

    `spare` counts those that theirs has more often than that: so many were written, though one of the same text is known.
    """

    base: frozenset[str]
    ours: frozenset[str]
    spare: Counter[str]

    @classmethod
    def of(cls, base: Source, ours: Source, theirs: Source) -> "Known":
        was, mine, other = (Counter(comments_in(source.text)) for source in (base, ours, theirs))
        return cls(frozenset(was), frozenset(mine), (other - was) - (mine - was))

    def takes(self, line: str) -> bool:
        """Tell whether a comment whose text is known was written anew all the same; each is counted once."""
        is_new = self.spare[line] > 0
        self.spare[line] -= is_new
        return is_new


class _Put(NamedTuple):
    """Lines for a place in our text; of those for one place, the lower rank stands first, then the larger column."""

    start: int
    end: int
    rank: int
    column: int
    text: str


def edits_of(found: Iterable[Carried | Stray], known: Known) -> list[Edit]:
    """Give the edits of our text; what several have for one place is put there one below the other."""
    puts: list[_Put] = []
    source: Source | None = None
    for one in found:
        source = one.ours.node.source
        puts += _stray(one, known) if isinstance(one, Stray) else _carried(one, known)
    if source is None:
        return []
    puts.sort(key=lambda put: (put.start, put.rank, -put.column))
    return [
        Edit(Span(source, start, max(put.end for put in at)), "".join(dict.fromkeys(put.text for put in at)))
        for start, group in groupby(puts, key=lambda put: put.start)
        for at in [list(group)]
    ]


def _carried(one: Carried, known: Known) -> Iterator[_Put]:
    yield from _above(one, known)
    yield from _behind(one, known)
    yield from _below(one, known)


def _above(one: Carried, known: Known) -> Iterator[_Put]:
    was, mine, other = ([] if side is None else comments_in(side.head) for side in one)
    lines = _wanted(was, mine, other, known)
    ours = one.ours
    if lines is None:
        return
    if ours.is_behind_dash:
        yield _over(ours, [line for line in lines if line not in mine])
        return
    start, region = ours.chunk.start, ours.head
    blanks, ending = " " * ours.block.column, line_end(ours.node.source, start)
    text = ending.join(blanks + line for line in lines)
    found = list(COMMENT.finditer(region))
    if found:
        yield _Put(start + found[0].start(), start + found[-1].end(), 2, 0, text)
    else:
        yield _Put(start + len(region), start + len(region), 2, 0, text + ending)


def _behind(one: Carried, known: Known) -> Iterator[_Put]:
    """Put it above where ours has no place behind."""
    was, mine, other = ("" if side is None else side.behind or "" for side in one)
    if not other or other.strip() in {was.strip(), mine.strip()}:
        return
    if one.ours.end is None or one.ours.behind is None:
        yield from _stray(Stray(one.ours, (other.strip(),), is_below=False), known)
        return
    text = other if mine.strip() == was.strip() else f"{mine} {other.strip()}"
    yield _Put(one.ours.end, one.ours.end + len(mine), 0, 0, text)


def _below(one: Carried, known: Known) -> Iterator[_Put]:
    was, mine, other = ([] if side is None else comments_in(side.rest) for side in one)
    lines = _wanted(was, mine, other, known)
    if lines is None:
        return
    ours, region = one.ours, one.ours.rest
    deeper = {
        found.group(2): _deeper(one, len(found.group(1))) for found in COMMENT.finditer(one.theirs.rest)
    }
    found = list(COMMENT.finditer(region))
    ending = line_end(ours.node.source, ours.chunk.start)
    if not found:
        yield _under(ours, lines, deeper)
        return
    own = {one.group(2): one.group(1) for one in found}
    text = ending.join(
        own.get(line, " " * (ours.block.column + deeper.get(line, 0))) + line for line in lines
    )
    yield _Put(ours.tail + found[0].start(), ours.tail + found[-1].end(), 0, ours.block.column, text)


def _stray(one: Stray, known: Known) -> Iterator[_Put]:
    """Put down what is in neither of both files."""
    lines = [line for line in one.comments if line not in known.base | known.ours or known.takes(line)]
    if lines:
        yield _under(one.ours, lines, {}) if one.is_below else _over(one.ours, lines)


def _wanted(was: list[str], mine: list[str], other: list[str], known: Known) -> list[str] | None:
    """Give the lines that are to stand at a place of ours; None where theirs has nothing new for it."""
    elsewhere = (known.base - set(was)) | (known.ours - set(mine))
    here = {*was, *mine}
    lines = [line for line in other if line not in elsewhere or (line not in here and known.takes(line))]
    if not set(lines) - here:
        return None
    return [*mine, *(line for line in lines if line not in here)] if mine != was else lines


def _deeper(one: Carried, column: int) -> int:
    """Tell how much deeper than its key a comment below stands; below a block of text, deeper ones would be in it."""
    node = one.ours.node
    if isinstance(node, Scalar) and node.style in {"|", ">"}:
        return 0
    return max(0, column - one.theirs.block.column)


def _over(ours: Commented, lines: list[str]) -> _Put:
    """Put lines right above the one that something begins in."""
    source = ours.node.source
    number = source.position(
        ours.chunk.start + len(ours.head) if not ours.is_behind_dash else ours.block.start
    ).line
    start, line = source.line_starts[number - 1], source.line(number)
    blanks, ending = line[: len(line) - len(line.lstrip(" "))], line_end(source, start)
    return _Put(start, start, 3, 0, "".join(f"{blanks}{line}{ending}" for line in lines))


def _under(ours: Commented, lines: list[str], deeper: dict[str, int]) -> _Put:
    """Put lines below the last one of something, under its comments."""
    region = ours.rest
    found = list(COMMENT.finditer(region))
    ending = line_end(ours.node.source, ours.chunk.start)
    place = ours.tail + (found[-1].end() + len(ending) if found else 0)
    column = ours.block.column
    text = "".join(f"{' ' * (column + deeper.get(line, 0))}{line}{ending}" for line in lines)
    return _Put(place, place, 1, column, text)
