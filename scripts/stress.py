"""Kill runs and publishes at random points, let many publish at once, and see whether anything was lost or done twice.

    python scripts/stress.py [runs|stores|clones|publishes …] [--kills 200] [--from 1000] [--workers 2]

Each killed run is one of the tests' project (tests/resumable.py), each killed publish one of the tests' repository
(tests/publish_kills.py); its seed tells where it is killed, with SIGKILL.
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from stressing.publishes import clones, publishes
from stressing.races import stores
from stressing.runs import runs

PARTS = ("runs", "stores", "clones", "publishes")


def main() -> int:
    """Do all parts, or those that are named, and say what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("parts", nargs="*", metavar="|".join(PARTS), help="all of them by default")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--from", type=int, default=1000, dest="first", help="the first seed")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--publishers", type=int, default=32, help="processes that publish into one registry")
    parser.add_argument("--versions", type=int, default=50, help="versions that each of them publishes")
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {min(unknown)}")
    found = [fault for part in options.parts or PARTS for fault in _done(part, options)]
    for fault in found:
        print(fault)
    print(f"{len(found)} faults")
    return 1 if found else 0


def _done(part: str, options: argparse.Namespace) -> list[str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if part == "runs":
            return runs(folder, options.kills, options.first, options.workers)
        if part == "stores":
            return stores(folder, options.publishers, options.versions)
        if part == "clones":
            return clones(folder, 4, 25)
        return publishes(folder, options.kills, options.first, options.workers)


if __name__ == "__main__":
    sys.exit(main())
