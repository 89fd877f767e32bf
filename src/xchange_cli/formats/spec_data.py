"""Actions, connections and inputs of the catalogue as JSON data."""

from collections.abc import Iterable
from typing import Any

from xchange_cli.components.spec import ActionSpec, ConnectionSpec, InputSpec


def action_data(spec: ActionSpec, *, is_local: bool) -> dict[str, Any]:
    return {
        "key": spec.key,
        "title": spec.title,
        "summary": spec.summary,
        "basis": spec.basis.value,
        "effect": spec.effect.value,
        "local": is_local,
        "inputs": _inputs(spec.inputs.values()),
        "schedule": spec.schedule,
        "branches": list(spec.branches),
        "output": {"description": spec.output, "example": spec.example},
        "behaviour": list(spec.behaviour),
    }


def connection_data(spec: ConnectionSpec) -> dict[str, Any]:
    return {
        "key": spec.key,
        "label": spec.label,
        "basis": spec.basis.value,
        "oauth2": spec.oauth2,
        "inputs": _inputs(spec.inputs.values()),
    }


def _inputs(specs: Iterable[InputSpec]) -> list[dict[str, Any]]:
    return [_input(spec) for spec in specs]


def _input(spec: InputSpec) -> dict[str, Any]:
    return {
        "key": spec.key,
        "label": spec.label,
        "type": spec.type,
        "collection": spec.collection,
        "required": spec.required,
        "secret": spec.secret,
        "default": spec.default,
        "choices": list(spec.choices),
        "basis": spec.basis.value,
        "note": spec.note,
        "inputs": _inputs(spec.inputs),
    }
