"""State as actions read and write it, and the watch over its size."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from xchange_cli.components.json_values import json_size
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult

MOST_BYTES: Final = 64 * 1024 * 1024
"""Of all state together, on the hosted platform."""

KINDS: Final = ("executionState", "instanceState", "crossFlowState", "integrationState")

INTERNAL: Final = "__"
"""What the keys begin with that components keep for themselves: they are neither listed nor cleared."""


@dataclass(slots=True)
class _Watch:
    """`room` is how much more may be written before the whole must be measured again."""

    room: int = 0
    has_warned: bool = False


def visible(state: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a flow has kept, without what components keep for themselves."""
    return {key: value for key, value in state.items() if not key.startswith(INTERNAL)}


def size_of_all(context: ActionContext) -> int:
    return sum(sum(_size(key, value) for key, value in context.state(kind).items()) for kind in KINDS)


def keeping(
    context: ActionContext, kind: str, values: Mapping[str, Any], added: Any = None, *, data: Any = None
) -> ActionResult:
    """Make the result that keeps these values; None takes a key away.

    `added` is what in the values is new, where the rest has been kept before and need not be checked again.

    Raises:
        ActionError: where JSON cannot hold the new.

    """
    size = sum(_size(key, value) for key, value in values.items()) if added is None else json_size(added)
    _watch(context, size)
    return ActionResult(data, state={kind: dict(values)})


def _watch(context: ActionContext, size: int) -> None:
    """Warn once a run when the state may have become too large; the whole is measured only when it might be."""
    watch = context.kept(_Watch, _Watch)
    watch.room -= size
    if watch.room > 0 or watch.has_warned:
        return
    total = size_of_all(context) + size
    watch.room = MOST_BYTES - total
    if watch.room <= 0:
        watch.has_warned = True
        context.warn(f"the state has about {total} bytes; the platform keeps at most {MOST_BYTES}")


def _size(key: str, value: Any) -> int:
    try:
        return len(key) + json_size(value)
    except ActionError as error:
        raise ActionError(f'"{key}" cannot be kept: {error.message}', kind=error.kind) from error
