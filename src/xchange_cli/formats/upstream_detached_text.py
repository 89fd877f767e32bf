"""What is a fork no longer, for people."""

from typing import TextIO

from xchange_cli.formats.cells import showable
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import wrapped
from xchange_cli.release.upstream.detach import Detached


def render(done: Detached, out: TextIO) -> None:
    style = Style.of(out)
    out.writelines(f"{style.paint('ok', 'removed')} {showable(name)}\n" for name in done.files)
    out.write(wrapped(f"{done.fork.key} is no fork of {done.fork.origin.key} any more") + "\n")
