"""Integrations with their config sets, for people: what is the worst of each, at 80 columns."""

from collections.abc import Iterator, Sequence

from xchange_cli.diagnostics import Severity
from xchange_cli.formats.cells import cells, showable, width
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import WIDTH, count
from xchange_cli.validation.result import SetVerdict

_HEAD = "INTEGRATION"
_GAP = "  "
_WIDEST = 36
_ABSENT = "-"
_BASE = "base"
_CUT = "…"


def lines(matrix: Sequence[SetVerdict], style: Style) -> Iterator[str]:
    """Yield a row for each integration and a column for each set; sets that find no room make a further table.

    A cell says `ok`, or how much there is of the worst severity; `base` where values are left to the sets that extend
    this one, and nothing else was found; `-` where the integration has no such set.
    """
    rows: dict[str, dict[str, SetVerdict]] = {}
    for verdict in matrix:
        rows.setdefault(verdict.file, {})[verdict.config_set] = verdict
    names = {file: _cut(next(iter(row.values())).integration) for file, row in rows.items()}
    first = max((width(name) for name in (_HEAD, *names.values())), default=0)
    sets = sorted({verdict.config_set for verdict in matrix})
    for block in _blocks(sets, rows, WIDTH - first):
        head = "".join(f"{_GAP}{_padded(_cut(name), size)}" for name, size in block.items())
        yield style.paint("bold", f"{_padded(_HEAD, first)}{head}".rstrip())
        for file, row in rows.items():
            shown = "".join(f"{_GAP}{_cell(row.get(name), size, style)}" for name, size in block.items())
            yield f"{_padded(names[file], first)}{shown}".rstrip()


def _blocks(
    sets: Sequence[str], rows: dict[str, dict[str, SetVerdict]], room: int
) -> Iterator[dict[str, int]]:
    """Yield the sets that fit into one table each, with the widths of their columns."""
    block: dict[str, int] = {}
    for name in sets:
        size = max(width(_cut(name)), *(len(_said(row.get(name))) for row in rows.values()))
        if block and sum(block.values()) + size + len(_GAP) * (len(block) + 1) > room:
            yield block
            block = {}
        block[name] = size
    if block:
        yield block


def _cell(verdict: SetVerdict | None, size: int, style: Style) -> str:
    said = _said(verdict)
    return style.paint(_kind(verdict), said) + " " * (size - len(said))


def _kind(verdict: SetVerdict | None) -> str:
    if verdict is None or (verdict.severity is None and verdict.lacks_values):
        return "dim"
    return verdict.severity or "ok"


def _said(verdict: SetVerdict | None) -> str:
    if verdict is None:
        return _ABSENT
    match verdict.severity:
        case Severity.ERROR:
            return count(verdict.errors, "error")
        case Severity.WARNING:
            return count(verdict.warnings, "warning")
        case Severity.INFO:
            return count(verdict.notes, "note")
    return _BASE if verdict.lacks_values else "ok"


def _cut(name: str) -> str:
    """Keep what fits of a name that would leave no room for the others."""
    shown = showable(name)
    if width(shown) <= _WIDEST:
        return shown
    kept = ""
    for one in cells(shown):
        if width(kept) + one.width >= _WIDEST:
            break
        kept += one.text
    return kept + _CUT


def _padded(text: str, size: int) -> str:
    return text + " " * (size - width(text))
