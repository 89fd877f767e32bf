"""Changes of connections: which there are, what they connect with, and how they are authorised."""

from xchange_cli.changes.change import Concern
from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import Address, PartKind
from xchange_cli.changes.facts.variables import is_connection, keeps_identity, variable_of
from xchange_cli.changes.grade import SAFE, Grade, Judgement, breaking, risky
from xchange_cli.changes.kind import Case, ChangeKind, Scene, always
from xchange_cli.changes.words.words import before_and_after, following
from xchange_cli.configset.connection_spec import connection_spec
from xchange_cli.configset.connections import Asked, build_connection, lacks

_SHOP = "connection: {key: apiKey, component: {key: http, isPublic: true, version: LATEST}}"
_SCOPED = "  - {key: Mail, dataType: connection, useScopedConfigVar: mail}\n"
_ANEW = "Every instance has to be given the connection anew."


def _changed(*keys: str) -> tuple[What, PartKind, Address]:
    return What.CHANGED, PartKind.CONFIG_VAR, keys


def _added(delta: Delta, scene: Scene) -> Judgement:
    """Nobody has to act where the file itself gives all that the connection needs."""
    variable = variable_of(delta.new)
    if variable is None:
        return SAFE
    if variable.is_scoped:
        return risky("A connection that is shared under this key has to exist.")
    asked = Asked(variable, None, connection_spec(variable, scene.catalog))
    built = build_connection(asked, {}, None, is_needed=True)
    if any(lacks(asked, built, variable.key_node.span)):
        return breaking("Every instance and config set has to give the connection before it can run this.")
    return SAFE


def _renamed(delta: Delta, scene: Scene) -> Judgement:
    if keeps_identity(delta, scene):
        return SAFE
    return breaking(
        "What was given and authorised under the old key is not found; `renameAttributes` in the file would keep it."
    )


def _was_called(delta: Delta, _scene: Scene) -> str:
    old = delta.old.name if delta.old else ""
    return f"the connection `{delta.part.name}` was called `{old}`{following(delta)}"


def _component_differs(delta: Delta, _scene: Scene) -> bool:
    old, new = _refs(delta)
    return old[:2] != new[:2]


def _key_differs(delta: Delta, _scene: Scene) -> bool:
    old, new = _refs(delta)
    return old[2] != new[2]


def _version_differs(delta: Delta, _scene: Scene) -> bool:
    old, new = _refs(delta)
    return old[3] != new[3]


def _refs(delta: Delta) -> tuple[tuple[str, bool, str, str], ...]:
    """Give component, whether it is public, key of the connection and version, of both sides."""
    variables = (variable_of(delta.old), variable_of(delta.new))
    refs = [variable.connection if variable is not None else None for variable in variables]
    return tuple(
        (ref.component, ref.is_public, ref.key, ref.version) if ref else ("", True, "", "") for ref in refs
    )


def _of_refs(index: int, delta: Delta) -> str:
    old, new = (str(ref[index]) or "none" for ref in _refs(delta))
    if old == new:
        return f"another one that is called {new}, too"
    return f"{old} → {new}"


