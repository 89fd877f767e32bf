"""Work shared out to several processes, results in the order of the work."""

import gc
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")

BATCH = 16

WORTH_SPLITTING = 6
WORTH_STARTING = 400
"""Numbers of files from which a second process pays: one that is split off, and one that loads everything anew."""

_LENGTH = 8
_NUMBER = 4
"""Bytes of the length of an answer, and of the number of a turn."""

_MOST_TURNS = 1_000
"""A pipe holds the numbers of at least so many."""

_SELDOM = (100_000, 50, 50)
"""When the collector looks for circles: a file makes thousands of objects that are gone with it, and no circles."""


def can_fork() -> bool:
    """Whether a process can be split in two: it costs milliseconds, but takes only the thread that asks along."""
    return sys.platform.startswith("linux") and threading.active_count() == 1


def processes_for(files: int) -> int:
    """Give the number of processes that pays; 1 means this one."""
    worth_it = WORTH_SPLITTING if can_fork() else WORTH_STARTING
    return 1 if files < worth_it else min(2, os.cpu_count() or 1)


def share_out(
    do: Callable[[Work], Result],
    works: Sequence[Work],
    processes: int,
    told: Callable[[int], None] = lambda _number: None,
) -> list[Result]:
    """Do every piece of work; where this process can be split, each takes the next piece when it is free, this one too.

    `told` hears the number of a piece that is about to be done; not of each, since others are done elsewhere. Results are sent between processes, so they can be pickled. What another process had taken that died, such as for
    want of memory, is done here.

    Raises:
        RuntimeError: Another process failed, which is a bug; the message has its traceback.

    """
    if processes == 1:
        return [_told(do, works, number, told) for number in range(len(works))]
    return (_split if can_fork() else _spawn)(do, works, processes, told)


def _told(
    do: Callable[[Work], Result], works: Sequence[Work], number: int, told: Callable[[int], None]
) -> Result:
    told(number)
    return do(works[number])


def _spawn(
    do: Callable[[Work], Result], works: Sequence[Work], processes: int, told: Callable[[int], None]
) -> list[Result]:
    """Start new processes, which load everything anew."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        results = []
        for number, result in enumerate(pool.map(do, works, chunksize=BATCH)):
            results.append(result)
            told(number)
        return results


class _Child(NamedTuple):
    process: int
    results: int


def _split(
    do: Callable[[Work], Result], works: Sequence[Work], processes: int, told: Callable[[int], None]
) -> list[Result]:
    turns = _turns(len(works))
    earlier = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    gc.freeze()  # what is there now lives on: nobody needs to look through it, which would also copy it
    children: list[_Child] = []
    try:
        for _ in range(processes - 1):
            with _no_interrupt():
                children.append(_fork(do, works, turns))
        done = {number: _told(do, works, number, told) for number in _taken(turns, len(works))}
        for child in children:
            done.update(_receive(child))
    except BaseException:
        for child in children:
            os.kill(child.process, signal.SIGKILL)
        raise
    finally:
        gc.unfreeze()
        gc.set_threshold(*earlier)
        os.close(turns)
        for child in children:
            os.close(child.results)
            os.waitpid(child.process, 0)
    return [done[number] if number in done else do(work) for number, work in enumerate(works)]


def _turns(works: int) -> int:
    """Give a pipe of numbers, of which each process takes the next one when it is free."""
    turns, begin = os.pipe()
    numbers = range(0, works, _step(works))
    os.write(begin, b"".join(number.to_bytes(_NUMBER) for number in numbers))
    os.close(begin)
    return turns


def _step(works: int) -> int:
    """Give how many works make a turn, so that all turns fit into a pipe at once."""
    return -(-works // _MOST_TURNS)


def _taken(turns: int, works: int) -> Iterator[int]:
    """Yield the numbers of the works that this process is to do, until there are no more."""
    while turn := os.read(turns, _NUMBER):
        first = int.from_bytes(turn)
        yield from range(first, min(first + _step(works), works))


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Ctrl-C between the birth of a child and the note of it would leave an orphan."""
    earlier = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, earlier)


def _fork(do: Callable[[Work], Any], works: Sequence[Work], turns: int) -> _Child:
    parent = os.getpid()
    results, answer = os.pipe()
    process = os.fork()
    if process:
        os.close(answer)
        return _Child(process, results)
    os.close(results)
    try:
        with os.fdopen(answer, "wb") as out:
            out.write(_answer(do, works, turns, parent))
    finally:
        os._exit(0)  # nothing of the parent is this process's to end


def _answer(do: Callable[[Work], Any], works: Sequence[Work], turns: int, parent: int) -> bytes:
    """Give results, or the traceback of what prevented them, as bytes; nothing once the parent is gone."""
    import pickle

    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C reaches all processes; the parent answers it
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    try:
        results = {}
        for number in _taken(turns, len(works)):
            if os.getppid() != parent:
                return b""
            results[number] = do(works[number])
        return _whole(pickle.dumps(results))
    except Exception:  # noqa: BLE001 - it is raised again where somebody can report it
        return _whole(pickle.dumps(traceback.format_exc()))


def _whole(answer: bytes) -> bytes:
    """Put the length before an answer, which tells whether all of it has arrived."""
    return len(answer).to_bytes(_LENGTH) + answer


def _receive(child: _Child) -> dict[int, Any]:
    """Wait for the results of a process, by the numbers of the works; none where it died before it had given them."""
    import pickle

    with os.fdopen(os.dup(child.results), "rb") as results:
        length, answer = results.read(_LENGTH), results.read()
    if not length or len(answer) != int.from_bytes(length):
        return {}
    given: dict[int, Any] | str = pickle.loads(answer)  # noqa: S301 - written by this very program
    if isinstance(given, str):
        raise RuntimeError(f"a worker process failed:\n{given}")  # noqa: TRY004 - it is no type that is wrong
    return given
