"""Reads the inputs of an action so that an error names the input to blame."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from xchange_cli.components.spec import ActionError
from xchange_cli.javascript.values import describe

T = TypeVar("T")


def read(inputs: Mapping[str, Any], key: str, convert: Callable[..., T], *more: Any) -> T:
    """Give `convert(value, *more)` of one input."""
    try:
        return convert(inputs.get(key), *more)
    except ActionError as error:
        raise ActionError(f"{key}: {error.message}", kind=error.kind, input_key=key) from error


def read_required(inputs: Mapping[str, Any], key: str, convert: Callable[..., T], *more: Any) -> T:
    """Read an input that must be set."""
    if inputs.get(key) is None:
        raise ActionError(f"{key} is not set, or its value is null", input_key=key)
    return read(inputs, key, convert, *more)


def read_list(inputs: Mapping[str, Any], key: str) -> list[Any]:
    """Read an input that is a list; one that is not set is the empty list."""
    items = inputs.get(key)
    if items is None:
        return []
    if not isinstance(items, list):
        raise ActionError(f"{key} must be a list, not {describe(items)}", input_key=key)
    return items
