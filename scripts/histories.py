"""Merge branches of integration files by parts, and compare with what git makes of them.

    python scripts/histories.py [--count 2000] [--seed 1]
    python scripts/histories.py --repository FOLDER

Without a repository the branches are made: one to three changes on each. Of a repository, every change of an
integration file is compared, and every merge that git did by itself is done again.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from change_ways.correct import correct_files  # noqa: E402
from change_ways.histories import Outcome, histories  # noqa: E402
from change_ways.recorded import merges, outcome_of, versions  # noqa: E402
from change_ways.tally import of_histories  # noqa: E402
from change_ways.trial import Bench, read  # noqa: E402
from change_ways.way import ways  # noqa: E402
from xchange_cli.changes.compare import Side, compare  # noqa: E402
from xchange_cli.components.catalog import Catalog  # noqa: E402


def main() -> int:
    """Count what comes out, name what has to be looked at, and give 1 where something is lost."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", default="1")
    parser.add_argument(
        "--files", type=int, default=24, help="generated files that are changed, besides the others"
    )
    parser.add_argument("--repository", type=Path)
    options = parser.parse_args()
    catalog = Catalog.load()
    if options.repository is not None:
        counts, told = _of_repository(options.repository, catalog)
    else:
        bench = Bench(correct_files(options.files), catalog)
        counts, told = of_histories(histories(bench, ways(), options.count, options.seed), catalog)
    print("\n".join(told))
    for one, count in sorted(counts.items()):
        print(f"{count:6} {one}")
    return int(counts[Outcome.WRONG] > 0)


def _of_repository(repository: Path, catalog: Catalog) -> tuple[Counter[Outcome], list[str]]:
    told = []
    for version in versions(repository):
        old, new = (Side(version.path, read(text)) for text in (version.before, version.after))
        told.append(
            f"{version.commit[:10]} {version.path}: {len(compare(old, new, catalog).changes)} changes"
        )
    counts: Counter[Outcome] = Counter()
    for history, recorded in merges(repository):
        found = outcome_of(history, recorded, catalog)
        if found is not None:
            counts[found] += 1
            told.append(f"{history.name}: {found}")
    return counts, told


if __name__ == "__main__":
    sys.exit(main())
