"""Many processes that publish into one registry at once, and clones that push to one branch."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from registries import race, settled
from s3_server import environment, new_place, serving_s3
from stores import Place
from xchange_cli.registry.registry import Registry

LONGEST = 3600.0


def stores(folder: Path, publishers: int, turns: int) -> list[str]:
    """Let processes publish into a folder, then into S3."""
    found = _raced("a folder", Place("registry/", folder), publishers, turns)
    with serving_s3() as (wire, url), _environment(environment(url)):
        found += _raced("S3", new_place(url, folder), publishers, turns)
        print(f"{len(wire.requests):>6} requests to S3")
    return found


def _raced(name: str, place: Place, publishers: int, turns: int) -> list[str]:
    begun = time.monotonic()
    try:
        published = race(place.url, place.root, publishers, turns, LONGEST)
        seconds = time.monotonic() - begun
        contents = settled(Registry(place.open()), place.open())
    except AssertionError as error:
        return [f"{publishers} x {turns} versions into {name}: {error}"]
    print(f"{publishers} processes published {turns} versions each into {name} in {seconds:.0f} s")
    print(f"{len(contents):>6} versions, the last is {max(contents)}; every digest is right", flush=True)
    is_right = sorted(contents) == list(range(1, publishers * turns + 1))
    is_complete = sorted(contents.values()) == published
    return [] if is_right and is_complete else [f"{name}: numbers or contents are not those published"]


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
