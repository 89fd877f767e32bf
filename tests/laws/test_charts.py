"""What holds for the charts of all flows."""

import io
import re
import subprocess
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from browser import found_browser
from charts import NAMES, charts
from xchange_cli.formats import chart_dot, chart_mermaid
from xchange_cli.formats.chart_svg import svg_of
from xchange_cli.overview.chart import Kind, goes_on, walk
from xchange_cli.overview.edges import END, edges_of
from xchange_cli.overview.labels import ICON, NODE_WIDTH, PADDING, SIZE, SMALL
from xchange_cli.overview.layout import layout_of
from xchange_cli.overview.lettering import lines, width

TINY = 0.001


@given(charts())
def test_boxes_beside_each_other_never_overlap(chart):
    boxes = layout_of(chart).boxes
    families = {}
    for box in boxes:
        families.setdefault(box.parent, []).append(box)
    overlapping = [
        pair for family in families.values() for pair in combinations(family, 2) if _overlap(*pair)
    ]
    assert overlapping == []


@given(charts())
def test_every_box_is_inside_of_its_frame_and_all_inside_of_the_picture(chart):
    layout = layout_of(chart)
    for box in layout.boxes:
        frame = None if box.parent is None else layout.boxes[box.parent]
        assert frame is None or frame.is_frame
        left, top, right, bottom = _edges(frame) if frame else (0, 0, layout.width, layout.height)
        inner = _edges(box)
        assert left < inner[0]
        assert top < inner[1]
        assert inner[2] < right
        assert inner[3] < bottom


@given(charts())
def test_every_step_has_one_box_and_every_branch_one_frame(chart):
    boxes = layout_of(chart).boxes
    blocks = list(walk(chart.blocks))
    assert [box.block for box in boxes if not box.is_frame and box.block] == blocks
    arms = [arm.id for block in blocks for arm in block.arms]
    assert sorted(box.arm.id for box in boxes if box.arm) == sorted(arms)
    assert sum(box.is_frame and box.block is not None for box in boxes) == sum(
        block.body is not None for block in blocks
    )


@given(charts())
def test_all_lines_are_level_or_upright_and_begin_and_end_at_boxes_or_lines(chart):
    layout = layout_of(chart)
    for wire in layout.wires:
        assert all(
            a[0] == pytest.approx(b[0]) or a[1] == pytest.approx(b[1]) for a, b in pairwise(wire.points)
        )
        assert all(0 <= x <= layout.width and 0 <= y <= layout.height for x, y in wire.points)
        if wire.has_head:
            assert any(_is_on_edge(wire.points[-1], box) for box in layout.boxes)


@given(charts())
def test_all_texts_fit_their_boxes(chart):
    for box in layout_of(chart).boxes:
        room = box.width - 2 * PADDING - (ICON if box.block else 0)
        label = box.label
        assert all(width(text, SIZE, bold=True) <= room + TINY for text in label.name)
        assert all(width(text, SMALL) <= room + TINY for text in (*label.action, *label.notes))
        assert label.height <= box.height + TINY


@given(st.text(), st.integers(1, 4), st.floats(30, 300))
def test_lines_fit_and_lose_nothing_but_what_an_ellipsis_stands_for(text, most, room):
    found = lines(text, room, SMALL, most)
    assert len(found) <= most
    assert all(width(line, SMALL) <= room for line in found)
    if found and not found[-1].endswith("…"):
        assert "".join("".join(found).split()) == "".join(
            re.sub(r"\s", "", "".join(lines(text, 1e9, SMALL, 1)))
        )


@given(charts())
def test_a_picture_is_well_formed_and_tells_every_name(chart):
    root = ET.fromstring(svg_of(chart))
    titles = [one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}title")]
    boxes = [box for box in layout_of(chart).boxes if box.label.full]
    assert all(any(title.startswith(box.label.full) for title in titles) for box in boxes)
    assert not any("id" in one.attrib for one in root.iter())


