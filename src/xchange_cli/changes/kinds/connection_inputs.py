"""Changes of what the file itself gives to a connection."""

from xchange_cli.changes.change import Concern
from xchange_cli.changes.comparison.defaults import NEWER_KEYS
from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import PartKind
from xchange_cli.changes.facts.variables import is_connection
from xchange_cli.changes.grade import Grade, breaking, risky
from xchange_cli.changes.kind import Case, ChangeKind, Scene, always
from xchange_cli.changes.secrets import is_secret
from xchange_cli.changes.words.words import before_and_after, said
from xchange_cli.document.node import Mapping, Node

_INPUTS = ((What.CHANGED, PartKind.CONFIG_VAR, ("inputs",)),)
_SCOPES = frozenset({"scope", "scopes"})
_HEADER = "headerKey: {type: value, value: X-Key}"


def _is_about_scopes(delta: Delta, scene: Scene) -> bool:
    return (
        is_connection(delta, scene) and delta.address[-1] in _SCOPES and not _is_shown_otherwise(delta, scene)
    )


def _is_secret(delta: Delta, scene: Scene) -> bool:
    return is_connection(delta, scene) and is_secret(delta.part, delta.address, scene.catalog)


def _is_shown_otherwise(delta: Delta, scene: Scene) -> bool:
    """Tell whether an input says the same, but differs in who sees it."""
    return is_connection(delta, scene) and _saying(delta.old_value) == _saying(delta.new_value)


def _saying(node: Node | None) -> dict[str, object] | None:
    if not isinstance(node, Mapping):
        return None
    return {key: entry.value.data for key, entry in node.entries.items() if key != "meta"}


def _seen(delta: Delta) -> tuple[str, str]:
    """Say who sees an input now, or no longer, and what of it."""
    (customers_saw, own_saw), (customers_see, own_see) = map(_seen_by, (delta.old_value, delta.new_value))
    if customers_saw is not customers_see:
        who, is_seen = "customers", customers_see
    elif own_saw is not own_see:
        who, is_seen = "the organisation's own people", own_see
    else:
        return "is set by other people", "Whoever gave it may no longer change it, or others may."
    if is_seen:
        return f"is shown to {who}", "They can read and change it now."
    return f"is hidden from {who}", "They can no longer see or change it."


def _seen_by(node: Node | None) -> tuple[bool, bool]:
    """Tell whether customers see an input, and whether the organisation's own people do."""
    meta = node.mapping("meta") if isinstance(node, Mapping) else None
    flags = (
        {NEWER_KEYS.get(key, key): entry.value.data for key, entry in meta.entries.items()} if meta else {}
    )
    customers = flags.get("orgOnly") is not True and flags.get("visibleToCustomerDeployer") is not False
    return customers, flags.get("visibleToOrgDeployer") is not False


def _named(delta: Delta) -> str:
    return f"input `{delta.address[-1]}` of the connection `{delta.part.name}`"


KINDS = (
    ChangeKind(
        id="connection-input-visibility-changed",
        sentence="An input of a connection is shown to other people than before.",
        on=_INPUTS,
        when=_is_shown_otherwise,
        grades=(Grade.RISKY,),
        judge=lambda delta, _scene: risky(_seen(delta)[1]),
        message=lambda delta, _scene: f"{_named(delta)} {_seen(delta)[0]}",
        cases=(
            Case(
                ((_HEADER, "headerKey: {type: value, value: X-Key, meta: {orgOnly: true}}"),),
                "input `headerKey` of the connection `Shop` is hidden from customers",
            ),
            Case(
                ((_HEADER, "headerKey: {type: value, value: X-Key}"),),
                "input `headerKey` of the connection `Shop` is shown to customers",
                before=((_HEADER, "headerKey: {type: value, value: X-Key, meta: {orgOnly: true}}"),),
            ),
        ),
    ),
    ChangeKind(
        id="connection-scopes-changed",
        sentence="A connection asks for other permissions.",
        on=_INPUTS,
        when=_is_about_scopes,
        grades=(Grade.BREAKING,),
        judge=always(breaking("Customers have to authorise it again.")),
        message=lambda delta, _scene: f"scopes of the connection `{delta.part.name}`",
        cases=(
            Case(
                (("value: 'chat:write'", "value: 'chat:write channels:read'"),),
                "scopes of the connection `Chat`",
            ),
        ),
        concern=Concern.CONNECTION_NEEDED,
        lines=True,
    ),
    ChangeKind(
        id="connection-secret-changed",
        sentence="A secret that stands in the file is another one, is new or is gone. It is never shown.",
        on=_INPUTS,
        when=_is_secret,
        grades=(Grade.RISKY,),
        judge=always(risky("Instances that use the written value connect with another one.")),
        message=lambda delta, _scene: (
            f"secret `{delta.address[-1]}` of the connection `{delta.part.name}` (not shown)"
        ),
        cases=(
            Case(
                (("s3cr3t-of-the-shop", "an0ther-of-the-shop"),),
                "secret `apiKey` of the connection `Shop` (not shown)",
            ),
            Case(
                (("      apiKey: {type: value, value: 's3cr3t-of-the-shop'}\n", ""),),
                "secret `apiKey` of the connection `Shop` (not shown)",
            ),
        ),
    ),
    ChangeKind(
        id="connection-input-added",
        sentence="The file gives an input of a connection that it did not give.",
        on=_INPUTS,
        when=lambda delta, scene: is_connection(delta, scene) and delta.old_value is None,
        grades=(Grade.RISKY,),
        judge=always(risky("Instances without a value of their own connect in another way.")),
        message=lambda delta, _scene: f"{_named(delta)}: {said(delta.new_value)}",
        cases=(
            Case(
                ((_HEADER, f"{_HEADER}\n      authScheme: {{type: value, value: Token}}"),),
                "input `authScheme` of the connection `Shop`: Token",
            ),
        ),
    ),
    ChangeKind(
        id="connection-input-removed",
        sentence="The file no longer gives an input of a connection.",
        on=_INPUTS,
        when=lambda delta, scene: is_connection(delta, scene) and delta.new_value is None,
        grades=(Grade.RISKY,),
        judge=always(
            risky("Instances without a value of their own use the component's default, or lack one.")
        ),
        message=lambda delta, _scene: f"{_named(delta)} is not given any more (was: {said(delta.old_value)})",
        cases=(
            Case(
                ((f"      {_HEADER}\n", ""),),
                "input `headerKey` of the connection `Shop` is not given any more (was: X-Key)",
            ),
        ),
    ),
    ChangeKind(
        id="connection-input-changed",
        sentence="The file gives another value to an input of a connection that is no secret.",
        on=_INPUTS,
        when=is_connection,
        grades=(Grade.RISKY,),
        judge=always(risky("Instances without a value of their own connect in another way.")),
        message=lambda delta, _scene: f"{_named(delta)}: {before_and_after(delta)}",
        cases=(
            Case(
                ((_HEADER, "headerKey: {type: value, value: X-Token}"),),
                "input `headerKey` of the connection `Shop`: X-Key → X-Token",
            ),
        ),
    ),
)
