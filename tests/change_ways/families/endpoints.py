"""What callers of a flow need, may send and get."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

from change_ways.edits import put
from change_ways.file import Data, File, Place
from change_ways.way import BREAKING, RISKY, SAFE, Reported, Site

_OPEN, _KEY = "customer_optional", "customer_required"


def _security(flow: Place) -> str:
    return str(flow.part.get("endpointSecurityType", _OPEN))


def _set(flow: Place, security: str, kind: str, grade: Any) -> Site:
    return put(flow, "endpointSecurityType", security, Reported(kind, grade, flow.name))


def let_everybody_in(file: File) -> Iterator[Site]:
    """A key was needed, or could be."""
    for flow in file.flows:
        if _security(flow) != "unsecured":
            yield _set(flow, "unsecured", "endpoint-security-loosened", RISKY)


def leave_keys_to_the_customer(file: File) -> Iterator[Site]:
    """A key was needed."""
    for flow in file.flows:
        if _security(flow) in {_KEY, "organization"}:
            yield _set(flow, _OPEN, "endpoint-security-loosened", RISKY)


def ask_for_a_key(file: File) -> Iterator[Site]:
    """Callers without one are turned away."""
    for flow in file.flows:
        if _security(flow) in {"unsecured", _OPEN}:
            yield _set(flow, _KEY, "endpoint-security-tightened", BREAKING)


def ask_for_a_key_of_the_organisation(file: File) -> Iterator[Site]:
    """Callers with a key of the customer are turned away."""
    for flow in file.flows:
        if _security(flow) != "organization":
            yield _set(flow, "organization", "endpoint-security-tightened", BREAKING)


def let_customers_ask_for_a_key(file: File) -> Iterator[Site]:
    """Callers without one are turned away where the customer has set one."""
    for flow in file.flows:
        if _security(flow) == "unsecured":
            yield _set(flow, _OPEN, "endpoint-security-tightened", BREAKING)


def _keys(flow: Place, keys: list[str], grade: Any) -> Site:
    """What keys mean depends on whether requests need one, so that is part of the place."""
    site = put(flow, "organizationApiKeys", keys, Reported("organization-api-keys-changed", grade, flow.name))
    return site._replace(touches=(*site.touches, (*flow.path, "endpointSecurityType")))


def take_a_key_away(file: File) -> Iterator[Site]:
    """Callers that have it are turned away."""
    for flow in file.flows:
        keys = flow.part.get("organizationApiKeys") or []
        if len(keys) > 1 and _security(flow) == "organization":
            yield _keys(flow, keys[1:], BREAKING)


def take_another_key(file: File) -> Iterator[Site]:
    """Callers that have the old one are turned away."""
    for flow in file.flows:
        if flow.part.get("organizationApiKeys") and _security(flow) == "organization":
            yield _keys(flow, ["another"], BREAKING)


def add_a_key(file: File) -> Iterator[Site]:
    """More callers are let in, and nobody is turned away."""
    for flow in file.flows:
        keys = flow.part.get("organizationApiKeys") or []
        if keys and _security(flow) == "organization":
            yield _keys(flow, [*keys, "another"], RISKY)


def list_a_key_that_nobody_needs(file: File) -> Iterator[Site]:
    """It has no meaning where requests are let in without it."""
    for flow in file.flows:
        if _security(flow) != "organization":
            yield _keys(flow, ["another"], SAFE)


def _with_schema(file: File, change: Callable[[Data], object], kind: str, grade: Any) -> Iterator[Site]:
    for flow in file.flows:
        schema = (flow.part.get("schemas") or {}).get("invoke")
        if schema and len(schema["properties"]) > 1 and schema.get("required"):
            changed = copy.deepcopy(schema)
            change(changed)
            yield put(flow, ("schemas", "invoke"), changed, Reported(kind, grade, flow.name))


def ask_for_another_field(file: File) -> Iterator[Site]:
    """Requests without it were right."""

    def change(schema: Data) -> None:
        optional = next(name for name in schema["properties"] if name not in schema["required"])
        schema["required"] = [*schema["required"], optional]

    yield from _with_schema(file, change, "request-schema-tightened", BREAKING)


def ask_for_no_field(file: File) -> Iterator[Site]:
    """Requests that were right still are."""
    yield from _with_schema(file, lambda schema: schema.pop("required"), "request-schema-loosened", SAFE)


def describe_a_field(file: File) -> Iterator[Site]:
    """Words for people and agents."""

    def change(schema: Data) -> None:
        next(iter(schema["properties"].values()))["description"] = "In other words"

    yield from _with_schema(file, change, "request-schema-described", SAFE)


def check_a_field_in_another_way(file: File) -> Iterator[Site]:
    """Which texts fit a pattern is not known."""

    def change(schema: Data) -> None:
        next(iter(schema["properties"].values()))["not"] = {"pattern": "^[a-z]+$"}

    yield from _with_schema(file, change, "request-schema-changed", RISKY)


def _with_answer(file: File) -> Iterator[tuple[Place, Data]]:
    for flow in file.flows:
        schema = (flow.part.get("schemas") or {}).get("result")
        if schema:
            yield flow, schema


def describe_another_answer(file: File) -> Iterator[Site]:
    """Callers rely on what was described."""
    for flow, schema in _with_answer(file):
        changed = {**schema, "required": ["quiteAnother"]}
        yield put(
            flow, ("schemas", "result"), changed, Reported("response-schema-changed", BREAKING, flow.name)
        )


def describe_the_answer_in_other_words(file: File) -> Iterator[Site]:
    """Words for people and agents."""
    for flow, schema in _with_answer(file):
        changed = {**schema, "description": "What was found"}
        yield put(flow, ("schemas", "result"), changed, Reported("response-schema-changed", SAFE, flow.name))
