"""The activity log: a line for each entry, what it was about below."""

from typing import TextIO

from xchange_cli.formats.folding import cut
from xchange_cli.formats.moments import minute
from xchange_cli.formats.people import short_name
from xchange_cli.formats.style import Style
from xchange_cli.formats.table import table
from xchange_cli.registry.activity import Activity
from xchange_cli.release.versions.history import History

_HEADS = ("TIME (UTC)", "WHO", "CATEGORY", "SUBJECT", "PREVIEW")
_WHO = 20
_SUBJECT = 24
_PREVIEW = 200


def render(history: History, out: TextIO) -> None:
    if history.entries:
        out.writelines(table(_HEADS, [_row(one) for one in history.entries], Style.of(out)))
        out.write("\n")
    out.write(f"{conclusion(history)}\n")


def conclusion(history: History) -> str:
    """Say how many entries there are."""
    if not history.entries:
        return "nothing is logged that fits"
    number = len(history.entries)
    older = "; older ones are not shown (--limit)" if history.is_cut else ""
    return f"{number:,} {'entry' if number == 1 else 'entries'}{older}"


def _row(one: Activity) -> tuple[str, ...]:
    who = short_name(one.user, _WHO)
    return minute(one.time), who, one.category, cut(one.subject, _SUBJECT), cut(one.preview, _PREVIEW)
