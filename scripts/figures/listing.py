"""How long lists of many integrations take, and of what is published of them."""

import sys
import tempfile
from pathlib import Path

from figures.loading import LOAD_WITH_PYYAML, afresh
from generate_files import generate
from measuring import XCHANGE, pair, print_peak_of, process
from registries import with_versions
from xchange_cli.registry.registry import Registry
from xchange_cli.storage.open import open_store


def figures(rounds: int) -> None:
    integrations(rounds)
    published(rounds)


def integrations(rounds: int) -> None:
    """Two thousand integrations in the table of `xchange list`: read for the first time, and when nothing has changed."""
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder), 2_000)
        print_peak_of("peak memory of listing 2000 files", XCHANGE, "list", cwd=Path(folder))
        pair(
            "xchange list, 2000 files, whole process",
            lambda: process(XCHANGE, "list", cwd=Path(afresh(folder))),
            lambda: process(sys.executable, "-c", LOAD_WITH_PYYAML, folder),
            "load with CSafeLoader, whole process",
            max(3, rounds // 3),
        )
        for words in ((), ("order", "--trigger", "webhook")):
            pair(
                " ".join(("xchange list", *words, "again, whole process")),
                lambda words=words: process(XCHANGE, "list", *words, cwd=Path(folder)),
                lambda: process(sys.executable, "-c", "pass"),
                "python -c pass",
                rounds * 3,
            )


def published(rounds: int) -> None:
    """Two thousand integrations with ten versions each in the table of `xchange list`, and the registry's part alone."""
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder), 2_000)
        for place in Path(folder, "integrations").iterdir():
            with_versions(Path(folder), 10, place.name)
        one = Registry(open_store("registry/", Path(folder)))
        process(XCHANGE, "list", cwd=Path(folder))
        pair(
            "xchange list again, 10 versions each",
            lambda: process(XCHANGE, "list", cwd=Path(folder)),
            lambda: process(sys.executable, "-c", "pass"),
            "python -c pass",
            rounds,
        )
        pair(
            "the registry's 2000 summaries",
            lambda: sum(1 for _ in one.summaries()),
            lambda: [path.read_bytes() for path in sorted(Path(folder, "registry/summaries").iterdir())],
            "reading their files",
            rounds,
        )
