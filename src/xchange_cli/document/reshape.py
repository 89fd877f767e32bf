"""A wanted tree written over the text it came from: what stays keeps its characters, what is taken is indented to fit.

What nobody has chosen yet becomes a `Hunk`: whole lines, once for each side. Where a choice lies in the middle of a
line, or would leave a list without items, the hunk is the smallest entry or item around it that has lines of its own.
"""

import re

from xchange_cli.document.chunks import Block, Chunk, Collection, block_of
from xchange_cli.document.entries import line_end
from xchange_cli.document.flow_text import key_text
from xchange_cli.document.hunks import Hunk, Lines, behind_head, shifted, with_endings
from xchange_cli.document.inline_shape import inline_text, swapped_text
from xchange_cli.document.node import ALIAS, Mapping, Scalar, Sequence
from xchange_cli.document.put import replace_scalar
from xchange_cli.document.scalar_place import PROPERTIES
from xchange_cli.document.scalar_styles import usual_quote
from xchange_cli.document.wanted import (
    SIDES,
    Fork,
    Keep,
    Piece,
    Shape,
    Side,
    Swap,
    Wanted,
    chosen,
    chosen_piece,
    forks,
    forks_in,
)
from xchange_cli.errors import XchangeError
from xchange_cli.source import Source

_COLON = re.compile(r"\s*:")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_STEP = 2


def reshaped(source: Source, root: Wanted) -> Lines:
    """Write a tree whose root is that of `source`; the last line of each text that is taken from has its end."""
    return _Reshaper(source, root).lines(root)


