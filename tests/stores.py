"""Stores as tests use them: places that can be opened again and again, stores that fail, and writers that race."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.storage.open import open_store
from xchange_cli.storage.retrying import Clock, Retrying
from xchange_cli.storage.store import Blob, Store, WriteRefusedError

NO_WAITING = Clock(now=lambda: 0.0, sleep=lambda seconds: None, draw=lambda: 0.0)
"""Tries again at once."""

WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from stores import Place, add_lines, take_numbers
work = {"lines": add_lines, "numbers": take_numbers}[sys.argv[2]]
print(*work(Place(sys.argv[3], Path(sys.argv[4])).open(), sys.argv[5], int(sys.argv[6])))
"""


class FaultyStore:
    """A store of which every so many calls fail, in turn before anything was done and after it: the answer is lost.

    `late` is called when a write was done, before it answers.
    """

    def __init__(self, store: Store, every: int = 3, late: Callable[[], object] = lambda: None) -> None:
        self._store = store
        self._every = every
        self._late = late
        self._calls = count(1)

    @property
    def url(self) -> str:
        return self._store.url

    @property
    def readers(self) -> int:
        return self._store.readers

    def read(self, name: str) -> Blob | None:
        return self._failing(lambda: self._store.read(name))

    def write(self, name: str, data: bytes, *, if_absent: bool = False, if_match: str | None = None) -> str:
        def write():
            tag = self._store.write(name, data, if_absent=if_absent, if_match=if_match)
            self._late()
            return tag

        return self._failing(write)

    def list(self, prefix: str, after: str = "") -> Iterator[str]:
        for name in self._store.list(prefix, after):
            yield self._failing(lambda name=name: name)

    def delete(self, name: str) -> None:
        self._failing(lambda: self._store.delete(name))

    def _failing(self, act: Callable[[], Any]) -> Any:
        number = next(self._calls)
        fails, does_first = number % self._every == 0, number % (2 * self._every) == 0
        result = act() if does_first or not fails else None
        if fails:
            raise XchangeError(ErrorCode.NETWORK, "the store does not answer", retryable=True)
        return result


class Place(NamedTuple):
    """Where a store is; `wrap` is put around each that is opened."""

    url: str
    root: Path
    wrap: Callable[[Store], Store] = lambda store: store

    def open(self) -> Store:
        return self.wrap(open_store(self.url, self.root))


def failing(place: Place) -> Place:
    """Let every third call of each store that is opened there fail, and be tried again."""
    return place._replace(wrap=lambda store: Retrying(FaultyStore(store), NO_WAITING))


def refused(act: Callable[[], object]) -> bool:
    try:
        act()
    except WriteRefusedError:
        return True
    return False


def write_new(store: Store, name: str, data: bytes) -> bool:
    """Write what must be absent, and tell whether it was."""
    return not refused(lambda: store.write(name, data, if_absent=True))


def code_of(act: Callable[[], object]) -> ErrorCode | None:
    """Give the code of the error that a user would see, None without one."""
    error = error_of(act)
    assert error is None or error.message.isprintable()
    return error and error.code


def error_of(act: Callable[[], object]) -> XchangeError | None:
    try:
        act()
    except XchangeError as error:
        return error
    return None


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """Do all in threads that begin together, and give what each gave."""
    barrier = threading.Barrier(len(acts))

    def start(act: Callable[[], Any]) -> Any:
        barrier.wait(timeout=60)
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(start, acts))


def in_processes(work: str, place: Place, writers: int, times: int) -> list[list[str]]:
    """Let processes write to a place all at once, and give the words that each has printed."""
    arguments = [str(Path(__file__).parent), work, place.url, str(place.root)]
    started = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, *arguments, f"w{number}", str(times)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(writers)
    ]
    ended = [(*process.communicate(timeout=120), process.returncode) for process in started]
    assert [(err, code) for _, err, code in ended] == [("", 0)] * writers
    return [out.split() for out, _, _ in ended]


def add_lines(store: Store, writer: str, times: int) -> list[str]:
    """Add lines to one name by compare-and-swap; each says who wrote it, so that none can be taken for another's."""
    lines = [f"{writer}.{number}" for number in range(times)]
    for line in lines:
        _add_line(store, line)
    return lines


def _add_line(store: Store, line: str) -> None:
    while True:
        there = store.read("lines")
        lines = there.data.decode().split() if there else []
        if line in lines:
            return
        data = "\n".join([*lines, line]).encode()
        condition = {"if_match": there.tag} if there else {"if_absent": True}
        if not refused(lambda data=data, condition=condition: store.write("lines", data, **condition)):
            return


def take_numbers(store: Store, writer: str, times: int) -> list[str]:
    """Take the next free numbers, as publishers do."""
    names = (f"numbers/{number:06}" for number in count(1))
    return [
        next(name for name in names if write_new(store, name, f"{writer}.{number}".encode()))
        for number in range(times)
    ]
