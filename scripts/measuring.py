"""Two things timed in turn, in one run: what the figures of the README are made of."""

import contextlib
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

XCHANGE = Path(sys.executable).with_name("xchange")


def pair(
    name: str, ours: Callable[[], object], other: Callable[[], object], what: str, rounds: int
) -> tuple[float, float]:
    """Time both in turn and print medians and the median of the ratios."""
    return compare(name, lambda: timed(ours), lambda: timed(other), what, rounds)


def compare(
    name: str, ours: Callable[[], float], other: Callable[[], float], what: str, rounds: int
) -> tuple[float, float]:
    """Ask both in turn for seconds, after a first round that does not count."""
    ours(), other()
    times = [(ours(), other()) for _ in range(rounds)]
    mine = statistics.median(first for first, _ in times)
    theirs = statistics.median(second for _, second in times)
    ratio = statistics.median(first / second for first, second in times)
    print(f"{name:<46}{mine * 1000:>8.1f} ms{theirs * 1000:>8.1f} ms{ratio:>8.2f}x   {what}", flush=True)
    return mine, theirs


def reported(code: str, *arguments: str) -> float:
    """Run Python code in a process of its own and give the seconds that it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True
    )
    return float(done.stdout)


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def process(
    *command: object, cwd: Path | None = None, shown: bool = False, env: Mapping[str, str] | None = None
) -> None:
    with quiet(shown=shown) as out:
        words = [str(part) for part in command]
        subprocess.run(words, check=True, stdout=out, stderr=out, cwd=cwd, env={**os.environ, **(env or {})})


@contextlib.contextmanager
def quiet(*, shown: bool) -> Iterator[int | None]:
    yield None if shown else subprocess.DEVNULL


def print_peak_of(name: str, *command: object, cwd: Path | None = None) -> None:
    """Print the peak memory of a process; of several that share the work, the largest one's."""
    words = [str(part) for part in command]
    code = (
        "import resource, subprocess, sys; "
        f"subprocess.run({words!r}, check=True, stdout=subprocess.DEVNULL, cwd={cwd and str(cwd)!r}); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    print(f"{name}: {reported(code):.0f} MiB")
