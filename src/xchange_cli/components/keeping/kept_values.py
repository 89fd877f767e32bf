"""What is done to one kept value: counting, and lists and sets of values.

A set is kept as a list without repeats. Elements are compared with their types, lists and objects by their
members; that the platform compares so is likely, not documented.
"""

from typing import Any

from xchange_cli.components.collections import equal_elements
from xchange_cli.components.spec import ActionContext, ActionError
from xchange_cli.javascript.values import describe, nearest, plain_number, to_number


def kept_list(key: str, kept: Any) -> list[Any]:
    """Give the list that is kept under a key; where nothing is kept, an empty one."""
    if kept is None:
        return []
    if not isinstance(kept, list):
        raise ActionError(f'under "{key}" {describe(kept)} is kept, not a list')
    return kept


def with_new(items: list[Any], value: Any) -> list[Any]:
    """Add a value to a set; the same list where it is there."""
    return items if any(equal_elements(items, value)) else [*items, value]


def without(context: ActionContext, items: list[Any], value: Any) -> list[Any]:
    """Take all equal elements away; whether the platform takes only the first is not documented."""
    matches = equal_elements(items, value)
    if sum(matches) > 1:
        context.warn(f"{sum(matches)} equal elements are removed; the platform may remove only the first")
    return [item for item, matching in zip(items, matches, strict=True) if not matching]


def flat(context: ActionContext, values: list[Any]) -> list[Any]:
    """Remove one level of nesting."""
    items: list[Any] = []
    for value in values:
        items.extend(value if isinstance(value, list) else [value])
    if any(isinstance(item, list) for item in items):
        context.warn(
            "one level of nesting is removed here; the platform does not say how many levels it removes"
        )
    return items


def counted(key: str, kept: Any, amount: int) -> int | float:
    """Add to a kept number, or text that is one; where nothing is kept, to 0."""
    if isinstance(kept, bool) or not isinstance(kept, int | float | str | None) or kept == "":
        raise _not_a_number(key, kept)
    start = to_number(kept)
    total = start + nearest(amount)
    if total - total != 0:  # not for infinity and NaN
        raise _not_a_number(key, kept)
    return plain_number(total)


def _not_a_number(key: str, kept: Any) -> ActionError:
    return ActionError(f'under "{key}" {describe(kept)} is kept, to which nothing can be added')