KINDS = (
    ChangeKind(
        id="connection-added",
        sentence="A connection is new; breaking where the file does not itself give all that it needs.",
        on=((What.ADDED, PartKind.CONFIG_VAR, ()),),
        when=is_connection,
        grades=(Grade.BREAKING, Grade.RISKY, Grade.SAFE),
        judge=_added,
        message=lambda delta, _scene: f"the connection `{delta.part.name}` is new",
        cases=(
            Case(
                (
                    (
                        "requiredConfigVars:\n",
                        f"requiredConfigVars:\n  - {{key: Depot, dataType: connection, {_SHOP}}}\n",
                    ),
                ),
                "the connection `Depot` is new",
            ),
            Case(
                (
                    (
                        "requiredConfigVars:\n",
                        "requiredConfigVars:\n  - {key: Depot, dataType: connection, useScopedConfigVar: depot}\n",
                    ),
                ),
                "the connection `Depot` is new",
                grade=Grade.RISKY,
            ),
            Case(
                (
                    (
                        "requiredConfigVars:\n",
                        (
                            f"requiredConfigVars:\n  - {{key: Depot, dataType: connection, {_SHOP}, "
                            "inputs: {apiKey: {type: value, value: abc}}}\n"
                        ),
                    ),
                ),
                "the connection `Depot` is new",
                grade=Grade.SAFE,
            ),
        ),
        concern=Concern.CONNECTION_NEEDED,
    ),
    ChangeKind(
        id="connection-removed",
        sentence="A connection is gone.",
        on=((What.REMOVED, PartKind.CONFIG_VAR, ()),),
        when=is_connection,
        grades=(Grade.BREAKING,),
        judge=always(breaking("What was given and authorised for it is lost, also for those who go back.")),
        message=lambda delta, _scene: f"the connection `{delta.part.name}` is gone",
        cases=(Case(((_SCOPED, ""),), "the connection `Mail` is gone"),),
        concern=Concern.VALUE_LOST,
    ),
    ChangeKind(
        id="connection-renamed",
        sentence="A connection has another key, which is its identity; `renameAttributes` or a `stableKey` keep it.",
        on=((What.RENAMED, PartKind.CONFIG_VAR, ()),),
        when=is_connection,
        grades=(Grade.BREAKING, Grade.SAFE),
        judge=_renamed,
        message=_was_called,
        cases=(
            Case(
                (("key: Mail, dataType", "key: Post, dataType"),),
                "the connection `Post` was called `Mail`",
            ),
            Case(
                (
                    ("key: Mail, dataType", "key: Post, dataType"),
                    (
                        "category: ERP",
                        "category: ERP\nrenameAttributes: {requiredConfigVars: [{oldName: Mail, newName: Post}]}",
                    ),
                ),
                "the connection `Post` was called `Mail`",
                grade=Grade.SAFE,
            ),
        ),
        concern=Concern.CONNECTION_NEEDED,
    ),
    ChangeKind(
        id="connection-component-changed",
        sentence="A connection is one of another component.",
        on=(_changed("connection"),),
        when=_component_differs,
        grades=(Grade.BREAKING,),
        judge=always(breaking(_ANEW)),
        message=lambda delta, _scene: (
            f"component of the connection `{delta.part.name}`: {_of_refs(0, delta)}"
        ),
        cases=(
            Case(
                (
                    (
                        _SHOP,
                        "connection: {key: oauth2, component: {key: slack, isPublic: true, version: LATEST}}",
                    ),
                ),
                "component of the connection `Shop`: http → slack",
            ),
        ),
        concern=Concern.CONNECTION_NEEDED,
    ),
    ChangeKind(
        id="connection-type-changed",
        sentence="A connection is of another kind of the same component: a password in place of a key, say.",
        on=(_changed("connection"),),
        when=_key_differs,
        grades=(Grade.BREAKING,),
        judge=always(breaking(_ANEW)),
        message=lambda delta, _scene: f"kind of the connection `{delta.part.name}`: {_of_refs(2, delta)}",
        cases=(
            Case(
                ((_SHOP, _SHOP.replace("apiKey", "basic")),),
                "kind of the connection `Shop`: apiKey → basic",
            ),
        ),
        concern=Concern.CONNECTION_NEEDED,
    ),
    ChangeKind(
        id="connection-version-changed",
        sentence="A connection is of another version of its component.",
        on=(_changed("connection"),),
        when=_version_differs,
        grades=(Grade.RISKY,),
        judge=always(risky("Another version may ask for other inputs.")),
        message=lambda delta, _scene: f"version of the connection `{delta.part.name}`: {_of_refs(3, delta)}",
        cases=(
            Case(
                ((_SHOP, _SHOP.replace("LATEST", "12")),),
                "version of the connection `Shop`: LATEST → 12",
            ),
        ),
    ),
    ChangeKind(
        id="scoped-connection-changed",
        sentence="A connection is shared under another key, is no longer shared, or is shared now.",
        on=(_changed("useScopedConfigVar"),),
        grades=(Grade.BREAKING,),
        judge=always(breaking("Instances use another connection than the one that they were given.")),
        message=lambda delta, _scene: f"shared connection of `{delta.part.name}`: {before_and_after(delta)}",
        cases=(
            Case(
                (("useScopedConfigVar: mail", "useScopedConfigVar: post"),),
                "shared connection of `Mail`: mail → post",
            ),
        ),
        concern=Concern.CONNECTION_NEEDED,
    ),
    ChangeKind(
        id="on-premise-required",
        sentence="A connection works through an agent in the customer's network only.",
        on=(_changed("onPremiseConnectionConfig"),),
        when=lambda delta, _scene: delta.new_value is not None and delta.new_value.data == "required",
        grades=(Grade.BREAKING,),
        judge=always(breaking("Every customer has to run an on-premise agent.")),
        message=lambda delta, _scene: f"the connection `{delta.part.name}` needs an on-premise agent",
        cases=(
            Case(
                (("onPremiseConnectionConfig: allowed", "onPremiseConnectionConfig: required"),),
                "the connection `Shop` needs an on-premise agent",
            ),
        ),
        concern=Concern.CONNECTION_NEEDED,
    ),
    ChangeKind(
        id="on-premise-changed",
        sentence="A connection may, or may not, work through an agent in the customer's network.",
        on=(_changed("onPremiseConnectionConfig"),),
        grades=(Grade.RISKY,),
        judge=always(risky("Instances that use an on-premise agent may lose it.")),
        message=lambda delta, _scene: f"on-premise agent for `{delta.part.name}`: {before_and_after(delta)}",
        cases=(
            Case(
                (("onPremiseConnectionConfig: allowed", "onPremiseConnectionConfig: disallowed"),),
                "on-premise agent for `Shop`: allowed → disallowed",
            ),
        ),
    ),
    ChangeKind(
        id="connection-setting-changed",
        sentence="Another key of a connection has another value.",
        on=(_changed(),),
        when=is_connection,
        grades=(Grade.RISKY,),
        judge=always(risky("It may be shown, authorised or stored in another way.")),
        message=lambda delta, _scene: (
            f"`{'.'.join(delta.address)}` of the connection `{delta.part.name}`: {before_and_after(delta)}"
        ),
        cases=(
            Case(
                (("key: Shop\n", "key: Shop\n    meta: {overrideGrantType: password}\n"),),
                "`meta.overrideGrantType` of the connection `Shop`: none → password",
            ),
        ),
    ),
)
