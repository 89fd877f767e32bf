"""Nodes → Integration. Tolerant: a broken part is absent or empty, and everything around it is kept."""

from collections.abc import Callable
from typing import TypeVar

from xchange_cli.document.node import Mapping, Node, Scalar, Sequence
from xchange_cli.expression.parse import parse_input
from xchange_cli.expression.step_names import step_ref
from xchange_cli.model.integration import (
    ActionRef,
    Branch,
    ConfigPage,
    ConfigVar,
    ErrorConfig,
    Flow,
    Input,
    Integration,
    PageElement,
    RetryConfig,
    Schedule,
    Step,
)

Part = TypeVar("Part")

_ROUTING_FIELDS = ("flowNameField", "externalCustomerIdField", "externalCustomerUserIdField")


def build(root: Node | None) -> Integration | None:
    """Give the integration of a document, or None when the document is no mapping."""
    if not isinstance(root, Mapping):
        return None
    return Integration(
        name=_text(root, "name"),
        flows=_each(root, "flows", _flow),
        config_vars=_each(root, "requiredConfigVars", _config_var),
        config_pages=_each(root, "configPages", _page),
        endpoint_type=_text(root, "endpointType") or "flow_specific",
        preprocess_flow=_text(root, "preprocessFlowName"),
        routing=_routing(root),
        node=root,
    )


def _flow(node: Mapping) -> Flow:
    return Flow(
        name=_text(node, "name"),
        steps=_each(node, "steps", _step),
        is_synchronous=_truth(node, "isSynchronous"),
        is_agent_flow=_truth(node, "isAgentFlow"),
        retry=_retry_config(node.get("retryConfig")),
        node=node,
    )


def _routing(root: Mapping) -> dict[str, Input]:
    return {
        key: Input(key, parse_input(entry.value), entry.value, entry.key)
        for key in _ROUTING_FIELDS
        if (entry := root.entries.get(key)) is not None
    }


def _retry_config(node: Node | None) -> RetryConfig | None:
    if not isinstance(node, Mapping):
        return None
    return RetryConfig(
        max_attempts=_whole_number(node, "maxAttempts"),
        delay_minutes=_whole_number(node, "delayMinutes"),
        exponential=_truth(node, "usesExponentialBackoff"),
    )


def _step(node: Mapping) -> Step:
    name = _text(node, "name")
    return Step(
        name=name,
        ref=step_ref(name),
        action=_action(node.get("action")),
        inputs=_inputs(node.get("inputs")),
        is_trigger=_truth(node, "isTrigger"),
        branches=_each(node, "branches", _branch) if "branches" in node.entries else None,
        steps=_each(node, "steps", _step) if "steps" in node.entries else None,
        schedule=_schedule(node.get("schedule")),
        error=_error_config(node.get("errorConfig")),
        node=node,
    )


def _branch(node: Mapping) -> Branch:
    return Branch(_text(node, "name"), _each(node, "steps", _step), node)


def _action(node: Node | None) -> ActionRef | None:
    if not isinstance(node, Mapping):
        return None
    component = node.get("component")
    if not isinstance(component, Mapping):
        return ActionRef("", _text(node, "key"), is_public=True, version="", node=node)
    is_public = component.get("isPublic")
    return ActionRef(
        component=_text(component, "key"),
        key=_text(node, "key"),
        is_public=is_public is None or is_public.data is not False,
        version=_scalar_text(component, "version"),
        node=node,
    )


def _inputs(node: Node | None) -> dict[str, Input]:
    if not isinstance(node, Mapping):
        return {}
    return {
        key: Input(key, parse_input(entry.value), entry.value, entry.key)
        for key, entry in node.entries.items()
    }


def _schedule(node: Node | None) -> Schedule | None:
    if not isinstance(node, Mapping):
        return None
    meta = node.get("meta")
    meta = meta if isinstance(meta, Mapping) else None
    return Schedule(
        kind=_text(node, "type"),
        value=_scalar_text(node, "value"),
        schedule_type=_text(meta, "scheduleType") if meta else "",
        time_zone=_text(meta, "timeZone") if meta else "",
        node=node,
    )


_FAIL = ErrorConfig()


def _error_config(node: Node | None) -> ErrorConfig:
    if not isinstance(node, Mapping):
        return _FAIL
    return ErrorConfig(
        handler=_text(node, "errorHandlerType") or "fail",
        max_attempts=_whole_number(node, "maxAttempts"),
        delay_seconds=_whole_number(node, "delaySeconds"),
        exponential=_truth(node, "usesExponentialBackoff"),
        ignore_final=_truth(node, "ignoreFinalError"),
    )


def _config_var(node: Mapping) -> ConfigVar:
    default = node.get("defaultValue")
    return ConfigVar(
        key=_text(node, "key"),
        data_type=_text(node, "dataType"),
        default=_written(default) if isinstance(default, Scalar) and default.data is not None else None,
        collection=_text(node, "collectionType"),
        connection=_action(node.get("connection")),
        data_source=_action(node.get("dataSource")),
        inputs=_inputs(node.get("inputs")),
        pick_list=_texts(node.get("pickList")),
        schedule_type=_text(node, "scheduleType"),
        time_zone=_text(node, "timeZone"),
        is_scoped=bool(_text(node, "useScopedConfigVar")),
        node=node,
    )


def _page(node: Mapping) -> ConfigPage:
    return ConfigPage(_text(node, "name"), _each(node, "elements", _element), node)


def _element(node: Mapping) -> PageElement:
    return PageElement(_text(node, "type"), _text(node, "value"), node)


def _each(node: Mapping, key: str, make: Callable[[Mapping], Part]) -> tuple[Part, ...]:
    items = node.get(key)
    if not isinstance(items, Sequence):
        return ()
    return tuple(make(item) for item in items.items if isinstance(item, Mapping))


def _text(node: Mapping, key: str) -> str:
    entry = node.entries.get(key)
    if entry is not None and isinstance(entry.value, Scalar) and isinstance(entry.value.data, str):
        return entry.value.value
    return ""


def _scalar_text(node: Mapping, key: str) -> str:
    """Give a value that may be written without quotes, such as a component version."""
    found = node.get(key)
    return _written(found) if isinstance(found, Scalar) and found.data is not None else ""


def _written(node: Scalar) -> str:
    """Give the text of a value that has no quotes in one spelling, however the file has it: `True` as `true`."""
    data = node.data
    if isinstance(data, str):
        return data
    if type(data) is int:
        return str(data)
    from xchange_cli.javascript.values import to_text

    return to_text(data)


def _texts(node: Node | None) -> tuple[str, ...]:
    if not isinstance(node, Sequence):
        return ()
    return tuple(_written(item) for item in node.items if isinstance(item, Scalar) and item.data is not None)


def _truth(node: Mapping, key: str) -> bool:
    found = node.get(key)
    return found is not None and found.data is True


def _whole_number(node: Mapping, key: str) -> int:
    found = node.get(key)
    data = found.data if found is not None else 0
    if isinstance(data, float) and data.is_integer():
        data = int(data)
    return data if type(data) is int and data > 0 else 0
