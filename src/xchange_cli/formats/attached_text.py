"""What was done to the attachments of an integration."""

from typing import TextIO

from xchange_cli.authoring.attachments import Attached
from xchange_cli.formats.cells import showable
from xchange_cli.formats.file_sizes import size_text
from xchange_cli.formats.style import Style


def render(done: Attached, out: TextIO) -> None:
    style = Style.of(out)
    for word, ones in (("added", done.added), ("replaced", done.replaced), ("removed", done.removed)):
        for one in ones:
            path = showable(f"{done.folder}/{one.name}")
            out.write(f"{style.paint('ok', word)} {path} ({size_text(one.size)})\n")
    out.writelines(f"{showable(one.name)} is there already, with this content\n" for one in done.same)
