"""How long checking takes, against loading the same files."""

import sys
import tempfile
from pathlib import Path

from figures.loading import LOAD_WITH_PYYAML, afresh
from generate_files import generate
from measuring import XCHANGE, compare, pair, print_peak_of, process, reported

VALIDATE = """
import sys, pathlib, time
from xchange_cli.project.project import Project
from xchange_cli.project.targets import resolve
from xchange_cli.validation.many import validate_many
folder = pathlib.Path(sys.argv[1])
project = Project.find(folder)
validate_many(project, resolve(project, [], folder)[:1], folder)
start = time.perf_counter()
result = validate_many(project, resolve(project, [], folder), folder)
print(time.perf_counter() - start)
assert result.ok and result.diagnostics == ()
"""


def figures(rounds: int) -> None:
    one_long_file(rounds)
    validate_files(rounds)


def one_long_file(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder), 40)
        files = Path(folder, "integrations").glob("*/integration.yml")
        file = min(files, key=lambda path: abs(len(path.read_text().splitlines()) - 600))
        loose = Path(folder, "loose", "one.yml")  # of no project, so that nothing is remembered of it
        loose.parent.mkdir()
        loose.write_bytes(file.read_bytes())
        pair(
            f"xchange validate, a file of {len(loose.read_text().splitlines())} lines, whole process",
            lambda: process(XCHANGE, "validate", loose),
            lambda: process(sys.executable, "-c", "pass"),
            "python -c pass",
            rounds * 3,
        )


def validate_files(rounds: int) -> None:
    """The work alone with both sides started, then whole processes: the first check, and one of what has not changed."""
    for count in (26, 260, 1300):
        few = rounds if count < 1300 else max(3, rounds // 3)
        with tempfile.TemporaryDirectory() as folder:
            generate(Path(folder), count)
            compare(
                f"validate {count} files",
                lambda folder=folder: reported(VALIDATE, afresh(folder)),
                lambda folder=folder: reported(LOAD_WITH_PYYAML, folder),
                "load with CSafeLoader, one process",
                few,
            )
            for name, before in (("", afresh), (", again", str)):
                pair(
                    f"xchange validate, {count} files{name}, whole process",
                    lambda folder=folder, before=before: process(XCHANGE, "validate", before(folder)),
                    lambda folder=folder: process(sys.executable, "-c", LOAD_WITH_PYYAML, folder),
                    "load with CSafeLoader, whole process",
                    few,
                )
            print_peak_of(f"peak memory of checking {count} files", XCHANGE, "validate", afresh(folder))
