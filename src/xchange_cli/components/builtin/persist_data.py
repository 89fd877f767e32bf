"""Keeps values between steps and between executions, at four scopes.

What the actions that write give is documented only for saving: `{value: …}`. Here it is the same for all of them;
those that add to a list or set give what was to be added, not the whole of it, which grows from step to step.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from xchange_cli.components.collections import to_list
from xchange_cli.components.conversions import to_boolean, to_integer, to_object, to_string
from xchange_cli.components.inputs import read, read_list, read_required
from xchange_cli.components.keeping.kept_state import INTERNAL, MOST_BYTES, keeping, size_of_all, visible
from xchange_cli.components.keeping.kept_values import counted, flat, kept_list, with_new, without
from xchange_cli.components.keeping.persist_data_examples import EXAMPLES
from xchange_cli.components.moments import iso_text
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult, Implementation, Perform
from xchange_cli.javascript.values import UNDEFINED

Inputs = Mapping[str, Any]


def add_to_set(kind: str, context: ActionContext, inputs: Inputs) -> ActionResult:
    key, items = _list(kind, context, inputs)
    added = _value(inputs)
    return _grown(kind, context, key, with_new(items, added), added)


def append_many(kind: str, context: ActionContext, inputs: Inputs) -> ActionResult:
    """Append the dynamic values where they are given, else the values."""
    key, items = _list(kind, context, inputs)
    is_dynamic = read(inputs, "dynamicValues", to_string) != ""
    values = read(inputs, "dynamicValues", to_list) if is_dynamic else read_list(inputs, "values")
    if read(inputs, "flattenValues", to_boolean):
        values = flat(context, values)
    return _grown(kind, context, key, [*items, *values], values)


def append(kind: str, context: ActionContext, inputs: Inputs) -> ActionResult:
    """Append one value; a list is appended as one element."""
    key, items = _list(kind, context, inputs)
    added = _value(inputs)
    return _grown(kind, context, key, [*items, added], added)


def clear(kind: str, context: ActionContext, _inputs: Inputs) -> ActionResult:
    return keeping(context, kind, dict.fromkeys(visible(context.state(kind))))


def count(sign: int, kind: str, context: ActionContext, inputs: Inputs) -> ActionResult:
    """Add to a number, or take from it; a key that is not there counts as 0."""
    key = _key(context, inputs)
    amount = read(inputs, "amountInput", to_integer, 1)
    return _kept(kind, context, key, counted(key, context.state(kind).get(key), sign * amount))


def get(kind: str, context: ActionContext, inputs: Inputs) -> ActionResult:
    """Give what is kept, or the default as it is: a text that looks like a number stays a text.

    A default that is not set is the empty text, as the builder shows it; flows ask then whether it is empty.
    """
    default = inputs.get("defaultValueInput")
    return ActionResult(context.state(kind).get(_key(context, inputs), "" if default is None else default))


def list_keys(kind: str, context: ActionContext, _inputs: Inputs) -> ActionResult:
    return ActionResult(list(visible(context.state(kind))))


def remove(kind: str, context: ActionContext, inputs: Inputs) -> ActionResult:
    """Take away the multiple keys where they are given, else the one; keys that are not there do no harm."""
    keys = [to_string(key) for key in read_list(inputs, "multipleKeys")] or [_key(context, inputs)]
    return keeping(context, kind, dict.fromkeys(keys))


def remove_from_list(kind: str, context: ActionContext, inputs: Inputs) -> ActionResult:
    """Take a value out of a list or set; what is left may be empty, but where nothing is kept nothing will be."""
    key, items = _list(kind, context, inputs)
    left = without(context, items, _value(inputs))
    if key not in context.state(kind):
        return ActionResult({"value": []})
    return keeping(context, kind, {key: left}, [], data={"value": left})


def save_time(kind: str, context: ActionContext, inputs: Inputs) -> ActionResult:
    """Keep the time as ISO text in UTC, which is also the result."""
    now = iso_text(context.now())
    return keeping(context, kind, {_key(context, inputs): now}, data=now)


def save(kind: str, context: ActionContext, inputs: Inputs) -> ActionResult:
    """Keep the key/values where there are some, else the one value; null takes a key away."""
    pairs = read(inputs, "dynamicValues", to_object)
    if "" in pairs:
        raise ActionError("dynamicValues has an empty key", input_key="dynamicValues")
    values = pairs or {_key(context, inputs): _value(inputs)}
    for key, value in values.items():
        if value is None:
            context.warn(f'null cannot be kept: the key "{key}" is taken away')
    return keeping(context, kind, values, data={"value": pairs or next(iter(values.values()))})


def usage(context: ActionContext, _inputs: Inputs) -> ActionResult:
    """Give the size of all state as JSON, and the most there may be."""
    context.warn("what getUsage gives is not documented; here {usedBytes, limitBytes}")
    return ActionResult({"usedBytes": size_of_all(context), "limitBytes": MOST_BYTES})


def _key(context: ActionContext, inputs: Inputs) -> str:
    key = read_required(inputs, "keyInput", to_string)
    if not key:
        raise ActionError("keyInput is empty", input_key="keyInput")
    if key.startswith(INTERNAL):
        context.warn(f'the key "{key}" begins with {INTERNAL}: it is neither listed nor cleared')
    return key


def _value(inputs: Inputs) -> Any:
    value = inputs.get("valueInput")
    return None if value is UNDEFINED else value


def _list(kind: str, context: ActionContext, inputs: Inputs) -> tuple[str, list[Any]]:
    key = _key(context, inputs)
    return key, kept_list(key, context.state(kind).get(key))


def _kept(kind: str, context: ActionContext, key: str, value: Any) -> ActionResult:
    return keeping(context, kind, {key: value}, data={"value": value})


def _grown(kind: str, context: ActionContext, key: str, items: list[Any], added: Any) -> ActionResult:
    return keeping(context, kind, {key: items}, added, data={"value": added})


_KINDS = {
    "CrossFlow": "crossFlowState",
    "Execution": "executionState",
    "Instance": "instanceState",
    "Integration": "integrationState",
}
"""The kind of state by the word for it in the keys of actions; Instance means this flow of this instance."""

_OPERATIONS: Mapping[str, Callable[[str, ActionContext, Inputs], ActionResult]] = {
    "add{}ValueToSet": add_to_set,
    "append{}ValuesToList": append_many,
    "append{}ValueToList": append,
    "remove{}State": clear,
    "decrement{}Value": partial(count, -1),
    "get{}Value": get,
    "increment{}Value": partial(count, 1),
    "list{}Keys": list_keys,
    "remove{}Value": remove,
    "remove{}ValueFromList": remove_from_list,
    "remove{}ValueFromSet": remove_from_list,
    "save{}CurrentTime": save_time,
    "save{}Value": save,
}
"""What can be done at each scope, by the key of the action with a gap for the scope."""


def _actions() -> dict[str, Perform]:
    return {
        pattern.format(word): partial(operation, kind)
        for word, kind in _KINDS.items()
        for pattern, operation in _OPERATIONS.items()
    }


COMPONENT = Implementation(actions={**_actions(), "getUsage": usage}, examples=EXAMPLES)
