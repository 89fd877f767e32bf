"""Filters out records that earlier executions of the flow have seen."""

import hashlib
from collections.abc import Mapping
from typing import Any

from xchange_cli.components.collections import to_list
from xchange_cli.components.conversions import to_string
from xchange_cli.components.exchange_formats.contents import utf8
from xchange_cli.components.exchange_formats.csv_writing import to_records
from xchange_cli.components.inputs import read_list, read_required
from xchange_cli.components.keeping.kept_state import INTERNAL
from xchange_cli.components.limits import refusing_depth
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult, Example, Implementation
from xchange_cli.javascript.values import UNDEFINED, stringify

MOST_REMEMBERED = 10_000
"""Identifiers of records that are no longer in the data."""

_STATE = "instanceState"
_LONGEST_IDENTIFIER = 64


def deduplicate(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Give the records whose key fields have other values than all records before, and remember those values.

    What the platform remembers is not documented; here the identifiers of the records, in the state of the flow, a
    list for each step, which flows neither list nor clear. Records without any key field are always new.
    """
    fields = [to_string(name) for name in read_list(inputs, "keyFieldNames")]
    if not fields:
        raise ActionError("keyFieldNames is empty", input_key="keyFieldNames")
    records = read_required(inputs, "data", lambda value: to_records(to_list(value)))
    place = f"{INTERNAL}processData:{context.execution.get('stepId', '')}"
    remembered = context.state(_STATE).get(place)
    before = [known for known in remembered if isinstance(known, str)] if isinstance(remembered, list) else []
    marks = _identifiers(records, fields)
    if None in marks:
        context.warn("there are records without any of the key fields; they count as new every time")
    new, known = [], set(before)
    for record, mark in zip(records, marks, strict=True):
        if mark not in known:
            new.append(record)
        if mark is not None:
            known.add(mark)
    kept = dict.fromkeys([*(mark for mark in marks if mark is not None), *before[:MOST_REMEMBERED]])
    return ActionResult(new, state={_STATE: {place: list(kept)}})


@refusing_depth
def _identifiers(records: list[dict[str, Any]], fields: list[str]) -> list[str | None]:
    """Give for each record a text that tells its key fields, or None where it has none of them."""
    return [
        _short(stringify([record.get(name, UNDEFINED) for name in fields]))
        if record.keys() & fields
        else None
        for record in records
    ]


def _short(text: str) -> str:
    if len(text) <= _LONGEST_IDENTIFIER:
        return text
    return hashlib.sha256(utf8(text), usedforsecurity=False).hexdigest()


COMPONENT = Implementation(
    actions={"deduplicate": deduplicate},
    examples=(
        Example(
            "deduplicate",
            {"keyFieldNames": ["id"], "data": [{"id": 3}, {"id": 2}, {"id": 3}]},
            ActionResult([{"id": 3}, {"id": 2}], state={_STATE: {"__processData:": ["[3]", "[2]"]}}),
        ),
        Example("deduplicate", {"keyFieldNames": [], "data": []}, None, error="keyFieldNames is empty"),
        Example(
            "deduplicate",
            {"keyFieldNames": ["id"], "data": [5]},
            None,
            error="data: record 1 is the number 5, not an object",
        ),
    ),
)
