"""Inputs that stand outside of steps: what a flow, or the file itself, reads of a request."""

from collections.abc import Iterator

from xchange_cli.expression.ast import ConfigValue, Expression, Literal, Template
from xchange_cli.expression.parse import parse_input
from xchange_cli.model.integration import Flow, Input

_OF_FLOW = (("retryConfig", "uniqueRequestIdField"), ("queueConfig", "dedupeIdField"))


def flow_settings(flow: Flow) -> Iterator[Input]:
    """Yield the settings of a flow that are inputs: `uniqueRequestIdField` and `dedupeIdField`."""
    for group, key in _OF_FLOW:
        settings = flow.node.mapping(group)
        entry = settings.entries.get(key) if settings is not None else None
        if entry is not None:
            yield Input(key, parse_input(entry.value), entry.value, entry.key)


def is_set(given: Input) -> bool:
    return not is_empty(given.expression)


def is_empty(expression: Expression) -> bool:
    match expression:
        case Literal(value):
            return value is None or value == ""
        case ConfigValue(key):
            return key == ""
        case Template(parts):
            return not parts
        case _:
            return False
