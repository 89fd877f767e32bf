"""The trigger's result: what a flow sees of the request that started it, and of the run it is in."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from xchange_cli.components.spec import FlowCall
from xchange_cli.engine.bodies import parsed, unparsed
from xchange_cli.expression.step_names import step_ref
from xchange_cli.model.integration import Flow, Integration
from xchange_cli.wire.media_types import JSON, OCTETS, PLAIN
from xchange_cli.wire.whole_payload import BASE_URL, REQUEST_KEYS, Headers, is_whole_payload

_FACTS_OF_THIS_RUN = frozenset({"executionId", "startedAt"})
"""What a captured payload says of them is about the run it was captured from."""

SYNCHRONOUS_HEADER = "prismatic-synchronous"
"""A request header that tells, by `true` or `false`, whether its sender waits for the answer."""

INVOKE_TYPE_HEADER = "prismatic-invoke-type"
"""A header that the platform adds: why there is an execution."""


class InvokeType(StrEnum):
    """Words of the header. Documented are those of designer tests and of calls between flows; the others are the
    names that the platform's interface has for its invoke types, written alike.
    """

    TEST = "Integration Flow Test"
    SCHEDULE = "Scheduled"
    DEPLOY = "Deploy Flow"
    REMOVE = "Tear Down Flow"
    CROSS_FLOW = "Cross Flow"


class RunFacts(NamedTuple):
    """Who runs what, when and why; `started_at` is ISO 8601 in UTC."""

    run_id: str
    started_at: str
    config_name: str = ""
    invoke_type: str = InvokeType.TEST.value


def iso(time: datetime) -> str:
    """Write a time in UTC as ISO 8601, to the millisecond."""
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def is_answered_at_end(flow: Flow, payload: Mapping[str, Any]) -> bool:
    """Tell whether the caller waits for the end of the run: as the request asks, else as the flow says."""
    asked = Headers(payload.get("headers") or {}).get(SYNCHRONOUS_HEADER)
    known = {"true": True, "false": False}
    as_flow_says = flow.is_answered_at_end
    return known.get(asked.strip().lower(), as_flow_says) if isinstance(asked, str) else as_flow_says


def execution_facts(integration: Integration, flow: Flow, facts: RunFacts) -> dict[str, Any]:
    """Give the facts of an execution."""
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


def trigger_payload(
    given: Any, execution: Mapping[str, Any], invoke_type: str = InvokeType.TEST.value
) -> dict[str, Any]:
    """Build the trigger's result from a payload file's value: a whole payload, or a request body.

    Of `body` and `rawBody` one is made from the other where it is missing. `execution` are the facts of the run,
    with those of a captured payload laid over them (`repeated_facts`). A request that does not say why it came gets
    the platform's header for it, `invoke_type`.
    """
    whole = as_whole(given)
    headers = Headers(whole.get("headers") or {})
    raw, body = whole.get("rawBody"), whole.get("body")
    if body is None:
        body = {"data": None, "contentType": ""} if raw is None else parsed(raw, headers.get("Content-Type"))
    if headers.get(INVOKE_TYPE_HEADER) is None:
        headers[INVOKE_TYPE_HEADER] = invoke_type
    return {
        "headers": headers,
        "queryParameters": whole.get("queryParameters"),
        "rawBody": unparsed(body) if raw is None else raw,
        "body": body,
        "pathFragment": whole.get("pathFragment") or "",
        **{key: value for key, value in whole.items() if key not in REQUEST_KEYS},
        **execution,
    }


def called_payload(call: FlowCall, caller: str) -> dict[str, Any]:
    """Give the request that a flow gets which another execution, `caller`, has called.

    What the call says in its headers wins; without data there is no body.
    """
    whole = _request(call.body)
    headers = Headers(whole.get("headers", {}))
    headers |= {
        "prismatic-invoked-by": caller,
        INVOKE_TYPE_HEADER: InvokeType.CROSS_FLOW.value,
        "prismatic-executionid": caller,
    }
    for name, value in call.headers.items():
        known = next((one for one in headers if one.lower() == name.lower()), name)
        headers[known] = value
    if call.body is None:
        return {"headers": dict(headers)}
    body = {"data": call.body, "contentType": headers["Content-Type"]}
    is_sent_as_it_stands = isinstance(call.body, str | bytes)
    return {"headers": dict(headers), "rawBody" if is_sent_as_it_stands else "body": body}


def for_customer(given: Any, external_id: str) -> dict[str, Any]:
    """Give a request as it comes to the instance of a customer; what a captured one tells of this customer stays."""
    whole = as_whole(given)
    captured = whole.get("customer")
    if isinstance(captured, dict) and captured.get("externalId") == external_id:
        return whole
    return {**whole, "customer": {"id": external_id, "externalId": external_id, "name": external_id}}


def as_whole(given: Any) -> dict[str, Any]:
    """Give the whole payload that a payload file's value stands for."""
    return given if is_whole_payload(given) else _request(given)


def _request(body: Any) -> dict[str, Any]:
    if body is None:
        return {}
    content_type = PLAIN if isinstance(body, str) else OCTETS if isinstance(body, bytes) else JSON
    return {
        "headers": {"Content-Type": content_type},
        "body": {"data": body, "contentType": content_type},
    }
