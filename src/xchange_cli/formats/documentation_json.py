"""The documentation of an integration for programs: `xchange.docs/1`."""

from collections.abc import Iterable
from typing import Any, TextIO

from xchange_cli.formats.json_text import write_json
from xchange_cli.overview.documentation import Documentation
from xchange_cli.overview.documentation_parts import (
    ArmPart,
    ConfigPagePart,
    ConnectionPart,
    Endpoint,
    FieldPart,
    FlowPart,
    StepPart,
    TriggerPart,
    VariablePart,
)


def render(result: Documentation, out: TextIO) -> None:
    data: dict[str, Any] = {
        "schema": "xchange.docs/1",
        "key": result.key,
        "name": result.name,
        "file": result.file,
        "description": result.description,
        "category": result.category,
        "labels": list(result.labels),
        "written": [{"file": page.name or None, "markdown": page.text} for page in result.written],
        "configPages": [_page(page) for page in result.config_pages],
        "connections": [_connection(connection) for connection in result.connections],
        "flows": [_flow(flow) for flow in result.flows],
    }
    write_json(data, out)


def _page(page: ConfigPagePart) -> dict[str, Any]:
    return {
        "name": page.name or None,
        "tagline": page.tagline,
        "userLevel": page.is_user_level,
        "configVars": [_variable(one) for one in page.elements if isinstance(one, VariablePart)],
        "connections": [one.key for one in page.elements if isinstance(one, ConnectionPart)],
    }


def _variable(variable: VariablePart) -> dict[str, Any]:
    return {
        "key": variable.key,
        "dataType": variable.data_type,
        "collectionType": variable.collection or None,
        "default": variable.default or None,
        "defaultHidden": variable.hides_default,
        "required": variable.is_required,
        "help": variable.help,
        "seenBy": variable.audience.value,
        "options": list(variable.options),
        "optionsFrom": variable.source or None,
        "schedule": variable.schedule or None,
    }


def _connection(connection: ConnectionPart) -> dict[str, Any]:
    return {
        "key": connection.key,
        "component": connection.component or None,
        "kind": connection.kind or None,
        "oauth2": connection.oauth2 or None,
        "shared": connection.shared or None,
        "help": connection.help,
        "seenBy": connection.audience.value,
        "fields": [_field(field) for field in connection.fields],
    }


def _field(field: FieldPart) -> dict[str, Any]:
    return {
        "key": field.key,
        "label": field.label,
        "type": field.type or None,
        "required": field.is_required,
        "secret": field.is_secret,
        "given": field.is_set,
        "seenBy": field.audience.value,
        "note": field.note,
    }


def _flow(flow: FlowPart) -> dict[str, Any]:
    return {
        "name": flow.name,
        "description": flow.description,
        "waits": flow.waits,
        "trigger": _trigger(flow.trigger),
        "branches": _arms(flow.arms),
        "steps": [_step(step) for step in flow.steps],
    }


def _trigger(trigger: TriggerPart) -> dict[str, Any]:
    return {
        "startedBy": trigger.start.value,
        "name": trigger.name,
        "component": trigger.component,
        "action": trigger.action,
        "summary": trigger.summary,
        "schedule": trigger.schedule or None,
        "endpoint": _endpoint(trigger.endpoint) if trigger.endpoint else None,
    }


def _endpoint(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "type": endpoint.kind,
        "security": endpoint.security,
        "preprocessFlow": endpoint.preprocess_flow or None,
        "routing": dict(endpoint.routing),
    }


def _step(step: StepPart) -> dict[str, Any]:
    return {
        "name": step.name,
        "ref": step.ref,
        "component": step.component,
        "action": step.action,
        "summary": step.summary,
        "description": step.description,
        "effect": step.effect or None,
        "connection": step.connection or None,
        "onFailure": step.failure.handler,
        "steps": None if step.steps is None else [_step(one) for one in step.steps],
        "branches": _arms(step.arms),
    }


def _arms(arms: Iterable[ArmPart]) -> list[dict[str, Any]]:
    return [{"name": arm.name, "steps": [_step(step) for step in arm.steps]} for arm in arms]
