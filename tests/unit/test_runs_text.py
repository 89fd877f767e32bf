"""The table of runs: one line a run on a screen of 80 columns, as long as the flow fits."""

import io

import pytest

from xchange_cli.formats.runs_text import write_runs
from xchange_cli.record.listing import Entry

ID = "01HY3ABCDE000000000000000"


def run(number, **more):
    known = {
        "status": "success",
        "key": "orders",
        "flow": "Receive Order",
        "started_at": f"2024-05-17T09:3{number}:15Z",
        "seconds": 0.04,
        "steps": 3,
    }
    return Entry(f"{ID}{number}", **{**known, **more})


def table(*entries):
    out = io.StringIO()
    write_runs(entries, out)
    return out.getvalue().splitlines()


def test_times_stand_below_each_other_and_take_no_more_room_than_they_need():
    assert table(run(1), run(2, seconds=123.44, status="interrupted"), run(3, seconds=None)) == [
        "RUN       STARTED UTC  STATUS       TIME     STEPS  FLOW",
        "00000001  05-17 09:31  success        0.0 s      3  orders: Receive Order",
        "00000002  05-17 09:32  interrupted  123.4 s      3  orders: Receive Order",
        "00000003  05-17 09:33  success                   3  orders: Receive Order",
    ]


def test_years_are_shown_where_the_runs_are_of_several():
    lines = table(run(1), run(2, started_at="2023-05-17T09:30:15Z"))

    assert [line[10:26] for line in lines[1:]] == ["2024-05-17 09:31", "2023-05-17 09:30"]


@pytest.mark.parametrize(
    ("key", "flow", "shown"),
    [
        ("order-intake-of-the-north", "Receive Order", "order-intake-of-th…: Receive Order"),
        ("order-intake", "Receive An Order By Mail", "order-i…: Receive An Order By Mail"),
    ],
)
def test_a_long_key_gives_way_to_the_flow(key, flow, shown):
    [_, line] = table(run(1, key=key, flow=flow))

    assert line.split("      3  ")[1] == shown
    assert len(line) <= 80


def test_only_what_does_not_fit_without_a_key_takes_a_second_line():
    lines = table(run(1, key="order-intake", flow="Receive An Order By Mail Or Telephone"))

    assert [line[46:].strip() for line in lines[1:]] == ["order…: Receive An Order By Mail", "Or Telephone"]
