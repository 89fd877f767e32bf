"""Parses, writes and converts between CSV, JSON, JSON lines, XML, YAML, form data and basic types."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from xchange_cli.components.blame import blaming
from xchange_cli.components.collections import to_list, to_members
from xchange_cli.components.conversions import to_boolean, to_integer, to_number, to_string
from xchange_cli.components.exchange_formats.change_data_examples import EXAMPLES
from xchange_cli.components.exchange_formats.contents import file_content, read_text
from xchange_cli.components.exchange_formats.data_formats import (
    Reader,
    Writer,
    as_csv,
    as_json,
    as_yaml,
    decoded_or_given,
    from_csv,
    from_json,
    from_object,
    from_object_or_json,
    from_xml,
    from_yaml,
    json_value,
    records_from_xml,
)
from xchange_cli.components.exchange_formats.form_data import read_form, write_form
from xchange_cli.components.exchange_formats.pretty_json import pretty_json
from xchange_cli.components.exchange_formats.xml_writing import write_xml
from xchange_cli.components.inputs import read, read_required
from xchange_cli.components.limits import refusing_depth
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult, Implementation, Perform
from xchange_cli.javascript.values import describe, parse_if_json, stringify


def change(reader: Reader, writer: Writer, context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Read one format and write another."""
    value = blaming("data", reader, context, inputs)
    return ActionResult(blaming("data", writer, context, value))


def deserialize(reader: Reader, context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    return ActionResult(blaming("data", reader, context, inputs))


def convert(
    to_basic: Callable[[Any], Any], _context: ActionContext, inputs: Mapping[str, Any]
) -> ActionResult:
    """Convert by the rules of the platform's SDK; that the component uses them is likely, not documented."""
    return ActionResult(read(inputs, "value", to_basic))


def convert_to_string(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Write a value as text, objects as JavaScript does it."""
    if isinstance(inputs.get("value"), dict | list):
        context.warn(
            "what the platform makes of objects and lists is not documented; here what JavaScript does"
        )
    return ActionResult(read(inputs, "value", to_string))


def deserialize_binary(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Give what binary data holds: the value of JSON, else text; bytes that are no text stay as they are."""
    given = read_required(inputs, "data", lambda value: value)
    content = file_content(given)
    context.warn(
        "what this gives is not documented; here JSON is parsed, other text is text, and the rest is bytes"
    )
    if isinstance(content, bytes):
        try:
            content = content.decode()
        except UnicodeDecodeError:
            return ActionResult(content)
    return ActionResult(given if content is None else parse_if_json(content))


def deserialize_json_lines(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Parse each line that is not blank."""
    values = []
    for number, line in enumerate(read_text(context, inputs, "data").split("\n"), start=1):
        if line.strip():
            try:
                values.append(json_value(line))
            except ActionError as error:
                message = f"data: line {number} is {error.message}"
                raise ActionError(message, input_key="data") from error
    return ActionResult(values)


def deserialize_form(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    return ActionResult(read_form(context, read_text(context, inputs, "data")))


@refusing_depth
def serialize_json_lines(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Write each element of a list on a line; the last line has no line feed."""
    return ActionResult("\n".join(map(stringify, read_required(inputs, "data", to_list))))


def serialize_form(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    members = read_required(inputs, "data", to_members)
    return ActionResult(blaming("data", write_form, context, members))


def pretty_print(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Indent JSON by two, which is likely, not documented; text that is no JSON stays as it is."""
    value = parse_if_json(decoded_or_given(context, inputs.get("data")))
    if isinstance(value, str):
        context.warn(f"{describe(value)} is not JSON; it stays as it is here")
        return ActionResult(value)
    return ActionResult(blaming("data", pretty_json, value))


_CHANGES: Mapping[str, tuple[Reader, Writer]] = {
    "csvToJson": (from_csv, as_json),
    "csvToXml": (from_csv, write_xml),
    "csvToYaml": (from_csv, as_yaml),
    "binaryToCsv": (from_object_or_json, as_csv),
    "binaryToJson": (from_object, as_json),
    "binaryToXml": (from_object_or_json, write_xml),
    "binaryToYaml": (from_object, as_yaml),
    "jsonToCsv": (from_json, as_csv),
    "jsonToXml": (from_json, write_xml),
    "jsonToYaml": (from_json, as_yaml),
    "xmlToCsv": (records_from_xml, as_csv),
    "xmlToJson": (from_xml, as_json),
    "xmlToYaml": (from_xml, as_yaml),
    "yamlToCsv": (from_yaml, as_csv),
    "yamlToJson": (from_yaml, as_json),
    "yamlToXml": (from_yaml, write_xml),
}

_ACTIONS: dict[str, Perform] = {
    "convertToBoolean": partial(convert, to_boolean),
    "convertToInt": partial(convert, to_integer),
    "convertToNumber": partial(convert, to_number),
    "convertToString": convert_to_string,
    "deserializeFromBinary": deserialize_binary,
    "deserializeFromCsv": partial(deserialize, from_csv),
    "deserializeFromJson": partial(deserialize, from_json),
    "deserializeFromXml": partial(deserialize, from_xml),
    "deserializeFromYaml": partial(deserialize, from_yaml),
    "deserializeJsonl": deserialize_json_lines,
    "deserializeFormData": deserialize_form,
    "serializeJsonl": serialize_json_lines,
    "serializeFormData": serialize_form,
    "prettyPrint": pretty_print,
    **{key: partial(change, reader, writer) for key, (reader, writer) in _CHANGES.items()},
}

COMPONENT = Implementation(actions=_ACTIONS, examples=EXAMPLES)
