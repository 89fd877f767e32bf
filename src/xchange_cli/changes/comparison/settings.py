"""What the settings say that are one field: retries, queues, batches, handling of errors."""

from collections.abc import Hashable, Mapping
from types import MappingProxyType
from typing import Any

from xchange_cli.changes.comparison.inputs import UNSET, meaning_of_input
from xchange_cli.changes.comparison.plain import plain
from xchange_cli.document.node import Mapping as MappingNode

_INPUTS = frozenset(["dedupeIdField", "uniqueRequestIdField"])
_DEFAULTS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "errorConfig": {
            "delaySeconds": 0,
            "errorHandlerType": "fail",
            "ignoreFinalError": False,
            "maxAttempts": 0,
            "usesExponentialBackoff": False,
        },
        "queueConfig": {"singletonExecutions": False, "usesFifoQueue": False},
        "renameAttributes": {"flows": [], "requiredConfigVars": [], "steps": []},
        "retryConfig": {"delayMinutes": 0, "maxAttempts": 0, "usesExponentialBackoff": False},
        "triggerResolver": {"enabled": False, "runInitialSyncOnDeploy": False},
    }
)
"""By setting, what each key is when it is not written (the published JSON Schema, `model.build`)."""


def meaning_of_settings(name: str, node: MappingNode) -> Hashable:
    """Give what a setting says beyond its defaults; None where that is nothing."""
    said: dict[str, Hashable] = {}
    for key, entry in node.entries.items():
        data = entry.value.data
        if key in _INPUTS:
            found = meaning_of_input(entry.value, any_order=False)
            said.update({} if found is UNSET else {key: found})
        elif data is not None and plain(data) != plain(_DEFAULTS.get(name, {}).get(key)):
            said[key] = plain(data)
    return frozenset(_in_force(name, said).items()) or None


def _in_force(name: str, said: dict[str, Hashable]) -> dict[str, Hashable]:
    """Leave out what nothing asks for: how a step is tried again that is not, how often a flow is that never is."""
    dead: set[str] = set()
    if name == "errorConfig" and said.get("errorHandlerType") in {None, plain("ignore")}:
        dead = {"delaySeconds", "ignoreFinalError", "maxAttempts", "usesExponentialBackoff"}
    elif name == "retryConfig" and "maxAttempts" not in said:
        dead = {"delayMinutes", "uniqueRequestIdField", "usesExponentialBackoff"}
    return {key: value for key, value in said.items() if key not in dead}
