"""The attachments of an integration in a table."""

from typing import TextIO

from xchange_cli.authoring.attachments import AttachmentList
from xchange_cli.formats.cells import showable
from xchange_cli.formats.file_sizes import size_text
from xchange_cli.formats.style import Style
from xchange_cli.formats.table import table
from xchange_cli.formats.words import count, wrapped

_HEADS = ("NAME", "SIZE", "TYPE")


def render(found: AttachmentList, out: TextIO) -> None:
    sizes = [size_text(one.size) for one in found.attachments]
    widest = max(map(len, sizes), default=0)
    if found.attachments:
        rows = [
            (one.name, f"{size:>{widest}}", one.type)
            for size, one in zip(sizes, found.attachments, strict=True)
        ]
        out.writelines(table(_HEADS, rows, Style.of(out)))
        total = sum(one.size for one in found.attachments)
        out.write(f"\n{count(len(rows), 'attachment')}, {size_text(total)}, in {showable(found.folder)}\n")
    else:
        out.write(f"no attachments; `xchange attach add {showable(found.key)} FILE` keeps one\n")
    if found.left_out:
        names = ", ".join(found.left_out)
        out.write(f"{wrapped(f'left out, since it is no file: {names}')}\n")
