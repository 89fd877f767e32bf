"""What a long loop keeps in memory: its results, and nothing of its passes."""

import tracemalloc

import pytest

from flows import CATALOG, FOREVER, HandClock, integration
from xchange_cli.components.spec import ActionResult, LogLine
from xchange_cli.engine.driver import drive
from xchange_cli.engine.events import Done
from xchange_cli.engine.interpreter import ExecutionContext, run
from xchange_cli.engine.program import compile_flow

FLOW = """
    Each
      Large <- item: each.currentItem
      Talk | ignore
      Last <- seen: large.results
"""


class Busy:
    """Gives 2 KiB in each pass and says something new; `last` makes what the pass ends with."""

    def __init__(self, passes, last):
        self._passes = passes
        self._last = last
        self._count = 0

    def perform(self, call):
        self._count += 1
        if call.ref == "each":
            return Done(ActionResult(items=range(self._passes)))
        if call.ref == "large":
            return Done(ActionResult(f"{self._count:2000}"))
        if call.ref == "talk":
            line = LogLine("INFO", f"line {self._count}")
            return Done(ActionResult(), (line,), (f"odd {self._count}",))
        return Done(ActionResult(self._last(self._count)))


def peak(passes, last):
    program = compile_flow(integration(FLOW).flows[0], CATALOG)
    started = run(program, ExecutionContext("run-1"))
    events = drive(started, Busy(passes, last), HandClock(), FOREVER)
    tracemalloc.start()
    try:
        for _ in events:
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("last", "size"),
    [
        pytest.param(lambda _: None, 0, id="nothing"),
        pytest.param(lambda count: f"{count:500}", 549, id="500 characters"),
    ],
)
def test_each_pass_of_a_loop_keeps_only_its_result(last, size):
    """A slot of the list is 8 bytes; the list may be half as long again while it grows."""
    more = peak(10_000, last) - peak(1_000, last)

    assert more / 9_000 < size + 32
