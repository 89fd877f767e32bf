"""What a trigger gives: the request that started the flow, and facts of the run."""

from collections.abc import Mapping

from xchange_cli.components.spec import ActionSpec, ComponentSpec
from xchange_cli.shapes.examples import shape_of_example
from xchange_cli.shapes.shape import UNKNOWN, Kind, ObjectOf, Origin, Shape, Simple

PAYLOAD = Origin("the trigger payload", is_sure=True)

_NO_REQUEST = frozenset({"schedule-triggers", "management-triggers"})
_TEXT = Simple(Kind.TEXT, PAYLOAD)
_ANY_NAMES = ObjectOf({}, PAYLOAD, is_open=True)


def _object(*names: str) -> ObjectOf:
    return ObjectOf(dict.fromkeys(names, _TEXT), PAYLOAD)


_BODY = ObjectOf({"data": UNKNOWN, "contentType": _TEXT}, PAYLOAD)

FIELDS: Mapping[str, Shape] = {
    "headers": _ANY_NAMES,
    "queryParameters": _ANY_NAMES,
    "rawBody": _BODY,
    "body": _BODY,
    "pathFragment": _TEXT,
    "webhookUrls": _ANY_NAMES,
    "webhookApiKeys": _ANY_NAMES,
    "invokeUrl": _TEXT,
    "executionId": _TEXT,
    "customer": _object("id", "externalId", "name"),
    "instance": _object("id", "name"),
    "user": _object("id", "email", "name", "externalId"),
    "integration": ObjectOf(
        {"id": _TEXT, "name": _TEXT, "versionSequenceId": UNKNOWN, "externalVersion": UNKNOWN}, PAYLOAD
    ),
    "flow": _object("id", "name", "stableId"),
    "startedAt": _TEXT,
    "globalDebug": Simple(Kind.TRUTH, PAYLOAD),
    "paginationState": UNKNOWN,
}
_WHOLE = ObjectOf(FIELDS, PAYLOAD)


def payload_shape(spec: ActionSpec, component: ComponentSpec) -> Shape:
    """Give the shape of a trigger's result; what a caller sends, `body.data`, is not known here.

    Triggers of a project's own and code may give anything; some triggers add keys, which the catalogue says.
    """
    if component.is_own or component.key == "code" or not spec.is_trigger:
        return UNKNOWN
    if not spec.output.startswith("Trigger payload") or "added" in spec.output:
        return ObjectOf(FIELDS, PAYLOAD, is_open=True)
    return _WHOLE


def example_body(spec: ActionSpec, component: ComponentSpec) -> Shape:
    """Give the shape of `body.data` as the catalogue shows it; utilities take whatever they are sent."""
    example = spec.example
    body = example.get("body") if isinstance(example, dict) and component.kind != "utility" else None
    data = body.get("data") if isinstance(body, dict) else None
    return UNKNOWN if data is None or " or " in spec.output else shape_of_example(data)


def takes_requests(component: str) -> bool:
    """Tell whether a trigger of a component is started by what somebody sends."""
    return component not in _NO_REQUEST
