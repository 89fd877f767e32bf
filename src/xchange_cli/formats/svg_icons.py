"""Small pictures of what a step does, drawn with lines, so that no font has to know them."""

from xchange_cli.overview.chart import Block, Kind

_SIZE = 16

_PATHS = {
    Kind.TRIGGER: "M9.5 1L3.5 9h4L6.5 15L12.5 7h-4L9.5 1Z",
    Kind.LOOP: "M2.5 9V7a3 3 0 0 1 3-3h8M10.5 1l3 3l-3 3M13.5 7v2a3 3 0 0 1-3 3h-8M5.5 15l-3-3l3-3",
    Kind.BRANCH: "M8 15V10M8 10C8 6 3 8 3 3M8 10C8 6 13 8 13 3M1 4.5L3 2l2 2.5M11 4.5L13 2l2 2.5",
    Kind.END: "M3.5 3.5h9v9h-9Z",
    Kind.LEAVE: "M9 2H3v12h6M6.5 8H14M11 5l3 3l-3 3",
    Kind.STEP: "M5 8a3 3 0 1 0 6 0a3 3 0 1 0-6 0",
}
_WRITES = "M2.5 13.5l.8-3.3L11 2.5l2.5 2.5L5.8 12.7Z M9.3 4.2l2.5 2.5"
_UNKNOWN = "M5 5.5a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1-1.5 2.4M8 13.4v.2"


def icon_of(block: Block, x: float, middle: float) -> str:
    """Draw what a step is at a place, given by the left edge and the middle of the height."""
    path = _PATHS[block.kind]
    if block.writes:
        path = _UNKNOWN if block.effect is None else _WRITES
    place = f"translate({x:.1f} {middle - _SIZE / 2:.1f})"
    return f'<path class="xc-icon" transform="{place}" d="{path}"/>'
