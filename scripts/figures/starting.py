"""How long it takes to start, and to complete a word."""

import sys
import tempfile
from pathlib import Path

from generate_files import generate
from measuring import XCHANGE, pair, process


def figures(rounds: int) -> None:
    start_up(rounds)
    completion(rounds)


def start_up(rounds: int) -> None:
    pair(
        "xchange --version, whole process",
        lambda: process(XCHANGE, "--version"),
        lambda: process(sys.executable, "-c", "pass"),
        "python -c pass",
        rounds * 3,
    )


def completion(rounds: int) -> None:
    """Pressing Tab for a flow of one integration among many, and for a command."""
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder), 260)
        key = next(Path(folder, "integrations").iterdir()).name
        for name, words in (
            ("a flow", ("xchange", "run", key, "--flow", "")),
            ("a key among 260", ("xchange", "run", "")),
        ):
            question = {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
            pair(
                f"completing {name}, whole process",
                lambda question=question, folder=folder: process(
                    XCHANGE, cwd=Path(folder), env={"_XCHANGE_COMPLETE": "complete_bash", **question}
                ),
                lambda: process(XCHANGE, "--version"),
                "xchange --version",
                rounds * 3,
            )
