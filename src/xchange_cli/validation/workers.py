"""Many files in several processes, results in the order of the files."""

import contextlib
import gc
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple

from xchange_cli.project.targets import Target
from xchange_cli.validation.result import FileResult

Check = Callable[[Target], FileResult]

BATCH = 16
_FORKS = sys.platform.startswith("linux")
"""Elsewhere a process has to load everything anew, which takes a while."""


class _Answer(NamedTuple):
    """What a worker sends back; `failure` is a traceback."""

    number: int
    results: list[FileResult]
    failure: str = ""


class _Worker(NamedTuple):
    process: Any
    tasks: Connection
    results: Connection


def check_in_processes(check: Check, targets: Sequence[Target], processes: int) -> list[FileResult]:
    """Check every target in worker processes; a worker takes its next batch when it has done one.

    Raises:
        RuntimeError: A worker failed or died, which is a bug; the message has its traceback.

    """
    batches = [targets[start : start + BATCH] for start in range(0, len(targets), BATCH)]
    done: dict[int, list[FileResult]] = {}
    gc.collect()
    gc.freeze()  # what is there now lives on: workers need not look through it, which would also copy it
    workers: list[_Worker] = []
    try:
        for _ in range(min(processes, len(batches))):
            workers.append(_start(check, workers))
        _hand_out(workers, batches, done)
    finally:
        gc.unfreeze()
        _stop(workers)
    return [result for number in range(len(batches)) for result in done[number]]


def _start(check: Check, earlier: list[_Worker]) -> _Worker:
    context: Any = get_context("fork" if _FORKS else "spawn")
    task_end, tasks = context.Pipe(duplex=False)
    results, result_end = context.Pipe(duplex=False)
    inherited = [tasks, results, *(end for worker in earlier for end in (worker.tasks, worker.results))]
    to_close = inherited if _FORKS else []
    process = context.Process(target=_work, args=(check, task_end, result_end, to_close), daemon=True)
    process.start()
    task_end.close()
    result_end.close()
    return _Worker(process, tasks, results)


def _hand_out(
    workers: list[_Worker], batches: list[Sequence[Target]], done: dict[int, list[FileResult]]
) -> None:
    waiting = iter(enumerate(batches))
    busy = {worker.results: worker for worker in workers if _give_next(worker, waiting)}
    while busy:
        for ready in wait(list(busy)):
            assert isinstance(ready, Connection)
            number, results = _receive(ready)
            done[number] = results
            if not _give_next(busy[ready], waiting):
                del busy[ready]


def _give_next(worker: _Worker, waiting: Iterator[tuple[int, Sequence[Target]]]) -> bool:
    task = next(waiting, None)
    if task is not None:
        worker.tasks.send(task)
    return task is not None


def _receive(results: Connection) -> tuple[int, list[FileResult]]:
    try:
        answer: _Answer = results.recv()
    except EOFError:
        raise RuntimeError("a worker process ended before its work was done") from None
    if answer.failure:
        raise RuntimeError(f"a worker process failed:\n{answer.failure}")
    return answer.number, answer.results


def _stop(workers: list[_Worker]) -> None:
    """Let workers end that wait for work, and end those that do not."""
    for worker in workers:
        worker.tasks.close()
        worker.results.close()
    for worker in workers:
        worker.process.join(timeout=1)
        if worker.process.is_alive():
            worker.process.terminate()
            worker.process.join()


def _work(check: Check, tasks: Connection, results: Connection, to_close: list[Connection]) -> None:
    """The life of a worker: until its parent has no more tasks, or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the parent answers it
    for end in to_close:
        end.close()
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            number, targets = tasks.recv()
            results.send(_answer(check, number, targets))


def _answer(check: Check, number: int, targets: Sequence[Target]) -> _Answer:
    try:
        return _Answer(number, [check(target) for target in targets])
    except Exception:  # noqa: BLE001 - it is raised again where somebody can report it
        return _Answer(number, [], traceback.format_exc())
