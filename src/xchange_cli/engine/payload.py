"""The trigger's result: what a flow sees of the request that started it, and of the run it is in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xchange_cli.expression.step_names import step_ref
from xchange_cli.model.integration import Flow, Integration

PAYLOAD_KEYS = frozenset({
    "headers", "queryParameters", "rawBody", "body", "pathFragment", "webhookUrls", "webhookApiKeys",
    "invokeUrl", "executionId", "customer", "instance", "user", "integration", "flow", "startedAt",
    "globalDebug", "paginationState",
})  # fmt: skip

_REQUEST_KEYS = frozenset({"headers", "queryParameters", "rawBody", "body", "pathFragment"})

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
    extra: Mapping[str, Any] = field(default_factory=dict)


def is_whole_payload(value: Any) -> bool:
    """Tell a captured payload (`{headers, body: {data}, …}`) from the bare body of a request."""
    if not isinstance(value, dict) or not value.keys() & _REQUEST_KEYS or value.keys() - PAYLOAD_KEYS:
        return False
    body = value.get("body", value.get("rawBody"))
    return body is None or (isinstance(body, dict) and "data" in body)


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


def trigger_payload(given: Any, execution: Mapping[str, Any]) -> dict[str, Any]:
    """Build the trigger's result from a payload file's value: a whole payload, or a request body."""
    whole = dict(given) if is_whole_payload(given) else _request(given)
    body = whole.get("body") or whole.get("rawBody") or {"data": None, "contentType": ""}
    return {
        "headers": Headers(whole.get("headers") or {}),
        "queryParameters": whole.get("queryParameters"),
        "rawBody": whole.get("rawBody") or body,
        "body": body,
        "pathFragment": whole.get("pathFragment") or "",
        **execution,
        **{key: value for key, value in whole.items() if key not in _REQUEST_KEYS},
    }


def _request(body: Any) -> dict[str, Any]:
    if body is None:
        return {}
    content_type = "text/plain" if isinstance(body, str) else "application/json"
    return {
        "headers": {"Content-Type": content_type},
        "body": {"data": body, "contentType": content_type},
    }
