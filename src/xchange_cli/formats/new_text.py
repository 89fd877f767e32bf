"""What was made for a new integration, and what to type next."""

from collections.abc import Iterator
from typing import TextIO

from xchange_cli.authoring.given_details import Identity
from xchange_cli.authoring.new_integration import NewIntegration
from xchange_cli.formats.cells import showable
from xchange_cli.formats.next_commands import next_commands
from xchange_cli.formats.style import Style
from xchange_cli.formats.validation_counts import counts_line
from xchange_cli.formats.words import wrapped

_IDENTITIES = {
    Identity.REMOVED: "`stableKey` was taken out: the platform knows the other integration by it.",
    Identity.KEPT: "`stableKey` is still there, since a comment or an anchor is in its way. Take it out: the platform "
    "knows the other integration by it.",
}


def render(new: NewIntegration, out: TextIO) -> None:
    style = Style.of(out)
    out.writelines(f"{style.paint('ok', 'made')} {showable(name)}\n" for name in new.files)
    out.writelines(f"{line}\n" for line in _notes(new))
    out.write(counts_line(new.result, new.key, style))
    first, second = next_commands(new)
    out.write(f"next: {first}\n      {second}\n")


def _notes(new: NewIntegration) -> Iterator[str]:
    if new.template:
        yield wrapped(f"begun with the template {new.template}")
    for one in new.left_out:
        yield wrapped(f"{one.name}: {one.reason}", "left out ")
    if new.identity in _IDENTITIES:
        yield wrapped(_IDENTITIES[new.identity])
