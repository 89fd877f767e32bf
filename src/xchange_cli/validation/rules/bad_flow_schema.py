"""A schema of a flow is no valid JSON Schema.

What it checks
    `schemas.invoke` and `schemas.result` of a flow are valid JSON Schemas: of the draft that `$schema` names, else of
    draft 2020-12.

Why it matters
    Whoever calls the flow cannot read what it asks for. Agents refuse such a tool, or send the wrong data.

How to fix
    Follow the message. Types are `object`, `array`, `string`, `integer`, `number`, `boolean` and `null`; `required`
    is a list of names beside `properties`.
"""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from xchange_cli.diagnostics import Severity
from xchange_cli.document.locate import node_at
from xchange_cli.document.node import Mapping
from xchange_cli.nearest import nearest
from xchange_cli.validation.facts import Facts, FlowFacts
from xchange_cli.validation.rule import Problem

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

SEVERITY = Severity.ERROR

_MOST = 5
_NEWEST = "https://json-schema.org/draft/2020-12/schema"
_DRAFTS = (
    _NEWEST,
    "https://json-schema.org/draft/2019-09/schema",
    "http://json-schema.org/draft-07/schema#",
    "http://json-schema.org/draft-06/schema#",
    "http://json-schema.org/draft-04/schema#",
)
_TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")

VALID = (
    """\
    schemas:
      invoke:
        $schema: https://json-schema.org/draft/2020-12/schema
        type: object
        properties: {id: {type: string}, count: {type: [integer, 'null']}}
        required: [id]
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
""",
)

INVALID = (
    """\
    schemas:
      invoke:
        type: object
        properties:
          id: {type: strng}
#                    ^^^^^ bad-flow-schema: `schemas.invoke` is no JSON Schema: there is no type `strng`
          count: {type: integer, required: true}
#                                          ^^^^ bad-flow-schema: `schemas.invoke` is no JSON Schema: `required` must be a list, not `true`
      result: {type: object, properties: {id: string}}
#                                             ^^^^^^ bad-flow-schema: `schemas.result` is no JSON Schema: `id` must be a mapping or true or false, not text
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
""",
)


def check_flow(flow: FlowFacts, _facts: Facts) -> Iterator[Problem]:
    schemas = flow.flow.node.mapping("schemas")
    for name in ("invoke", "result"):
        schema = schemas.mapping(name) if schemas is not None else None
        if schema is not None and schema.data:
            yield from _problems(name, schema)


def _problems(name: str, schema: Mapping) -> Iterator[Problem]:
    data = {**schema.data, "$schema": _draft(schema.data)}
    if _is_valid(data):
        return
    try:
        found = _errors(data)
    except RecursionError:
        message = f"`schemas.{name}` is no JSON Schema, and nested too deeply to say where"
        yield Problem(schema.span, message, "Nest less.", name)
        return
    for path, error in islice(found.items(), _MOST):
        message, hint = _words(error)
        span = (node_at(schema, path) or schema).span
        subject = ".".join(map(str, path))
        yield Problem(span, f"`schemas.{name}` is no JSON Schema: {message}", hint, subject)


def _draft(data: dict[str, Any]) -> Any:
    """Give the draft in the spelling that libraries know: for another one they would ask the network."""
    named = data.get("$schema", _NEWEST)
    if not isinstance(named, str):
        return named
    return next((known for known in _DRAFTS if known.rstrip("#") == named.rstrip("#")), _NEWEST)


def _is_valid(data: dict[str, Any]) -> bool:
    import jsonschema_rs

    return jsonschema_rs.meta.is_valid(data)


def _errors(data: dict[str, Any]) -> dict[tuple[str | int, ...], "ValidationError"]:
    """Find the first error at each place."""
    from jsonschema.validators import Draft202012Validator, validator_for

    is_named = isinstance(data["$schema"], str)
    kind = validator_for(data, default=Draft202012Validator) if is_named else Draft202012Validator
    found: dict[tuple[str | int, ...], ValidationError] = {}
    for error in kind(kind.META_SCHEMA).iter_errors(data):
        found.setdefault(tuple(error.absolute_path), error)
    return found


def _words(error: "ValidationError") -> tuple[str, str]:
    """Give message and hint; the meta-schema says what a type is in two ways, of which the names are the usual one."""
    from xchange_cli.validation.schema_words import violations_of

    if (
        error.validator == "anyOf"
        and isinstance(error.instance, str)
        and list(error.absolute_path)[-1:] == ["type"]
    ):
        meant = nearest(error.instance, _TYPES)
        return f"there is no type `{error.instance}`", f"Did you mean `{meant}`?" if meant else ""
    violation = next(violations_of(error))
    return violation.message, violation.hint
