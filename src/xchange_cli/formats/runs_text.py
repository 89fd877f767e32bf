"""Runs in a table, each above those that it led to."""

from collections import Counter
from collections.abc import Iterable
from typing import TextIO

from xchange_cli.formats.cells import width
from xchange_cli.formats.folding import cut
from xchange_cli.formats.style import Style
from xchange_cli.formats.table import room_for_last, table
from xchange_cli.formats.words import count
from xchange_cli.record.listing import Entry, Listing

SHORT_ID = 8
_HEADS = ("RUN", "STARTED UTC", "STATUS", "TIME", "STEPS", "FLOW")
_LONGEST = 60
_SHORTEST_KEY = 6
_DEEPEST = 8
"""Levels that are told apart: flows may call each other on and on."""


def render(result: Listing, out: TextIO) -> None:
    if not result.entries:
        others = f"none of the {count(result.known, 'run')} is one of those that were asked for"
        out.write(f"{others if result.known else 'no runs; `xchange run` makes one'}\n")
        return
    write_runs(result.entries, out)
    shown = count(sum(one.depth == 0 for one in result.entries), "run")
    left_out = f", {result.left_out:,} older not shown (--limit)" if result.left_out else ""
    out.write(f"\n{shown}{left_out}; `xchange runs show RUN` tells more.\n")


def write_runs(entries: Iterable[Entry], out: TextIO) -> None:
    """Write the table. Ids are cut to the end of them that no other has; `runs show` knows them by it."""
    listed = list(entries)
    short = short_ids(one.run_id for one in listed)
    years = {one.started_at[:4] for one in listed if one.started_at}
    rows = [_row(one, short[one.run_id], has_year=len(years) > 1) for one in listed]
    times = max((len(row[3]) for row in rows), default=0)
    aligned = [(*row[:3], f"{row[3]:>{times}}", row[4]) for row in rows]
    room = room_for_last(_HEADS, aligned)
    flows = [_flow(one, room) for one in listed]
    out.writelines(
        table(_HEADS, [(*row, flow) for row, flow in zip(aligned, flows, strict=True)], Style.of(out))
    )


def short_ids(run_ids: Iterable[str]) -> dict[str, str]:
    """Give the last characters of each id, as many as tell them all apart."""
    known = list(run_ids)
    size = SHORT_ID
    while max(Counter(one[-size:] for one in known).values(), default=1) > 1:
        size += 1
    return {one: one[-size:] for one in known}


def _row(one: Entry, short: str, *, has_year: bool) -> tuple[str, ...]:
    """Give all but the last column."""
    mark = f"{'  ' * (min(one.depth, _DEEPEST) - 1)}└ " if one.depth else ""
    steps = "" if one.status == "unreadable" else f"{one.steps:>5,}"
    started = when(one.started_at)[0 if has_year else len("2024-") :]
    return (f"{mark}{short}", started, one.status, _time(one.seconds), steps)


def when(at: str) -> str:
    """Say `2024-05-17 09:30`."""
    return at.replace("T", " ")[: len("2024-05-17 09:30")]


def _time(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{seconds:.1f} s" if seconds < 1_000 else f"{seconds / 3600:.1f} h"


def _flow(one: Entry, room: int) -> str:
    """Say which flow of which integration, and why it was run if not for a command.

    What is too long for one line is first taken from the integration: the flow tells more.
    """
    flow = f"{one.flow}{_cause(one)}"
    integration = (one.key or one.name) if one.depth == 0 else ""
    if integration:
        left = max(_SHORTEST_KEY, room - width(flow) - len(": "))
        flow = f"{cut(integration, left)}: {flow}"
    return cut(flow, _LONGEST)


def _cause(one: Entry) -> str:
    retry = f" {one.attempt - 1}" if one.attempt > 1 else ""
    return f" ({one.cause}{retry})" if one.cause not in {"", "command"} else ""
