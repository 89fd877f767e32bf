"""Reads and writes CSV."""

from collections.abc import Mapping, Sequence
from typing import Any

from xchange_cli.components.collections import to_list
from xchange_cli.components.conversions import to_boolean
from xchange_cli.components.exchange_formats.contents import read_text
from xchange_cli.components.exchange_formats.csv_reading import rows_of, to_delimiter
from xchange_cli.components.exchange_formats.csv_writing import to_records, write_records, write_rows
from xchange_cli.components.inputs import read, read_required
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult, Example, Implementation
from xchange_cli.javascript.values import describe, parse_if_json


def generate_from_object(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Write a list of objects; what is nested in one is written as JavaScript writes it as text."""
    delimiter = read(inputs, "delimiter", to_delimiter)
    records = read_required(inputs, "inputArray", lambda value: to_records(to_list(value)))
    with_header = inputs.get("includeHeader") in (None, "") or read(inputs, "includeHeader", to_boolean)
    if any(isinstance(value, dict | list) for record in records for value in record.values()):
        context.warn(
            "the records have inner objects or lists; they are written as JavaScript writes them as text"
        )
    text = write_records(context, records, "inputArray", delimiter=delimiter, with_header=with_header)
    return ActionResult(text)


def generate(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Write rows: lists of cells, or their JSON."""
    delimiter = read(inputs, "delimiter", to_delimiter)
    return ActionResult(write_rows(read_required(inputs, "data", _to_rows), delimiter, "data"))


def parse(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Read rows of texts; the header is a row like the others unless it is ignored."""
    delimiter = read(inputs, "delimiter", to_delimiter)
    rows = rows_of(context, read_text(context, inputs, "csv"), delimiter)
    ignores_header = read(inputs, "ignoreHeaders", to_boolean)
    return ActionResult(rows[1:] if ignores_header else rows)


def _to_rows(value: Any) -> list[Sequence[Any]]:
    rows = [parse_if_json(row) for row in to_list(value)]
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, list):
            raise ActionError(f"row {number} is {describe(row)}, not a list of cells")
    return rows


COMPONENT = Implementation(
    actions={"generateFromObject": generate_from_object, "generate": generate, "parse": parse},
    examples=(
        Example("generateFromObject", {"inputArray": [{"a": 1, "b": 2}]}, "a,b\n1,2"),
        Example(
            "generateFromObject",
            {"inputArray": '[{"a": "x;y", "b": null}]', "delimiter": ";", "includeHeader": False},
            '"x;y";',
        ),
        Example(
            "generateFromObject",
            {"inputArray": [[1]]},
            None,
            error="inputArray: record 1 is a list of 1, not an object",
        ),
        Example("generate", {"data": [["1", "2"], '["a", "b c"]']}, "1,2\na,b c"),
        Example(
            "generate", {"data": ["1,2"]}, None, error='data: row 1 is the text "1,2", not a list of cells'
        ),
        Example("parse", {"csv": "a,b\n1,2"}, [["a", "b"], ["1", "2"]]),
        Example("parse", {"csv": 'a;"b;""c"""\r\n', "delimiter": ";"}, [["a", 'b;"c"']]),
        Example("parse", {"csv": "a,b\n1,2", "ignoreHeaders": True}, [["1", "2"]]),
        Example(
            "parse",
            {"csv": "a", "delimiter": "||"},
            None,
            error='delimiter: the text "||" is not one character that can stand between cells',
        ),
    ),
)
