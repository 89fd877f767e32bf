"""Publishes that are killed, each followed by another one, and clones that push to one branch at once."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

import repositories
from clones import race_of_clones
from publish_kills import Scene, Told

TURNS = 10
"""Publishes in one repository, so that first ones are killed now and then, too."""


def publishes(folder: Path, kills: int, first: int, workers: int) -> list[str]:
    """Kill publishes, half of them with `--push`, until enough kills have hit."""
    begun, found, seed = time.monotonic(), [], first
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(workers) as pool:
        repositories.alone(patch)
        hit: list[Told] = []
        while len(hit) < kills:
            seeds = range(seed, seed + workers)
            for one, told in zip(
                seeds, pool.map(lambda one: _scene(folder / str(one), one), seeds), strict=True
            ):
                hit += [story for story in told if story.was_killed]
                found += [f"publishes, seed {one}: {fault}" for story in told for fault in story.faults]
            seed += workers
            print(".", end="", flush=True)
    there = sum(story.is_there for story in hit)
    print(
        f"\n{len(hit)} publishes killed in {time.monotonic() - begun:.0f} s, half of the repositories with --push"
    )
    print(f"{there:>6} versions were there all the same, of {len(hit) - there} nothing was to be seen")
    return found


def _scene(folder: Path, seed: int) -> list[Told]:
    random = Random(seed)
    scene = Scene(folder, pushes=seed % 2 == 1)
    try:
        return [scene.tell(random) for _ in range(TURNS)]
    except AssertionError as error:
        return [Told(was_killed=True, is_there=False, faults=(f"{folder}: {error}",))]


def clones(folder: Path, count: int, rounds: int) -> list[str]:
    """Let clones of one bare repository publish and push at once."""
    begun, origin = time.monotonic(), folder / "origin.git"
    with pytest.MonkeyPatch.context() as patch:
        repositories.alone(patch)
        repositories.repository(folder / "here", origin)
        try:
            found = race_of_clones(origin, folder, count, rounds, patience=1800)
        except AssertionError as error:
            found = [str(error)]
    print(f"{count} clones published and pushed {rounds} versions each in {time.monotonic() - begun:.0f} s")
    return [f"clones: {fault}" for fault in found]
