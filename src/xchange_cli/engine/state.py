"""What steps keep for the steps after them."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.engine.events import State


def merged(state: State, written: Mapping[str, Mapping[str, Any]]) -> State:
    """Give the state after a step: what it wrote is laid over what there was, key by key; null takes a key away.

    The state before stays as it is: calls that were made with it may be looked at later.
    """
    changed = {
        kind: {key: value for key, value in {**state.get(kind, {}), **values}.items() if value is not None}
        for kind, values in written.items()
    }
    return {**state, **changed}
