"""The trigger's result: what a flow sees of the request that started it, and of the run it is in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xchange_cli.expression.step_names import step_ref
from xchange_cli.javascript.values import parse_if_json, stringify
from xchange_cli.model.integration import Flow, Integration

PAYLOAD_KEYS = frozenset({
    "headers", "queryParameters", "rawBody", "body", "pathFragment", "webhookUrls", "webhookApiKeys",
    "invokeUrl", "executionId", "customer", "instance", "user", "integration", "flow", "startedAt",
    "globalDebug", "paginationState",
})  # fmt: skip

_REQUEST_KEYS = frozenset({"headers", "queryParameters", "rawBody", "body", "pathFragment"})

_FACTS_OF_THIS_RUN = frozenset({"executionId", "startedAt"})
"""What a captured payload says of them is about the run it was captured from."""

SYNCHRONOUS_HEADER = "prismatic-synchronous"
"""A request header that tells, by `true` or `false`, whether its sender waits for the answer."""

BASE_URL = "https://hooks.xchange.invalid"
"""Webhook URLs of local runs: `.invalid` never resolves (RFC 2606), so nothing is sent by mistake."""


class Headers(dict[str, Any]):
    """Header names as sent; found without regard to case, as senders spell them differently."""

    def get(self, key: Any, default: Any = None) -> Any:
        if key in self or not isinstance(key, str):
            return super().get(key, default)
        lowered = key.lower()
        return next((value for name, value in self.items() if name.lower() == lowered), default)


@dataclass(frozen=True, slots=True)
class RunFacts:
    """Who runs what and when; `started_at` is ISO 8601 in UTC."""

    run_id: str
    started_at: str
    config_name: str = ""


def is_whole_payload(value: Any) -> bool:
    """Tell a captured payload (`{headers, body: {data}, …}`) from the bare body of a request."""
    if not isinstance(value, dict) or not value.keys() & _REQUEST_KEYS or value.keys() - PAYLOAD_KEYS:
        return False
    headers = value.get("headers")
    bodies = (value.get("body"), value.get("rawBody"))
    return (headers is None or isinstance(headers, dict)) and all(map(_is_body, bodies))


def _is_body(value: Any) -> bool:
    return value is None or (isinstance(value, dict) and "data" in value)


def is_answered_at_end(flow: Flow, payload: Mapping[str, Any]) -> bool:
    """Tell whether the caller waits for the end of the run: as the request asks, else as the flow says."""
    asked = payload["headers"].get(SYNCHRONOUS_HEADER)
    known = {"true": True, "false": False}
    as_flow_says = flow.is_answered_at_end
    return known.get(asked.strip().lower(), as_flow_says) if isinstance(asked, str) else as_flow_says


def execution_facts(integration: Integration, flow: Flow, facts: RunFacts) -> dict[str, Any]:
    """Give what code steps find in their context and triggers in their result beside the request."""
    urls = {known.name: f"{BASE_URL}/{step_ref(known.name)}" for known in integration.flows}
    name = facts.config_name or "local"
    return {
        "executionId": facts.run_id,
        "startedAt": facts.started_at,
        "invokeUrl": urls.get(flow.name, BASE_URL),
        "webhookUrls": urls,
        "webhookApiKeys": {known.name: [] for known in integration.flows},
        "globalDebug": False,
        "customer": {"id": name, "externalId": name, "name": name},
        "instance": {"id": name, "name": name},
        "user": {"id": None, "email": None, "name": None, "externalId": None},
        "integration": {
            "id": step_ref(integration.name),
            "name": integration.name,
            "versionSequenceId": None,
            "externalVersion": None,
        },
        "flow": {"id": step_ref(flow.name), "name": flow.name, "stableId": step_ref(flow.name)},
    }


def repeated_facts(given: Any, execution: Mapping[str, Any]) -> dict[str, Any]:
    """Lay what a captured payload says of customer, instance, flow, … over the facts of this run.

    The id of the run and its start stay those of this run.
    """
    captured = given if is_whole_payload(given) else {}
    return {
        key: fact if key in _FACTS_OF_THIS_RUN else captured.get(key, fact) for key, fact in execution.items()
    }


def trigger_payload(given: Any, execution: Mapping[str, Any]) -> dict[str, Any]:
    """Build the trigger's result from a payload file's value: a whole payload, or a request body.

    Of `body` and `rawBody` one is made from the other where it is missing. `execution` are the facts of the run,
    with those of a captured payload laid over them (`repeated_facts`).
    """
    whole = given if is_whole_payload(given) else _request(given)
    raw, body = whole.get("rawBody"), whole.get("body")
    if body is None:
        body = {"data": None, "contentType": ""} if raw is None else _parsed(raw)
    return {
        "headers": Headers(whole.get("headers") or {}),
        "queryParameters": whole.get("queryParameters"),
        "rawBody": _unparsed(body) if raw is None else raw,
        "body": body,
        "pathFragment": whole.get("pathFragment") or "",
        **{key: value for key, value in whole.items() if key not in _REQUEST_KEYS},
        **execution,
    }


def _parsed(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {**raw, "data": parse_if_json(raw["data"])} if _is_json(raw) else dict(raw)


def _unparsed(body: Mapping[str, Any]) -> dict[str, Any]:
    data = body["data"]
    if data is None or isinstance(data, str | bytes) or not _is_json(body):
        return dict(body)
    return {**body, "data": stringify(data)}


def _is_json(body: Mapping[str, Any]) -> bool:
    """Read the content type; where there is none, JSON is what requests mostly hold."""
    content_type = body.get("contentType") or "application/json"
    media_type = str(content_type).partition(";")[0].strip().lower()
    return media_type == "application/json" or media_type.endswith("+json")


def _request(body: Any) -> dict[str, Any]:
    if body is None:
        return {}
    content_type = "text/plain" if isinstance(body, str) else "application/json"
    return {
        "headers": {"Content-Type": content_type},
        "body": {"data": body, "contentType": content_type},
    }
