"""Draws docs/demo.svg: what a terminal shows while the demo runs, in colour.

python scripts/picture.py
"""

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "demo.svg"
WIDTH = 92


def main() -> None:
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text.from_ansi(terminal_output(["sh", str(ROOT / "scripts" / "demo.sh")])))
    svg = console.export_svg(title="xchange", clear=False)
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    PICTURE.write_text(svg.replace("Fira Code", "ui-monospace, Menlo, Consolas"), encoding="utf-8")


def terminal_output(command: list[str]) -> str:
    """Run a command as on a terminal and give what it writes."""
    leader, follower = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(WIDTH)}
    process = subprocess.Popen(command, stdout=follower, stderr=follower, stdin=follower, env=environment)
    os.close(follower)
    chunks = []
    while True:
        try:
            chunk = os.read(leader, 65536)
        except OSError:
            break
        if not chunk:
            break
        chunks.append(chunk)
    if process.wait() != 0:
        sys.exit(f"{command} failed")
    text = b"".join(chunks).decode("utf-8").replace("\r\n", "\n")
    return re.sub(r"\r[^\n]*?\x1b\[K", "", text)


if __name__ == "__main__":
    main()
