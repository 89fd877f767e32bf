"""The chart of a flow on the page: made smaller where the window is, and moved sideways where that is not enough."""

from xchange_cli.formats.chart_svg import svg_of
from xchange_cli.formats.documentation_page.markup import Html, tag
from xchange_cli.overview.chart import Chart
from xchange_cli.overview.layout import layout_of

_SMALLEST = 0.6
"""Of its size: the names in it can still be read."""


def chart(drawn: Chart) -> Html:
    """Give the chart; browsers that can do so show its first step first."""
    layout = layout_of(drawn)
    first = next((box for box in layout.boxes if not box.is_frame), None)
    middle = 50.0 if first is None else 100 * (first.x + first.width / 2) / layout.width
    entry = tag("span", class_="entry", style=f"left:{middle:.1f}%")
    size = f"min-width:{_SMALLEST * layout.width:.0f}px;max-width:{layout.width:.0f}px"
    canvas = tag("div", entry, Html(svg_of(drawn)), class_="canvas", style=size)
    return tag(
        "div",
        canvas,
        class_="chart",
        role="region",
        aria_label=f"Chart of the flow {drawn.name}",
        tabindex="0",
    )
