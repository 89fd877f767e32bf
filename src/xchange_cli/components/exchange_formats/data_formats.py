"""The readers and writers of the formats between which data can be changed.

A reader is `read(context, inputs) -> value` and reads the input `data`; a writer is `write(context, value) -> text`.
"""

from collections.abc import Callable, Mapping
from json import JSONDecodeError
from typing import Any

from xchange_cli.components.conversions import to_boolean
from xchange_cli.components.exchange_formats.contents import (
    decoded,
    file_content,
    read_text,
    refuse_more_bytes,
    text_or_bytes,
    unpacked_base64,
)
from xchange_cli.components.exchange_formats.csv_reading import records_of, rows_of
from xchange_cli.components.exchange_formats.csv_writing import to_records, write_records, write_rows
from xchange_cli.components.exchange_formats.flattening import flatten, unflatten
from xchange_cli.components.exchange_formats.xml_reading import ATTRIBUTE, TEXT, read_xml
from xchange_cli.components.exchange_formats.yaml_reading import read_yaml
from xchange_cli.components.exchange_formats.yaml_writing import write_yaml
from xchange_cli.components.inputs import read, read_required
from xchange_cli.components.limits import refusing_depth
from xchange_cli.components.spec import ActionContext, ActionError
from xchange_cli.javascript.values import describe, parse_if_json, parse_json, stringify

Reader = Callable[[ActionContext, Mapping[str, Any]], Any]
Writer = Callable[[ActionContext, Any], str]


def from_csv(context: ActionContext, inputs: Mapping[str, Any]) -> list[Any]:
    """Read records, or without a header rows; all cells are text."""
    rows = rows_of(context, read_text(context, inputs, "data"))
    if not is_set(inputs, "hasHeader", default=True):
        return list(rows)
    records = records_of(context, rows)
    if is_set(inputs, "unflattenKeys", default=False):
        return [unflatten(record) for record in records]
    return list(records)


def from_json(context: ActionContext, inputs: Mapping[str, Any]) -> Any:
    """Parse JSON text; what is no text is taken for the value that the text would have given."""
    given = inputs.get("data")
    if given is not None and file_content(given) is None:
        return given
    return json_value(read_text(context, inputs, "data"))


def json_value(text: str) -> Any:
    """Parse JSON text."""
    try:
        return parse_json(text)
    except ValueError as error:
        offset = error.pos if isinstance(error, JSONDecodeError) else None
        raise ActionError(f"not JSON: {error}", offset=offset) from error


def from_xml(context: ActionContext, inputs: Mapping[str, Any]) -> Any:
    """Parse XML text, or a file of it, which may be Base64."""
    given = unpacked_base64(read_required(inputs, "data", text_or_bytes), _is_xml)
    refuse_more_bytes(len(given), "data")
    return read_xml(context, given, with_numbers=not is_set(inputs, "numbersAsStrings", default=False))


def records_from_xml(context: ActionContext, inputs: Mapping[str, Any]) -> list[Any]:
    """Parse XML, and take its innermost repeated element for the records.

    The way goes down from the root while an element holds one kind of element only.
    """
    value = from_xml(context, inputs)
    context.warn("which elements of XML become records of the CSV is not documented; here the repeated ones")
    while isinstance(value, dict):
        inner = [member for key, member in value.items() if not key.startswith(ATTRIBUTE)]
        if len(inner) != 1 or not isinstance(inner[0], dict | list):
            break
        value = inner[0]
    items = value if isinstance(value, list) else [value]
    return [item if isinstance(item, dict) else {TEXT: item} for item in items]


def from_yaml(context: ActionContext, inputs: Mapping[str, Any]) -> Any:
    return read_yaml(context, read_text(context, inputs, "data"))


def from_object(_context: ActionContext, inputs: Mapping[str, Any]) -> Any:
    """Take a value as it is."""
    return inputs.get("data")


def from_object_or_json(_context: ActionContext, inputs: Mapping[str, Any]) -> Any:
    """Take a value as it is, or parse the text of one."""
    return read_required(inputs, "data", parse_if_json)


@refusing_depth
def as_json(_context: ActionContext, value: Any) -> str:
    """Write JSON on one line; whether the platform indents it is not documented."""
    return stringify(value)


def as_yaml(_context: ActionContext, value: Any) -> str:
    return write_yaml(value)


def as_csv(context: ActionContext, value: Any) -> str:
    """Write a list of objects as records, one object as the only record, and a list of lists as rows.

    Unlike CSV of the CSV component, the last line is ended too: so the documented example of binaryToCsv shows it.
    """
    text = _csv(context, value)
    return f"{text}\n" if text else ""


def _csv(context: ActionContext, value: Any) -> str:
    items = value if isinstance(value, list) else [value]
    if items and all(isinstance(item, list) for item in items):
        return write_rows(items, ",", "data")
    if not isinstance(value, list | dict):
        raise ActionError(f"{describe(value)} is neither a list nor an object, and has no CSV")
    records = to_records(items)
    if any(isinstance(member, dict | list) for record in records for member in record.values()):
        context.warn("members of inner objects and lists are columns like a__b here, which is not documented")
    return write_records(context, flatten(records), "data")


def is_set(inputs: Mapping[str, Any], key: str, *, default: bool) -> bool:
    """Read a boolean input."""
    return default if inputs.get(key) in (None, "") else read(inputs, key, to_boolean)


def decoded_or_given(context: ActionContext, value: Any) -> Any:
    """Give the text of text and files, and every other value as it is."""
    content = file_content(value)
    return value if content is None else decoded(context, content, "data")


def _is_xml(data: bytes) -> bool:
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"
