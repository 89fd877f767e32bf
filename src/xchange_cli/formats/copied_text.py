"""Where an attachment was copied to."""

from typing import TextIO

from xchange_cli.authoring.attachments import Copied
from xchange_cli.formats.cells import showable
from xchange_cli.formats.file_sizes import size_text
from xchange_cli.formats.style import Style


def render(copied: Copied, out: TextIO) -> None:
    if copied.is_same:
        out.write(f"{showable(copied.file)} is there already, with this content\n")
        return
    word = "wrote" if copied.is_new else "replaced"
    out.write(f"{Style.of(out).paint('ok', word)} {showable(copied.file)} ({size_text(copied.size)})\n")
