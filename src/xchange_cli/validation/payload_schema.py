"""Sample payloads against `schemas.invoke` of the flow that they are for."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from xchange_cli.diagnostics import Diagnostic, Related
from xchange_cli.document.locate import node_at
from xchange_cli.document.node import Mapping, Node
from xchange_cli.model.integration import Flow, Integration
from xchange_cli.shapes.samples import is_named_after, is_only_request_flow
from xchange_cli.source import Span
from xchange_cli.validation.file_findings import report
from xchange_cli.validation.payloads import Payload
from xchange_cli.wire.whole_payload import is_whole_payload

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_MOST = 5
_NEWEST = "https://json-schema.org/draft/2020-12/schema"


def against_schemas(payload: Payload, stem: str, integration: Integration) -> Iterator[Diagnostic]:
    """Yield where the body of a payload does not fit the schema of its flow; `stem` is the file's name.

    Schemas that lead to other files, and those that are broken, judge nothing.
    """
    root = payload.document.root
    if root is None:
        return
    at: tuple[str | int, ...] = ("body", "data") if is_whole_payload(payload.value) else ()
    body = node_at(root, at)
    if body is None:
        return
    for flow in integration.flows:
        schema = _schema(flow)
        if schema is not None and (is_only_request_flow(integration) or is_named_after(stem, flow)):
            yield from _misfits(body, schema, flow)


def _schema(flow: Flow) -> Mapping | None:
    schemas = flow.node.mapping("schemas")
    schema = schemas.mapping("invoke") if schemas is not None else None
    return schema if schema is not None and schema.data and not _leads_away(schema.data) else None


def _leads_away(schema: Any) -> bool:
    if isinstance(schema, list):
        return any(map(_leads_away, schema))
    if not isinstance(schema, dict):
        return False
    if any(not str(schema.get(key, "#")).startswith("#") for key in ("$ref", "$dynamicRef", "$recursiveRef")):
        return True
    return any(map(_leads_away, schema.values()))


def _misfits(body: Node, schema: Mapping, flow: Flow) -> Iterator[Diagnostic]:
    from xchange_cli.validation.schema_words import violations_of

    for error in islice(_errors(body.data, schema.data), _MOST):
        for violation in violations_of(error):
            place = node_at(body, violation.path) or body
            message = violation.message
            if not violation.path:
                message = message.replace("the file", "the body", 1)
            yield report(
                "payload-against-schema",
                f"this does not fit `schemas.invoke` of `{flow.name}`: {message}",
                _span(place, violation.key),
                hint=violation.hint,
                subject=violation.subject,
                related=(Related(schema.span, "the schema"),),
            )


def _span(node: Node, key: str | None) -> Span:
    """Point at a key, at a value, or, where a mapping lacks something, at its first key."""
    if not isinstance(node, Mapping):
        return node.span
    found = node.key_node(key) if key is not None else None
    first = next((entry.key for entry in node.entries.values()), None)
    return (found or first or node).span


def _errors(data: Any, schema: dict[str, Any]) -> "Iterator[ValidationError]":
    from jsonschema.exceptions import SchemaError
    from jsonschema.validators import Draft202012Validator, validator_for

    kind = validator_for(schema, default=Draft202012Validator)
    try:
        kind.check_schema(schema)
        yield from kind(schema).iter_errors(data)
    except (SchemaError, RecursionError):  # the rule `bad-flow-schema` tells of the first
        return
