"""How long publishing takes, and what it asks of the store."""

import tempfile
from pathlib import Path

import pytest

from measuring import XCHANGE, pair, process
from repositories import alone, change, commit, repository
from store_calls import calls_of_publish


def figures(rounds: int) -> None:
    publishing(rounds)
    store_calls()


def publishing(rounds: int) -> None:
    """One integration in a repository: a change published, and a change committed."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        alone(patch)
        here = repository(Path(folder, "here"))
        words = ("publish", "orders", "--note", "x", "--allow-dirty")
        for more in ((), ("--commit",)):
            pair(
                " ".join(("xchange publish", *more, "of a change, whole process")),
                lambda more=more: (change(here, "x"), process(XCHANGE, *words, *more, cwd=here)),
                lambda: (change(here, "x"), commit(here)),
                "git add and git commit",
                rounds * 3,
            )


def store_calls() -> None:
    """What a whole publish asks of the store, the reading of the version before included: counted, not timed."""
    for count in (10, 10_000):
        with tempfile.TemporaryDirectory() as folder:
            calls = calls_of_publish(Path(folder), count)
        told = ", ".join(f"{times} x {name}" for name, times in sorted(calls.items()))
        print(f"store calls of a publish after {count} versions: {calls.total()} ({told})")
