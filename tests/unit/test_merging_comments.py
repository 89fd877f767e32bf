"""Comments of theirs whose text stands elsewhere, too."""

import pytest

from upstream import PARENT
from xchange_cli.components.catalog import Catalog
from xchange_cli.merging.merge import merge
from xchange_cli.source import Source

CATALOG = Catalog.load()
GREET, WAIT = "      - name: Greet\n", "      - name: Wait\n"
LINE = "      # ---\n"


def merged(base, ours, theirs):
    """Merge; ours has changed something else, too."""
    ours = ours.replace("value: info", "value: warn")
    found = merge(Source("base", base), Source("ours", ours), Source("theirs", theirs), CATALOG)
    assert found.conflicts == ()
    return found.text.replace("value: warn", "value: info")


def above(text, *places):
    for place in places:
        text = text.replace(place, LINE + place)
    return text


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result"),
    [
        ([GREET], [GREET], [GREET, WAIT], [GREET, WAIT]),
        ([], [], [GREET, WAIT], [GREET, WAIT]),
        ([GREET], [], [GREET, WAIT], [WAIT]),
        ([GREET], [GREET], [WAIT], [GREET]),
        ([], [GREET], [GREET], [GREET]),
    ],
    ids=["written again", "written twice", "one removed by ours", "moved", "written by both"],
)
def test_a_comment_written_anew_is_there_though_another_says_the_same(base, ours, theirs, result):
    sides = [above(PARENT, *places) for places in (base, ours, theirs)]
    once = merged(*sides)
    assert once == above(PARENT, *result)
    assert merged(sides[0], once, sides[2]) == once
