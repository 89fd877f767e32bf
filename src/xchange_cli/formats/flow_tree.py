"""The steps of a flow as lines of a tree, with a sign for what each is, and what the signs mean."""

from collections.abc import Iterator
from typing import NamedTuple, TextIO

from xchange_cli.formats.block_words import action_of
from xchange_cli.formats.cells import showable, width
from xchange_cli.formats.folding import cut, fold
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import WIDTH
from xchange_cli.model.failure_words import in_words
from xchange_cli.overview.chart import Block, Chart, Kind, walk

_NARROWEST = 16
_WIDEST_NAME = 46
_GAP = 2

_HANDLED = "handled"
_UNKNOWN = "unknown"
_WRITES = "writes"
_MEANINGS = {
    Kind.TRIGGER: "trigger",
    Kind.LOOP: "loop",
    Kind.BRANCH: "branch",
    _WRITES: "writes",
    _UNKNOWN: "unknown, may write",
    Kind.END: "ends the run",
    Kind.LEAVE: "leaves the loop",
    _HANDLED: "goes on or tries again when it fails",
}


class Signs(NamedTuple):
    """`by_kind` also has the signs of steps that write, that nobody knows, and that handle their failure."""

    by_kind: dict[str, str]
    guide: str
    dot: str

    @classmethod
    def of(cls, out: TextIO) -> "Signs":
        """Take plain ASCII where the stream cannot hold more."""
        try:
            "".join((*_PICTURES.by_kind.values(), _PICTURES.guide, _PICTURES.dot)).encode(
                getattr(out, "encoding", None) or "utf-8"
            )
        except UnicodeEncodeError:
            return _LETTERS
        return _PICTURES

    def legend(self, charts: tuple[Chart, ...]) -> Iterator[str]:
        """Explain the signs that occur, in lines of 80 columns."""
        blocks = [block for chart in charts for block in walk(chart.blocks)]
        used = {*map(_sign_of, blocks), *(_HANDLED for block in blocks if block.handles_failure)}
        line = ""
        for sign, text in _MEANINGS.items():
            entry = f"{self.by_kind[sign]} {text}"
            if sign in used and line and width(f"{line}  {entry}") > WIDTH:
                yield line
                line = ""
            if sign in used:
                line = f"{line}  {entry}" if line else entry
        if line:
            yield line


_PICTURES = Signs(
    {
        Kind.TRIGGER: "▶",
        Kind.LOOP: "↻",
        Kind.BRANCH: "◇",
        Kind.STEP: "·",
        _WRITES: "✎",
        _UNKNOWN: "?",
        Kind.END: "■",
        Kind.LEAVE: "⇥",
        _HANDLED: "±",
    },
    guide="│ ",
    dot="·",
)
_LETTERS = Signs(
    {
        Kind.TRIGGER: ">",
        Kind.LOOP: "@",
        Kind.BRANCH: "Y",
        Kind.STEP: "-",
        _WRITES: "w",
        _UNKNOWN: "?",
        Kind.END: "#",
        Kind.LEAVE: "x",
        _HANDLED: "!",
    },
    guide="| ",
    dot="-",
)


def tree_lines(chart: Chart, signs: Signs, style: Style, indent: str) -> Iterator[str]:
    """Yield the lines of a flow's steps with a line end each: sign, name, and in a second column the action."""
    rows = list(_rows(chart.blocks, indent, signs))
    widest = max((width(row.start) + width(showable(row.name)) for row in rows), default=0)
    column = min(widest, _WIDEST_NAME) + _GAP
    for row in rows:
        yield from _lines(row, column, style)


class _Row(NamedTuple):
    start: str
    name: str
    beside: str = ""
    below: str = ""


def _rows(blocks: tuple[Block, ...], indent: str, signs: Signs) -> Iterator[_Row]:
    for block in blocks:
        sign = signs.by_kind[_sign_of(block)]
        failure = in_words(block.failure)
        action = action_of(block, f" {signs.dot} ")
        yield _Row(
            f"{indent}{sign} ",
            block.name or "(no name)",
            action,
            failure and f"{signs.by_kind[_HANDLED]} {failure}",
        )
        inside = indent + signs.guide
        if block.body is not None:
            yield from _rows(block.body, inside, signs)
        for arm in block.arms:
            yield _Row(inside, f"{arm.name or '(no name)'}:{'' if arm.blocks else ' nothing'}")
            yield from _rows(arm.blocks, inside + signs.guide, signs)


def _sign_of(block: Block) -> str:
    if block.writes:
        return _UNKNOWN if block.effect is None else _WRITES
    return block.kind


def _lines(row: _Row, column: int, style: Style) -> Iterator[str]:
    room = max(_NARROWEST, column - _GAP - width(row.start))
    first, *others = fold(row.name.replace("\n", " "), room)
    start = f"{row.start}{first}"
    if row.beside:
        blanks = " " * max(_GAP, column - width(start))
        beside = cut(row.beside, max(_NARROWEST, WIDTH - width(start) - len(blanks)))
        yield f"{start}{blanks}{style.paint('dim', beside)}\n"
    else:
        yield f"{start}\n"
    margin = _guides(row.start)
    yield from (f"{margin}{other}\n" for other in others)
    if row.below:
        yield from (
            f"{margin}{style.paint('dim', text)}\n" for text in fold(row.below, WIDTH - width(margin))
        )


def _guides(start: str) -> str:
    """Give the lines that lead past a row, with blanks for its sign."""
    return "".join(character if character in "│|" else " " for character in start)
