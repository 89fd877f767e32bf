"""Which runs were removed."""

from typing import TextIO

from xchange_cli.formats.running.lines import size_text
from xchange_cli.formats.runs_text import write_runs
from xchange_cli.formats.words import count
from xchange_cli.record.prune import Pruned

MOST_SHOWN = 20


def render(pruned: Pruned, out: TextIO) -> None:
    removed = pruned.removed.entries
    if removed:
        write_runs(removed[:MOST_SHOWN], out)
        more = len(removed) - MOST_SHOWN
        out.write(f"… {more:,} more; --output json shows all\n\n" if more > 0 else "\n")
    done = "would be removed" if pruned.is_dry_run else "removed"
    size = f" ({size_text(pruned.size)})" if removed else ""
    out.write(f"{count(len(removed), 'run')} {done}{size}; {pruned.left:,} left\n")
