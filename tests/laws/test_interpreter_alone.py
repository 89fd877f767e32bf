"""The interpreter looks at nothing but the flow, its context and the answers it gets."""

import gc
import os
import random
import sys
import time
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings

from flow_strategies import Dealer, programs, seeds
from xchange_cli.engine.events import StepStarting
from xchange_cli.engine.interpreter import ExecutionContext, run

MOST_EVENTS = 2000
AUDITED = {"import", "open", "os", "pathlib", "shutil", "socket", "subprocess"}


class Looked(BaseException):
    """Somebody looked at the world."""


def _refuse(*_args, **_named):
    raise Looked


class _Blindfold:
    """Forbids clock, chance, environment and files; an audit hook stays for good, so it is told to keep still."""

    def __init__(self):
        self._is_on = False
        sys.addaudithook(self._audit)

    def _audit(self, event, _args):
        if self._is_on and event.partition(".")[0] in AUDITED:
            raise Looked(event)

    @contextmanager
    def worn(self):
        with pytest.MonkeyPatch.context() as patch:
            for module in (time, random):
                for name in dir(module):
                    if name.islower() and not name.startswith("_") and callable(getattr(module, name)):
                        patch.setattr(module, name, _refuse)
            patch.setattr(os, "urandom", _refuse)
            patch.setattr(type(os.environ), "__getitem__", _refuse)
            gc.disable()  # whoever is told of collections may look at the clock
            self._is_on = True
            try:
                yield
            finally:
                self._is_on = False
                gc.enable()


@pytest.fixture(scope="module")
def blindfold():
    return _Blindfold()


def _look(at):
    """Look names up when called: the blindfold is put on the modules."""
    return {
        "clock": lambda: time.monotonic() + time.time(),
        "chance": lambda: random.random() + random.randint(1, 2),
        "system's chance": lambda: os.urandom(1),
        "environment": lambda: os.environ["PATH"],
        "files": lambda: Path(__file__).read_text(encoding="utf-8"),
        "folders": lambda: list(Path(__file__).parent.iterdir()),
    }[at]()


@pytest.mark.parametrize("at", ["clock", "chance", "system's chance", "environment", "files", "folders"])
def test_the_blindfold_notices_whoever_looks(blindfold, at):
    with pytest.raises(Looked), blindfold.worn():
        _look(at)


@settings(max_examples=100, deadline=None)
@given(programs, seeds)
def test_the_interpreter_looks_at_no_clock_chance_environment_or_file(blindfold, program, seed):
    with blindfold.worn():
        assert 0 < _number_of_events(program, Dealer(seed)) <= MOST_EVENTS


def _number_of_events(program, performer):
    events, answer = run(program, ExecutionContext("run-1")), None
    for number in count():
        try:
            event = events.send(answer)
        except StopIteration:
            return number
        if number == MOST_EVENTS:
            return number
        answer = performer.perform(event.call) if isinstance(event, StepStarting) else None
    return 0
