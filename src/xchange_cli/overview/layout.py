"""Where the blocks of a chart stand: lists of steps one below the other, branches side by side, loops around theirs.

Everything is in pixels, from the upper left corner. What is put together here knows its own place only; it is moved
when it becomes part of something larger.
"""

from collections.abc import Sequence
from typing import NamedTuple

from xchange_cli.overview.chart import Arm, Block, Chart, goes_on
from xchange_cli.overview.labels import LINE, NODE_WIDTH, PADDING, Label, label_of, name_of_arm

_GAP = 28.0
"""Room for an arrow between two boxes."""
_BESIDE = 18.0
_BUS = 12.0
"""Room for a line that runs across."""
_AROUND = 16.0
"""Room between a loop or branch and what is inside of it."""
_RETURN = 22.0
"""Room beside the steps of a loop for the line that leads back."""
_MARGIN = 8.0

Point = tuple[float, float]


class Box(NamedTuple):
    """A step, or the frame around the steps of a loop or a branch.

    `block` is None of the frame of a branch and of the end. `parent` is the number of the frame that it is in, None
    outside of all; frames come before what they hold.
    """

    x: float
    y: float
    width: float
    height: float
    label: Label
    block: Block | None = None
    arm: Arm | None = None
    is_frame: bool = False
    parent: int | None = None


class Wire(NamedTuple):
    """A line of straight parts, each of them level or upright, with an arrow at its end where `has_head`."""

    points: tuple[Point, ...]
    has_head: bool = True


class Layout(NamedTuple):
    width: float
    height: float
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]


class _Piece(NamedTuple):
    """A part of a layout. It is entered in the middle of its upper edge, and left in the middle of its lower one.

    The line that enters it leads on to `entry` below that edge.
    """

    width: float
    height: float
    boxes: tuple[Box, ...] = ()
    wires: tuple[Wire, ...] = ()
    goes_on: bool = True
    entry: float = 0.0

    @property
    def middle(self) -> float:
        return self.width / 2

    def moved(self, x: float, y: float) -> "_Piece":
        return self._replace(
            boxes=tuple(box._replace(x=box.x + x, y=box.y + y) for box in self.boxes),
            wires=tuple(
                wire._replace(points=tuple((left + x, top + y) for left, top in wire.points))
                for wire in self.wires
            ),
        )


def layout_of(chart: Chart) -> Layout:
    """Lay a chart out, with its end below it."""
    pieces = [*map(_block, chart.blocks)]
    if goes_on(chart.blocks):
        pieces.append(_end())
    whole = _below_one_another(pieces).moved(_MARGIN, _MARGIN)
    return Layout(whole.width + 2 * _MARGIN, whole.height + 2 * _MARGIN, whole.boxes, whole.wires)


def _block(block: Block) -> _Piece:
    head = _single(block) if block.body is None else _loop(block, block.body)
    whole = _with_arms(head, block.arms) if block.arms else head
    return whole._replace(goes_on=block.goes_on)


def _single(block: Block) -> _Piece:
    label = label_of(block)
    return _Piece(NODE_WIDTH, label.height, (Box(0, 0, NODE_WIDTH, label.height, label, block),))


def _end() -> _Piece:
    width, height = 64.0, LINE + 2 * PADDING
    return _Piece(width, height, (Box(0, 0, width, height, Label(("End",))),), goes_on=False)


def _below_one_another(pieces: Sequence[_Piece]) -> _Piece:
    """Stack pieces, joined by arrows; there is none behind what does not go on."""
    width = max((piece.width for piece in pieces), default=0.0)
    joined, height = _Piece(width, 0.0), 0.0
    for number, piece in enumerate(pieces):
        if number:
            arrow = Wire(((width / 2, height), (width / 2, height + _GAP + piece.entry)))
            joined = joined._replace(wires=(*joined.wires, *([arrow] if joined.goes_on else [])))
            height += _GAP
        joined = _added(joined, piece.moved((width - piece.width) / 2, height))
        joined = joined._replace(goes_on=joined.goes_on and piece.goes_on)
        height += piece.height
    return joined._replace(height=height, entry=pieces[0].entry if pieces else 0.0)


