"""Plain data of the shape of `schemas/component.schema.json` → ComponentSpec.

The data must meet the schema; checking it is the business of whoever read it. What the schema gives a default
for is filled in here.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from xchange_cli.components.lazy import LazyMapping
from xchange_cli.components.spec import ActionSpec, Basis, ComponentSpec, ConnectionSpec, Effect, InputSpec

Data = Mapping[str, Any]


def component_from_data(data: Data, *, is_own: bool) -> ComponentSpec:
    """Describe a component; its actions, triggers and connections are built when asked for."""
    action, trigger = partial(_action, is_trigger=False), partial(_action, is_trigger=True)
    return ComponentSpec(
        key=data["key"],
        title=data["title"],
        kind=data.get("kind", "app"),
        summary=data.get("summary", ""),
        confidence=data.get("confidence", "verified-from-source"),
        actions=LazyMapping(_by_key(data.get("actions", ())), action),
        triggers=LazyMapping(_by_key(data.get("triggers", ())), trigger),
        connections=LazyMapping(_by_key(data.get("connections", ())), partial(_connection, is_own=is_own)),
        data_sources=tuple(data.get("data_sources", ())),
        sources=tuple(data.get("sources", ())),
        notes=tuple(data.get("notes", ())),
        is_own=is_own,
    )


def _by_key(items: Iterable[Data]) -> dict[str, Data]:
    return {item["key"]: item for item in items}


def _action(data: Data, *, is_trigger: bool) -> ActionSpec:
    basis = Basis(data.get("basis", Basis.SOURCE))
    output = data.get("output", {})
    inputs = {item["key"]: _input(item, basis) for item in data.get("inputs", ())}
    return ActionSpec(
        key=data["key"],
        title=data.get("title", data["key"]),
        summary=data.get("summary", ""),
        basis=basis,
        effect=Effect(data.get("effect", Effect.READS if is_trigger else Effect.WRITES)),
        inputs=inputs,
        is_trigger=is_trigger,
        output=output.get("description", ""),
        example=output.get("example"),
        behaviour=tuple(data.get("behaviour", ())),
        branches=tuple(data.get("branches", ())),
        branch_input=data.get("branch_input", ""),
        source=data.get("source", ""),
        schedule=data.get("schedule", ""),
        needed=tuple(filter(_is_needed, inputs.values())),
    )


def _is_needed(spec: InputSpec) -> bool:
    return spec.required and spec.default in {None, ""} and spec.type != "boolean"


def _connection(data: Data, *, is_own: bool) -> ConnectionSpec:
    """Describe a connection; of an own component every field is secret that is not said to be open."""
    basis = Basis(data.get("basis", Basis.SOURCE))
    return ConnectionSpec(
        key=data["key"],
        label=data.get("label", data["key"]),
        basis=basis,
        inputs={item["key"]: _input(item, basis, is_secret=is_own) for item in data.get("inputs", ())},
        oauth2=data.get("oauth2", ""),
    )


def _input(data: Data, basis: Basis, *, is_secret: bool = False) -> InputSpec:
    """Describe an input; `basis` is that of the action or connection, which it shares if it has none.

    `is_secret` holds where the data does not say whether the input is.
    """
    own_basis = Basis(data["basis"]) if "basis" in data else basis
    return InputSpec(
        key=data["key"],
        label=data.get("label", data["key"]),
        type=data["type"],
        required=data.get("required", False),
        basis=own_basis,
        collection=data.get("collection", "none"),
        default=data.get("default"),
        choices=tuple(data.get("choices", ())),
        secret=data["type"] == "password" or data.get("secret", is_secret),
        note=data.get("note", ""),
        inputs=tuple(_input(item, own_basis, is_secret=is_secret) for item in data.get("inputs", ())),
        accepts=tuple(data.get("accepts", ())),
    )
