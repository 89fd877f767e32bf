"""The driver where waits are long."""

from flows import HandClock, Scripted
from xchange_cli.engine.driver import LONGEST_SLEEP, drive
from xchange_cli.engine.events import Waiting


def test_a_long_wait_is_slept_in_slices_that_every_system_takes():
    clock = HandClock()
    waiting = (Waiting("rest", 2.5 * LONGEST_SLEEP, "sleep") for _ in range(1))
    list(drive(waiting, Scripted({}), clock, float("inf")))
    assert clock.slept == [LONGEST_SLEEP, LONGEST_SLEEP, 0.5 * LONGEST_SLEEP]
