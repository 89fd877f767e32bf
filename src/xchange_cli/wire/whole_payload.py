"""A request as flows get it: the trigger's payload as a whole, which also stands in files, and its headers."""

from typing import Any

PAYLOAD_KEYS = frozenset({
    "headers", "queryParameters", "rawBody", "body", "pathFragment", "webhookUrls", "webhookApiKeys",
    "invokeUrl", "executionId", "customer", "instance", "user", "integration", "flow", "startedAt",
    "globalDebug", "paginationState",
})  # fmt: skip

REQUEST_KEYS = frozenset({"headers", "queryParameters", "rawBody", "body", "pathFragment"})

BASE_URL = "https://hooks.xchange.invalid"
"""Webhook URLs of local runs: `.invalid` never resolves (RFC 2606), so nothing is sent by mistake."""


class Headers(dict[str, Any]):
    """Header names as sent; found without regard to case, as senders spell them differently."""

    def get(self, key: Any, default: Any = None) -> Any:
        if key in self or not isinstance(key, str):
            return super().get(key, default)
        lowered = key.lower()
        return next((value for name, value in self.items() if name.lower() == lowered), default)


def is_whole_payload(value: Any) -> bool:
    """Tell a captured payload (`{headers, body: {data}, …}`) from the bare body of a request."""
    if not isinstance(value, dict) or not value.keys() & REQUEST_KEYS or value.keys() - PAYLOAD_KEYS:
        return False
    headers = value.get("headers")
    bodies = (value.get("body"), value.get("rawBody"))
    return (headers is None or isinstance(headers, dict)) and all(map(_is_body, bodies))


def _is_body(value: Any) -> bool:
    return value is None or (isinstance(value, dict) and "data" in value)
