"""Change correct integrations in every way that the harness knows, and print what `diff` makes of it.

    python scripts/changes_found.py [--write] [--sites 5] [--pairs 3000] [--histories 3000]

`--write` writes docs/change-detection.md. XCHANGE_REAL_FILES adds the files of a folder, which the page never counts.
"""

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from change_ways.correct import correct_files  # noqa: E402
from change_ways.histories import histories  # noqa: E402
from change_ways.page import Found, page  # noqa: E402
from change_ways.tally import Tally, of_formats, of_histories, of_pairs, of_ways, tally  # noqa: E402
from change_ways.text import FORMATS  # noqa: E402
from change_ways.trial import Bench, Trial  # noqa: E402
from change_ways.way import ways  # noqa: E402
from xchange_cli.changes.table import kinds  # noqa: E402
from xchange_cli.components.catalog import Catalog  # noqa: E402

PAGE = ROOT / "docs" / "change-detection.md"


def main() -> int:
    """Try everything, say what is wrong, and give 1 where something is."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="write docs/change-detection.md")
    parser.add_argument("--files", type=int, default=24, help="generated files")
    parser.add_argument("--sites", type=int, default=5, help="files in which each way is tried")
    parser.add_argument("--pairs", type=int, default=3000)
    parser.add_argument("--histories", type=int, default=3000)
    options = parser.parse_args()
    if options.write:
        os.environ.pop("XCHANGE_REAL_FILES", None)
    catalog = Catalog.load()
    bench = Bench(correct_files(options.files), catalog)
    counted, asked = of_histories(histories(bench, ways(), options.histories, "1"), catalog)
    changing = [way for way in ways() if way.is_change]
    tried = of_ways(bench, ways(), options.sites)
    found = Found(tried, of_pairs(bench, changing, options.pairs), of_formats(bench, catalog), counted)
    print("\n".join(asked))
    if options.write:
        counts = {
            "files": len(bench.files),
            "kinds": len(kinds()),
            "formats": len(FORMATS),
            "sites": options.sites,
        }
        PAGE.write_text(page(found, **counts), encoding="utf-8", newline="\n")
    return _told(found)


def _told(found: Found) -> int:
    trials: list[Trial] = [trial for some in found.ways.values() for trial in some]
    trials += [*found.pairs, *found.formats]
    for trial in trials:
        if not trial.is_right:
            print(trial)
    print(_summary(tally(trials)))
    print("; ".join(f"{count}: {one}" for one, count in found.histories.items()))
    return int(not all(trial.is_right for trial in trials))


def _summary(found: Tally) -> str:
    return (
        f"changes: {found.right} of {found.trials} right; {found.missed} not reported, "
        f"{found.false} reported for nothing"
    )


if __name__ == "__main__":
    sys.exit(main())
