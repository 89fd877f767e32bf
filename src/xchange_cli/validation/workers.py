"""Many files in several processes, results in the order of the files."""

import gc
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from xchange_cli.project.targets import Target
from xchange_cli.validation.result import FileResult

Check = Callable[[Target], FileResult]

BATCH = 16

_LENGTH = 8

_SELDOM = (100_000, 50, 50)
"""When the collector looks for circles: a file makes thousands of objects that are gone with it, and no circles."""


def can_fork() -> bool:
    """Whether a process can be split in two: it costs milliseconds, but takes only the thread that asks along."""
    return sys.platform.startswith("linux") and threading.active_count() == 1


def check_in_processes(check: Check, targets: Sequence[Target], processes: int) -> list[FileResult]:
    """Check every target; each process takes its share, this one too where it can be split.

    Where another process dies, such as for want of memory, its share is checked here.

    Raises:
        RuntimeError: Another process failed, which is a bug; the message has its traceback.

    """
    return (_split if can_fork() else _spawn)(check, targets, processes)


def _spawn(check: Check, targets: Sequence[Target], processes: int) -> list[FileResult]:
    """Start new processes, which load everything anew."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return list(pool.map(check, targets, chunksize=BATCH))


class _Child(NamedTuple):
    process: int
    results: int


def _split(check: Check, targets: Sequence[Target], processes: int) -> list[FileResult]:
    shares = [targets[number::processes] for number in range(processes)]
    earlier = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    gc.freeze()  # what is there now lives on: nobody needs to look through it, which would also copy it
    children: list[_Child] = []
    try:
        for share in shares[1:]:
            with _no_interrupt():
                children.append(_fork(check, share))
        done = [[check(target) for target in shares[0]]]
        for child, share in zip(children, shares[1:], strict=True):
            received = _receive(child)
            done.append([check(target) for target in share] if received is None else received)
    except BaseException:
        for child in children:
            os.kill(child.process, signal.SIGKILL)
        raise
    finally:
        gc.unfreeze()
        gc.set_threshold(*earlier)
        for child in children:
            os.close(child.results)
            os.waitpid(child.process, 0)
    return [done[index % processes][index // processes] for index in range(len(targets))]


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Ctrl-C between the birth of a child and the note of it would leave an orphan."""
    earlier = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, earlier)


def _fork(check: Check, share: Sequence[Target]) -> _Child:
    parent = os.getpid()
    results, answer = os.pipe()
    process = os.fork()
    if process:
        os.close(answer)
        return _Child(process, results)
    os.close(results)
    try:
        with os.fdopen(answer, "wb") as out:
            out.write(_answer(check, share, parent))
    finally:
        os._exit(0)  # nothing of the parent is this process's to end


def _answer(check: Check, share: Sequence[Target], parent: int) -> bytes:
    """Give results, or the traceback of what prevented them, as bytes; nothing once the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C reaches all processes; the parent answers it
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    try:
        results = []
        for target in share:
            if os.getppid() != parent:
                return b""
            results.append(check(target))
        return _whole(pickle.dumps(results))
    except Exception:  # noqa: BLE001 - it is raised again where somebody can report it
        return _whole(pickle.dumps(traceback.format_exc()))


def _whole(answer: bytes) -> bytes:
    """Put the length before an answer, which tells whether all of it has arrived."""
    return len(answer).to_bytes(_LENGTH) + answer


def _receive(child: _Child) -> list[FileResult] | None:
    """Wait for the results of a process; None where it died before it had given them."""
    with os.fdopen(os.dup(child.results), "rb") as results:
        length, answer = results.read(_LENGTH), results.read()
    if not length or len(answer) != int.from_bytes(length):
        return None
    given: list[FileResult] | str = pickle.loads(answer)  # noqa: S301 - written by this very program
    if isinstance(given, str):
        raise RuntimeError(f"a worker process failed:\n{given}")  # noqa: TRY004 - it is no type that is wrong
    return given
