"""Clones of one bare repository that publish and push at once."""

import subprocess
import sys
from pathlib import Path

from publish_kills import contents
from repositories import ORDERS, TEXT, clone

PUBLISHER = """
import subprocess, sys
file, program, who, rounds = *sys.argv[1:4], int(sys.argv[4])
for turn in range(rounds):
    note = f"{who} {turn}"
    with open(file, "a") as opened:
        opened.write(f"# {note}\\n")
    words = ["publish", "orders", "--note", note, "--push", "--allow-dirty"]
    if subprocess.run([sys.executable, "-c", program, *words]).returncode:
        sys.exit(1)
"""


def race_of_clones(origin: Path, folder: Path, clones: int, rounds: int, patience: float = 120) -> list[str]:
    """Let clones change and publish, and say what is wrong with what the branch has then."""
    folders = [clone(origin, folder / f"clone{number}") for number in range(clones)]
    started = [_publishing(one, rounds) for one in folders]
    codes = [one.wait(timeout=patience) for one in started]
    lines = [[f"# {one.name} {turn}\n" for turn in range(rounds)] for one in folders]
    expected = sorted(TEXT + "".join(of[: turn + 1]) for of in lines for turn in range(rounds))
    found = {
        f"the clones ended with {codes}": codes == [0] * clones,
        "the versions are not those published": sorted(contents(clone(origin, folder / "final"))) == expected,
    }
    return [what for what, is_right in found.items() if not is_right]


def _publishing(folder: Path, rounds: int) -> subprocess.Popen[bytes]:
    program = "from xchange_cli.__main__ import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", PUBLISHER, ORDERS, program, folder.name, str(rounds)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
