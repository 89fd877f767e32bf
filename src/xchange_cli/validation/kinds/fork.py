"""Where a fork is from: `fork.json` beside an integration."""

from collections.abc import Iterator
from pathlib import Path

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.document.parse import parse
from xchange_cli.project.beside import FORK
from xchange_cli.validation.finish import finish
from xchange_cli.validation.kind import Beside
from xchange_cli.validation.own_specs import own_findings
from xchange_cli.validation.settled import settled

FOLDER = ""
SUFFIXES = (FORK,)


def check(file: Path, beside: Beside) -> Iterator[Diagnostic]:
    """Yield what keeps `xchange upstream` from knowing the parent of a fork.

    Raises:
        XchangeError: NOT_FOUND or UNREADABLE.

    """
    document = parse(beside.read(file))
    name = f"{beside.key} {file.name}"
    finished = dict.fromkeys(finish(one, document, name) for one in own_findings(document, "fork"))
    yield from (one._replace(integration=beside.key) for one in settled(document, finished, name))
