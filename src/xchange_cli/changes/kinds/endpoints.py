"""Changes of who may call a flow, and with what."""

from collections.abc import Callable

from xchange_cli.changes.change import Concern
from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import Address, PartKind
from xchange_cli.changes.facts.schema_comparison import Freedom, compare_schemas
from xchange_cli.changes.grade import SAFE, Grade, Judgement, breaking, risky
from xchange_cli.changes.kind import Case, ChangeKind, Scene, always
from xchange_cli.document.node import Node, Scalar

_OPEN = "customer_optional"
_ORDER = {"unsecured": 0, _OPEN: 1, "customer_required": 2, "organization": 2}
_REQUEST = "{type: object, required: [id], properties: {id: {type: string}, size: {enum: [S, M]}, note: {type: string}}}"
_RESULT = "{type: object, required: [state]}"


def _changed(*keys: str) -> tuple[tuple[What, PartKind, Address], ...]:
    return ((What.CHANGED, PartKind.FLOW, keys),)


def _security(node: Node | None) -> str:
    return node.value if isinstance(node, Scalar) and node.value else _OPEN


def _loosened(delta: Delta, _scene: Scene) -> bool:
    old, new = (_ORDER.get(_security(node), 3) for node in (delta.old_value, delta.new_value))
    return new < old


def _security_words(delta: Delta, _scene: Scene) -> str:
    return f"endpoint security: {_security(delta.old_value)} → {_security(delta.new_value)}"


def _tightened(delta: Delta, _scene: Scene) -> Judgement:
    match _security(delta.new_value):
        case "organization":
            return breaking("Requests without one of the integration's own API keys are refused.")
        case "customer_optional":
            return breaking("Requests without an API key are refused where the customer has set one.")
    return breaking("Requests without an API key are refused.")


def _other_keys(delta: Delta, _scene: Scene) -> Judgement:
    """Judge keys by what requests need now."""
    security = delta.new.node.get("endpointSecurityType") if delta.new is not None else None
    if _security(security) != "organization":
        return SAFE
    old, new = (node.data if node is not None else [] for node in (delta.old_value, delta.new_value))
    if isinstance(old, list) and isinstance(new, list) and all(key in new for key in old):
        return risky("Whoever has a new key may call it.")
    return breaking("Requests with a key that is gone are refused.")


def _freedom(delta: Delta) -> Freedom:
    old, new = (node.data if node is not None else {} for node in (delta.old_value, delta.new_value))
    return compare_schemas(old, new)


def _is(freedom: Freedom) -> Callable[[Delta, Scene], bool]:
    return lambda delta, _scene: _freedom(delta) is freedom


def _answer(delta: Delta, _scene: Scene) -> Judgement:
    if _freedom(delta) is Freedom.SAME:
        return SAFE
    return breaking("Callers that rely on the described answer may not understand it.")


