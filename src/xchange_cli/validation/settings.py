"""Inputs that stand outside of steps: what a flow, or the file itself, reads of a request."""

from collections.abc import Iterator

from xchange_cli.expression.ast import Literal
from xchange_cli.expression.parse import parse_input
from xchange_cli.model.integration import Flow, Input
from xchange_cli.validation.required_inputs import is_empty

_OF_FLOW = (("retryConfig", "uniqueRequestIdField"), ("queueConfig", "dedupeIdField"))


def flow_settings(flow: Flow) -> Iterator[Input]:
    """Yield the settings of a flow that are inputs: `uniqueRequestIdField` and `dedupeIdField`."""
    for group, key in _OF_FLOW:
        settings = flow.node.mapping(group)
        entry = settings.entries.get(key) if settings is not None else None
        if entry is not None:
            yield Input(key, parse_input(entry.value), entry.value, entry.key)


def is_set(given: Input) -> bool:
    """Tell whether a field says anything; null says nothing."""
    match given.expression:
        case Literal(None):
            return False
        case expression:
            return not is_empty(expression)
