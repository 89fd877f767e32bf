"""Break correct files in every way that the harness knows, and print what `validate` finds.

    python scripts/faults.py [--write] [--real FOLDER]

`--write` writes docs/fault-detection.md. `--real`, or XCHANGE_REAL_FILES, adds the files of a folder.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from mutations.harness import Mutation, Trial, Verdict, Workbench, correct_files, mutations  # noqa: E402
from mutations.page import page  # noqa: E402
from mutations.tally import Tally, tally, total  # noqa: E402
from xchange_cli.components.catalog import Catalog  # noqa: E402

PAGE = ROOT / "docs" / "fault-detection.md"
SITES = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="write docs/fault-detection.md")
    parser.add_argument("--real", type=Path, help="a folder of correct files, broken as well")
    arguments = parser.parse_args()
    real = arguments.real or os.environ.get("XCHANGE_REAL_FILES")
    found, files = measured(Path(real) if real and not arguments.write else None)
    for mutation, trials in found.items():
        print(row(mutation, trials))
        for trial in trials:
            if trial.verdict is not Verdict.CAUGHT:
                print(f"    {trial}")
    print(summary(total(map(tally, found.values()))))
    if arguments.write:
        PAGE.write_text(page(found, files, SITES), encoding="utf-8", newline="\n")


def measured(real: Path | None = None) -> tuple[dict[Mutation, list[Trial]], int]:
    """Give the trials of each mutation, and the number of files."""
    catalog = Catalog.load()
    files = correct_files(catalog, real)
    bench = Workbench(files, catalog)
    return {mutation: bench.trials(mutation, SITES) for mutation in mutations()}, len(files)


def row(mutation: Mutation, trials: Sequence[Trial]) -> str:
    found = tally(trials)
    rules = ", ".join(sorted({rule for trial in trials for rule in trial.rules}))
    return f"{mutation.family:<18}{mutation.name:<56}{found.caught:>4} of {found.sites:<4} {rules}"


def summary(found: Tally) -> str:
    return (
        f"faults: {found.caught_mutations} of {found.mutations} ways ({found.share:.1%}), "
        f"{found.caught} of {found.sites} breakages ({found.share_of_sites:.1%}) caught at the right place"
    )


if __name__ == "__main__":
    main()
