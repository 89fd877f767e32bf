"""A chart of a flow as a picture: one `<svg>` that needs nothing else, for files and for pages."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import TextIO

from xchange_cli.formats.block_words import does, outline
from xchange_cli.formats.svg_icons import icon_of
from xchange_cli.overview.chart import Chart
from xchange_cli.overview.labels import ICON, LINE, PADDING
from xchange_cli.overview.layout import Box, Layout, Point, Wire, layout_of
from xchange_cli.overview.lettering import plain

_STYLE = """\
.xc{font-family:system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;font-size:11px}
.xc-box{fill:#fff;stroke:#8793a3;stroke-width:1.2}
.xc-name{fill:#1b2430;font-size:12.5px;font-weight:600}
.xc-text{fill:#4d5a6b}
.xc-frame{fill:#f3f5f8;stroke:#8793a3;stroke-width:1.2}
.xc-loop>.xc-frame{stroke-dasharray:6 4}
.xc-icon{fill:none;stroke:#4d5a6b;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.xc-writes>.xc-box{stroke:#b3610a;stroke-width:2}.xc-writes>.xc-icon{stroke:#b3610a}
.xc-trigger>.xc-box{stroke:#1f6feb;stroke-width:2}.xc-trigger>.xc-icon{stroke:#1f6feb}
.xc-wire{fill:none;stroke:#7b8794;stroke-width:1.4}.xc-head{fill:#7b8794}
@media(prefers-color-scheme:dark){.xc-box{fill:#1c232d;stroke:#76849a}.xc-name{fill:#edf1f6}.xc-text{fill:#aeb9c7}\
.xc-frame{fill:#141a22;stroke:#76849a}.xc-icon{stroke:#aeb9c7}.xc-writes>.xc-box,.xc-writes>.xc-icon{stroke:#f0a04b}\
.xc-trigger>.xc-box,.xc-trigger>.xc-icon{stroke:#6cb0ff}}"""
_HEAD = 6.0
_BASELINE = 12.0


def render(result: Sequence[Chart], out: TextIO) -> None:
    """Write the picture of the first chart: a file holds one."""
    out.write(svg_of(result[0]) + "\n")


def svg_of(chart: Chart) -> str:
    """Draw a chart. Nothing in it has an id, so that a page may hold several."""
    layout = layout_of(chart)
    width, height = _number(layout.width), _number(layout.height)
    name = escape(plain(chart.name) or "flow")
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="xc" role="img" aria-label="{name}" {size}>',
        f"<title>{name}</title>",
        f"<desc>{escape(outline(chart))}</desc>",
        f"<style>{_STYLE}</style>",
        *_drawn(layout),
        "</svg>",
    ]
    return "\n".join(parts)


def _drawn(layout: Layout) -> Iterator[str]:
    """Yield the frames, then the lines over them, then the steps."""
    yield from (_frame(box) for box in layout.boxes if box.is_frame)
    yield from map(_wire, layout.wires)
    yield from (_step(box) for box in layout.boxes if not box.is_frame)


def _frame(box: Box) -> str:
    kind = "xc-loop" if box.block is not None else "xc-branch"
    title = f"<title>{escape(box.label.full)}</title>" if box.label.full else ""
    middle = box.x + box.width / 2
    return f'<g class="{kind}">{title}{_rectangle(box, "xc-frame", 10)}{_lines(box, middle, "middle")}</g>'


def _step(box: Box) -> str:
    block = box.block
    if block is None:
        return f"<g>{_rectangle(box, 'xc-box', box.height / 2)}{_lines(box, box.x + box.width / 2, 'middle')}</g>"
    kinds = f"xc-{block.kind}" + (" xc-writes" if block.writes else "")
    middle = box.y + box.height / 2
    icon = icon_of(block, box.x + PADDING, middle)
    title = escape(": ".join(filter(None, (box.label.full, does(block)))))
    texts = _lines(box, box.x + PADDING + ICON, "start")
    return f'<g class="{kinds}"><title>{title}</title>{_rectangle(box, "xc-box", 6)}{icon}{texts}</g>'


def _rectangle(box: Box, kind: str, radius: float) -> str:
    place = f'x="{_number(box.x)}" y="{_number(box.y)}"'
    size = f'width="{_number(box.width)}" height="{_number(box.height)}"'
    return f'<rect class="{kind}" {place} {size} rx="{_number(radius)}"/>'


def _lines(box: Box, x: float, anchor: str) -> str:
    label = box.label
    texts = [("xc-name", text) for text in label.name]
    texts += [("xc-text", text) for text in (*label.action, *label.notes)]
    first = box.y + PADDING + _BASELINE
    return "".join(
        f'<text class="{kind}" x="{_number(x)}" y="{_number(first + number * LINE)}" '
        f'text-anchor="{anchor}">{escape(text)}</text>'
        for number, (kind, text) in enumerate(texts)
    )


def _wire(wire: Wire) -> str:
    points = _without_repeats(wire.points)
    path = "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in points)
    line = f'<path class="xc-wire" d="{path}"/>'
    return line + _arrow(*points[-2:]) if wire.has_head and len(points) > 1 else line


def _without_repeats(points: Sequence[Point]) -> list[Point]:
    kept = [points[0]]
    kept += [point for before, point in pairwise(points) if point != before]
    return kept


def _arrow(start: Point, tip: Point) -> str:
    """Draw a head that points the way the line comes from, which is level or upright."""
    x, y = tip
    across = (_sign(tip[0] - start[0]), _sign(tip[1] - start[1]))
    back_x, back_y = x - across[0] * _HEAD, y - across[1] * _HEAD
    side_x, side_y = across[1] * _HEAD / 2, across[0] * _HEAD / 2
    corners = [(x, y), (back_x + side_x, back_y + side_y), (back_x - side_x, back_y - side_y)]
    path = "L".join(f"{_number(left)} {_number(top)}" for left, top in corners)
    return f'<path class="xc-head" d="M{path}Z"/>'


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
