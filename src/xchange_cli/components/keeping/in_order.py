"""Releases the items of a collection in their order, whichever order executions bring them in.

What waits, and which index is next, is flow state under a key of our own for each collection; that the platform
keeps it for the flow, and not for all flows of the instance, is likely, not documented.
"""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.collections import to_count
from xchange_cli.components.conversions import to_string
from xchange_cli.components.inputs import read, read_required
from xchange_cli.components.json_values import json_size
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult

_STATE = "instanceState"
_KEY = "__processInOrder:"


def process_in_order(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Follow Process with this item and all that waited for it, or Skip with this item, which then waits."""
    key = _KEY + read_required(inputs, "collectionId", to_string)
    length = read_required(inputs, "collectionLength", to_count, 1)
    index = read_required(inputs, "itemIndex", to_count)
    if index >= length:
        raise ActionError(f"itemIndex: {index} is not in a collection of {length}", input_key="itemIndex")
    first, waiting = _known(context.state(_STATE).get(key))
    item = inputs.get("item")
    if index < first:
        context.warn(
            f"item {index} was processed before, so it is skipped; the platform may process it again"
        )
        return ActionResult(item, branch="Skip")
    read(inputs, "item", json_size)
    waiting[str(index)] = item
    released, last = [], first
    while str(last) in waiting:
        released.append(waiting.pop(str(last)))
        last += 1
    left = None if last >= length else {"next": last, "waiting": waiting}
    data, branch = (released, "Process") if released else (item, "Skip")
    return ActionResult(data, branch=branch, state={_STATE: {key: left}})


def _known(kept: Any) -> tuple[int, dict[str, Any]]:
    """Read which index is next and what waits, by its index as text."""
    known = kept if isinstance(kept, Mapping) else {}
    first, waiting = known.get("next", 0), known.get("waiting", {})
    is_ours = isinstance(first, int) and isinstance(waiting, Mapping)
    return (first, dict(waiting)) if is_ours else (0, {})
