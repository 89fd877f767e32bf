"""CSV text → rows of texts, and rows → records.

The platform's reader is not documented; this one does what common readers of JavaScript do. Line feeds, carriage
returns and both together end a row, empty lines count for nothing, a doubled quotation mark stands for one, and
nothing is trimmed.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from xchange_cli.components.exchange_formats.contents import BYTE_ORDER_MARK
from xchange_cli.components.spec import ActionContext, ActionError
from xchange_cli.javascript.values import describe

EXTRA = "__parsed_extra"
"""The key of a record under which the cells stand for which there is no column."""

_LINE_END = re.compile("\r\n|\r|\n")
_NO_DELIMITERS = frozenset(('"', "\r", "\n", BYTE_ORDER_MARK))


def to_delimiter(value: object) -> str:
    """Read the character between cells; a comma where it is not set."""
    if value is None or value == "":
        return ","
    if not isinstance(value, str) or len(value) != 1 or value in _NO_DELIMITERS:
        raise ActionError(f"{describe(value)} is not one character that can stand between cells")
    return value


def rows_of(context: ActionContext, text: str, delimiter: str = ",") -> list[list[str]]:
    """Read all rows; quotation marks that are not closed, or are followed by more text, are warned of."""
    if '"' not in text:
        rows = [line.split(delimiter) for line in _LINE_END.split(text)]
    else:
        rows = list(_quoted_rows(context, text, delimiter))
    if rows[-1] == [""]:
        rows.pop()
    filled = [row for row in rows if row != [""]]
    if len(filled) < len(rows):
        context.warn("empty lines of the CSV are left out here; what the platform does is not documented")
    return filled


def _quoted_rows(context: ActionContext, text: str, delimiter: str) -> Iterator[list[str]]:
    row: list[str] = []
    is_odd = False
    for match in _cell(delimiter).finditer(text):
        quoted, closing, rest, plain, end = match.groups()
        if plain is None:
            is_odd = is_odd or not closing or bool(rest)
            plain = quoted.replace('""', '"') + rest
        row.append(plain)
        if end != delimiter:
            yield row
            row = []
            if not end:
                break
    if is_odd:
        context.warn("the CSV has a quotation mark that is not closed, or text behind a closing one")


@lru_cache(maxsize=16)
def _cell(delimiter: str) -> re.Pattern[str]:
    """Match one cell and what ends it; every text matches, in time that grows with its length only."""
    mark = re.escape(delimiter)
    plain = f"[^{mark}\r\n]*+"
    return re.compile(rf'(?:"((?:[^"]++|"")*+)("?)({plain})|({plain}))({mark}|\r\n|\r|\n|\Z)')


def records_of(context: ActionContext, rows: list[list[str]]) -> list[dict[str, object]]:
    """Make objects of rows: the first one names the columns; a column's second name gets a number.

    A row that is too short lacks keys; what is too much stands as a list under `__parsed_extra`.
    """
    if not rows:
        return []
    columns = _columns(context, rows[0])
    width = len(columns)
    records: list[dict[str, object]] = [dict(zip(columns, row, strict=False)) for row in rows[1:]]
    for record, row in zip(records, rows[1:], strict=True):
        if len(row) > width:
            record[EXTRA] = row[width:]
    if any(len(row) != width for row in rows):
        context.warn(
            f"not all rows of the CSV have {width} cells, as the header has; missing ones have no key, "
            f"more of them are under {EXTRA}"
        )
    return records


def _columns(context: ActionContext, header: list[str]) -> list[str]:
    names: dict[str, None] = {}
    taken = set(header)
    next_number: dict[str, int] = {}
    for name in header:
        own = name
        while own in names or (own != name and own in taken):
            next_number[name] = next_number.get(name, 0) + 1
            own = f"{name}_{next_number[name]}"
        names[own] = None
    if len(taken) < len(header):
        context.warn("the CSV has columns of the same name; the later ones got a number, as in name_1")
    return list(names)
