"""The figures of the README, each a ratio of two things measured in turn in one run.

    python scripts/bench.py [--quick] [SUBJECT…]

Absolute times depend on the machine and on what else it does; ratios of pairs hold.
"""

import argparse
import compileall
import importlib
import os
import platform
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import xchange_cli  # noqa: E402
from faults import measured, summary, tally, total  # noqa: E402

SUBJECTS = ("starting", "validating", "running", "listing", "publishing", "comparing")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument(
        "subjects", nargs="*", metavar="SUBJECT", help=f"of {', '.join(SUBJECTS)} and faults; all"
    )
    options = parser.parse_args()
    compileall.compile_dir(str(Path(xchange_cli.__file__).parent), quiet=1)  # as an installer does
    rounds = 3 if options.quick else 9
    print(
        f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, {rounds} rounds"
    )
    print(f"{'measured':<46}{'this':>11}{'other':>11}{'ratio':>9}   other is")
    for subject in options.subjects or (*SUBJECTS, "faults"):
        if subject == "faults":
            print(summary(total(map(tally, measured()[0].values()))))
        else:
            importlib.import_module(f"figures.{subject}").figures(rounds)


if __name__ == "__main__":
    main()
