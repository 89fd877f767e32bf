"""What differs, as one page for a browser that needs nothing else: both sides of each change beside each other."""

from typing import TextIO

from xchange_cli.formats.diff_page.page import page_of
from xchange_cli.release.comparing.compared import Differences


def render(differences: Differences, out: TextIO) -> None:
    out.write(page_of(differences))
