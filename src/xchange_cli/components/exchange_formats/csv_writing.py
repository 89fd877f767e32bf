"""Rows and records → CSV text.

How the platform ends lines and when it quotes is not documented. Here lines are ended by line feeds, the last one by
nothing, and those cells are in quotation marks that hold one, a delimiter or a line end, or begin or end with a
blank.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from xchange_cli.components.conversions import to_string
from xchange_cli.components.limits import refuse_longer
from xchange_cli.components.spec import ActionContext, ActionError
from xchange_cli.javascript.values import describe, stringify

_NAMES_SHOWN = 5


def write_rows(rows: Iterable[Sequence[Any]], delimiter: str, input_key: str) -> str:
    """Write rows of any values as text; null is an empty cell."""
    needs_quotes = _special(delimiter).search
    lines, size = [], 0
    for row in rows:
        cells = [cell if isinstance(cell, str) else to_string(cell) for cell in row]
        line = delimiter.join([_quoted(cell) if needs_quotes(cell) else cell for cell in cells])
        size += len(line) + 1
        refuse_longer(size, input_key)
        lines.append(line)
    return "\n".join(lines)


def write_records(
    context: ActionContext,
    records: Sequence[Mapping[str, Any]],
    input_key: str,
    *,
    delimiter: str = ",",
    with_header: bool = True,
) -> str:
    """Write objects; the keys of the first one are the columns. What others have beside is left out, and warned of."""
    columns = list(records[0]) if records else []
    known = set(columns)
    more = dict.fromkeys(
        key for record in records if record.keys() - known for key in record if key not in known
    )
    if more:
        names = ", ".join(stringify(key) for key in list(more)[:_NAMES_SHOWN])
        context.warn(
            f"columns are the keys of the first record; left out are those that only others have: {names}"
        )
    rows: list[Sequence[Any]] = [columns] if with_header and columns else []
    rows += [[record.get(column) for column in columns] for record in records]
    return write_rows(rows, delimiter, input_key)


def to_records(items: Sequence[Any]) -> list[dict[str, Any]]:
    """Read a list of objects."""
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            raise ActionError(f"record {number} is {describe(item)}, not an object")
    return list(items)


@lru_cache(maxsize=16)
def _special(delimiter: str) -> re.Pattern[str]:
    return re.compile(rf'["\r\n{re.escape(delimiter)}]|^[ \ufeff]| $')


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'
