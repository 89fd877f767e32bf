"""Kill runs at random points, go on with them, and see whether anything was lost or done twice.

    python scripts/stress.py [--kills 200] [--from 1000] [--workers 2]

Each story is one run of the tests' project (tests/resumable.py), killed once or twice with SIGKILL; its seed tells where.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from kills import Story, drawn, faults, tell


def main() -> int:
    """Tell stories until enough kills have hit."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--from", type=int, default=1000, dest="first", help="the first seed")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        undisturbed = tell(Path(folder) / "undisturbed", [])
        told = list(_stories(Path(folder), options.kills, options.first, options.workers))
        found = [(seed, fault) for seed, story in told for fault in faults(story, undisturbed)]
    _summarize([story for _, story in told], len(undisturbed.calls), time.monotonic() - begun)
    for seed, fault in found:
        print(f"seed {seed}: {fault}")
    return 1 if found else 0


def _stories(folder: Path, kills: int, first: int, workers: int) -> Iterator[tuple[int, Story]]:
    """Yield seeds and stories, as many as hold so many kills."""
    seeds = count(first)
    with ThreadPoolExecutor(workers) as pool:
        while kills > 0:
            batch = [next(seeds) for _ in range(min(kills, 4 * workers))]
            for seed, story in zip(
                batch, pool.map(lambda seed: tell(folder / str(seed), drawn(seed)), batch), strict=True
            ):
                kills -= len(story.kills)
                yield seed, story
            print(".", end="", flush=True)


def _summarize(stories: list[Story], calls: int, seconds: float) -> None:
    kinds = Counter(kill.when for story in stories for kill in story.kills)
    repeated = sum(len(story.calls) - calls for story in stories)
    print(f"\n{len(stories)} runs, {kinds.total()} kills in {seconds:.0f} s")
    for kind, words in (
        ("before", "before a request was answered"),
        ("after", "after a request was answered"),
        ("write", "while a record was written"),
        ("time", "at some time"),
    ):
        print(f"{kinds[kind]:>6} {words}")
    print(f"{sum(len(story.calls) for story in stories):>6} requests, {repeated} of them again")
    print(f"{sum(len(story.repeated) for story in stories):>6} finished steps that ran again")


if __name__ == "__main__":
    sys.exit(main())
