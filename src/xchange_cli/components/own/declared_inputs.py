"""Inputs as an action gets them, from values as a test gives them."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.conversions import to_boolean
from xchange_cli.components.spec import ActionSpec, InputSpec


def declared_inputs(spec: ActionSpec | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """Give every declared input, as a run does: what is not set takes its default, or else None."""
    declared = spec.inputs if spec else {}
    values = {key: _value(given.get(key), known) for key, known in declared.items()}
    return {**values, **{key: value for key, value in given.items() if key not in declared}}


def _value(given: Any, spec: InputSpec) -> Any:
    value = spec.default if given is None or given == "" else given
    if value is None or value == "":
        return None
    return to_boolean(value) if spec.type == "boolean" else value