KINDS = (
    ChangeKind(
        id="endpoint-security-loosened",
        sentence="Requests to a flow need less than they did: no API key, or only where a customer has set one.",
        on=_changed("endpointSecurityType"),
        when=_loosened,
        grades=(Grade.RISKY,),
        judge=always(risky("Whoever knows the URL may call it, where a key was needed until now.")),
        message=_security_words,
        cases=(
            Case(
                (("endpointSecurityType: organization", "endpointSecurityType: unsecured"),),
                "endpoint security: organization → unsecured",
            ),
        ),
        concern=Concern.CALLER,
    ),
    ChangeKind(
        id="endpoint-security-tightened",
        sentence="Requests to a flow need an API key that they did not need, or another one.",
        on=_changed("endpointSecurityType"),
        grades=(Grade.BREAKING,),
        judge=_tightened,
        message=_security_words,
        cases=(
            Case(
                (("endpointSecurityType: customer_optional", "endpointSecurityType: customer_required"),),
                "endpoint security: customer_optional → customer_required",
            ),
        ),
        concern=Concern.CALLER,
    ),
    ChangeKind(
        id="organization-api-keys-changed",
        sentence="A flow has other API keys of the integration's own; safe where requests do not need one.",
        on=_changed("organizationApiKeys"),
        grades=(Grade.BREAKING, Grade.RISKY, Grade.SAFE),
        judge=_other_keys,
        message=lambda _delta, _scene: "API keys of the flow (not shown)",
        cases=(
            Case((("[first-key]", "[second-key]"),), "API keys of the flow (not shown)"),
            Case(
                (("[first-key]", "[first-key, second-key]"),),
                "API keys of the flow (not shown)",
                grade=Grade.RISKY,
            ),
            Case(
                (
                    ("[first-key]", "[second-key]"),
                    ("endpointSecurityType: organization", "endpointSecurityType: customer_required"),
                ),
                "API keys of the flow (not shown)",
                grade=Grade.SAFE,
            ),
        ),
        concern=Concern.CALLER,
    ),
    ChangeKind(
        id="request-schema-tightened",
        sentence="The schema of a flow's requests forbids something that it allowed.",
        on=_changed("schemas", "invoke"),
        when=_is(Freedom.LESS),
        grades=(Grade.BREAKING,),
        judge=always(breaking("Requests that were right until now no longer are.")),
        message=lambda _delta, _scene: "the schema of requests allows less",
        cases=(
            Case(((_REQUEST, _REQUEST.replace("[id]", "[id, size]")),), "the schema of requests allows less"),
            Case(((_REQUEST, _REQUEST.replace("[S, M]", "[S]")),), "the schema of requests allows less"),
        ),
        concern=Concern.CALLER,
        lines=True,
    ),
    ChangeKind(
        id="request-schema-loosened",
        sentence="The schema of a flow's requests allows something that it forbade, and all that it allowed.",
        on=_changed("schemas", "invoke"),
        when=_is(Freedom.MORE),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda _delta, _scene: "the schema of requests allows more",
        cases=(
            Case(
                ((_REQUEST, _REQUEST.replace("required: [id], ", "")),), "the schema of requests allows more"
            ),
        ),
        lines=True,
    ),
    ChangeKind(
        id="request-schema-described",
        sentence="The schema of a flow's requests has other titles, descriptions or examples.",
        on=_changed("schemas", "invoke"),
        when=_is(Freedom.SAME),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda _delta, _scene: "the schema of requests is described in other words",
        cases=(
            Case(
                (
                    (
                        _REQUEST,
                        _REQUEST.replace("{type: string}, size", "{type: string, title: Number}, size"),
                    ),
                ),
                "the schema of requests is described in other words",
            ),
        ),
        lines=True,
    ),
    ChangeKind(
        id="request-schema-changed",
        sentence="The schema of a flow's requests is another one; whether it allows more or less is not known.",
        on=_changed("schemas", "invoke"),
        grades=(Grade.RISKY,),
        judge=always(risky("Requests that were right until now may no longer be.")),
        message=lambda _delta, _scene: "other schema of requests",
        cases=(
            Case(
                (
                    (
                        _REQUEST,
                        _REQUEST.replace("note: {type: string}", "note: {type: string, not: {const: x}}"),
                    ),
                ),
                "other schema of requests",
            ),
        ),
        concern=Concern.CALLER,
        lines=True,
    ),
    ChangeKind(
        id="response-schema-changed",
        sentence="The schema of a flow's answer is another one; safe where only its descriptions differ.",
        on=_changed("schemas", "result"),
        grades=(Grade.BREAKING, Grade.SAFE),
        judge=_answer,
        message=lambda _delta, _scene: "other schema of the answer",
        cases=(
            Case(((_RESULT, "{type: object, required: [result]}"),), "other schema of the answer"),
            Case(
                ((_RESULT, "{type: object, required: [state], description: What became of it}"),),
                "other schema of the answer",
                grade=Grade.SAFE,
            ),
        ),
        concern=lambda delta, scene: Concern.NOBODY if _answer(delta, scene) is SAFE else Concern.CALLER,
        lines=True,
    ),
)
