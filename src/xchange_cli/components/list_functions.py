"""The actions on lists that call JavaScript functions of the author, in one crossing for a whole list.

Functions may be async: that the platform waits for them is likely, not documented.
"""

from collections.abc import Callable, Mapping
from functools import reduce
from math import prod
from operator import add
from typing import Any

from xchange_cli.components.collections import to_list
from xchange_cli.components.conversions import to_number, to_string
from xchange_cli.components.inputs import read, read_required
from xchange_cli.components.scripts import call_functions
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult
from xchange_cli.javascript.values import plain_number

_KEEP_ALL = "(item, index) => true"

_FILTER = """async function __xchange_filter(keep, items, context) {
  const kept = [];
  for (const [index, item] of items.entries()) {
    const answer = keep(item, index, context);
    if (typeof answer?.then === "function" ? await answer : answer) kept.push(item);
  }
  return kept;
}"""

_MAP = f"""async function __xchange_map(keep, transform, items, context) {{
  const filter = {_FILTER};
  const made = [];
  for (const [index, item] of (await filter(keep, items, context)).entries()) {{
    const value = transform(item, index, context);
    made.push(typeof value?.then === "function" ? await value : value);
  }}
  return made;
}}"""

_SORT = "function __xchange_sort(compare, items) { return items.sort(compare); }"


def _sum(numbers: list[float]) -> float:
    """Add from left to right as JavaScript does; `sum` rounds differently from Python 3.12 on."""
    return reduce(add, numbers, 0)


def _median(numbers: list[float]) -> float | None:
    from statistics import median

    return median(numbers) if numbers else None


_AGGREGATES: Mapping[str, Callable[[list[float]], float | None]] = {
    "AVERAGE": lambda numbers: _sum(numbers) / len(numbers) if numbers else None,
    "COUNT": len,
    "MAX": lambda numbers: max(numbers, default=None),
    "MIN": lambda numbers: min(numbers, default=None),
    "SUM": _sum,
    "PRODUCT": prod,
    "MEDIAN": _median,
}


def keep_matching(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Keep the elements for which the function of (item, index) returns something truthy."""
    return ActionResult(_filtered(context, inputs))


def transform(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Filter, then transform each element that is left.

    Both functions get (item, index, context); the index of the transformation counts the elements that are left.
    That the filter comes first is likely, not documented.
    """
    items = read_required(inputs, "listInput", to_list)
    functions = {
        "filterCodeInput": _function(inputs, "filterCodeInput", _KEEP_ALL),
        "transformCodeInput": _function(inputs, "transformCodeInput", "(item) => item"),
    }
    return ActionResult(call_functions(context, _MAP, functions, [items, inputs.get("contextInput")]))


def sort(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Sort with the comparison function of (a, b), as JavaScript's `Array.sort` does: equal elements keep order."""
    items = read_required(inputs, "listInput", to_list)
    functions = {"sortCodeInput": read_required(inputs, "sortCodeInput", to_string)}
    return ActionResult(call_functions(context, _SORT, functions, [items]))


def aggregate(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Reduce the numbers that the filter keeps to one; numeric text counts as a number.

    The result for no numbers is not documented: 0 for COUNT and SUM, 1 for PRODUCT, else null.
    """
    name = read_required(inputs, "aggregateFunction", to_string).upper()
    combine = _AGGREGATES.get(name)
    if combine is None:
        raise ActionError(f'"{name}" is not one of {", ".join(_AGGREGATES)}', input_key="aggregateFunction")
    items = _filtered(context, inputs)
    if not items:
        context.warn(f"what {name} gives for an empty list is not documented")
    result = combine(items if name == "COUNT" else read({"listInput": items}, "listInput", _numbers))
    return ActionResult(None if result is None else plain_number(result))


def _filtered(context: ActionContext, inputs: Mapping[str, Any]) -> list[Any]:
    items = read_required(inputs, "listInput", to_list)
    functions = {"filterCodeInput": _function(inputs, "filterCodeInput", _KEEP_ALL)}
    kept = call_functions(context, _FILTER, functions, [items])
    if not isinstance(kept, list):
        raise ActionError("the code changed what lists are in JavaScript", input_key="filterCodeInput")
    return kept


def _function(inputs: Mapping[str, Any], key: str, default: str) -> str:
    return default if inputs.get(key) is None else read(inputs, key, to_string)


def _numbers(items: list[Any]) -> list[float]:
    if None in items:
        raise ActionError("null is not a number")
    return [float(to_number(item)) for item in items]