@given(charts())
def test_a_step_that_is_reached_is_reached_by_a_line_and_leads_on_unless_it_ends(chart):
    edges = edges_of(chart)
    led_to = {edge.to for edge in edges}
    first = {chart.blocks[0].id}
    assert led_to - {END} <= {block.id for block in walk(chart.blocks)}
    assert {edge.start for edge in edges} <= led_to | first
    ends = {block.id for block in walk(chart.blocks) if block.kind is Kind.END}
    assert not ends & {edge.start for edge in edges}
    if goes_on(chart.blocks):
        assert END in led_to


NODE = r'n_\w+(\(\[|\{\{|\{|\[\[|\[)"[^"]*"(\]\)|\}\}|\}|\]\]|\])'
MERMAID = re.compile(
    rf'flowchart TD|\s+({NODE}|subgraph \w+\["[^"]*"\]|end|n_\w+ -\.?->(\|"[^"]*"\|)? n_\w+|class [\w,]+ writes|classDef .*)'
)


@given(charts())
def test_each_line_of_mermaid_is_one_statement_whatever_names_hold(chart):
    text = _written(chart_mermaid, chart)
    assert [line for line in text.splitlines() if not MERMAID.fullmatch(line)] == []
    opened = len(re.findall(r"^\s+subgraph ", text, re.MULTILINE))
    assert opened == len(re.findall(r"^\s+end$", text, re.MULTILINE))


@given(charts())
def test_braces_and_quotes_of_dot_are_balanced_whatever_names_hold(chart):
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", _written(chart_dot, chart))
    assert '"' not in bare
    assert bare.count("{") == bare.count("}")
    assert bare.count("[") == bare.count("]")


LOOK = """
const texts = [...document.querySelectorAll('g > text')];
const outside = texts.filter(text => {
  const box = text.parentNode.querySelector('rect').getBBox(), own = text.getBBox();
  return own.x < box.x || own.x + own.width > box.x + box.width
    || own.y < box.y || own.y + own.height > box.y + box.height;
});
document.querySelector('p').textContent =
  texts.length + ' texts, outside: ' + JSON.stringify(outside.map(text => text.textContent));
"""


@pytest.mark.skipif(found_browser() is None, reason="there is no Chromium here")
def test_a_browser_finds_room_for_every_text(tmp_path):
    pictures = []

    @given(charts())
    @settings(max_examples=8, database=None, derandomize=True)
    def collect(chart):
        pictures.append(svg_of(chart))

    collect()
    page = tmp_path / "page.html"
    page.write_text(
        f"<meta charset=utf-8>{''.join(pictures)}<p></p><script>{LOOK}</script>", encoding="utf-8"
    )
    switches = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}")
    ran = subprocess.run(
        [found_browser(), *switches, "--dump-dom", page.as_uri()], capture_output=True, text=True, check=True
    )
    looked_at, outside = re.search(r"<p>(\d+) texts, outside: (.*)</p>", ran.stdout).groups()
    assert int(looked_at) > 20
    assert outside == "[]"


def test_long_names_are_cut_and_short_ones_are_not():
    room = NODE_WIDTH - ICON - 2 * PADDING
    assert lines("Get Order", room, SIZE, 2, bold=True) == ("Get Order",)
    assert lines(NAMES[1], room, SIZE, 2, bold=True)[-1].endswith("…")
    assert lines("", room, SIZE, 2) == ()


def _written(module, chart):
    out = io.StringIO()
    module.render((chart,), out)
    return out.getvalue()


def _edges(box):
    return box.x, box.y, box.x + box.width, box.y + box.height


def _overlap(one, other):
    left, top, right, bottom = _edges(one)
    other_left, other_top, other_right, other_bottom = _edges(other)
    return (
        left < other_right - TINY
        and other_left < right - TINY
        and top < other_bottom - TINY
        and other_top < bottom - TINY
    )


def _is_on_edge(point, box):
    left, top, right, bottom = _edges(box)
    x, y = point
    is_across = left - TINY <= x <= right + TINY
    is_along = top - TINY <= y <= bottom + TINY
    return (is_across and abs(y - top) < TINY) or (is_along and abs(x - left) < TINY)
