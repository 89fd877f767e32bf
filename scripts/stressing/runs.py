"""Runs that are killed once or twice, and gone on with."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

from kills import Story, drawn, faults, tell


def runs(folder: Path, kills: int, first: int, workers: int) -> list[str]:
    """Tell stories until enough kills have hit."""
    begun = time.monotonic()
    undisturbed = tell(folder / "undisturbed", [])
    told = list(_stories(folder, kills, first, workers))
    _summarize([story for _, story in told], len(undisturbed.calls), time.monotonic() - begun)
    return [f"seed {seed}: {fault}" for seed, story in told for fault in faults(story, undisturbed)]


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
