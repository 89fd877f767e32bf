"""What to know of an export, beside the file itself."""

from typing import TextIO

from xchange_cli.formats import warning_text
from xchange_cli.formats.words import wrapped
from xchange_cli.release.versions.exporting import Exported


def tell(exported: Exported, file: str, out: TextIO) -> None:
    """Warn of an unavailable version, and say which file was written; `file` is empty for standard output."""
    name = exported.manifest.reference
    if not exported.state.available:
        reason = f": {exported.state.because}" if exported.state.because else ""
        warning_text.render(f"{name} is unavailable{reason}", out)
    if file:
        out.write(wrapped(f"{name} is written to {file}") + "\n")
