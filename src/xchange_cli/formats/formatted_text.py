"""Which files change by formatting, one a line; below each the inputs that are left out."""

from typing import TextIO

from xchange_cli.canonical.many import Formatting
from xchange_cli.formats.cells import showable
from xchange_cli.formats.folding import cut
from xchange_cli.formats.words import count

_ROOM = 30


def render(formatting: Formatting, out: TextIO) -> None:
    for file in formatting.changed:
        out.write(f"{showable(file.source.name)}\n")
        for left_out in file.dropped:
            place = f"{showable(left_out.flow)} / {showable(left_out.step)}"
            out.write(f"  {place}: {showable(left_out.input)} = {_value(left_out.value)}\n")


def summary(formatting: Formatting) -> str:
    """Say `2 files formatted, 5 files unchanged, 3 inputs left out, 1 file refused`."""
    changed = len(formatting.changed)
    unchanged = len(formatting.files) - changed
    left_out = sum(len(file.dropped) for file in formatting.files)
    verb = "would change" if formatting.is_trial else "formatted"
    parts = [
        f"{count(changed, 'file')} {verb}" if changed else "",
        f"{count(unchanged, 'file')} unchanged" if unchanged else "",
        f"{count(left_out, 'input')} left out" if left_out else "",
        f"{count(len(formatting.refused), 'file')} refused" if formatting.refused else "",
    ]
    return ", ".join(filter(None, parts))


def _value(text: str) -> str:
    return f"`{cut(text, _ROOM)}`" if text else "``"
