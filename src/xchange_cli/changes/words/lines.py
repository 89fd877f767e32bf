"""Two texts compared line by line: what went, what came, and the lines around it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from xchange_cli.changes.change import Line
from xchange_cli.changes.words.close_up import close_up

GONE, CAME, AROUND, FOLDED = "-", "+", " ", "@"

_LONG = 240
"""Characters from which on two lines are shown from where they differ."""
_END = "⏎"
_SIGNS = str.maketrans({"\t": "→", "\r": "␍", "\xa0": "⍽", "\u200b": "⍽", "\ufeff": "⍽"})


def line_difference(old: str, new: str, around: int = 1) -> tuple[Line, ...]:
    """Give the lines that went and came, with `around` lines of context; empty for equal texts.

    What lies between two places is folded to one line `@`, which says how many lines it stands for. Where two lines
    differ in blanks only, these are made visible: `·` behind the last character, `→` for a tab, `⏎` for the line end
    that only one of the texts has at its end.
    """
    if old == new:
        return ()
    before, after = _lines(old), _lines(new)
    if before == after:
        before, after = _with_end(before, old), _with_end(after, new)
    return tuple(_told(before, after, _blocks(before, after), around))


Block = tuple[int, int, int, int]
"""Lines `[0]:[1]` of the old text became lines `[2]:[3]` of the new one."""


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _with_end(lines: list[str], text: str) -> list[str]:
    return [*lines[:-1], lines[-1] + _END] if lines and text.endswith("\n") else lines or [_END]


def _blocks(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Give the places where two lists of lines differ; what is equal at both ends costs nothing."""
    from difflib import SequenceMatcher

    shorter = min(len(old), len(new))
    first = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    room = shorter - first
    last = next((at for at in range(room) if old[-1 - at] != new[-1 - at]), room)
    inner_old, inner_new = old[first : len(old) - last], new[first : len(new) - last]
    found = SequenceMatcher(None, inner_old, inner_new, autojunk=False).get_opcodes()
    return [
        (first + i1, first + i2, first + j1, first + j2) for tag, i1, i2, j1, j2 in found if tag != "equal"
    ]


def _told(old: list[str], new: list[str], blocks: list[Block], around: int) -> Iterator[Line]:
    yield from _context(new[: blocks[0][2]][-around:] if around else [])
    for block, following in pairwise((*blocks, None)):
        assert block is not None
        yield from _replaced(old[block[0] : block[1]], new[block[2] : block[3]])
        yield from _between(
            new[block[3] : following[2] if following else None], around, is_last=not following
        )


def _between(equal: list[str], around: int, *, is_last: bool) -> Iterator[Line]:
    """Tell the equal lines behind a place that differs; folded where it saves more than one line."""
    if is_last:
        yield from _context(equal[:around])
        return
    folded = len(equal) - 2 * around
    if folded < 2:
        yield from _context(equal)
        return
    yield from _context(equal[:around])
    yield Line(FOLDED, f"{folded} lines")
    yield from _context(equal[len(equal) - around :])


def _context(lines: Sequence[str]) -> Iterator[Line]:
    return (Line(AROUND, line) for line in lines)


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    alike = {_bare(line) for line in old} & {_bare(line) for line in new}
    gone, came = ([_visible(line) if _bare(line) in alike else line for line in side] for side in (old, new))
    if len(gone) == len(came):
        near = [
            close_up(*both) if min(map(len, both)) > _LONG else both for both in zip(gone, came, strict=True)
        ]
        gone, came = [one for one, _ in near], [other for _, other in near]
    yield from (Line(GONE, line) for line in gone)
    yield from (Line(CAME, line) for line in came)


def _bare(line: str) -> str:
    return "".join(line.translate(_SIGNS).replace("→", "").replace("␍", "").replace("⍽", "").split())


def _visible(line: str) -> str:
    text = line.rstrip(" ")
    return text.translate(_SIGNS) + "·" * (len(line) - len(text))
