"""An integration at a glance, for programs: the contract `xchange.show/1`."""

from typing import Any, TextIO

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.formats.json_text import write_json
from xchange_cli.formats.overview_text import MOST_FINDINGS
from xchange_cli.formats.publication_data import publication_data
from xchange_cli.formats.validation_counts import counts_data
from xchange_cli.model.schedule_words import schedule_in_words
from xchange_cli.overview.at_a_glance import FlowGlance, Glance
from xchange_cli.overview.chart import Block
from xchange_cli.overview.documentation_parts import ConnectionPart, VariablePart
from xchange_cli.overview.uses import Use


def render(result: Glance, out: TextIO) -> None:
    first = result.result.diagnostics[:MOST_FINDINGS]
    data = {
        "schema": "xchange.show/1",
        "integration": {
            "key": result.key,
            "name": result.name,
            "file": result.file,
            "description": result.description,
            "category": result.category,
            "labels": list(result.labels),
            "endpointType": result.endpoint_type,
        },
        "published": publication_data(result.published),
        "parent": result.parent or None,
        "flows": [_flow(flow) for flow in result.flows],
        "configPages": [
            {"name": name, "configVars": [_variable(one, result) for one in variables]}
            for name, variables in result.variable_pages
        ],
        "connections": [_connection(one, result) for one in result.connections],
        "findings": {**counts_data(result.result), "first": [_finding(one) for one in first]},
    }
    write_json(data, out)


def _flow(flow: FlowGlance) -> dict[str, Any]:
    return {
        "name": flow.name,
        "description": flow.description,
        "triggerKinds": list(flow.kinds),
        "isAnsweredAtEnd": flow.waits,
        "steps": [_step(block) for block in flow.chart.blocks],
    }


def _step(block: Block) -> dict[str, Any]:
    schedule = block.schedule
    return {
        "name": block.name,
        "ref": block.ref,
        "kind": block.kind.value,
        "component": block.component,
        "action": block.action,
        "effect": None if block.effect is None else block.effect.value,
        "onFailure": block.failure.handler,
        "schedule": None if schedule is None else schedule_in_words(schedule),
        "steps": None if block.body is None else [_step(inner) for inner in block.body],
        "branches": [
            {"name": arm.name, "steps": [_step(inner) for inner in arm.blocks]} for arm in block.arms
        ],
    }


def _variable(variable: VariablePart, result: Glance) -> dict[str, Any]:
    return {
        "key": variable.key,
        "dataType": variable.data_type,
        "collectionType": variable.collection or None,
        "default": None if variable.is_required or variable.hides_default else variable.default,
        "isRequired": variable.is_required,
        "usedBy": _used_by(variable.key, result),
    }


def _connection(connection: ConnectionPart, result: Glance) -> dict[str, Any]:
    return {
        "key": connection.key,
        "component": connection.component or None,
        "kind": connection.kind,
        "shared": connection.shared or None,
        "usedBy": _used_by(connection.key, result),
    }


def _used_by(key: str, result: Glance) -> list[dict[str, Any]]:
    return [_use(use) for use in result.uses.get(key, ())]


def _use(use: Use) -> dict[str, Any]:
    if use.variable:
        return {"flow": None, "step": None, "configVar": use.variable}
    return {"flow": use.flow, "step": use.step, "configVar": None}


def _finding(found: Diagnostic) -> dict[str, Any]:
    place = found.span.place
    return {
        "rule": found.rule,
        "severity": found.severity.value,
        "message": found.message,
        "file": place.file,
        "line": place.line,
        "column": place.column,
    }
