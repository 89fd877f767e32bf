"""Operations on lists and objects.

Elements are compared with their types: the text "2" is not the number 2. That the platform compares so, and lists and
objects by their members, is likely, not documented.
"""

from collections.abc import Callable, Mapping
from typing import Any

from xchange_cli.components import list_functions
from xchange_cli.components.collection_examples import EXAMPLES
from xchange_cli.components.collections import (
    equal_elements,
    occur_as_text,
    pairs_to_object,
    to_count,
    to_list,
    to_members,
    with_keys,
    without_repeats,
)
from xchange_cli.components.conversions import to_binary, to_object, to_string
from xchange_cli.components.exchange_formats.xml_schema import check_xml
from xchange_cli.components.inputs import read, read_list, read_required
from xchange_cli.components.json_schema import check
from xchange_cli.components.keeping.in_order import process_in_order
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult, Implementation, Perform
from xchange_cli.javascript.values import describe, parse_if_json, parse_json


def on_list(operate: Callable[[list[Any]], Any]) -> Perform:
    """Make an action of a function of the input `listInput`."""
    return lambda _context, inputs: ActionResult(operate(_list(inputs)))


def at_end(index: int) -> Perform:
    """Make an action that gives the first (0) or last (-1) element; null, of an empty list."""

    def perform(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
        items = _list(inputs)
        if not items:
            context.warn("the list is empty, so the result is null; the platform does not say what it gives")
        return ActionResult(items[index] if items else None)

    return perform


def add_key(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    added = {read_required(inputs, "key", to_string): inputs.get("value")}
    return ActionResult(_with_keys(inputs, added))


def add_multiple_keys(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Add the key/values, or the dynamic fields (an object, or a list of {key, value}) where they are given."""
    dynamic = inputs.get("dynamicFields")
    if dynamic is None:
        return ActionResult(_with_keys(inputs, read(inputs, "keyValueListInput", to_object)))
    if inputs.get("keyValueListInput"):
        context.warn("both dynamicFields and keyValueListInput are set; only dynamicFields is used")
    is_list = isinstance(parse_if_json(dynamic), list)
    added = read(inputs, "dynamicFields", pairs_to_object if is_list else to_members)
    return ActionResult(_with_keys(inputs, added))


def append(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Add one element; a list is added as one element."""
    return ActionResult([*_list(inputs), inputs.get("elementInput")])


def chunks(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    items = _list(inputs)
    size = _number(inputs, 1)
    return ActionResult([items[start : start + size] for start in range(0, len(items), size)])


def concatenate(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    return ActionResult([*_list(inputs), *read_required(inputs, "secondListInput", to_list)])


def count(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    return ActionResult(sum(_matches(context, inputs)))


def create(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Make a list of the inputs; a single list gives a list that holds it."""
    return ActionResult(list(read_list(inputs, "items")))


def create_object(key: str) -> Perform:
    return lambda _context, inputs: ActionResult(read(inputs, key, to_object))


def field_value_mapping(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Pair two lists by position, or two objects by field; what has no partner is left out."""
    context.warn("how fieldValueMapping pairs its collections is not documented: by position, or by field")
    keys, values = (parse_if_json(inputs.get(name)) for name in ("keyMappings", "valueMappings"))
    if isinstance(keys, list) and isinstance(values, list):
        pairs = list(zip(keys, values, strict=False))
    elif isinstance(keys, dict) and isinstance(values, dict):
        pairs = [(keys[field], values[field]) for field in keys if field in values]
    else:
        raise ActionError(
            f"two lists or two objects are needed, not {describe(keys)} and {describe(values)}",
            input_key="keyMappings",
        )
    return ActionResult([{"key": key, "value": value} for key, value in pairs])


def flatten(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Remove one level of nesting."""
    flat: list[Any] = []
    for item in _list(inputs):
        flat.extend(item if isinstance(item, list) else [item])
    if any(isinstance(item, list) for item in flat):
        context.warn(
            "flatten removes one level of nesting here; the platform does not say how many it removes"
        )
    return ActionResult(flat)


def from_object(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    members = read_required(inputs, "object", to_members)
    return ActionResult([{"key": key, "value": value} for key, value in members.items()])


def remove(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    matches = _matches(context, inputs)
    return ActionResult([item for item, matching in zip(_list(inputs), matches, strict=True) if not matching])


def select_item_from_list(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Give the element at a zero-based index; `1.0` is the first element of the second, a list."""
    found: Any = _list(inputs)
    for part in read_required(inputs, "index", to_string).split("."):
        index = read({"index": part}, "index", to_count)
        if not isinstance(found, list):
            raise ActionError(f"index: {describe(found)} is not a list", input_key="index")
        if index >= len(found):
            context.warn(
                f"the list has no index {index}, so the result is null; the platform's is not documented"
            )
            return ActionResult()
        found = found[index]
    return ActionResult(found)


def take_first(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    return ActionResult(_list(inputs)[: _number(inputs, 0)])


def take_last(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    items = _list(inputs)
    return ActionResult(items[max(len(items) - _number(inputs, 0), 0) :])


def to_object_action(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    return ActionResult(read_required(inputs, "keyValueList", pairs_to_object))


def validate_json_schema(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Fail with the first problems; the result for valid data is the data.

    The platform documents neither whether the step fails nor what it gives.
    """
    value = read_required(inputs, "jsonInput", _json)
    check(value, read_required(inputs, "jsonSchema", _json))
    context.warn("the result of validateJsonSchema is not documented; here it is the data")
    return ActionResult(value)


def validate_xml_schema(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Fail with the first problems; the result for valid XML is the XML, as for JSON it is the data.

    The platform documents that the action returns errors, not how.
    """
    xml = read_required(inputs, "xml", _xml)
    check_xml(xml, read_required(inputs, "xmlSchema", _xml))
    context.warn("the result of validateXmlSchema is not documented; here it is the XML")
    return ActionResult(xml)


def _list(inputs: Mapping[str, Any]) -> list[Any]:
    return read_required(inputs, "listInput", to_list)


def _number(inputs: Mapping[str, Any], least: int) -> int:
    return 1 if inputs.get("numberInput") is None else read(inputs, "numberInput", to_count, least)


def _with_keys(inputs: Mapping[str, Any], added: Mapping[str, Any]) -> dict[str, Any]:
    path = read(inputs, "objectPath", to_string)
    return with_keys(read_required(inputs, "object", to_members), path, added)


def _matches(context: ActionContext, inputs: Mapping[str, Any]) -> list[bool]:
    """Tell of each element whether it equals the input; warn if it would only as text."""
    wanted = inputs.get("elementInput")
    items = _list(inputs)
    matches = equal_elements(items, wanted)
    if isinstance(wanted, str) and not any(matches) and occur_as_text(items, wanted):
        context.warn(f'elements are compared with their types: the text "{wanted}" equals none of the list')
    return matches


def _xml(value: Any) -> str:
    """Read text, or a file that holds it."""
    return value if isinstance(value, str) else to_binary(value)[0].decode("utf-8", "replace")


def _json(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return parse_json(value)
    except ValueError as error:
        raise ActionError(f"not JSON: {error}") from error


COMPONENT = Implementation(
    actions={
        "addKey": add_key,
        "addMultipleKeys": add_multiple_keys,
        "aggregate": list_functions.aggregate,
        "append": append,
        "chunks": chunks,
        "combineCollections": create_object("collections"),
        "concatenate": concatenate,
        "count": count,
        "create": create,
        "createObject": create_object("keyValueInput"),
        "deduplicate": on_list(without_repeats),
        "fieldValueMapping": field_value_mapping,
        "filter": list_functions.keep_matching,
        "first": at_end(0),
        "flatten": flatten,
        "fromObject": from_object,
        "last": at_end(-1),
        "length": on_list(len),
        "map": list_functions.transform,
        "processInOrder": process_in_order,
        "remove": remove,
        "selectItemFromList": select_item_from_list,
        "sort": list_functions.sort,
        "takeFirst": take_first,
        "takeLast": take_last,
        "toObject": to_object_action,
        "validateJsonSchema": validate_json_schema,
        "validateXmlSchema": validate_xml_schema,
    },
    examples=EXAMPLES,
)
