"""What a baseline hides, in a line or two."""

from collections.abc import Iterator

from xchange_cli.formats.cells import showable
from xchange_cli.formats.words import count
from xchange_cli.validation.baseline import KnownFindings


def lines(known: KnownFindings | None) -> Iterator[str]:
    """Say `12 known findings are not shown (baseline.json)`; nothing where there is nothing to say."""
    if known is None:
        return
    file = showable(known.file)
    if known.hidden:
        verb = "is" if known.hidden == 1 else "are"
        yield f"{count(known.hidden, 'known finding')} {verb} not shown ({file})"
    if known.gone_count:
        verb = "occurs" if known.gone_count == 1 else "occur"
        words = f"{count(known.gone_count, 'known finding')} of {file} no longer {verb}"
        yield f"{words}; --write-baseline {file} removes what is gone"