class _Reshaper:
    def __init__(self, source: Source, root: Wanted) -> None:
        self.source = source
        self.quote = usual_quote(source)
        self.ending = line_end(source, 0)
        self._blocks: dict[int, tuple[Collection, Block | None]] = {}
        self.step = self._usual_step(root)

    def lines(self, root: Wanted) -> Lines:
        text = self.source.text
        if not isinstance(root, Shape):
            return [text]
        block = self._block(root.node)
        if block is not None and self._is_in_lines(root, block):
            return [text[: block.start], *self._body(root, block), text[block.end :]]
        numbers = tuple(forks(root))
        if numbers:
            return [Hunk(numbers, *("".join(_strings(self.lines(chosen(root, side)))) for side in SIDES))]
        return [text[: root.node.start], inline_text(root, self.quote), text[root.node.end :]]

    def _block(self, node: Collection) -> Block | None:
        """Cut a collection once; the node is kept, so that no other gets its identity."""
        if id(node) not in self._blocks:
            self._blocks[id(node)] = node, block_of(node)
        return self._blocks[id(node)][1]

    def _usual_step(self, root: Wanted) -> int:
        """Give how far this text indents the dashes of a list below its key."""
        if not isinstance(root, Shape):
            return _STEP
        for entry in root.node.entries.values() if isinstance(root.node, Mapping) else ():
            block = self._block(entry.value) if isinstance(entry.value, Sequence) else None
            if block is not None and not block.is_inline:
                return block.column
        return _STEP

    def _is_in_lines(self, value: Shape, block: Block) -> bool:
        """Tell whether each choice among the parts can be written in lines of its own, whatever is chosen."""
        for side in ("ours", "theirs"):
            if all(isinstance(piece, Fork) and piece.side(side) is None for piece in value.pieces):
                return False
        first = value.pieces[0]
        return not (block.is_inline and isinstance(first, Fork) and None in {first.ours, first.theirs})

    def _body(self, value: Shape, block: Block) -> Lines:
        return [line for piece in value.pieces for line in self._piece(piece, block.column) if line]

    def _piece(self, piece: Piece | Fork, column: int) -> Lines:
        """Write the lines of an entry or item at a column."""
        if isinstance(piece, Fork):
            return [Hunk(tuple(forks_in(piece)), *(self._side(piece, side, column) for side in SIDES))]
        block = self._block(piece.home)
        chunk = block.chunks.get(piece.key) if block is not None else None
        if block is None or chunk is None:
            return self._without_lines(piece, column)
        lines = shifted(self._in_chunk(piece, chunk, block), column - block.column)
        return lines if piece.home.source is self.source else with_endings(lines, self.ending)

    def _side(self, piece: Piece | Fork, side: Side, column: int) -> str:
        made = chosen_piece(piece, side)
        return "" if made is None else "".join(_strings(self._piece(made, column)))

    def _without_lines(self, piece: Piece, column: int) -> Lines:
        """Write what has no lines where it comes from: it stands in brackets, or a merge key brings it."""
        numbers = tuple(forks(piece.value))
        if numbers:
            return [Hunk(numbers, *(self._side(piece, side, column) for side in SIDES))]
        if (
            piece.home.source is self.source
            and self._block(piece.home) is not None
            and isinstance(piece.value, Keep)
        ):
            return []
        text = inline_text(piece.value, self.quote)
        head = f"{key_text(str(piece.key), self.quote)}:" if isinstance(piece.home, Mapping) else "-"
        return [f"{' ' * column}{head} {text}{self.ending}"]

    def _in_chunk(self, piece: Piece, chunk: Chunk, around: Block) -> Lines:
        match piece.value:
            case Keep():
                return [chunk.text]
            case Swap(node, new):
                return [self._swapped(chunk, node, new)]
            case Shape():
                return self._shaped(piece, piece.value, chunk, around)

    def _shaped(self, piece: Piece, value: Shape, chunk: Chunk, around: Block) -> Lines:
        block, node = self._block(value.node), value.node
        if block is not None and value.pieces and self._is_in_lines(value, block):
            return self._with_body(chunk, value, block)
        numbers = tuple(forks(value))
        if numbers:
            sides = (piece._replace(value=chosen(value, side)) for side in SIDES)
            return [Hunk(numbers, *("".join(_strings(self._in_chunk(one, chunk, around))) for one in sides))]
        if block is not None and not value.pieces:
            return [self._emptied(piece, chunk, block)]
        if block is None and not node.data and node.end > node.start:
            return self._grown(value, chunk, around)
        return [chunk.part(chunk.start, node.start), inline_text(value, self.quote), chunk.part(node.end)]

    def _with_body(self, chunk: Chunk, value: Shape, block: Block) -> Lines:
        before, behind = chunk.part(chunk.start, block.start), chunk.part(block.end)
        body = self._body(value, block)
        if block.is_inline:
            above = max(before.rfind("\n"), before.rfind("\r")) + 1
            body = behind_head(body, before[above:])
            before = before[:above]
        return [before, *body, behind]

    def _emptied(self, piece: Piece, chunk: Chunk, block: Block) -> str:
        """Write brackets behind the key, or behind the anchor of what was there."""
        node, text = piece.node, piece.home.source.text
        brackets, behind = ("{}" if isinstance(node, Mapping) else "[]"), chunk.part(block.end)
        if block.is_inline or not isinstance(piece.home, Mapping):
            blanks = "" if block.is_inline else " " * block.column
            return f"{chunk.part(chunk.start, block.start)}{blanks}{brackets}{self.ending}{behind}"
        properties = PROPERTIES.match(text, node.start, node.end)
        colon = _COLON.match(text, piece.home.entries[str(piece.key)].key.end)
        place = colon.end() if colon else node.start
        if properties:
            place = node.start + len(re.split(r"\s+#|\s+$", properties.group(), maxsplit=1)[0])
        return f"{chunk.part(chunk.start, place)} {brackets}{chunk.part(place, block.start)}{behind}"

    def _grown(self, value: Shape, chunk: Chunk, around: Block) -> Lines:
        """Write lines in the place of empty brackets."""
        head = chunk.part(chunk.start, value.node.start).rstrip(" ")
        rest = chunk.part(value.node.end)
        line = _LINE.match(rest)
        below = line.end() if line else 0
        step = self.step if isinstance(value.node, Sequence) else _STEP
        column = around.column + (step if around.is_mapping else _STEP)
        body = [line for piece in value.pieces for line in self._piece(piece, column)]
        return [head, rest[:below], *body, rest[below:]]

    def _swapped(self, chunk: Chunk, node: Scalar, new: str | Scalar) -> str:
        if (isinstance(new, str) or isinstance(new.data, str)) and node.style != ALIAS:
            try:
                edit = replace_scalar(node, new if isinstance(new, str) else new.value)
            except XchangeError:
                pass  # quotes can stand where nothing else can
            else:
                return chunk.part(chunk.start, edit.span.start) + edit.text + chunk.part(edit.span.end)
        blank = " " if node.start == node.end else ""
        text = swapped_text(node, new, self.quote)
        return chunk.part(chunk.start, node.start) + blank + text + chunk.part(node.end)


def _strings(lines: Lines) -> list[str]:
    """Give lines without choices."""
    return [line for line in lines if isinstance(line, str)]