def _loop(block: Block, body: tuple[Block, ...]) -> _Piece:
    """Put a frame around the step and what it repeats, with a line that leads from the last one back to it."""
    head = _single(block)
    inside = _below_one_another([head, *map(_block, body)])
    width = inside.width + 2 * (_AROUND + _RETURN)
    height = inside.height + 2 * _AROUND + _BUS
    placed = inside.moved((width - inside.width) / 2, _AROUND)
    wires = [_way_back(width, placed, head.height)] if body and inside.goes_on else []
    frame = Box(0, 0, width, height, Label(()), block, is_frame=True)
    return _framed(frame, placed, wires)._replace(entry=_AROUND)


def _way_back(width: float, placed: _Piece, head: float) -> Wire:
    bottom, left = _AROUND + placed.height, _AROUND / 2 + _RETURN / 2
    turn = bottom + _BUS
    top = _AROUND + head / 2
    head_left = (width - NODE_WIDTH) / 2
    return Wire(((width / 2, bottom), (width / 2, turn), (left, turn), (left, top), (head_left, top)))


def _with_arms(head: _Piece, arms: tuple[Arm, ...]) -> _Piece:
    """Put branches below a step, side by side, and join those that go on."""
    pieces = [*map(_arm, arms)]
    row = sum(piece.width for piece in pieces) + _BESIDE * (len(pieces) - 1)
    width = max(head.width, row)
    joined = _added(_Piece(width, 0), head.moved((width - head.width) / 2, 0))
    top, lowest = head.height + _BUS + _GAP, max(piece.height for piece in pieces)
    bus, merge = head.height + _BUS, top + lowest + _BUS
    left = (width - row) / 2
    for piece in pieces:
        placed = piece.moved(left, top)
        middle = left + piece.middle
        joined = _added(joined, placed)
        wires = [Wire(((width / 2, head.height), (width / 2, bus), (middle, bus), (middle, top)))]
        if piece.goes_on:
            wires.append(_joining(middle, top + piece.height, merge, width / 2))
        joined = joined._replace(wires=(*joined.wires, *wires))
        left += piece.width + _BESIDE
    is_open = any(piece.goes_on for piece in pieces)
    height = merge if is_open else top + lowest
    return joined._replace(height=height, goes_on=is_open, entry=head.entry)


def _joining(middle: float, bottom: float, merge: float, target: float) -> Wire:
    return Wire(((middle, bottom), (middle, merge), (target, merge)), has_head=False)


def _arm(arm: Arm) -> _Piece:
    """Put a frame around the steps of a branch, below its name."""
    name = name_of_arm(arm)
    inside = _below_one_another([*map(_block, arm.blocks)])
    top = name.height + (_GAP if arm.blocks else 0)
    width = max(inside.width, NODE_WIDTH) + 2 * _AROUND
    height = top + (inside.height + _AROUND if arm.blocks else 0)
    placed = inside.moved((width - inside.width) / 2, top)
    wires = []
    if arm.blocks:
        wires.append(Wire(((width / 2, name.height), (width / 2, top + inside.entry))))
        if inside.goes_on:
            bottom = top + inside.height
            wires.append(Wire(((width / 2, bottom), (width / 2, height)), has_head=False))
    frame = Box(0, 0, width, height, name, arm=arm, is_frame=True)
    return _framed(frame, placed, wires)._replace(goes_on=inside.goes_on)


def _framed(frame: Box, inside: _Piece, wires: Sequence[Wire]) -> _Piece:
    around = _Piece(frame.width, frame.height, (frame,), tuple(wires))
    return _added(around, inside, parent=0)


def _added(whole: _Piece, part: _Piece, parent: int | None = None) -> _Piece:
    """Add a part that is in its place; the numbers of frames go on counting."""
    first = len(whole.boxes)
    boxes = (box._replace(parent=parent if box.parent is None else box.parent + first) for box in part.boxes)
    return whole._replace(boxes=(*whole.boxes, *boxes), wires=(*whole.wires, *part.wires))
